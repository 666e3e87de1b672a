"""Read a noun phrase ("all overdue work tasks due before friday") as the filter of ``list_tasks``."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ..context import Clause
from ..pattern import either, phrase
from ..spans import span_of_field, span_of_when
from ..types import Arguments, Span, When
from ..when import find_when
from ..words import filters as table
from ..words.nouns import EVERYTHING, KINDS, LIST, PROJECT, TASK, TASKS

_EDGE, _END = r"(?<![\w'-])", r"(?![\w'-])"
_STATES: tuple[tuple[str, object, re.Pattern[str]], ...] = tuple(
    (name, value, phrase(f"{_EDGE}<words>{_END}", words=words))
    for name, value, words in (
        ("status", "all", table.ALL_STATUS),
        ("no_due", True, table.NO_DATE),
        ("overdue", True, table.OVERDUE),
        ("open", True, table.OPEN),
        ("status", "done", table.DONE),
        ("upcoming", True, table.UPCOMING),
        ("count", True, table.COUNT),
    )
)
_LEVELS = (
    ("low", phrase(rf"{_EDGE}(?:low(?:est)?[ -]priority|(?:least |less )(?:urgent|important)|unimportant|p3){_END}")),
    (
        "high",
        phrase(
            rf"{_EDGE}(?:high(?:est)?[ -]priority|top[ -]priority|(?:most |very |really )?(?:urgent|important|"
            rf"critical)|p1){_END}"
        ),
    ),
    ("medium", phrase(rf"{_EDGE}(?:medium[ -]priority|p2){_END}")),
)
_NAME = r"(?P<value>[^\W_][\w/-]{0,40})"
_TAG = phrase(
    rf"{_EDGE}(?:(?:that are |that is |with |marked )*(?:tagged|labell?ed)(?: (?:as|with))?|(?:with |"
    rf"under |in |for |from )?(?:the )?(?:tags?|labels?)) (?:#)?[\"']?{_NAME}[\"']?"
)
_TAG_AFTER = phrase(
    rf"{_EDGE}(?:with |under |in |for |from )?(?:the |my )?#?{_NAME}[ -](?:tag|label|tagged)(?: (?:<tasks>))?{_END}",
    tasks=TASKS,
)
_WHOSE = phrase(
    rf"{_EDGE}(?:in|on|from|under|of|for|off) (?:the |my |our )?(?:(?:{either(PROJECT)}) (?:called |"
    r"named )?)?(?P<value>[^\W_][\w'-]*(?: [\w'-]+){0,2}?) (?:project|list|folder|board|"
    rf"category)s?{_END}"
)
_IN_PLACE = phrase(
    rf"{_EDGE}(?:{either((*TASKS, *EVERYTHING))}) (?:that are |that is |which are )?(?:in|under) (?:the |my )?"
    r"(?P<value>[^\W_][\w'-]*)(?= (?:as|is|are|to|with)\b|[.!?]*$)"
)
_BARE_LIST = phrase(
    r"^(?:the |my |our |read |a )*(?P<value>[^\W_][\w'-]*(?: [\w'-]+)?) (?:project|shopping list|list|"
    rf"folder|board)s?{_END}"
)
_BEFORE_NOUN = phrase(
    r"^(?:all |of |the |my |our |every |any |list |show |me |open |those |each "
    rf")*(?P<value>[^\W_][\w-]*) (?:tasks|todos|to-dos|items|things|stuff|chores){_END}"
)
_GENERIC_LIST = frozenset(LIST) | {
    "to",
    "do",
    "todo",
    "to-do",
    "task",
    "tasks",
    "the",
    "my",
    "this",
    "that",
    "your",
    "main",
    "whole",
    "entire",
}
_NOUN = phrase(f"{_EDGE}(?:{either((*TASK, *TASKS, *EVERYTHING, *LIST, *KINDS))}){_END}")
_PLURAL = phrase(f"{_EDGE}(?:{either((*TASKS, *EVERYTHING, *LIST))}){_END}")
_WORDS = re.compile(r"[^\s,;:?!.\"\x00]+(?:\.[^\s,;:?!.\"\x00]+)*")
_FROM = re.compile(r"from\s+")
_WITHIN = re.compile(
    r"(?:within|in\s+(?:the\s+)?(?:next|coming|following)|over\s+the\s+(?:next|coming)|(?:for|"
    r"during)\s+the\s+(?:next|coming))\b"
)
HIDDEN = "\x00"


@dataclass(frozen=True)
class Filter:
    """What a phrase narrows to: the arguments of ``list_tasks``, the words left over, and what was seen on the way."""

    arguments: Arguments
    leftover: str = ""
    spans: tuple[Span, ...] = ()
    noun: bool = False
    plural: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but ``count`` narrows the list."""
        return bool(set(self.arguments) - {"count"})


