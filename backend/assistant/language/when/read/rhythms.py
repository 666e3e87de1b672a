"""Rhythms without "every": "daily", "on mondays", "once a month", "the 15th of each month", "for 5 days", "ten
times"."""

from dataclasses import replace
from datetime import datetime

from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Hit, Meaning, Repeat
from backend.assistant.language.when.read.repeats import every, every_interval
from backend.assistant.language.when.read.sets import (
    monthday_list,
    nth_weekdays,
    nth_workday,
    repeating,
    times_a_unit,
    weekday_list,
    weekly,
    with_days,
    with_part,
)
from backend.assistant.language.when.text import Tokens

_PER = frozenset({"a", "per", "each", "every"})


def adverb(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "daily", "weekly", "bi-weekly", "once a month", "alternate days"."""
    words = tokens.words
    if words[at] in ("bi", "semi") and words[at + 1] == "-":
        word, end = words[at] + words[at + 2], at + 3
    else:
        word, end = words[at], at + 1
    if word in w.FREQUENCIES:
        freq, interval = w.FREQUENCIES[word]
        clock = Clock(minutes=w.DAY_PARTS["night"], part="night", vague=True) if word == "nightly" else None
        repeat = Meaning(repeat=Repeat(freq=freq, interval=interval), clock=clock)
        return with_days(tokens, Hit(end=end, meaning=repeat, rule="frequency", shape="adverb"))
    if word == "twice":
        return times_a_unit(tokens, at)
    if word == "once" and words[end] == "in":
        return _once_in(tokens, end + 1)
    if word == "once" and words[end] in w.EVERY:
        return every(tokens, end, now)
    if word == "once" and words[end] in _PER:
        unit = w.UNITS.get(words[end + 1])
        if unit in w.UNIT_FREQUENCIES and words[end + 1] not in w.SHORT_UNITS:
            freq, interval = w.UNIT_FREQUENCIES[unit]
            return with_days(tokens, repeating(end + 2, Repeat(freq=freq, interval=interval), "once a unit"))
    if word in w.OTHER and word != "other" and words[end] in w.WEEKDAYS_PLURAL.keys() | w.WEEKDAYS.keys():
        names, stop = weekday_list(tokens, end)
        return with_part(tokens, stop, weekly(names, 2), "alternate weekdays")
    if word in w.OTHER and words[end] in ("days", "weeks", "months", "years") and word != "other":
        freq, interval = w.UNIT_FREQUENCIES[w.UNITS[words[end]]]
        return repeating(end + 1, Repeat(freq=freq, interval=2 * interval), "alternate units")
    return None


def _once_in(tokens: Tokens, at: int) -> Hit | None:
    """ "once in two weeks"."""
    found = numbers.cardinal(tokens, at)
    unit = numbers.unit_at(tokens, found[1]) if found else None
    if found is None or unit is None or unit[0] not in w.UNIT_FREQUENCIES or not 0 < found[0] < 1000:
        return None
    freq, interval = w.UNIT_FREQUENCIES[unit[0]]
    return repeating(unit[1], Repeat(freq=freq, interval=interval * found[0]), "once in an amount")


def part_plural(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "in the mornings", "evenings at 7": each day."""
    words = tokens.words
    start = at + 2 if words[at] == "in" and words[at + 1] == "the" else at
    name = words[start]
    if name not in w.PART_FAMILY or not name.endswith("s") or (start == at and words[at + 1] not in ("at", "around")):
        return None
    clock = Clock(minutes=w.DAY_PARTS[name], part=w.PART_FAMILY[name], vague=True)
    hit = repeating(start + 1, Repeat(freq="DAILY"), "parts of the day", clock)
    return replace(hit, shape="plural") if start == at else hit


def plural(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "mondays", "tuesdays and thursdays", "weekdays", "monday mornings", "mon-fri", "mon wed fri", "tue/thu"."""
    words = tokens.words
    names, end = weekday_list(tokens, at)
    if not names:
        return None
    part = w.PART_FAMILY.get(words[end]) if words[end].endswith("s") else None
    said = [words[index] for index in range(at, end)]
    many_days = words[at] in w.SHORT_WEEKDAYS and (len(names) > 2 or "/" in said)
    many = any(word in w.WEEKDAYS_PLURAL or word in ("weekdays", "weekends", "weeknights", "workdays") for word in said)
    if not many and not many_days and not (part and words[at] in w.WEEKDAYS | w.DAY_SETS):
        return None
    return replace(with_part(tokens, end, weekly(names), "plural weekdays"), shape="plural")


def place_of_every(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "first monday of every month", "15th of each month", "1st and 15th of every month", "last day of every
    month"."""
    words = tokens.words
    last_day = words[at] in ("last", "end") and words[at + 1] in ("day", "of")
    if last_day:
        start = at + 2 if words[at + 1] == "day" else at + 1
        interval, end = _every_month(tokens, start)
        return (
            repeating(end, Repeat(freq="MONTHLY", interval=interval, monthdays=(-1,)), "last day of every month")
            if interval
            else None
        )
    nth = (-1, at + 1) if words[at] == "last" else numbers.ordinal(tokens, at)
    if codes := nth_weekdays(tokens, at):
        interval, end = _every_month(tokens, codes[1])
        repeat = Repeat(freq="MONTHLY", interval=interval, bydays=codes[0])
        return repeating(end, repeat, "nth of every month") if interval else None
    if nth and (workday := nth_workday(tokens, nth)):
        interval, end = _every_month(tokens, workday[1])
        repeat = replace(workday[0], interval=interval)
        return repeating(end, repeat, "nth workday of every month") if interval else None
    monthdays, start = monthday_list(tokens, at)
    if not monthdays:
        return None
    start = start + 1 if words[start] == "day" else start
    interval, end = _every_month(tokens, start)
    return (
        repeating(end, Repeat(freq="MONTHLY", interval=interval, monthdays=monthdays), "day of every month")
        if interval
        else None
    )


def _every_month(tokens: Tokens, at: int) -> tuple[int, int]:
    """ "of every month", "each month", "of every 3 months": its interval, or 0."""
    words = tokens.words
    at = at + 1 if words[at] in ("of", "in") else at
    if words[at] not in w.EVERY:
        return 0, at
    interval, at = every_interval(tokens, at + 1)
    unit = w.UNITS.get(words[at])
    if unit not in ("month", "quarter") or words[at] in w.SHORT_UNITS:
        return 0, at
    return interval * (3 if unit == "quarter" else 1), at + 1


def length(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "for 5 days", "for two weeks": how long a repeat lasts."""
    found = numbers.amount(tokens, at + 1)
    if found is None or found[0].timed or found[0].number != int(found[0].number):
        return None
    return Hit(end=found[1], meaning=Meaning(span=(int(found[0].number), found[0].unit)), rule="length")


def times_said(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "5 times", "ten times"; "3 times a week on mon, wed and fri"."""
    if often := times_a_unit(tokens, at):
        return often
    found = numbers.cardinal(tokens, at)
    if found is None or not 0 < found[0] < 1000 or tokens.words[found[1]] != "times":
        return None
    if tokens.words[found[1] + 1] in ("a", "per", "each", "every"):
        return None
    return Hit(end=found[1] + 1, meaning=Meaning(count=found[0]), rule="count")
