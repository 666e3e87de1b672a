"""The parts of a text that a person pasted together: tables, descriptions and logs, one under another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PROMPT = re.compile(
    r"^\W{0,8}(?:[\w.@:~/\\ ()|\[\]-]{0,80}[$#>%\u276f\u279c] ?)?(?:kubectl|k|oc) (?P<words>[a-z-][^\n]*)$"
)
_RULE = re.compile(r"^\s*(={3,}|-{4,}|#{2,}|\*{3,})(?P<title>[^\n]*)$")
_TABLE = re.compile(r"^(NAMESPACE +)?(NAME|POD|LAST SEEN|LAST +SEEN) +[A-Z]")
_NAMED = re.compile(r"^Name: +\S")
_LOGS = re.compile(r"logs? .*?(?:pods?/|deploy(?:ment)?s?/)?(?P<name>[a-z0-9][a-z0-9.-]*)")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Section:
    """Some lines, and what stands above them: the words of the command that printed them, or a title."""

    title: str
    text: str
    kind: str
    """table, description or other"""

    @property
    def is_log(self) -> bool:
        """Whether the title is a command that prints a log."""
        return bool(re.search(r"\blogs?\b", self.title))


def sections(text: str) -> list[Section]:
    """The parts of a text; of one that is a single part, that part."""
    return [section for section in _parts(_ANSI.sub("", text)) if section.text.strip()]


def _parts(text: str) -> Iterator[Section]:
    title, kind, lines = "", "other", list[str]()
    for line in text.splitlines():
        found, begins = _title(line), _begins(line, kind)
        if found is None and not begins and not (kind == "table" and not line.strip()):
            lines.append(line)
            continue
        yield Section(title, "\n".join(lines) + "\n", kind)
        title = title if found is None else found
        kind = begins or "other"
        lines = [line] if begins else []
    yield Section(title, "\n".join(lines) + "\n", kind)


def _title(line: str) -> str | None:
    if found := _PROMPT.match(line):
        return found["words"]
    if "logs for container" in line:
        return None  # the marks of `cluster-info dump`, which are read by themselves
    found = _RULE.match(line)
    return found["title"].strip(" =-#*") if found and "kubectl" in line else None


def _begins(line: str, kind: str) -> str:
    if _TABLE.match(line):
        return "table"
    return "description" if _NAMED.match(line) and kind != "description" else ""