def _names_list(found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Whether the word names a list, and no kind of task ("my meetings"); "my errands list" says that it is one."""
    return found["value"] not in KINDS or (pattern in (_WHOSE, _BARE_LIST) and found["value"] in ("errands", "bills"))


def read_filter(clause: Clause, *, past: bool = False) -> Filter:
    """The filter that the clause names. ``past`` says that the question is about what is done ("what did I finish")."""
    reader = _Reader(clause, past)
    reader.read_fields()
    reader.read_states()
    reader.read_dates()
    return reader.result()


class _Reader:
    """Walks a phrase once for each concern, blanking out the words that it has read."""

    def __init__(self, clause: Clause, past: bool) -> None:
        self.clause, self.flat = clause, clause.flat
        self.found: Arguments = {"status": "done"} if past else {}
        self.spans: list[Span] = []
        self.listed = False

    def hide(self, start: int, end: int) -> None:
        self.flat = self.flat[:start] + HIDDEN * (end - start) + self.flat[end:]

    def read_fields(self) -> None:
        for pattern, key in (
            (_TAG, "tag"),
            (_TAG_AFTER, "tag"),
            (_WHOSE, "project"),
            (_IN_PLACE, "project"),
            (_BARE_LIST, "project"),
        ):
            found = pattern.search(self.flat)
            if found and self._names_place(found, pattern):
                start, end = found.span("value")
                self.found.setdefault(key, self.clause.text[start:end])
                self.listed = self.listed or pattern is _BARE_LIST
                self.hide(*found.span())
        for value, pattern in _LEVELS:
            found = pattern.search(self.flat)
            if found:
                self.found.setdefault("priority", value)
                self.hide(*found.span())
        for item in self.clause.fields:
            if HIDDEN in self.flat[item.start : item.end]:
                continue
            self.found.setdefault(item.kind, item.value)
            self.spans.append(span_of_field(item, self.clause))
            self.hide(item.start, item.end)

    def _names_place(self, found: re.Match[str], pattern: re.Pattern[str]) -> bool:
        """Whether the words are a project or a tag: no generic word, kind or date ("events in april")."""
        if set(found["value"].split()) <= _GENERIC_LIST | table.SMALL or not _names_list(found, pattern):
            return False
        start, end = found.span("value")
        dated = (when.start <= start and end <= when.end for when in self.clause.whens if when.strength != "weak")
        return pattern is not _IN_PLACE or not any(dated)

    def read_states(self) -> None:
        for name, value, pattern in _STATES:
            hidden = self._outside_dates(pattern)
            if hidden:
                self.found.setdefault(name, value)
                self.hide(*hidden.span())

    def _outside_dates(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match that no date covers: "late" in "late friday" says a time."""
        for found in pattern.finditer(self.flat):
            if not any(when.start < found.end() and found.start() < when.end for when in self.clause.whens):
                return found
        return None

    def read_dates(self) -> None:
        done = self.found.get("status") == "done"
        keys = ("completed_from", "completed_to") if done else ("due_from", "due_to")
        for when in self.clause.whens:
            first, last = _range(self._whole(when), self.clause.now.date(), back=done)
            if first and _WITHIN.search(self.flat, when.start, when.end):
                first = min(first, self.clause.now.date().isoformat())
            if HIDDEN in self.flat[when.start : when.end] or not (first or last):
                continue
            self._widen(keys, first, last)
            self.spans.append(span_of_when(when, self.clause))
            self.hide(when.start, when.end)

    def _whole(self, when: When) -> When:
        """ "from last week" is all of that week, where "from friday" is open."""
        found = _FROM.match(self.flat, when.start)
        period = (
            find_when(self.clause.literal[found.end() : when.end], self.clause.now)
            if found and not when.date_to
            else ()
        )
        done = self.found.get("status") == "done"
        gone = period and (period[0].date_to or "") < self.clause.now.date().isoformat()
        return period[0] if period and (done or gone or period[0].date_from != period[0].date_to) else when

    def _widen(self, keys: tuple[str, str], first: str | None, last: str | None) -> None:
        """Set the range; a second one ("today or tomorrow") widens it."""
        before = {str(self.found[key]) for key in keys if key in self.found}
        if first:
            self.found[keys[0]] = min({first, *before})
        if last:
            self.found[keys[1]] = max({last, *before})

    def result(self) -> Filter:
        arguments = dict(self.found)
        if arguments.pop("upcoming", None) and not arguments.keys() & {"due_from", "due_to"}:
            arguments["due_from"] = self.clause.now.date().isoformat()
        if arguments.pop("open", None) and arguments.get("status") == "done":
            arguments.pop("status")
        noun, plural = bool(_NOUN.search(self.flat)) or self.listed, bool(_PLURAL.search(self.flat)) or self.listed
        self._read_bare_project(arguments)
        leftover = self._leftover()
        return Filter(arguments=arguments, leftover=leftover, spans=tuple(self.spans), noun=noun, plural=plural)

    def _read_bare_project(self, arguments: Arguments) -> None:
        """ "work tasks": the word in front of the noun names a project, where nothing else is known of it."""
        found = _BEFORE_NOUN.match(self.flat.replace(HIDDEN, " ").strip() or " ")
        if not found or "project" in arguments or "tag" in arguments:
            return
        word = found["value"]
        if word in table.SMALL or word in table.NEXT or word in KINDS or word in EVERYTHING:
            return
        place = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.flat)
        if place:
            arguments["project"] = self.clause.text[place.start() : place.end()]
            self.hide(*place.span())

    def _leftover(self) -> str:
        kept = [found.span() for found in _WORDS.finditer(self.flat) if found.group().strip("'") not in table.SMALL]
        if not kept:
            return ""
        words = self.clause.text[kept[0][0] : kept[-1][1]] if HIDDEN not in self.flat[kept[0][0] : kept[-1][1]] else ""
        return words or " ".join(self.clause.text[a:b] for a, b in kept)


def _range(when: When, today: date, *, back: bool) -> tuple[str | None, str | None]:
    """The inclusive dates that a reading asks for, None for an open side; ``back`` looks for days gone by."""
    first, last = when.date_from, when.date_to
    if not first and not last and when.due:
        first = last = when.due[:10]
    if not back or not first or first <= today.isoformat():
        return first, last
    days = 7 if "weekday" in when.rule else 365
    return _moved(first, -days), _moved(last, -days) if last else None


def _moved(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return day
