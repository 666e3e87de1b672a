"""The data sheet of the judge: what it was made of, and how right the engine is with it, in docs/judge.md."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from cli.training.corpora import CORPORA
from cli.training.examples import examples
from cli.training.fit import cross_validated
from cli.training.score import Outcome, Score, confusion, outcomes, scores
from cli.training.sentences import OWN, Sentence

START, END = "<!-- measured: written by ./todo train language --sheet -->", "<!-- end of measured -->"
MOST_CONFUSED = 8


def write_sheet(page: Path, known: Sequence[Sentence], made: Mapping[str, int]) -> None:
    """Measure, and replace the page's generated part. Raises ``ValueError`` where the page does not mark one."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    if START not in text or END not in text:
        raise ValueError(f"{page} does not mark its generated part")
    unseen = outcomes([sentence for sentence in known if sentence.unseen and sentence.decides])
    seen = examples(sentence for sentence in known if not sentence.unseen and sentence.decides)
    parts = [_sources(known), _made(made, cross_validated(seen)), _unseen(scores(unseen)), _confused(unseen)]
    page.write_text(f"{before}{START}\n{chr(10).join(parts)}{END}{after}", encoding="utf-8")


def _sources(known: Sequence[Sentence]) -> str:
    counts = Counter(sentence.source for sentence in known if sentence.decides)
    kept = Counter(sentence.source for sentence in known if sentence.decides and sentence.unseen)
    named = {corpus.name: f"{corpus.citation}; {corpus.licence}" for corpus in CORPORA}
    rows = [
        f"| {source} | {counts[source]:,} | {kept[source]:,} | {named.get(source, 'this project; MIT')} |"
        for source in sorted(counts)
    ]
    head = "| source | sentences | of them never trained on | made by; licence |\n|---|---|---|---|"
    return "\n".join(["### Sources", "", head, *rows, ""])


def _made(made: Mapping[str, int], validated: float) -> str:
    return (
        f"{made['features']:,} features of {made['sentences']:,} sentences and variants; {made['bytes']:,} bytes. "
        f"The judge alone, in five-fold cross-validation over what it is trained on, names the class in "
        f"{validated:.1%} of the sentences.\n"
    )


def _unseen(found: Sequence[Score]) -> str:
    rows = [
        f"| {score.source} | {_share(score.commands_right, score.commands)} | {_share(score.written, score.nothing)} | "
        f"{_share(score.at_once_right, score.at_once)} |"
        for score in found
    ]
    head = "| source | commands: first tool right | talk and others' questions: would write | done at once: right |"
    return "\n".join(["### The engine on the unseen fifth", "", head, "|---|---|---|---|", *rows, ""])


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(1, whole):.1%})"


def _confused(found: Sequence[Outcome]) -> str:
    own = confusion([outcome for outcome in found if outcome.sentence.source == OWN]).most_common(MOST_CONFUSED)
    rows = [f"| `{wanted}` | `{called}` | {count} |" for (wanted, called), count in own]
    head = ["### What is taken for what (own sentences)", "", "| wanted | called | times |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])
