"""Read a noun phrase ("all overdue work tasks due before friday") as the filter of ``list_tasks``."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ..context import Clause
from ..describing import span_of_field, span_of_when
from ..types import Arguments, Span, When
from ..words import filters as table
from ..words.nouns import EVERYTHING, KINDS, LIST, PROJECT, TASK, TASKS
from ..words.pattern import either, phrase

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
_NAME = r"(?P<value>[^\W_][\w/-]{0,40})"
_TAG = phrase(rf"{_EDGE}(?:(?:that are |that is |with |marked )*(?:tagged|labell?ed)(?: (?:as|with))?|(?:with |under |in |for |from )?(?:the )?(?:tags?|labels?)) (?:#)?[\"']?{_NAME}[\"']?")  # fmt: skip
_TAG_AFTER = phrase(rf"{_EDGE}(?:with |under |in |for |from )?(?:the |my )?#?{_NAME}[ -](?:tag|label|tagged)(?: (?:<tasks>))?{_END}", tasks=TASKS)
_WHOSE = phrase(rf"{_EDGE}(?:in|on|from|under|of|for|off) (?:the |my |our )?(?:(?:{either(PROJECT)}) (?:called |named )?)?(?P<value>[^\W_][\w'-]*(?: [\w'-]+){{0,2}}?) (?:project|list|folder|board|category)s?{_END}")  # fmt: skip
_BARE_LIST = phrase(rf"^(?:the |my |our |read |a )*(?P<value>[^\W_][\w'-]*(?: [\w'-]+)?) (?:project|shopping list|list|folder|board)s?{_END}")
_BEFORE_NOUN = phrase(rf"^(?:all |of |the |my |our |every |any |list |show |me |open |those |each )*(?P<value>[^\W_][\w-]*) (?:tasks?|todos?|to-dos?|items?|things|stuff|chores){_END}")  # fmt: skip
_LEADS = tuple((kind, phrase(f"(?:<words>){_END}", words=words)) for kind, words in (
    ("before", table.LEAD_BEFORE), ("until", table.LEAD_UNTIL), ("after", table.LEAD_AFTER), ("from", table.LEAD_FROM)))  # fmt: skip
_LEAD_WORD = phrase(f"{_EDGE}(?:<words>) $", words=(*table.LEAD_BEFORE, *table.LEAD_UNTIL, *table.LEAD_AFTER, *table.LEAD_FROM))
_GENERIC_LIST = frozenset(LIST) | {"to", "do", "todo", "to-do", "task", "tasks", "the", "my", "this", "that", "your", "main", "whole", "entire"}
_NOUN = phrase(f"{_EDGE}(?:{either((*TASK, *TASKS, *EVERYTHING, *LIST, *KINDS))}){_END}")
_PLURAL = phrase(f"{_EDGE}(?:{either((*TASKS, *EVERYTHING, *LIST))}){_END}")
_WORDS = re.compile(r"[^\s,;:?!.\"\x00]+(?:\.[^\s,;:?!.\"\x00]+)*")
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

    def hide(self, start: int, end: int) -> None:
        self.flat = self.flat[:start] + HIDDEN * (end - start) + self.flat[end:]

    def read_fields(self) -> None:
        for pattern, key in ((_TAG, "tag"), (_TAG_AFTER, "tag"), (_WHOSE, "project"), (_BARE_LIST, "project")):
            found = pattern.search(self.flat)
            if found and not set(found["value"].split()) <= _GENERIC_LIST | table.SMALL and found["value"] not in KINDS:
                start, end = found.span("value")
                self.found.setdefault(key, self.clause.text[start:end])
                self.hide(*found.span())
        for item in self.clause.fields:
            if HIDDEN in self.flat[item.start : item.end]:
                continue
            self.found.setdefault(item.kind, item.value)
            self.spans.append(span_of_field(item, self.clause))
            self.hide(item.start, item.end)

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
        for when in self.clause.whens:
            span = _range(when, self.clause)
            if not span or HIDDEN in self.flat[when.start : when.end]:
                continue
            first, last = _led(span, self._lead(when))
            names = ("completed_from", "completed_to") if done else ("due_from", "due_to")
            for key, value in zip(names, (first, last), strict=True):
                if value:
                    self.found.setdefault(key, value)
            self.spans.append(span_of_when(when, self.clause))
            self.hide(when.start, when.end)

    def _lead(self, when: When) -> str:
        """Whether "before", "until", "after" or "from" leads the date, as part of its range or just in front of it."""
        before = _LEAD_WORD.search(self.flat[: when.start])
        words = (before.group() if before else "") + self.flat[when.start : when.end]
        lead = next((kind for kind, pattern in _LEADS if pattern.match(words)), "")
        if before:
            self.hide(*before.span())
        return lead

    def result(self) -> Filter:
        arguments = dict(self.found)
        if arguments.pop("upcoming", None) and not arguments.keys() & {"due_from", "due_to"}:
            arguments["due_from"] = self.clause.now.date().isoformat()
        if arguments.pop("open", None) and arguments.get("status") == "done":
            arguments.pop("status")
        noun, plural = bool(_NOUN.search(self.flat)), bool(_PLURAL.search(self.flat))
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


def _range(when: When, clause: Clause) -> tuple[str, str] | None:
    """The inclusive dates of a reading in a question; None where it names none."""
    if when.date_from and when.date_to:
        return when.date_from, when.date_to
    if when.due:
        return when.due[:10], when.due[:10]
    return None


def _led(span: tuple[str, str], lead: str) -> tuple[str | None, str | None]:
    """The range that remains once its lead word is counted: "before friday" ends on thursday."""
    first, last = span
    if lead == "before":
        return None, _moved(first, -1)
    if lead == "until":
        return None, last
    if lead == "after":
        return _moved(last, 1), None
    if lead == "from":
        return first, None
    return first, last


def _moved(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return day
