"""The project's own files of date phrases: ``tests/language/data/phrases.txt`` and ``plain.txt``."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

DATA = Path(__file__).parents[3] / "tests" / "language" / "data"
CARRIER = "buy milk "
NOW = datetime(2026, 3, 4, 9, 30)  # noqa: DTZ001 - a wall-clock time, as the engine takes it


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A phrase said after ``CARRIER``, and its meaning: ``due`` (None: no date in it), an RRULE, or a problem."""

    text: str
    due: str | None = None
    recurrence: str | None = None
    problem: bool = False
    section: str = ""


def phrases(path: Path = DATA / "phrases.txt") -> list[Phrase]:
    """The lines ``PHRASE => DUE [RRULE]``; a section is named by its ``##`` line."""
    found = []
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line and not line.startswith("#"):
            found.append(_phrase(line, section))
    return found


def _phrase(line: str, section: str) -> Phrase:
    text, meaning = line.rsplit(" => ", 1)
    if meaning == "plain":
        return Phrase(text=text, section=section)
    if meaning == "problem":
        return Phrase(text=text, problem=True, section=section)
    due, _, recurrence = meaning.partition(" ")
    return Phrase(text=text, due=due, recurrence=recurrence or None, section=section)


def plain_titles(path: Path = DATA / "plain.txt") -> list[str]:
    """The titles that hold no date."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("# ", "## "))]
