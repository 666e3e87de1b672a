"""What a task reminds of, and when: a task and its user's settings in, instants out. Pure.

Days count on the wall clock, so that "a day before 9:00" is 9:00 across a change of the clocks; hours and minutes
count in time. An hour that the clocks skip moves forward; of one that they repeat the first is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.reminders.values import Plain, read_duration
from backend.tasks.due import has_time, local_now, to_instant, to_wall

LATEST = timedelta(days=1)  # what is later than this is told in a summary
AT_THE_TIME: Plain = {"before": "PT0S"}
Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """An instant (UTC) at which a task reminds. ``zone`` is the one in which its time was meant."""

    task_id: str
    due_at: datetime
    zone: str
    detail: Plain

    @property
    def id(self) -> str:
        return stable_id(self.due_at, self.task_id)

    @property
    def urgent(self) -> bool:
        return bool(self.detail.get("urgent"))


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When a user wants no reminders: ``HH:MM`` to ``HH:MM``, maybe past midnight, and all until a local time."""

    zone: str
    quiet_from: str | None = None
    quiet_to: str | None = None
    paused_until: str | None = None


def stable_id(at: datetime, *parts: str) -> str:
    """A UUIDv7 of this instant that is the same for the same parts."""
    milliseconds = int(at.timestamp() * 1000) % (1 << 48)
    bits = (milliseconds << 80) | int.from_bytes(sha256("\n".join((at.isoformat(), *parts)).encode()).digest()[:10])
    bits = bits & ~(0xF << 76) | (0x7 << 76)
    return str(UUID(int=bits & ~(0x3 << 62) | (0x2 << 62)))


def planned(document: Document | None, *, default: Sequence[Plain], now: datetime) -> list[Moment]:
    """The moments that are still to come: of each reminder the next. Two of the same instant are one."""
    found: dict[datetime, Moment] = {}
    for moments in _series(document, default):
        moment = next((one for one in moments if one.due_at > now), None)
        if moment:
            found[moment.due_at] = _merged(found.get(moment.due_at), moment)
    return sorted(found.values(), key=lambda one: one.due_at)


def held(document: Document | None, *, default: Sequence[Plain], now: datetime) -> list[Moment]:
    """The moments that came within the past days, and that something may still hold back."""
    since = now - 8 * LATEST
    return [one for moments in _series(document, default) for one in moments if since < one.due_at <= now]


def skipped(document: Document, *, default: Sequence[Plain], now: datetime) -> list[Plain]:
    """The reminders that will not come, since their moments have passed or there is no time to count from."""
    reminders = reminders_of(document, default)
    series = _series(document, default)
    return [
        one for one, moments in zip(reminders, series, strict=True) if all(moment.due_at <= now for moment in moments)
    ]


def _series(document: Document | None, default: Sequence[Plain]) -> list[list[Moment]]:
    """Of each reminder its moment and its repetitions, in order. A snooze takes the repetitions before it over."""
    if document is None:
        return []
    series = [list(_moments(one, document)) for one in reminders_of(document, default)]
    snoozed = [moments[0].due_at for moments in series if moments and moments[0].detail.get("snooze")]
    return [moments[:1] if _is_taken_over(moments, snoozed) else moments for moments in series]


def _is_taken_over(moments: Sequence[Moment], snoozed: Sequence[datetime]) -> bool:
    return bool(moments and snoozed and not moments[0].detail.get("snooze") and moments[0].due_at < max(snoozed))


def reminders_of(document: Document | None, default: Sequence[Plain]) -> Sequence[Plain]:
    """The task's own reminders, or the default ones of a task with a time; a done task has none."""
    if document is None or document["status"] == "done":
        return []
    own: list[Plain] | None = document["reminders"]
    if own is not None:
        return own
    return default if document["due"] and has_time(document["due"]) else []


def _moments(reminder: Plain, document: Document) -> Iterator[Moment]:
    """The reminder's moment and its repetitions, in order."""
    zone = reminder.get("zone") or document["timezone"] or "UTC"
    for due_at in _instants(reminder, document["due"], document["timezone"], zone):
        yield Moment(task_id=document["id"], due_at=due_at, zone=zone, detail=reminder)


