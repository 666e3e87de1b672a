"""Weeks, months, quarters and years, and places in them: "next week", "this friday", "the end of march", "q3"."""

from dataclasses import replace
from datetime import date

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Day, Hit, Meaning, one_day
from backend.assistant.language.when.read import dates, numeric, seasons
from backend.assistant.language.when.text import Tokens


def weekend(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "weekend" alone, for "on the weekend": the one to come, or the current one."""
    hit = _weekend(at + 1, 0, today)
    return Hit(end=hit.end, meaning=hit.meaning, rule=hit.rule, shape="month")


def modified(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "next friday", "this week", "last month", "this coming sunday", "next 3 days", "the week after next"."""
    step, after = _step(tokens, at)
    if step is None:
        return _after_next(tokens, at, today)
    words = tokens.words
    near = words[after - 1] in ("coming", "upcoming", "following") or step is _COMING_DAY
    distance = 0 if step is _COMING_DAY else step
    number = w.WEEKDAYS.get(words[after])
    if number is not None:
        return _weekday(after + 1, number, distance, today, near=near)
    if words[after] in w.MONTHS:
        return _month_or_day(tokens, after, distance, today)
    if words[after] in w.WEEKEND:
        return _weekend(after + 1, 1 if near and not distance and today.weekday() > 5 else distance, today)
    if words[after] == "week" and words[after + 1] == "-" and words[after + 2] == "end":
        return _weekend(after + 3, distance, today)
    named = dates.holiday(tokens, after, today)
    if named and named.meaning.day and not named.meaning.day.year_said:
        return _holiday(named, distance, today)
    if words[after] in w.SEASONS:
        return seasons.span_of(after + 1, words[after], distance, today)
    unit = numbers.unit_at(tokens, after)
    if words[after] in _MANY and (
        words[after - 1] in ("coming", "upcoming") or words[after - 1 : after + 1] == ["next", "days"]
    ):
        return _several_vague(after + 1, _MANY[words[after]], today)
    if unit and words[after] not in w.SHORT_UNITS and words[after] not in ("night", "nights"):
        return _unit(
            unit[1], unit[0], 1 if near and not distance and words[after - 1] != "current" else distance, today
        )
    coming = words[after - 1] in ("coming", "upcoming")
    return _several(tokens, after, 1 if coming else distance, today) if distance or coming else None


def _month_or_day(tokens: Tokens, at: int, distance: int, today: date) -> Hit:
    """ "next july 1", which is a day, or "next july" and "last july", which are months."""
    dated = dates.month_first(tokens, at, today) if distance >= 0 else None
    if dated and dated.rule == "month and day":
        return dated
    return _month(at + 1, w.MONTHS[tokens.words[at]], distance, today)


def current(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "week" after "the", for "for the week", "during the month"."""
    hit = _unit(at + 1, w.UNITS[tokens.words[at]], 0, today) if tokens.words[at - 1] == "the" else None
    return replace(hit, shape="month") if hit else None


_COMING_DAY = 7  # the step of "coming" and "upcoming": the next such day after today, not the week's


def _step(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """How far the modifier moves (-1, 0, 1), and the token after it: "this coming" is one."""
    word, following = tokens.words[at], tokens.words[at + 1]
    if word == "this" and following in ("coming", "upcoming", "next"):
        return (_COMING_DAY if following != "next" else 1), at + 2
    if word == "this" and following in ("past", "last"):
        return -1, at + 2
    if word in ("coming", "upcoming"):
        return _COMING_DAY, at + 1
    if word in w.COMING:
        return 0, at + 1
    if word in w.NEXT:
        return 1, at + 1
    return (-1, at + 1) if word in w.LAST else (None, at)


def _weekday(end: int, number: int, distance: int, today: date, *, near: bool) -> Hit:
    if near:
        due = calendar.weekday_after(today, number)
    elif distance < 0:  # beside "monthly" it is the last of the month
        day = one_day(calendar.weekday_before(today, number), weekdays=(number,), nth=-1)
        return Hit(end=end, meaning=Meaning(day=day), rule="modified weekday")
    else:
        due = calendar.plus_days(calendar.week_of(today, distance)[0], number)
    return Hit(end=end, meaning=Meaning(day=one_day(due)), rule="modified weekday")


def _month(end: int, month: int, distance: int, today: date) -> Hit:
    this = today.replace(day=1)
    if distance < 0:
        first = date(today.year - (month >= today.month), month, 1)
    else:
        first = calendar.next_date(calendar.plus_months(this, distance), month, 1)
    return replace(
        span(end, calendar.month_of(first), first, "month", "modified month"), shape="plain" if distance else "month"
    )


def _weekend(end: int, distance: int, today: date) -> Hit:
    saturday = calendar.plus_days(calendar.week_of(today, distance)[0], 5)
    return span(end, (saturday, calendar.plus_days(saturday, 1)), saturday, "weekend", "weekend")


def _holiday(named: Hit, distance: int, today: date) -> Hit:
    """ "next christmas" is the one to come, "last christmas" the one that was."""
    day = named.meaning.day
    if day is None or distance >= 0 or day.name is None:
        return replace(named, shape="plain", rule="modified holiday")
    of_year = calendar.HOLIDAYS[day.name][0]
    due = next(found for year in (today.year, today.year - 1) if (found := of_year(year)) < today)
    return replace(named, meaning=Meaning(day=one_day(due)), shape="plain", rule="modified holiday")


def _unit(end: int, unit: str, distance: int, today: date) -> Hit | None:
    """This, the next or the last unit. The current one is due by its end: a week's is Friday."""
    if unit == "day":
        if distance < 0:
            return None
        return Hit(end=end, meaning=Meaning(day=one_day(calendar.plus_days(today, distance))), rule="next day")
    if unit == "workday":
        due = calendar.plus_workdays(today, distance)
        return Hit(end=end, meaning=Meaning(day=one_day(due)), rule="next workday") if distance else None
    days = unit_span(unit, distance, today)
    if days is None:
        return None
    due = days[0] if distance else deadline(unit, days, today)
    return span(
        end,
        days,
        due,
        unit if unit in ("week", "month") else "span",
        f"this {unit}" if not distance else f"next {unit}",
    )


def deadline(unit: str, days: calendar.Span, today: date) -> date:
    """When a task of the current week, month or the like is due: by its end, which a week's Friday is."""
    friday = calendar.plus_days(days[0], 4)
    return friday if unit == "week" and today <= friday else days[1]


def unit_span(unit: str, distance: int, today: date) -> calendar.Span | None:
    """The days of a week, month, quarter or year, ``distance`` of them from the current one."""
    if unit == "week":
        return calendar.week_of(today, distance)
    if unit == "fortnight" and distance:
        return calendar.week_of(today, distance)[0], calendar.week_of(today, distance + 1)[1]
    if unit == "month":
        return calendar.month_of(today, distance)
    if unit == "quarter":
        return calendar.quarter_of(today, distance)
    return calendar.year_of(today, distance) if unit == "year" else None


_MANY = {"days": "day", "weeks": "week", "months": "month"}


def _several_vague(end: int, unit: str, today: date) -> Hit | None:
    """ "the coming days": a few of them."""
    length = numbers.measure(w.VAGUE_AMOUNTS["few"], unit)
    far = length.move(today) if length else today
    return span(end, (today, far), far, "span", "next days")


def _several(tokens: Tokens, at: int, distance: int, today: date) -> Hit | None:
    """ "next 3 days", "last two weeks", "next few days": from today, or to it."""
    found = numbers.amount(tokens, at)
    if found is None or found[0].timed or tokens.words[at] in ("a", "an"):
        return None
    far = found[0].move(today, distance)
    days = (today, far) if distance > 0 else (far, today)
    return span(found[1], days, far, "span", "next days")


def _after_next(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "week after next", "month after next", "weekend after next", "march after next", "week of march 9"."""
    words = tokens.words
    if words[at + 1] == "after" and words[at + 2] == "next":
        if words[at] == "weekend":
            return _weekend(at + 3, 2, today)
        if words[at] in w.MONTHS:
            first = calendar.next_date(calendar.plus_months(today.replace(day=1), 1), w.MONTHS[words[at]], 1)
            first = calendar.plus_months(first, 12)
            return span(at + 3, calendar.month_of(first), first, "month", "month after next")
        unit = w.UNITS.get(words[at])
        return _unit(at + 3, unit, 2, today) if unit in ("week", "month", "quarter", "year") else None
    if words[at] in w.WEEKEND and words[at + 1] in ("of", "around"):
        inner = named_day(tokens, at + 3 if words[at + 2] == "the" else at + 2, today)
        near = inner.meaning.day.due if inner and inner.meaning.day else None
        saturday = calendar.plus_days(near, (5 - near.weekday() + 3) % 7 - 3) if near else None
        days = (saturday, calendar.plus_days(saturday, 1)) if saturday else None
        return span(inner.end, days, days[0], "weekend", "weekend of") if inner and days else None
    if words[at] == "week" and words[at + 1] in ("of", "starting", "beginning", "commencing", "ending"):
        after = at + 3 if words[at + 2] == "the" else at + 2
        inner = named_day(tokens, after, today)
        if inner and inner.meaning.day and inner.meaning.day.first == inner.meaning.day.last:
            days = calendar.week_of(inner.meaning.day.due)
            due = inner.meaning.day.due if words[at + 1] == "ending" else days[0]
            return span(inner.end, days, due, "week", "week of")
    return None


_NEAREST = ("closest", "nearest", "near", "around")


def _nearest(tokens: Tokens, at: int, today: date) -> Hit | None:
    """ "the closest friday to march 20"."""
    weekday = 5 if tokens.words[at] in w.WEEKEND else w.WEEKDAYS.get(tokens.words[at])
    if weekday is None or tokens.words[at + 1] not in ("to", "by", "near", "around"):
        return None
    anchor = named_day(tokens, at + 3 if tokens.words[at + 2] == "the" else at + 2, today)
    if anchor is None or anchor.meaning.day is None:
        return None
    near = anchor.meaning.day.due
    due = calendar.plus_days(near, (weekday - near.weekday() + 3) % 7 - 3)
    return Hit(end=anchor.end, meaning=Meaning(day=one_day(due)), rule="weekday beside a day")


def beside(tokens: Tokens, at: int, today: date, nth: int = 1) -> Hit | None:
    """ "the monday after easter", "friday before christmas", "the third tuesday after march 1", "the weekend before
    may 9"."""
    words = tokens.words
    if words[at] in ("closest", "nearest"):
        return _nearest(tokens, at + 1, today)
    weekday = 5 if words[at] in w.WEEKEND else w.WEEKDAYS.get(words[at])
    if weekday is None or words[at + 1] not in ("before", "after", "following", *_NEAREST):
        return None
    start = at + 3 if words[at + 2] in ("the", "to") else at + 2
    start = start + 1 if words[start] == "the" else start
    anchor = named_day(tokens, start, today)
    if anchor is None or anchor.meaning.day is None:
        return None
    day = anchor.meaning.day
    if words[at + 1] in _NEAREST:
        due = calendar.plus_days(day.due, (weekday - day.due.weekday() + 3) % 7 - 3)
    elif words[at + 1] == "before":
        same = weekday == 5 and day.first.weekday() == 6 and words[at] in w.WEEKEND
        due = calendar.plus_days(calendar.weekday_before(day.first, weekday), -7 * (nth - 1 + same))
    else:
        due = calendar.plus_days(calendar.weekday_after(day.last, weekday), 7 * (nth - 1))
    return Hit(end=anchor.end, meaning=Meaning(day=one_day(due)), rule="weekday beside a day")


def named_day(tokens: Tokens, at: int, today: date) -> Hit | None:
    """Any day by its name, for phrases built on one: "the day after christmas", "the week of march 9"."""
    for reader in _NAMED_DAYS:
        hit = reader(tokens, at, today)
        if hit and hit.meaning.day:
            return hit
    return None


_NAMED_DAYS = (
    dates.holiday, dates.relative_day, modified, dates.weekday, dates.month_first, dates.day_first, numeric.numeric,
)  # fmt: skip


def span(end: int, days: calendar.Span, due: date, kind: str, rule: str) -> Hit:
    day = Day(first=days[0], last=days[1], due=due, kind=kind)  # type: ignore[arg-type]
    return Hit(end=end, meaning=Meaning(day=day), rule=rule)
