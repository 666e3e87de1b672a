"""Markdown checklists: ``- [ ] task`` under headings, with Dataview's fields and the signs of Obsidian's Tasks."""

import re
from collections.abc import Iterator
from itertools import dropwhile

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.values.moments import read_instant, read_when
from backend.exchange.values.repeats import read_rule

_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\](?:[ \t]+(.*)|$)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_FIELD = re.compile(r"(?<!\\)\[([a-z_]{1,20}):: ?((?:\\.|[^\[\]\\])*)\]", re.IGNORECASE)
_TAG = re.compile(r"(?<![\\\w#&/])#((?:[^\W\d]|\d+[^\W\d])[\w/-]*)")
SIGNS = "📅🗓✅\N{HEAVY PLUS SIGN}⏳🛫❌🔁🔺⏫🔼🔽⏬"
_ESCAPED = re.compile(rf"\\([\\`*_{{}}\[\]()#+\-.!|>~:{SIGNS}])")
_DATE_SIGNS = {
    "📅": "due",
    "🗓": "due",
    "✅": "completed",
    "\N{HEAVY PLUS SIGN}": "created",
    "⏳": "scheduled",
    "🛫": "start",
    "❌": "cancelled",
}
_SIGNED_DATE = re.compile(rf"(?<!\\)([{''.join(_DATE_SIGNS)}])\ufe0f?\s*(\d{{4}}-\d{{2}}-\d{{2}})")
_SIGNED_RULE = re.compile(r"(?<!\\)🔁\ufe0f?\s*([A-Za-z0-9, ]+)")
_PRIORITY_SIGNS = {"🔺": "high", "⏫": "high", "🔼": "medium", "🔽": "low", "⏬": "low"}
_SIGNED_PRIORITY = re.compile(rf"(?<!\\)([{''.join(_PRIORITY_SIGNS)}])\ufe0f?")
_PRIORITIES = {"highest": "high", "high": "high", "medium": "medium", "low": "low", "lowest": "low"}
# A backslash before what would be an item, a heading or a fence says that it is text; before nothing, that a line is.
_PLAIN_LINE = re.compile(r"^([ \t]*)\\(?=\\*(?:[-*+#]|\d+[.)]|```|~~~|$))")
_DONE = frozenset("xX-")
TAB = 4


def is_markdown(file: TextFile) -> bool:
    return any(_ITEM.match(line) for line in file.text[:50_000].splitlines())


def read(file: TextFile, context: Context) -> Iterator[Item]:
    blocks = list(_blocks(re.split(r"\r\n|\r|\n", file.text.lstrip("\ufeff"))))
    return convert_each(blocks, lambda place, block: block.task(place, context))


class _Block:
    """An item of a checklist with the lines beneath it, where it stands, and in what."""

    def __init__(self, match: re.Match[str], *, project: str | None, above: list["_Block"]) -> None:
        self.indent, self.mark, self.text = match[1], match[2], match[3] or ""
        self.project, self.above = project, above
        self.lines: list[str] = []
        self.draft: Draft | None = None

    def __str__(self) -> str:
        return self.text

    def _notes(self) -> str:
        """The lines beneath the item, from the column on in which its own text begins (CommonMark, 5.2)."""
        width = len(self.indent.expandtabs(TAB)) + 2
        lines = dropwhile(lambda line: not line.strip(), self.lines)
        return "\n".join(_PLAIN_LINE.sub(r"\1", _from_column(line, width)) for line in lines).rstrip("\n")

    def task(self, place: str, context: Context) -> Draft:
        draft = Draft(place=place, project=self.project, done=self.mark in _DONE, notes=self._notes())
        text = _FIELD.sub(lambda match: _take_field(draft, match, context), self.text)
        text = _SIGNED_DATE.sub(lambda match: _take_sign(draft, match, context), text)
        text = _SIGNED_RULE.sub(lambda match: _take_words(draft, match[1], context), text)
        text = _take_priority(draft, text)
        draft.tags += _TAG.findall(text)
        draft.title = _unescaped(_TAG.sub("", text)) or _unescaped(text)
        if self.above and (parent := self.above[-1].draft):
            draft.stand_under(parent, " / ".join(_title(block.text) for block in self.above))
        self.draft = draft
        if self.mark not in {" ", "x", "X"}:
            draft.keep("State", "cancelled" if self.mark == "-" else f"[{self.mark}]")
        return draft


