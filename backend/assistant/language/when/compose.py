"""From what words mean to what a task gets: joining meanings, and settling them on the calendar at a given now."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from backend.assistant.language.when import days as calendar
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Clock, Day, Meaning, Repeat, one_day
from backend.assistant.language.when.read.zones import at_home
from backend.assistant.language.when.recur import first_occurrence, joined_repeat, joined_rhythms, last_day, rrule

_AFTERNOON = {"afternoon": 12, "evening": 12, "night": 12}


def join(one: Meaning, two: Meaning, now: datetime) -> Meaning | None:
    """Both meanings as one; None where they contradict ("tomorrow", "today") or say the same thing twice."""
    if one.problem or two.problem:
        return replace(one if one.problem else two)
    if (one.moment and (two.moment or two.day or two.clock)) or (two.moment and (one.day or one.clock)):
        return None
    if one.repeat and two.repeat:
        both = joined_rhythms(one.repeat, two.repeat)
        return join(replace(one, repeat=None), replace(two, repeat=both), now) if both else None
    for name in ("until", "begin", "count"):
        if getattr(one, name) and getattr(two, name):
            return None
    clock = joined_clock(one.clock, two.clock)
    if (one.clock and two.clock) and clock is None:
        return None
    if (
        one.day
        and one.day.kind == "weekday"
        and two.begin
        and two.begin.kind == "week"
        and not (one.repeat or two.repeat)
    ):
        two = replace(two, day=two.begin, begin=None)
    day = _joined_day(one.day, two.day, now.date())
    if one.day and two.day and day is None:
        return None
    return Meaning(
        day=day,
        clock=clock,
        moment=one.moment or two.moment,
        repeat=one.repeat or two.repeat,
        until=one.until or two.until,
        begin=one.begin or two.begin,
        count=one.count or two.count,
        span=one.span or two.span,
        side=one.side or two.side,
    )


def joined_clock(one: Clock | None, two: Clock | None) -> Clock | None:
    """ "7" and "morning" are 07:00, "eleven" and "tonight" 23:00; two different times do not join."""
    if one is None or two is None:
        return one or two
    told, part = (two, one) if one.vague else (one, two)
    if not part.vague:
        return told if told.minutes == part.minutes and told.open == part.open else None
    if told.vague:
        return told if told.part == part.part else None
    told = told if told.zone else replace(told, zone=part.zone, home=part.home)
    if not told.open:
        return replace(told, part=part.part)
    hour = told.minutes // 60 % 12
    if part.part == "night" and hour < 5:
        hours = hour + 24 if hour == 0 else hour
    else:
        hours = hour + _AFTERNOON.get(part.part or "", 0)
    return replace(told, minutes=hours * 60 + told.minutes % 60, part=part.part, open=False)


def _joined_day(one: Day | None, two: Day | None, today: date) -> Day | None:
    """One day of two namings: "friday" in "next week", "tuesday" "march 10", "the 15th" in "next month"."""
    if one is None or two is None:
        return one or two
    for named, other in ((one, two), (two, one)):
        if named.kind == "weekday":
            found = _weekday_in(named, other, today)
            if found:
                return found
        if named.kind == "monthday" and other.kind == "month":
            wanted = named.monthdays[0]
            if wanted <= other.last.day:
                return replace(
                    one_day(other.first.replace(day=wanted), kind="date"), month=other.month, monthdays=(wanted,)
                )
    if one.first == one.last == two.first == two.last:
        return one if one.kind == "date" else two
    return None


def _weekday_in(named: Day, other: Day, today: date) -> Day | None:
    """The weekday within a week or a month, or a date that falls on it."""
    number = named.weekdays[0]
    if other.kind == "week":
        return one_day(calendar.plus_days(calendar.week_of(other.due)[0], number))
    if other.kind == "weekend" and number > 4:
        return one_day(calendar.plus_days(other.first, number - 5))
    if other.kind == "monthday":
        due = other.due
        for _ in range(48):
            if due.weekday() == number:
                return one_day(due)
            try:
                due = calendar.next_monthday(calendar.plus_days(due, 1), other.monthdays[0])
            except OverflowError:  # the calendar ends before such a day
                return None
        return None
    if other.kind in ("day", "date") and other.due.weekday() == number:
        return other
    if other.kind == "month":
        found = calendar.nth_weekday((max(other.first, today), other.last), 1, number)
        return one_day(found) if found else None
    return None


def settle(meaning: Meaning, now: datetime) -> dict[str, object]:
    """The fields of a ``When``: ``due``, ``recurrence``, ``date_from``, ``date_to``, ``past``, ``problem``."""
    if meaning.problem:
        return {"problem": meaning.problem}
    if meaning.moment:
        return _of_moment(meaning.moment, now)
    if meaning.repeat:
        return _of_repeat(meaning, now)
    day = meaning.day or meaning.begin or meaning.until
    if day is None:
        return _of_clock(meaning.clock, now) if meaning.clock else {}
    due: date | datetime = at_clock(day.due, meaning.clock) if meaning.clock else day.due
    past = due < now if isinstance(due, datetime) else max(day.last, day.due) < now.date()
    first, last = _asked(meaning, day, now.date())
    return {
        "due": stamp(due),
        "date_from": first and first.isoformat(),
        "date_to": last and last.isoformat(),
        "past": past,
    }


def _asked(meaning: Meaning, day: Day, today: date) -> tuple[date | None, date | None]:
    """The days that a question asks for; None is an open side: "by friday", "before friday", "from monday", "since
    monday"."""
    if meaning.side == "since":
        return day.first, max(today, day.first)
    if meaning.side == "after":
        return calendar.plus_days(day.last, 1), None
    if meaning.side == "before":
        return None, calendar.plus_days(day.first, -1)
    first = None if meaning.side == "by" or (meaning.until and not meaning.begin) else day.first
    last = meaning.until.last if meaning.until else None if meaning.begin else day.last
    return first, last


