"""iCalendar's lines as components and their properties, parted by the library ``icalendar``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Parameters

from backend.exchange.draft import Remark, skipped

_MOST_LINES_OF_ONE = 5_000
_CONTENT_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^":;]*(?:"[^"]*"[^":;]*)*)*):(.*)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
Property = tuple[Parameters, str]


@dataclass
class Component:
    """A component's properties by name, and the components within it."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    within: list["Component"] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return self.text("SUMMARY") or self.text("UID") or self.name

    def first(self, name: str) -> Property | None:
        found = self.properties.get(name)
        return found[0] if found else None

    def raw(self, name: str) -> str:
        found = self.first(name)
        return found[1].strip() if found else ""

    def text(self, name: str) -> str:
        """The value of a property of text, its escapes resolved."""
        found = self.first(name)
        return unescaped(found[1]) if found else ""

    def texts(self, name: str) -> list[str]:
        return [unescaped(value) for _, value in self.properties.get(name, [])]


def parse(text: str) -> tuple[Component, dict[str, int], list[Remark]]:
    """The components of the file below one root; how many there are of those that are no to-dos."""
    root, stack = Component("", 0), list[Component]()
    others: dict[str, int] = {}
    remarks: list[Remark] = []
    for number, line in _unfolded(text):
        name, _, value = line.partition(":")
        word = name.strip().upper()
        if word == "BEGIN":
            stack.append(Component(value.strip().upper(), number))
        elif word == "END":
            _close(stack, root, others)
        else:
            _add(stack[-1] if stack else root, line, number, root)
    for open_one in stack:
        if open_one.name == "VTODO":
            remarks.append(
                skipped(f"line {open_one.line}", f"the to-do has no end, as of a file that is cut: {open_one}")
            )
    return root, others, remarks


def _close(stack: list[Component], root: Component, others: dict[str, int]) -> None:
    if not stack:
        return
    done = stack.pop()
    if done.name in {"VCALENDAR", ""}:
        return
    if stack and stack[-1].name not in {"VCALENDAR", ""}:
        stack[-1].within.append(done)
    elif done.name in {"VTODO", "VTIMEZONE"}:
        root.within.append(done)
    else:
        others[done.name[:40]] = others.get(done.name[:40], 0) + 1


def _add(component: Component, line: str, number: int, root: Component) -> None:
    try:
        name, parameters, value = _parted(line)
    except (ValueError, UnicodeError):
        component.broken.append(f"line {number}")
        return
    target = root if component.name in {"VCALENDAR", ""} else component
    values = target.properties.setdefault(name.upper(), [])
    if len(values) < _MOST_LINES_OF_ONE:
        values.append((parameters, value))


def _parted(line: str) -> tuple[str, Parameters, str]:
    """A content line's name, parameters and value as it is written. Raises ValueError for what is none."""
    match = _CONTENT_LINE.fullmatch(line)
    if match is None:
        raise ValueError("is no content line")
    name, parameters, value = match.groups()
    if not parameters:
        return name, Parameters(), value
    return name, Parameters.from_ical(parameters[1:]), value  # type: ignore[no-untyped-call]


def unescaped(text: str) -> str:
    """The text of a value (RFC 5545, 3.3.11)."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in {"n", "N"} else match[1], text)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The content lines, each with the number of its first line in the file (RFC 5545, 3.1)."""
    kept, begun = list[str](), 0
    for number, line in enumerate(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line[:1] in {" ", "\t"} and kept:
            kept.append(line[1:])
            continue
        if kept:
            yield begun, "".join(kept)
        kept, begun = ([line], number) if line.strip() else ([], number)
    if kept:
        yield begun, "".join(kept)