def _blocks(lines: list[str]) -> Iterator[tuple[str, _Block]]:
    """The items, each with its place. A heading is the project of those below it."""
    project: str | None = None
    above: list[tuple[int, _Block]] = []
    fenced = False
    block: _Block | None = None
    for number, line in enumerate(lines, start=1):
        match = None if fenced else _ITEM.fullmatch(line.rstrip())
        if match:
            depth = len(match[1].expandtabs(TAB))
            above = [(at, item) for at, item in above if at < depth]
            block = _Block(match, project=project, above=[item for _, item in above])
            above.append((depth, block))
            yield f"line {number}", block
            continue
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        heading = None if fenced or line[:1] in {" ", "\t"} else _HEADING.fullmatch(line)
        if heading:
            project, above, block = _unescaped(_without_closing(heading[1])), [], None
        elif block and (line[:1] in {" ", "\t"} or not line.strip()):
            block.lines.append(line)


def _from_column(line: str, width: int) -> str:
    """The line without its indentation, as far as it goes up to a column; a tab is four."""
    column = place = 0
    while place < len(line) and column < width and line[place] in " \t":
        column += TAB - column % TAB if line[place] == "\t" else 1
        place += 1
    return line[place:]


def _without_closing(text: str) -> str:
    """A heading's text without the signs that may close it."""
    bare = text.strip()
    return bare.rstrip("#").rstrip() if bare.rstrip("#")[-1:] in {" ", "\t"} else bare


def _title(text: str) -> str:
    for signs in (_FIELD, _SIGNED_DATE, _SIGNED_RULE, _SIGNED_PRIORITY, _TAG):
        text = signs.sub("", text)
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return " ".join(_ESCAPED.sub(r"\1", text).split())


def _take_field(draft: Draft, match: re.Match[str], context: Context) -> str:
    name, value = match[1].casefold(), _ESCAPED.sub(r"\1", match[2]).strip()
    if name == "due":
        _read_due(draft, value, context)
    elif name == "timezone":
        draft.timezone = value
    elif name == "project":
        draft.project = value or None
    elif name == "priority":
        draft.priority = _PRIORITIES.get(value.casefold())
    elif name == "tag":
        draft.tags.append(value)
    elif name in {"repeat", "rrule"}:
        _take_rule(draft, value, context)
    elif name == "from":
        draft.from_completion = value.casefold() == "completion"
    elif name in {"completion", "completed", "created"}:
        moment = read_instant(value, context.zone)
        setattr(draft, "created_at" if name == "created" else "completed_at", moment)
    elif name == "id":
        draft.key = f"markdown:{value}"
    else:
        draft.keep(match[1].capitalize(), value)
    return ""


def _take_sign(draft: Draft, match: re.Match[str], context: Context) -> str:
    name, value = _DATE_SIGNS[match[1]], match[2]
    if name == "due":
        _read_due(draft, value, context)
    elif name in {"completed", "created"}:
        setattr(draft, f"{name}_at", read_instant(value, context.zone))
    else:
        draft.keep(name.capitalize(), value)
    return ""


def _take_priority(draft: Draft, text: str) -> str:
    for sign in _SIGNED_PRIORITY.findall(text):
        draft.priority = draft.priority or _PRIORITY_SIGNS[sign]
    return _SIGNED_PRIORITY.sub("", text)


def _take_rule(draft: Draft, value: str, context: Context) -> None:
    if "FREQ=" not in value.upper():
        _take_words(draft, value, context)
        return
    try:
        draft.recurrence = read_rule(value)[0]
    except ValueError as error:
        draft.remark("doubtful", f"the repetition was not taken over: {error}")
        draft.keep("Repeats", value)


def _take_words(draft: Draft, words: str, context: Context) -> str:
    when = read_when(words.strip(), context)
    draft.recurrence, draft.from_completion = when.recurrence, when.from_completion
    if when.recurrence is None:
        draft.remark("doubtful", f"the repetition “{words.strip()[:60]}” could not be read")
        draft.keep("Repeats", words)
    return ""


def _read_due(draft: Draft, value: str, context: Context) -> None:
    when = read_when(value, context)
    draft.due, draft.words = when.due, value
    if when.doubt:
        draft.remark("doubtful", when.doubt)
    if when.due is None:
        draft.keep("Due", value)
