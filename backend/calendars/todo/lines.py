"""Content lines and components (RFC 5545, 3.1): read with their exact text, written folded. Pure.

`icalendar` reads the values. It does not keep the text of what it does not understand, and a calendar program gets back
what it sent, byte for byte, so the lines are kept here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_LINES = 20_000
MOST_LEVELS = 8
_FOLDED = 75  # octets of a line, its end not counted
_HEAD = re.compile(r'([A-Za-z0-9-]+)((?:;[^=:;"]+=(?:"[^"]*"|[^:;"])*)*):', re.ASCII)
_PARAMETER = re.compile(r';([^=:;"]+)=((?:"[^"]*"|[^:;"])*)', re.ASCII)
_ESCAPE = re.compile(r"\\([\\;,nN])")
_ITEM = re.compile(r",((?:[^\\,]|\\.?)*)", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A content line: its name in upper case, parameters, value as written, and the text it stood in, with its end."""

    name: str
    value: str
    raw: str
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str | None:
        """The first parameter of this name (upper case), without quotation marks."""
        return next((value for key, value in self.parameters if key == name), None)


@dataclass(kw_only=True)
class Component:
    """A component and what is in it, in order; ``begin`` and ``end`` are the texts of its own two lines."""

    name: str
    begin: str
    end: str = ""
    items: list["Line | Component"] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[Line]:
        return (item for item in self.items if isinstance(item, Line))

    def parts(self, name: str | None = None) -> list["Component"]:
        """The components in it, of one name if that is given."""
        return [item for item in self.items if isinstance(item, Component) and name in {None, item.name}]

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def text(self) -> str:
        """The component as it was written."""
        inner = (item.raw if isinstance(item, Line) else item.text() for item in self.items)
        return "".join((self.begin, *inner, self.end))


def read_component(text: str) -> Component:
    """The one component that the text is. Raises ValueError with a sentence that says where it is none."""
    stack: list[Component] = []
    whole: Component | None = None
    for place, raw in enumerate(_logical_lines(text), start=1):
        if not raw.strip():
            if stack:
                stack[-1].items.append(Line(name="", value="", raw=raw))
            continue
        if whole is not None:
            raise ValueError(f"line {place} stands behind the end of the calendar; send one calendar at a time")
        line = _read_line(raw, place)
        if line.name == "BEGIN":
            _open(stack, line)
        elif not stack:
            raise ValueError("it does not begin with BEGIN:VCALENDAR")
        elif line.name == "END":
            whole = _close(stack, line, place)
        else:
            stack[-1].items.append(line)
    if whole is None:
        missing = stack[-1].name if stack else "VCALENDAR"
        raise ValueError(f"END:{missing} is missing; the text may have been cut off")
    return whole


def _open(stack: list[Component], line: Line) -> None:
    if len(stack) == MOST_LEVELS:
        raise ValueError(f"components lie deeper than {MOST_LEVELS} in one another")
    opened = Component(name=line.value.strip().upper(), begin=line.raw)
    if stack:
        stack[-1].items.append(opened)
    stack.append(opened)


def _close(stack: list[Component], line: Line, place: int) -> Component | None:
    closed = stack.pop()
    if closed.name != line.value.strip().upper():
        raise ValueError(f"line {place} ends {line.value.strip()[:40]} where {closed.name} is open")
    closed.end = line.raw
    return None if stack else closed


def _logical_lines(text: str) -> Iterator[str]:
    """Each content line with its folds and its end."""
    pending, count, start = "", 0, 0
    for end in [*(match.end() for match in _LINE_END.finditer(text)), len(text)]:
        piece, start = text[start:end], end
        if not piece:
            continue
        count += 1
        if count > MOST_LINES:
            raise ValueError(f"it has more than {MOST_LINES} lines")
        if piece[0] in " \t" and pending.strip():
            pending += piece
            continue
        if pending:
            yield pending
        pending = piece
    if pending:
        yield pending


def _read_line(raw: str, place: int) -> Line:
    text = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", raw).rstrip("\r\n")
    match = _HEAD.match(text.lstrip("\ufeff"))
    if match is None:
        raise ValueError(f"line {place} is no property: {text[:40]!r}")
    parameters = tuple((key.upper(), value.strip('"')) for key, value in _PARAMETER.findall(match[2]))
    return Line(name=match[1].upper(), value=text.lstrip("\ufeff")[match.end() :], raw=raw, parameters=parameters)


def written(name: str, value: str) -> str:
    """A line, folded at 75 octets and ended; ``name`` may carry parameters. No character is cut in two."""
    line = f"{name}:{value}"
    if len(line) <= _FOLDED and line.isascii():
        return line + "\r\n"
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode(errors="replace"))
        if size + octets > _FOLDED:
            pieces.append("")
            size = 1  # the blank that a folded line begins with
        pieces[-1] += character
        size += octets
    return "\r\n ".join(pieces) + "\r\n"


def escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def unescape(value: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def split_list(value: str) -> list[str]:
    """The items of a list of TEXT values, each unescaped."""
    return [unescape(item) for item in _ITEM.findall(f",{value}")]