def _instants(reminder: Plain, due: str | None, timezone: str | None, zone: str) -> Iterator[datetime]:
    base = _base(reminder, due, timezone, zone)
    if base is None:
        return
    yield base
    again = reminder.get("again")
    if again is None:
        return
    until = to_instant(to_wall(again["until"]), zone) if again.get("until") else None
    days, minutes = read_duration(again["every"])
    for place in range(1, again.get("times", 12) + 1):
        following = _moved(base, days * place, minutes * place, zone)
        if until and following > until:
            return
        yield following


def _base(reminder: Plain, due: str | None, timezone: str | None, zone: str) -> datetime | None:
    if "at" in reminder:
        return to_instant(to_wall(reminder["at"]), zone)
    if due is None or timezone is None or not has_time(due):
        return None
    days, minutes = read_duration(reminder["before"])
    return to_instant(to_wall(due) - timedelta(days=days), timezone) - timedelta(minutes=minutes)


def _moved(base: datetime, days: int, minutes: int, zone: str) -> datetime:
    start = to_instant(local_now(base, zone) + timedelta(days=days), zone) if days else base
    return start + timedelta(minutes=minutes)


def _merged(earlier: Moment | None, moment: Moment) -> Moment:
    """One for two of the same instant: urgent if one is, told wherever one is told, again if one is."""
    if earlier is None:
        return moment
    detail = {**moment.detail, **earlier.detail}
    detail["urgent"] = earlier.urgent or moment.urgent
    kinds = [one.detail.get("channels") for one in (earlier, moment)]
    detail["channels"] = sorted({*kinds[0], *kinds[1]}) if kinds[0] and kinds[1] else None
    return Moment(task_id=moment.task_id, due_at=moment.due_at, zone=earlier.zone, detail=detail)


def held_until(hours: Hours, now: datetime, *, urgent: bool) -> datetime | None:
    """Until when (UTC) what is due now is held back; None where it is not. A pause holds urgent ones back too."""
    pause = _pause_end(hours)
    if pause and pause > now:
        after = held_until(
            Hours(zone=hours.zone, quiet_from=hours.quiet_from, quiet_to=hours.quiet_to), pause, urgent=urgent
        )
        return after or pause
    return None if urgent else _quiet_end(hours, now)


def _pause_end(hours: Hours) -> datetime | None:
    return to_instant(to_wall(hours.paused_until), hours.zone) if hours.paused_until else None


def _quiet_end(hours: Hours, now: datetime) -> datetime | None:
    """The end of the quiet hours that now lies in. From and to alike: no quiet hours."""
    if not hours.quiet_from or not hours.quiet_to or hours.quiet_from == hours.quiet_to:
        return None
    here = local_now(now, hours.zone)
    for begin_day in (here.date() - timedelta(days=1), here.date()):
        begin = _at(begin_day, hours.quiet_from, hours.zone)
        over_midnight = hours.quiet_to < hours.quiet_from
        end = _at(begin_day + timedelta(days=over_midnight), hours.quiet_to, hours.zone)
        if begin <= now < end:
            return end
    return None


def next_digest(at: str, zone: str, now: datetime) -> datetime:
    """The next instant (UTC) after now at which the clocks of the zone show ``HH:MM``."""
    today = local_now(now, zone).date()
    return next(one for day in range(3) if (one := _at(today + timedelta(days=day), at, zone)) > now)


def _at(day: date, clock: str, zone: str) -> datetime:
    return to_instant(datetime.combine(day, time.fromisoformat(clock)), zone)


def local_text(at: datetime, zone: str) -> str:
    """``YYYY-MM-DDTHH:MM`` on the clocks of the zone."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def ceil_minute(at: datetime) -> datetime:
    """The next whole minute, for a moment is kept to the minute and must not come early."""
    whole = at.astimezone(UTC).replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)
