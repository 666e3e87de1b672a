"""`./todo train language`: make the judge's weights anew, and the data sheet in the docs."""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from backend.assistant.language.judge.model import WEIGHTS, dump
from cli.exits import CommandError, Exit
from cli.training.corpora import read_corpora
from cli.training.sentences import OWN, Sentence, of_tests, own
from cli.training.variants import things, variants

SHEET = Path(__file__).parents[2] / "docs" / "judge.md"
TIMES = 2  # variants of each own sentence
SEED = 20260304


def command(
    *,
    corpora: Annotated[
        Path | None, typer.Option(help="A folder with hwu64-train.jsonl, clinc150-train.jsonl, slurp-devel.jsonl.")
    ] = None,
    output: Annotated[
        Path, typer.Option(help="Where the weights go. Default: the file that the engine reads.", show_default=False)
    ] = WEIGHTS,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Also measure, and put the figures into docs/judge.md.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Train the judge of the built-in engine: whether a message may change the list, and with which tool.

    The same sentences give the same bytes. It needs scikit-learn, which nothing else does: pip install -r
    requirements/train.txt.
    """
    if importlib.util.find_spec("sklearn") is None:
        raise CommandError(
            "Training needs scikit-learn: .venv/bin/python -m pip install -r requirements/train.txt.",
            code=Exit.MISSING_TOOL,
        )
    from cli.training.examples import examples  # noqa: PLC0415
    from cli.training.fit import fit  # noqa: PLC0415  (it imports scikit-learn)

    known = sentences(corpora)
    learnt = training(known)
    model = fit(examples(learnt))
    output.write_text(dump(model), encoding="utf-8")
    found = {"sentences": len(learnt), "features": len(model.rows), "bytes": output.stat().st_size}
    print(
        json.dumps(found) if as_json else f"{output}: {found['features']} features of {found['sentences']} sentences."
    )
    if sheet:
        from cli.training.sheet import write_sheet  # noqa: PLC0415

        write_sheet(SHEET, known, found)


def sentences(corpora: Path | None) -> list[Sentence]:
    """All labelled sentences; without the public ones, a line on standard error says that it trains on less.

    One that the tests hold too is theirs: those all train, and nothing that is trained on may be kept for the report.
    """
    if corpora is None:
        sys.stderr.write("Without --corpora it trains on the project's own sentences alone, and will know less talk.\n")
    tests = of_tests()
    theirs = {sentence.text for sentence in tests}
    others = own() + (read_corpora(corpora) if corpora else [])
    return [sentence for sentence in others if sentence.text not in theirs] + tests


def training(known: list[Sentence]) -> list[Sentence]:
    """What is trained on: all but the unseen fifth, and variants of the project's own."""
    seen = [sentence for sentence in known if not sentence.unseen]
    return seen + variants([one for one in seen if one.source == OWN], times=TIMES, seed=SEED) + things()
