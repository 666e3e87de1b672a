"""Recurrences: "every other tuesday", "daily", "weekdays", "the 15th of every month", "every march 3", "on mondays"."""

from dataclasses import replace
from datetime import datetime

from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Hit, Meaning, Repeat
from backend.assistant.language.when.read import dates, daytime, sets
from backend.assistant.language.when.read.sets import (
    nth_weekdays,
    nth_workday,
    of_month,
    repeating,
    skip_month,
    weekday_list,
    weekly,
    with_part,
)
from backend.assistant.language.when.recur import from_text
from backend.assistant.language.when.text import Tokens


def every(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """What "every" or "each" makes of the words after it."""
    words = tokens.words
    if words[at + 1] == "!" and tokens.glued[at + 1]:  # Todoist's "every! 3 days"
        hit = _every(tokens, at + 1, now)
        return hit and replace(hit, meaning=counted_from_completion(hit.meaning))
    return _every(tokens, at, now)


def counted_from_completion(meaning: Meaning) -> Meaning:
    repeat = meaning.repeat
    return replace(meaning, repeat=replace(repeat, from_completion=True)) if repeat else meaning


def _every(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    words = tokens.words
    after = at + 2 if words[at + 1] in ("single", "and") else at + 1
    if words[at + 1] == "and" and words[at + 2] == "every":
        after = at + 3
    interval, after = every_interval(tokens, after)
    for reader in (_every_days, _every_unit, _every_part, _every_place, _every_date):
        hit = reader(tokens, after, now, interval)
        if hit:
            return sets.with_days(tokens, hit)
    return None


def every_interval(tokens: Tokens, at: int) -> tuple[int, int]:
    """ "other", "second", "2nd", "3": how many units between, and the token after it."""
    words = tokens.words
    if words[at] in w.OTHER:
        return 2, at + 1
    nth = numbers.ordinal(tokens, at)
    if nth and _is_unit_or_weekday(words[nth[1]]) and nth[0] > 1 and not of_month(tokens, nth[1] + 1):
        return nth[0], nth[1]
    number = numbers.cardinal(tokens, at)
    if (
        number
        and 0 < number[0] <= 999
        and (_is_unit_or_weekday(words[number[1]]) or words[number[1]] in w.WEEKDAYS_PLURAL)
    ):
        return number[0], number[1]
    if words[at] in w.VAGUE_AMOUNTS:
        return w.VAGUE_AMOUNTS[words[at]], at + 2 if words[at + 1] == "of" else at + 1
    return 1, at


def _is_unit_or_weekday(word: str) -> bool:
    return word in w.UNITS or word in w.WEEKDAYS


def _every_days(tokens: Tokens, at: int, now: datetime, interval: int) -> Hit | None:
    """ "monday", "mon, wed and fri", "tuesday morning", "weekday", "weekend"."""
    names, end = weekday_list(tokens, at)
    if not names:
        return None
    return with_part(tokens, end, weekly(names, interval), "every weekday")


def _every_unit(tokens: Tokens, at: int, now: datetime, interval: int) -> Hit | None:
    """ "day", "2 weeks", "hour", "half hour", "month", "quarter"; "day except sunday"."""
    words = tokens.words
    if words[at] == "half" and words[at + 1] in ("hour", "an", "a"):
        end = at + 2 if words[at + 1] == "hour" else at + 3
        return repeating(end, Repeat(freq="MINUTELY", interval=30), "every unit")
    half = at + 2 if words[at : at + 2] == ["half", "a"] else at + 1
    if words[at] == "half" and words[half] == "year":
        return repeating(half + 1, Repeat(freq="MONTHLY", interval=6 * interval), "every unit")
    unit = numbers.unit_at(tokens, at)
    if unit is None or words[at] in ("second", "sec", "night", "nights"):
        return None
    name, end = unit
    if name == "workday":
        return with_part(tokens, end, weekly((0, 1, 2, 3, 4)), "every weekday")
    if name not in w.UNIT_FREQUENCIES:
        return None
    freq, each = w.UNIT_FREQUENCIES[name]
    if name == "day" and words[end] in ("except", "but") and interval == 1:
        start = end + 1
        start = start + 1 if words[start] in ("for", "on") else start
        without, stop = weekday_list(tokens, start)
        if without:
            return repeating(stop, weekly(tuple(n for n in range(7) if n not in without)), "every day except")
    return repeating(end, Repeat(freq=freq, interval=interval * each), "every unit")


def _every_part(tokens: Tokens, at: int, now: datetime, interval: int) -> Hit | None:
    """ "morning", "evening", "night", "noon", "lunchtime"."""
    word = tokens.words[at]
    if word in w.PART_FAMILY and word not in ("eve", "aft"):
        clock = Clock(minutes=w.DAY_PARTS[word], part=w.PART_FAMILY[word], vague=True)
        return repeating(at + 1, Repeat(freq="DAILY", interval=interval), "every part of the day", clock)
    named = daytime.named(tokens, at)
    if named and named.meaning.clock and word not in ("end", "close"):
        return repeating(
            named.end, Repeat(freq="DAILY", interval=interval), "every part of the day", named.meaning.clock
        )
    return None


def _every_place(tokens: Tokens, at: int, now: datetime, interval: int) -> Hit | None:
    """ "first monday of the month", "last day of the month", "15th", "1st and 15th", "month end"."""
    words = tokens.words
    if words[at] == "last" and words[at + 1] == "day" and (words[at + 2] != "of" or of_month(tokens, at + 2)):
        return repeating(skip_month(tokens, at + 2), Repeat(freq="MONTHLY", monthdays=(-1,)), "every last day")
    nth = (-1, at + 1) if words[at] == "last" else numbers.ordinal(tokens, at)
    workday = nth_workday(tokens, nth) if nth else None
    if nth and workday and (abs(nth[0]) != 2 or of_month(tokens, workday[1])):
        return repeating(skip_month(tokens, workday[1]), workday[0], "every nth workday")
    if yearly := sets.yearly_nth(tokens, at):
        return yearly
    if codes := nth_weekdays(tokens, at):
        return repeating(skip_month(tokens, codes[1]), Repeat(freq="MONTHLY", bydays=codes[0]), "every nth weekday")
    monthdays, end = sets.monthday_list(tokens, at)
    if not monthdays and words[at - 1] in w.EVERY:
        monthdays, end = sets.bare_monthdays(tokens, at)
    if monthdays and words[end] not in w.MONTHS and not (words[end] == "of" and words[end + 1] in w.MONTHS):
        stop = skip_month(tokens, end)
        return repeating(stop, Repeat(freq="MONTHLY", interval=interval, monthdays=monthdays), "every day of the month")
    return None


def _every_date(tokens: Tokens, at: int, now: datetime, interval: int) -> Hit | None:
    """ "march 3", "3rd of march", "january", "christmas"."""
    today = now.date()
    for reader in (dates.holiday, dates.month_first, dates.day_first):
        hit = reader(tokens, at, today)
        day = hit.meaning.day if hit else None
        if hit and day and day.repeat:
            return sets.more_dates(tokens, repeating(hit.end, from_text(day.repeat, interval), "every date"), today)
        if hit and day and day.kind == "month" and day.month and not day.year_said:
            repeat = Repeat(freq="YEARLY", interval=interval, months=(day.month,), monthdays=(1,))
            return sets.more_dates(tokens, repeating(hit.end, repeat, "every month of the year"), today)
        if hit and hit.meaning.problem:
            return hit
    return None
