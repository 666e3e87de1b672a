"""Words that are nothing but a filter ("high priority this week not in work"), as they are saved under a name."""

import re
from dataclasses import replace

from ..context import Clause, whole
from ..normalise import fold
from ..pattern import phrase
from ..types import Action, Arguments, Interpretation, Request, When
from ..words import filters as table
from .filters import read_filter

_NOT = r"(?:not|but not|and not|except|except for|excluding|outside|outside of|other than|apart from|without)"
_PLACE = r"(?:in|from|on|under)"
_NAME = r"(?P<value>[^\W_][\w/&-]{0,49})"
_EXCLUDED_TAG = phrase(
    rf"(?<![\w'-]){_NOT} (?:things |tasks |anything |what is )*(?:#|(?:the tag|the label|tag|label|tagged|labelled|"
    rf"labeled) #?){_NAME}"
)
_EXCLUDED = phrase(
    rf"(?<![\w'-]){_NOT} (?:things |tasks |anything |what is )*(?:{_PLACE} )?(?:the |my |our )*(?:project )?\+?{_NAME}"
)
_INCLUDED = phrase(rf"(?<![\w'-]){_PLACE} (?:the |my |our )*(?:project )?{_NAME}")
_BEHIND = phrase(r" (?:project|list|folder|board)(?![\w'-])")
_QUOTED = re.compile(r'"([^"]+)"')
# What the other reader would pass over, and so mean the opposite or less: "not today", "urgent or overdue", "#a #b".
_STILL_NOT = phrase(rf"(?<![\w'-]){_NOT}(?: (?:<small>))? [^\s]+", small=("in", "the", "on", "due", "tagged"))
_OR = phrase(r"(?<!\S)\S++ (?:or|and/or) \S++")
_SAID_NOT = phrase(r"(?<![\w'-])(?:<words>)(?![\w'-])", words=(*table.OPEN, *table.NO_DATE))
_LEVEL = re.compile(
    r"(?:high|medium|low|top|highest|lowest)(?=[ -]priority)|(?:urgent|important|critical|p[123])(?!\w)"
)
_ABOUT = phrase(r"(?:about|with|containing|mentioning|called|named|holding|that say|saying)\s*$")
UNREAD = (
    "I can’t read {words} in this. Say a priority, a day or period, overdue, a #tag, a project (“in work”, “not in "
    "work”), or put words to look for in quotation marks."
)
NOTHING = "These words narrow nothing: say, for example, “high priority this week not in work”."
DONE = "A saved filter shows open tasks; what is done is under Done, and the assistant finds it."


def read_view(request: Request) -> Interpretation:
    """The one ``list_tasks`` that the words ask for; without actions, ``reply`` says what of them cannot be read."""
    reader = _Reader(whole(request, fold(request.text)))
    arguments, unread = reader.read()
    if unread:
        return Interpretation(reply=UNREAD.format(words=f"“{unread}”"), rules=("view.unread",))
    if arguments.get("status", "open") != "open" or {"completed_from", "completed_to"} & set(arguments):
        return Interpretation(reply=DONE, rules=("view.done",))
    if not arguments:
        return Interpretation(reply=NOTHING, rules=("view.empty",))
    return Interpretation(actions=(Action(tool="list_tasks", arguments=arguments),), rules=("view",))


class _Reader:
    """Takes out of the words what only a filter says, and leaves the rest to what reads questions."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.found: Arguments = {}

    def read(self) -> tuple[Arguments, str]:
        """The filter, and the words that are no part of one."""
        self._read_quotations()
        self._read_place(_EXCLUDED_TAG, "not_tag", bare=True)
        self._read_place(_EXCLUDED, "not_project", bare=True)
        if unread := self._negated():
            return {}, unread
        self._read_place(_INCLUDED, "project", bare=False)
        if unread := self._missed():
            return {}, unread
        read = read_filter(self.clause)
        arguments = {**read.arguments, **self.found}
        arguments.pop("count", None)
        if arguments.get("status") == "open":
            arguments.pop("status")
        return arguments, read.leftover.strip(" ,.;:")

    def _negated(self) -> str:
        """The first words that exclude what cannot be excluded here: `read_filter` would read the opposite."""
        flat = _SAID_NOT.sub(lambda said: " " * len(said.group()), self.clause.flat)
        found = _STILL_NOT.search(flat)
        return self.clause.text[found.start() : found.end()] if found else ""

    def _missed(self) -> str:
        """The first words that would narrow further, and that `read_filter` would leave out in silence."""
        flat = self.clause.flat
        for found in _OR.finditer(flat):
            if len({index for index, when in enumerate(self.clause.whens) if _meet(when, found)}) != 2:
                return self.clause.text[found.start() : found.end()]
        kinds: set[str] = set(self.found.keys() & {"project", "tag"})
        for item in self.clause.fields:
            if item.kind in kinds:
                return self.clause.text[item.start : item.end]
            kinds.add(item.kind)
        return ""

    def _read_quotations(self) -> None:
        for quoted in list(_QUOTED.finditer(self.clause.flat)):
            words = self.clause.text[quoted.start(1) : quoted.end(1)].strip()
            before = str(self.found.get("search", ""))
            self.found["search"] = f"{before} {words}".strip()
            lead = _ABOUT.search(self.clause.flat, 0, quoted.start())
            self._hide(lead.start() if lead else quoted.start(), quoted.end())

    def _read_place(self, pattern: re.Pattern[str], key: str, *, bare: bool) -> None:
        """A project or tag behind its lead word; a known project is taken by all of its name."""
        for place in pattern.finditer(self.clause.flat):
            start, end = place.span("value")
            end = self._whole_name(start, end)
            if not self._names(start, end, bare=bare):
                continue
            self.found.setdefault(key, self.clause.text[start:end])
            behind = _BEHIND.match(self.clause.flat, end)
            self._hide(place.start(), behind.end() if behind else end)
            return

    def _whole_name(self, start: int, end: int) -> int:
        known = [name for name in self.clause.projects if self.clause.flat.startswith(fold(name), start)]
        return max([end, *(start + len(name) for name in known)])

    def _names(self, start: int, end: int, *, bare: bool) -> bool:
        """Whether the words may be a name: no date, and no word that says nothing of its own."""
        if any(when.start < end and start < when.end for when in self.clause.whens if when.strength != "weak"):
            return False
        if bare and _LEVEL.match(self.clause.flat, start):
            return False
        word = self.clause.flat[start:end]
        return word not in table.SMALL and not (bare and word in (*table.DONE, "due"))

    def _hide(self, start: int, end: int) -> None:
        """Take the words out; the offsets of the others stay."""
        blank = " " * (end - start)
        text, flat, literal = (
            whole_[:start] + blank + whole_[end:]
            for whole_ in (self.clause.text, self.clause.flat, self.clause.literal)
        )
        self.clause = replace(self.clause, text=text, flat=flat, literal=literal)


def _meet(when: When, words: re.Match[str]) -> bool:
    return when.start < words.end() and words.start() < when.end
