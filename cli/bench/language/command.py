"""`./todo bench language`: how often the built-in engine is right, how fast, and beside the date libraries."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.bench.language.dates import compare
from cli.bench.language.judge import judge_figures
from cli.bench.language.page import Measured, measured_part, plot, put_into
from cli.bench.language.said import cases, first_tools, read_all
from cli.exits import CommandError, Exit

DOCS = Path(__file__).parents[3] / "docs"


def command(
    *,
    slurp: Annotated[
        Path | None, typer.Option(help='A file of JSON lines {"text", "tool"}, as one made of SLURP.')
    ] = None,
    corpora: Annotated[
        Path | None,
        typer.Option(help="A folder of public sets, as `./todo train language` takes: adds the judge's score."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the tables and the plot into docs/language.md.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the engine on the project's own sentences, on a public file, and its dates beside four libraries."""
    if slurp and not slurp.is_file():
        raise CommandError(f"There is no file {slurp}.", code=Exit.USAGE)
    scores, missing = compare()
    found = Measured(
        readings=tuple(read_all(cases())),
        dates=tuple(scores),
        missing=missing,
        tools=tuple(first_tools(slurp)) if slurp else (),
    )
    if write:
        page = DOCS / "language.md"
        page.write_text(put_into(page.read_text(encoding="utf-8"), measured_part(found)), encoding="utf-8")
        (DOCS / "language.svg").write_text(plot(found), encoding="utf-8")
    judged = judge_figures(corpora)
    if as_json:
        print(json.dumps(found.summary() | {"judge": judged.summary()}, indent=2))
    else:
        print(f"{measured_part(found)}\n{judged.table()}")
