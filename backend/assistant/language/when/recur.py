"""Recurrences on the calendar: their RRULE text, and the first occurrence from now on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Meaning, Repeat

# Far enough for 29 February across a century that is no leap year.
_MONTHS_AHEAD = 8 * 12 + 1


def joined_repeat(meaning: Meaning) -> Repeat | None:
    """The repeat with the day said beside it: "monthly" + "the 15th", "every week" + "on monday", "every year" +
    "may 9"."""
    repeat, day = meaning.repeat, meaning.day
    if repeat is None or day is None:
        return repeat
    if day.nth is not None and repeat.freq in ("MONTHLY", "YEARLY") and not repeat.bydays:
        return replace(repeat, bydays=(f"{day.nth}{w.DAY_CODES[day.weekdays[0]]}",))
    if day.kind == "weekday" and repeat.freq == "WEEKLY" and not repeat.bydays:
        return replace(repeat, bydays=tuple(w.DAY_CODES[number] for number in day.weekdays))
    if day.kind == "monthday" and repeat.freq == "MONTHLY" and not repeat.bydays and not repeat.monthdays:
        return replace(repeat, monthdays=day.monthdays)
    if day.kind == "monthday" and repeat.freq == "YEARLY" and repeat.months and not repeat.monthdays:
        return replace(repeat, monthdays=day.monthdays)
    if repeat.freq == "YEARLY" and not repeat.months and day.repeat and not day.year_said:
        return from_text(day.repeat, repeat.interval)
    return repeat


def joined_rhythms(one: Repeat, two: Repeat) -> Repeat | None:
    """ "weekly" and "on fridays" are one rhythm, also "every 2 weeks" and "on fridays"."""
    if one.freq == two.freq == "WEEKLY" and bool(one.bydays) != bool(two.bydays):
        return replace(one, interval=max(one.interval, two.interval), bydays=one.bydays or two.bydays)
    return None


def from_text(text: str, interval: int = 1) -> Repeat:
    """The repeat of a holiday's or a date's RRULE."""
    said = dict(part.split("=", 1) for part in text.split(";"))
    return Repeat(
        freq=said["FREQ"],
        interval=interval,
        bydays=tuple(said["BYDAY"].split(",")) if "BYDAY" in said else (),
        monthdays=tuple(int(n) for n in said["BYMONTHDAY"].split(",")) if "BYMONTHDAY" in said else (),
        months=tuple(int(n) for n in said["BYMONTH"].split(",")) if "BYMONTH" in said else (),
    )


def first_occurrence(repeat: Repeat, meaning: Meaning, now: datetime) -> date | datetime | None:
    """The first occurrence from now on, or from the day said to start it; None where there is none within the
    calendar."""
    start = _start(meaning, repeat, now)
    clock = meaning.clock
    if repeat.freq in ("HOURLY", "MINUTELY"):
        return (
            _clocked(start, clock)
            if clock
            else now.replace(second=0, microsecond=0)
            if start == now.date()
            else datetime.combine(start, time(9))
        )
    for day in islice(_days(repeat, start), 2):
        due = _clocked(day, clock) if clock else day
        if not isinstance(due, datetime) or due >= now.replace(second=0, microsecond=0):
            return due
    return None


def _days(repeat: Repeat, start: date) -> Iterator[date]:
    """The days of the repeat from ``start`` on, as if its interval were 1: the first one counts from what is said
    now."""
    if repeat.freq in ("DAILY", "WEEKLY"):
        step = 7 if repeat.freq == "WEEKLY" and not repeat.bydays else 1
        codes = repeat.bydays or w.DAY_CODES
        days = (calendar.plus_days(start, step * index) for index in range(15))
        yield from (day for day in days if step == 7 or w.DAY_CODES[day.weekday()] in codes)
        return
    yearly = repeat.freq == "YEARLY" and not repeat.months
    for index in range(_MONTHS_AHEAD):
        span = calendar.year_of(start, index) if yearly else calendar.month_of(start, index)
        if not repeat.months or span[0].month in repeat.months:
            yield from (day for day in _days_in(span, repeat, start, index * (12 if yearly else 1)) if day >= start)


def _days_in(span: calendar.Span, repeat: Repeat, start: date, months: int) -> list[date]:
    """The days of the repeat in one month (or one year)."""
    if repeat.place:
        days = (calendar.plus_days(span[0], index) for index in range((span[1] - span[0]).days + 1))
        fitting = [day for day in days if w.DAY_CODES[day.weekday()] in repeat.bydays]
        place = repeat.place - 1 if repeat.place > 0 else repeat.place
        return fitting[place:][:1]
    if repeat.bydays:
        placed = (
            calendar.nth_weekday(span, int(code[:-2] or 1), w.DAY_CODES.index(code[-2:])) for code in repeat.bydays
        )
        return sorted(day for day in placed if day)
    if not repeat.monthdays:
        return [calendar.plus_months(start, months)]
    last = span[1].day
    said = (number if number > 0 else last + 1 + number for number in repeat.monthdays)
    return sorted(span[0].replace(day=number) for number in said if 0 < number <= last)


def _clocked(day: date, clock: Clock) -> datetime:
    from backend.assistant.language.when.compose import at_clock  # noqa: PLC0415

    return at_clock(day, clock)


def _start(meaning: Meaning, repeat: Repeat, now: datetime) -> date:
    """The day from which occurrences count: what was said to begin it, a day or period beside it, else today."""
    if meaning.begin:
        return max(meaning.begin.first, now.date())
    day = meaning.day
    placed = day and day.kind in ("weekday", "monthday", "nth") and (repeat.bydays or repeat.monthdays)
    if day is None or placed or (day.repeat and repeat.freq == "YEARLY"):
        return now.date()
    return max(day.first, now.date())


def rrule(repeat: Repeat, meaning: Meaning, first: date | datetime) -> str:
    """The RRULE value, with its end: ``COUNT``, or ``UNTIL`` in the form of the first occurrence (RFC 5545, 3.3.10)."""
    return _text(repeat, _end(repeat, meaning, first))


def _text(repeat: Repeat, end: tuple[str, ...]) -> str:
    parts = [f"FREQ={repeat.freq}"]
    if repeat.interval > 1:
        parts.append(f"INTERVAL={repeat.interval}")
    if repeat.months:
        parts.append("BYMONTH=" + ",".join(map(str, repeat.months)))
    if repeat.monthdays:
        parts.append("BYMONTHDAY=" + ",".join(map(str, repeat.monthdays)))
    if repeat.bydays:
        parts.append("BYDAY=" + ",".join(repeat.bydays))
    if repeat.place:
        parts.append(f"BYSETPOS={repeat.place}")
    return ";".join([*parts, *end])


def _end(repeat: Repeat, meaning: Meaning, first: date | datetime) -> tuple[str, ...]:
    if meaning.count:
        return (f"COUNT={meaning.count}",)
    last = last_day(meaning)
    if last:
        return (_until(last, first),)
    return _length(repeat, meaning, first)


def last_day(meaning: Meaning) -> date | None:
    """The last day that the words allow: "until friday"; a period beside a repeat ends it ("every day this week")."""
    if meaning.until:
        return meaning.until.due
    day = meaning.day
    bounding = day and day.kind in ("week", "month", "span", "weekend") and day.first != day.last
    return day.last if day and bounding else None


def _length(repeat: Repeat, meaning: Meaning, first: date | datetime) -> tuple[str, ...]:
    """ "for 5 days" counts the days of a daily task; "for 6 weeks" the weeks of a weekly one; otherwise it ends by a
    date."""
    if meaning.span is None:
        return ()
    number, unit = meaning.span
    if w.UNIT_FREQUENCIES.get(unit) == (repeat.freq, 1) and repeat.interval == 1 and len(repeat.bydays) < 2:
        return (f"COUNT={number}",)
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0) * number
    if days and repeat.freq == "DAILY" and repeat.interval == 1:
        return (f"COUNT={days}",)
    start = first.date() if isinstance(first, datetime) else first
    from backend.assistant.language.when.numbers import measure  # noqa: PLC0415

    length = measure(number, unit)
    return (_until(length.move(start) - timedelta(days=1), first),) if length else ()


def _until(day: date, first: date | datetime) -> str:
    last = day.isoformat().replace("-", "")
    return f"UNTIL={last}T235959" if isinstance(first, datetime) else f"UNTIL={last}"