def _of_moment(moment: datetime, now: datetime) -> dict[str, object]:
    if moment.second or moment.microsecond:
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1 if now.second == 0 else 0)
    day = moment.date().isoformat()
    return {
        "due": stamp(moment),
        "date_from": day,
        "date_to": day,
        "past": moment < now.replace(second=0, microsecond=0),
    }


def _of_clock(clock: Clock, now: datetime) -> dict[str, object]:
    """A time alone is today's, or tomorrow's where that is past."""
    due = at_clock(now.date(), clock)
    if due < now.replace(second=0, microsecond=0):
        due = at_clock(calendar.plus_days(now.date(), 1), clock)
    day = due.date().isoformat()
    return {"due": stamp(due), "date_from": day, "date_to": day}


def _of_repeat(meaning: Meaning, now: datetime) -> dict[str, object]:
    until = meaning.until
    if until and until.due < now.date() <= until.last:  # "until march", said in march
        meaning = replace(meaning, until=replace(until, due=until.last))
    repeat = joined_repeat(meaning)
    if repeat is None:
        return {"problem": "These words name two different rhythms."}
    first = first_occurrence(repeat, meaning, now)
    last = last_day(meaning)
    started = first.date() if isinstance(first, datetime) else first
    if last and started and started > last and (reached := _reaching(meaning, repeat, started)):
        meaning, last = reached, last_day(reached)
    if first is None or started is None or (last and started > last):
        return {"problem": "It would never come round."}
    day = started.isoformat()
    return {
        "due": stamp(first),
        "recurrence": rrule(repeat, meaning, first),
        "from_completion": repeat.from_completion,
        "date_from": day,
        "date_to": day,
    }


def _reaching(meaning: Meaning, repeat: Repeat, started: date) -> Meaning | None:
    """ "every mon until friday", said on a wednesday: the friday behind the first monday; "until next week" its end."""
    until = meaning.until
    if until is None or repeat.freq not in ("DAILY", "WEEKLY"):
        return None
    if until.kind == "weekday":
        last = calendar.plus_days(until.due, (started - until.due).days // 7 * 7 + 7)
        return replace(meaning, until=replace(until, first=last, last=last, due=last))
    return replace(meaning, until=replace(until, due=until.last)) if until.last >= started else None


def at_clock(day: date, clock: Clock) -> datetime:
    """The wall-clock time on a day. An open hour of 1 to 7 is in the afternoon (``nl`` conventions: 8 to 11 morning,
    12 noon)."""
    minutes = clock.minutes
    if clock.open and 60 <= minutes < 8 * 60:
        minutes += 12 * 60
    if clock.open and minutes < 60:
        minutes += 12 * 60
    moment = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return at_home(moment, clock.zone, clock.home) if clock.zone and clock.home else moment


def stamp(due: date | datetime) -> str:
    return due.isoformat(timespec="minutes") if isinstance(due, datetime) else due.isoformat()


def name_of(due: date) -> str:
    """A day for a sentence: "Thursday 5 March"."""
    return f"{w.DAY_NAMES[due.weekday()]} {due.day} {w.MONTH_NAMES[due.month - 1]}"
