"""Reminders as VALARMs (RFC 5545, 3.6.6), and back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.calendars.todo.lines import Component, Line, escape, written
from backend.calendars.todo.values import read_value
from backend.reminders.schedule import ceil_minute, local_text
from backend.reminders.values import MOST_REMINDERS, MOST_REPEATS, Plain, read_duration
from backend.tasks.due import has_time, to_instant, to_wall

_LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Moments:
    """What a task's triggers count from: naive wall-clock times in ``zone`` (IANA). A date stands for its midnight."""

    zone: str
    due: str | None
    start: datetime | None
    recurs: bool


def alarm_lines(reminders: Sequence[Plain], *, title: str, due: str | None, zone: str, related: str) -> str:
    """The VALARMs; ``related`` are the trigger's parameters. What counts from a time goes where there is one."""
    timed = bool(due and has_time(due))
    triggers = ((one, _trigger(one, timed=timed, zone=zone, related=related)) for one in reminders)
    return "".join(_alarm(one, trigger, title) for one, trigger in triggers if trigger)


def _alarm(reminder: Plain, trigger: str, title: str) -> str:
    again, repeat = reminder.get("again"), ""
    if again:
        repeat = written("DURATION", again["every"]) + written("REPEAT", str(again.get("times", 12)))
    return "".join(
        [
            "BEGIN:VALARM\r\n",
            "ACTION:DISPLAY\r\n",
            written("DESCRIPTION", escape(title)),
            trigger,
            repeat,
            "END:VALARM\r\n",
        ]
    )


def _trigger(reminder: Plain, *, timed: bool, zone: str, related: str) -> str | None:
    if "at" in reminder:
        at = to_instant(to_wall(reminder["at"]), reminder.get("zone") or zone)
        return written("TRIGGER;VALUE=DATE-TIME", at.strftime("%Y%m%dT%H%M%SZ"))
    if not timed:
        return None
    before = reminder["before"]
    sign = "" if read_duration(before) == (0, 0) else "-"
    return written(f"TRIGGER{related}", f"{sign}{before}")


def reminders_of_alarms(
    alarms: Sequence[Component], moments: Moments, *, known: Sequence[Plain], now: datetime
) -> list[Plain]:
    """The reminders that the VALARMs mean, each once; what ``known`` ones hold beside their time is kept.

    Left out is what no reminder can be: moments that have passed, those after the due of a recurring task, alarms
    without a readable trigger and those of ACTION:NONE, with which Apple says that there is no alarm.
    """
    found: list[Plain] = []
    for alarm in alarms:
        reminder = _reminder(alarm, moments, now)
        if reminder is None:
            continue
        kept = next((one for one in known if _key(one, moments.zone) == _key(reminder, moments.zone)), None)
        reminder = _as_known(kept, reminder) if kept else reminder
        if reminder not in found:
            found.append(reminder)
    return found[:MOST_REMINDERS]


def _as_known(known: Plain, reminder: Plain) -> Plain:
    """The known reminder of the same time, with the repetitions that the alarm has."""
    was, again = known.get("again"), reminder.get("again")
    is_same = was and again and _pace(was) == _pace(again)
    others = {name: value for name, value in known.items() if name != "again"}
    return known if is_same or was == again else {**others, **({"again": again} if again else {})}


def _pace(again: Plain) -> tuple[int, int]:
    return _minutes(again["every"]), again.get("times", 12)


def _minutes(duration: str) -> int:
    days, minutes = read_duration(duration)
    return 1440 * days + minutes


def _key(reminder: Plain, zone: str) -> object:
    if "at" in reminder:
        return to_instant(to_wall(reminder["at"]), reminder.get("zone") or zone)
    return _minutes(reminder["before"])


def _reminder(alarm: Component, moments: Moments, now: datetime) -> Plain | None:
    action, trigger = alarm.first("ACTION"), alarm.first("TRIGGER")
    if trigger is None or (action and action.value.strip().upper() == "NONE"):
        return None
    value = _value(trigger)
    if isinstance(value, datetime):
        reminder = _at(value, moments, now)
    elif isinstance(value, timedelta):
        reminder = _relative(value, trigger, moments, now)
    else:
        return None
    return {**reminder, **_again(alarm)} if reminder else None


def _value(line: Line) -> date | timedelta | None:
    try:
        return read_value(line.value)
    except ValueError:
        return None


def _at(value: datetime, moments: Moments, now: datetime) -> Plain | None:
    """Triggers are in UTC (3.8.6.3); one that is not is meant on the user's clocks."""
    at = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=ZoneInfo(moments.zone)).astimezone(UTC)
    if not now < at < now + timedelta(days=365 * 500):
        return None
    return {"at": local_text(ceil_minute(at), moments.zone), "zone": moments.zone}


def _relative(offset: timedelta, trigger: Line, moments: Moments, now: datetime) -> Plain | None:
    due = to_wall(moments.due) if moments.due else None
    by_end = (trigger.parameter("RELATED") or "START").upper() == "END"
    anchor = due if by_end or moments.start is None else moments.start
    if anchor is None or abs(offset) > _LONGEST:
        return None
    before = due - anchor - offset if due and moments.due and has_time(moments.due) else None
    if before is not None and timedelta() <= before <= _LONGEST:
        return {"before": duration_text(before)}
    if moments.recurs:
        return None
    return _at(to_instant(anchor + offset, moments.zone), moments, now)


def _again(alarm: Component) -> Plain:
    repeat, every = alarm.first("REPEAT"), alarm.first("DURATION")
    if repeat is None or every is None or not repeat.value.strip().isdecimal():
        return {}
    pace, times = _value(every), int(repeat.value.strip()[:6])
    if not isinstance(pace, timedelta) or not timedelta(minutes=1) <= pace <= _LONGEST or not times:
        return {}
    kept = {"every": duration_text(pace), "times": min(times, MOST_REPEATS)}
    return {"again": {name: value for name, value in kept.items() if (name, value) != ("times", 12)}}


def duration_text(duration: timedelta) -> str:
    """ISO 8601, whole days as days; seconds are dropped."""
    minutes = int(duration.total_seconds()) // 60
    if minutes and minutes % 1440 == 0:
        return f"P{minutes // 1440}D"
    if minutes and minutes % 60 == 0:
        return f"PT{minutes // 60}H"
    return f"PT{minutes}M" if minutes else "PT0S"
