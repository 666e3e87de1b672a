"""Occurrences of an RRULE over local wall-clock time. Pure.

python-dateutil's `rrule` is the tests' yardstick; it is not used here, because it searches up to the year 9999 for an
occurrence: one request with a rule that never matches (February 30) would hold the server for minutes.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from backend.tasks.due import YEARS, from_wall, has_time, local_now, overdue_at, shifted, to_instant, to_wall
from backend.tasks.rules import Rule, parse, until_wall

# Periods searched without finding an occurrence: more than 40 years, which holds every pattern that comes back at all.
EMPTY_PERIODS = {"DAILY": 15_000, "WEEKLY": 2_200, "MONTHLY": 500, "YEARLY": 45}


@dataclass(frozen=True, kw_only=True)
class Next:
    """Where a recurring task goes: its next due, and its rule with what is left of COUNT."""

    due: str
    recurrence: str


def next_occurrence(recurrence: str, *, due: str, timezone: str, now: datetime) -> Next | None:
    """The first occurrence after ``due`` that is not yet overdue at ``now`` (UTC); None when the series ends.

    It also ends where its next time lies beyond the years that a due may have.

    The series is anchored at ``due``, so its phase and time of day stay; COUNT counts ``due`` as one.
    """
    rule, timed = parse(recurrence), has_time(due)
    left = rule.count
    for wall in occurrences(rule, to_wall(due), near=local_now(now, timezone)):
        if wall <= to_wall(due):
            continue
        left = left - 1 if left else None
        if left == 0 or wall.year not in YEARS or _is_over(rule, wall, timezone):
            return None
        text = from_wall(wall, timed=timed)
        if overdue_at(text, timezone) > now:
            return Next(due=text, recurrence=_with_count(recurrence, left))
    return None


def next_after_completion(recurrence: str, *, due: str, timezone: str, now: datetime) -> Next | None:
    """The first occurrence after today, at the time of day of ``due``; None when the series ends. ``now`` is UTC.

    A rule that repeats within the day goes on from this minute. A month after January 31 is the end of February, where
    RFC 5545 would pass over February.
    """
    rule, here = parse(recurrence), local_now(now, timezone).replace(second=0, microsecond=0)
    if rule.below_day:
        return next_occurrence(recurrence, due=from_wall(here, timed=True), timezone=timezone, now=now)
    start = from_wall(datetime.combine(here, to_wall(due).time()), timed=has_time(due))
    if rule.frequency not in {"MONTHLY", "YEARLY"} or _names_days(rule):
        return next_occurrence(recurrence, due=start, timezone=timezone, now=now)
    try:
        following = shifted(start, f"P{rule.interval}{rule.frequency[0]}")
    except ValueError:  # beyond the years that a due may have
        return None
    if rule.count == 1 or _is_over(rule, to_wall(following), timezone):
        return None
    return Next(due=following, recurrence=_with_count(recurrence, rule.count - 1 if rule.count else None))


def _names_days(rule: Rule) -> bool:
    return bool(rule.by_day or rule.by_month_day or rule.by_year_day or rule.by_month or rule.by_set_pos)


def first_occurrence(recurrence: str, *, timezone: str, now: datetime) -> str | None:
    """The first due of a series for which none was said: today or later. Timed only where the rule names hours.

    Raises ValueError where the rule needs a time to begin from.
    """
    rule = parse(recurrence)
    if rule.below_day:
        raise ValueError(f"FREQ={rule.frequency} needs a due date with a time to begin from")
    here = local_now(now, timezone)
    timed = bool(rule.by_hour or rule.by_minute)
    for wall in occurrences(rule, datetime.combine(here, time()), near=here):
        if not timed or wall > here:
            return None if _is_over(rule, wall, timezone) else from_wall(wall, timed=timed)
    return None


def check_series(recurrence: str, *, due: str, timezone: str) -> None:
    """Raises ValueError where a rule cannot go with a due: it wants a time of day, or has ended before it begins."""
    rule = parse(recurrence)
    if not has_time(due) and (rule.below_day or rule.by_hour or rule.by_minute):
        raise ValueError("this rule repeats within the day, so the due date needs a time")
    if _is_over(rule, to_wall(due), timezone):
        raise ValueError("UNTIL lies before the due date")
    if rule.count != 1 and next(iter(occurrences(rule, to_wall(due), near=to_wall(due))), None) is None:
        raise ValueError("no day of the calendar fits this rule")


def occurrences(rule: Rule, start: datetime, *, near: datetime) -> Iterator[datetime]:
    """The occurrences from ``start`` on, in order, without regard to COUNT and UNTIL; bounded.

    Unless the rule counts, those well before ``near`` are left out.
    """
    begin = start if rule.count else max(start, near - timedelta(days=1))
    if rule.below_day:
        yield from _stepwise(rule, start, begin)
        return
    filled, empty = _with_defaults(rule, start), 0
    for days in _periods(filled, start.date(), begin.date()):
        walls = [wall for wall in _select(filled, days, start) if wall >= start]
        yield from walls
        empty = 0 if walls else empty + 1
        if empty > EMPTY_PERIODS[rule.frequency]:
            return


def _stepwise(rule: Rule, start: datetime, begin: datetime) -> Iterator[datetime]:
    step = timedelta(minutes=rule.interval * (60 if rule.frequency == "HOURLY" else 1))
    wall = start + (begin - start) // step * step
    while wall.year < 9999:
        yield wall
        wall += step


def _with_defaults(rule: Rule, start: datetime) -> Rule:
    """RFC 5545: what the rule does not say, its start says."""
    if not (rule.by_day or rule.by_month_day or rule.by_year_day):
        if rule.frequency == "WEEKLY":
            rule = replace(rule, by_day=((0, start.weekday()),))
        elif rule.frequency in {"MONTHLY", "YEARLY"}:
            months = rule.by_month or ((start.month,) if rule.frequency == "YEARLY" else ())
            rule = replace(rule, by_month=months, by_month_day=(start.day,))
    return replace(rule, by_hour=rule.by_hour or (start.hour,), by_minute=rule.by_minute or (start.minute,))


def _periods(rule: Rule, start: date, begin: date) -> Iterator[list[date]]:
    """The days of each period of the rule, from the last that starts at or before ``begin``, to the calendar's end."""
    if rule.frequency in {"DAILY", "WEEKLY"}:
        length = 7 if rule.frequency == "WEEKLY" else 1
        first = start.toordinal() - ((start.weekday() - rule.week_start) % 7 if length == 7 else 0)
        step = length * rule.interval
        first += max(0, begin.toordinal() - first) // step * step
        for ordinal in range(first, date.max.toordinal() - 7, step):
            yield [date.fromordinal(ordinal + day) for day in range(length)]
        return
    length = 12 if rule.frequency == "YEARLY" else 1
    first = start.year * 12 + (start.month - 1 if length == 1 else 0)
    step = length * rule.interval
    first += max(0, begin.year * 12 + begin.month - 1 - first) // step * step
    for index in range(first, 9999 * 12, step):
        yield [day for month in range(index, index + length) for day in _month(month // 12, month % 12 + 1, rule)]


def _month(year: int, month: int, rule: Rule) -> list[date]:
    if rule.by_month and month not in rule.by_month:
        return []
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _select(rule: Rule, days: list[date], start: datetime) -> list[datetime]:
    times = [time(hour, minute) for hour in rule.by_hour for minute in rule.by_minute]
    walls = [datetime.combine(day, clock) for day in days if _fits(rule, day) for clock in times]
    if not rule.by_set_pos:
        return walls
    places = {place - 1 if place > 0 else len(walls) + place for place in rule.by_set_pos}
    return [wall for place, wall in enumerate(walls) if place in places]


def _fits(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day:
        length = calendar.monthrange(day.year, day.month)[1]
        if day.day not in rule.by_month_day and day.day - length - 1 not in rule.by_month_day:
            return False
    if rule.by_year_day:
        place, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
        if place not in rule.by_year_day and place - length - 1 not in rule.by_year_day:
            return False
    places = [place for place, weekday in rule.by_day if weekday == day.weekday()]
    return not rule.by_day or any(_in_place(rule, day, place) for place in places)


def _in_place(rule: Rule, day: date, place: int) -> bool:
    """Whether ``day`` is the ``place``-th such weekday of its month, or of its year in a yearly rule without months."""
    if place == 0:
        return True
    if rule.frequency == "MONTHLY" or rule.by_month:
        index, length = day.day, calendar.monthrange(day.year, day.month)[1]
    else:
        index, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    return place in {(index - 1) // 7 + 1, -((length - index) // 7 + 1)}


def _is_over(rule: Rule, wall: datetime, timezone: str) -> bool:
    if rule.until is None:
        return False
    until = until_wall(rule.until)
    if rule.until.endswith("Z"):
        return to_instant(wall, timezone) > to_instant(until, "UTC")
    return wall > until


def _with_count(recurrence: str, count: int | None) -> str:
    return re.sub(r"\bCOUNT=\+?\d+", f"COUNT={count}", recurrence)
