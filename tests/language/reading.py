"""Read the dialogue files of this folder."""

import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
_FIELD = re.compile(
    r"due (?P<due>\S+)|repeats (?P<recurrence>\S+)|(?P<priority>high|medium|low) priority|#(?P<tag>\S+)|"
    r"in (?P<project>.+)|(?P<done>done)"
)


@dataclass
class Step:
    """Something said, what must happen, and words that the reply must hold."""

    said: str
    outcomes: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)


@dataclass
class Dialogue:
    """A conversation about a list that begins with these tasks."""

    name: str
    tasks: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def dialogues() -> list[Dialogue]:
    """All dialogues of ``dialogues/*.txt``; the format is told in ``dialogues/README.md``."""
    found: list[Dialogue] = []
    for path in sorted((HERE / "dialogues").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            _read_line(line.strip(), found)
    return found


def _read_line(line: str, found: list[Dialogue]) -> None:
    if not line or line.startswith("//"):
        return
    if line.startswith("## "):
        found.append(Dialogue(name=line[3:]))
    elif line.startswith("task: "):
        found[-1].tasks.append(_task(line[6:]))
    elif line.startswith("> "):
        found[-1].steps.append(Step(said=line[2:].replace("\\n", "\n")))
    elif line.startswith("says: "):
        found[-1].steps[-1].replies.append(line[6:])
    else:
        found[-1].steps[-1].outcomes.append(line)


def _task(line: str) -> tuple[str, dict[str, object]]:
    title, *parts = [part.strip() for part in line.split("|")]
    fields: dict[str, object] = {}
    for part in parts:
        match = _FIELD.fullmatch(part)
        assert match, f"not a field of a task: {part}"
        for key, value in match.groupdict().items():
            if value and key == "tag":
                fields["tags"] = (*fields.get("tags", ()), value)  # type: ignore[misc]
            elif value:
                fields[key] = True if key == "done" else value
    return title, fields
