"""A piece of the message with its place in it, and what the date and field readers find there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache

from .fields import find_fields
from .normalise import slips
from .pattern import first_word
from .types import Field, Request, When
from .when import find_when
from .words.starts import OFTEN_MISSPELT, SHORT_SLIPS, WORDS_AFTER_ALL

_QUOTED = re.compile(r'"[^"\n]{1,300}"' + r"|(?<![\w])'(?=\S)[^'\n]{2,300}(?<=\S)'(?![\w])")
LONGEST_COMMAND = 400  # characters; anything longer is a note, and reading it as a command would only cost time
_MEAL = re.compile(r"(?:night|breakfast|brunch|lunch|dinner|supper|tea)\s")
MOST_DATES = 12  # a clause with more dates than that is a text about dates, not a task
_TRIM = " \t\r\n"
_SLIPS = SHORT_SLIPS | {
    slip: word for word in OFTEN_MISSPELT for slip in slips(word) if slip not in (*OFTEN_MISSPELT, *WORDS_AFTER_ALL)
}


@dataclass(frozen=True)
class Clause:
    """A slice of the message: ``text`` as written, ``flat`` folded, ``start`` its offset in the message; ``projects``
    are the names of the user's."""

    text: str
    flat: str
    start: int
    now: datetime
    literal: str = ""
    zone: str = ""
    role: str = ""
    verb: str = ""
    projects: tuple[str, ...] = field(default=(), repr=False)
    shared: "tuple[Clause, ...]" = field(default=(), repr=False)

    def part(self, start: int, end: int) -> "Clause":
        """The trimmed slice ``[start, end)``."""
        end = min(end, len(self.flat))
        flat = self.flat
        while start < end and flat[start] in _TRIM:
            start += 1
        while end > start and flat[end - 1] in _TRIM:
            end -= 1
        return Clause(  # thousands in a long message: `replace` takes three times as long
            self.text[start:end],
            self.flat[start:end],
            self.start + start,
            self.now,
            self.literal[start:end],
            self.zone,
            self.role,
            self.verb,
            self.projects,
            self.shared,
        )

    def mended(self) -> "Clause":
        """The clause with a slip of the pen in its first word mended ("delte milk"); offsets behind it stay true."""
        word = first_word(self.flat)
        right = _SLIPS.get(word)
        if not right:
            return self
        text, flat, literal = (right + words[len(word) :] for words in (self.text, self.flat, self.literal))
        return replace(self, text=text, flat=flat, literal=literal, start=self.start + len(word) - len(right))

    def group(self, found: re.Match[str], name: str) -> "Clause":
        """The slice that a named group matched; an empty clause where it did not take part."""
        start, end = found.span(name)
        return self.part(max(start, 0), max(end, 0))

    def with_role(self, role: str) -> "Clause":
        """The same words, to be read as this kind of command."""
        return replace(self, role=role)

    @cached_property
    def whens(self) -> tuple[When, ...]:
        """Dates, times and recurrences, in order, offsets within this clause."""
        found = _found(self.literal, self.now, self.zone or None)
        meals = [
            when
            for when in found
            if ("meal" in when.rule or when.rule.startswith("part of the day +"))
            and (meal := _MEAL.match(self.flat, when.start))
            and meal.end() < when.end
        ]
        return tuple(find_when(_without(self.literal, meals), self.now, home=self.zone or None)) if meals else found

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Priority, tags and project, in order, offsets within this clause; a quoted name as it was written."""
        found = find_fields(self.literal, self.projects)
        if self.literal == self.text:
            return found
        return tuple(item for hidden in found if (item := self._written(hidden)))

    def _written(self, item: Field) -> Field | None:
        """The field with the words that the readers could not see: all of the quotation, or None where they are to
        stay plain."""
        start = max(self.literal.find(item.value, item.start), item.start)
        if self.literal[start : item.end] == self.text[start : item.end]:
            return item
        quoted = next((one for one in _QUOTED.finditer(self.flat) if one.start() <= start < one.end()), None)
        if quoted is None or item.kind != "project":
            return None
        value = self.text[quoted.start() + 1 : quoted.end() - 1].strip()
        return replace(item, value=value, end=max(item.end, quoted.end())) if value else None

    @property
    def short(self) -> bool:
        """Whether it may be a command: nobody speaks one of hundreds of words."""
        return len(self.flat) <= LONGEST_COMMAND


@lru_cache(maxsize=512)
def _found(literal: str, now: datetime, home: str | None) -> tuple[When, ...]:
    """The dates of the words. Kept for a while: the same words are cut out of a message again and again."""
    return find_when(literal, now, home=home, most=MOST_DATES)


def _without(literal: str, meals: Sequence[When]) -> str:
    """The text with the meals hidden: "cook dinner tonight" is about dinner, and due tonight."""
    for when in meals:
        end = when.start + literal[when.start : when.end].index(" ")
        literal = literal[: when.start] + "x" * (end - when.start) + literal[end:]
    return literal


def whole(request: Request, flat: str) -> Clause:
    """The whole message as one clause. Quoted words and those made plain are hidden from the date and field readers."""
    ranges = [found.span() for found in _QUOTED.finditer(flat)] + [(max(0, a), b) for a, b in request.plain if a < b]
    letters = [c if c.isdecimal() or not c.isdigit() else "x" for c in request.text]
    for start, end in ranges:
        for position in range(start, min(end, len(letters))):
            if not letters[position].isspace():
                letters[position] = "x"
    return Clause(
        text=request.text,
        flat=flat,
        start=0,
        now=request.now,
        literal="".join(letters),
        zone=request.timezone,
        projects=tuple(sorted({task.project for task in request.tasks if task.project})),
    ).part(0, len(flat))
