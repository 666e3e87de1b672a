"""What words can say of a time, before it is known which of it a task needs: days, clock times, repeats, and their
joins."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from backend.assistant.language.types import When

Strength = Literal["sure", "likely", "weak"]
DayKind = Literal["day", "weekday", "monthday", "date", "nth", "week", "weekend", "month", "span"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, or the days from ``first`` to ``last``; ``due`` is the one that a task gets.

    ``kind`` and the fields after it keep what was said, so that "friday" and "next week" can join to one day:
    ``weekdays``
    for "monday and thursday", ``monthdays`` for "the 1st", ``month`` for "march", ``nth`` for "the first monday",
    ``name`` for a holiday, ``repeat`` the RRULE of a date that comes every year.
    """

    first: date
    last: date
    due: date
    kind: DayKind = "day"
    weekdays: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    month: int | None = None
    nth: int | None = None
    year_said: bool = False
    repeat: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day in minutes since 00:00 (1440: the midnight that ends the day).

    ``open`` is a time whose half of the day was not said: "5", "half past six".
    ``part`` is the part of the day that was said: "morning", "afternoon", "evening", "night"; ``vague`` when nothing
    else was. ``zone`` is the zone whose wall clock was meant, where one was named, and ``home`` then the user's.
    """

    minutes: int
    open: bool = False
    part: str | None = None
    vague: bool = False
    zone: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A recurrence: the parts of an RRULE. ``bydays`` are codes ("MO", "1FR"); ``place`` is BYSETPOS: which of
    the days of a month ("the last weekday"); ``from_completion``: it counts from the day when the task is done."""

    freq: str
    interval: int = 1
    bydays: tuple[str, ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    place: int | None = None
    from_completion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """All that some words say of a time; None where they say nothing.

    ``span`` is a length to repeat for ("for 5 days"); ``side`` which side of its day a question asks for ("before
    friday").
    """

    day: Day | None = None
    clock: Clock | None = None
    moment: datetime | None = None
    repeat: Repeat | None = None
    until: Day | None = None
    begin: Day | None = None
    count: int | None = None
    span: tuple[int, str] | None = None
    side: Literal["by", "before", "after", "since"] | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The tokens ``[start, end)``, their lead words included, and what they mean; ``core`` is where the reading
    itself starts.

    ``lead`` is the word that leads it ("at", "by"; empty without one), ``article`` whether "the" does.
    """

    start: int
    core: int
    end: int
    meaning: Meaning
    rule: str
    shape: "Shape" = "plain"
    lead: str = ""
    article: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The words around a run of pieces, by which ``precision`` judges it."""

    before: str
    after: str
    starts: bool
    ends: bool
    noun_after: bool
    word_after: bool
    title_after: bool
    owner: bool
    determined: bool
    rank: int


@dataclass(frozen=True, kw_only=True)
class Reading(When):
    """A ``When`` that keeps its meaning, so that ``combine`` can join it with others of the same clause."""

    meaning: Meaning = field(default_factory=Meaning, repr=False, compare=False)


def one_day(day: date, **said: object) -> Day:
    return Day(first=day, last=day, due=day, **said)  # type: ignore[arg-type]


Shape = Literal[
    "plain",
    "weekday",
    "short",
    "month",
    "hour",
    "four",
    "monthday",
    "adverb",
    "holiday",
    "part",
    "year",
    "now",
    "slash",
    "pair",
    "named",
    "plural",
    "day",
    "impossible",
    "week",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a reader found: the token after it, its meaning, and the ``shape`` by which ``precision`` judges it."""

    end: int
    meaning: Meaning
    rule: str
    shape: Shape = "plain"
