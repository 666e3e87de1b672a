"""A calendar object that a program sent, as what its task is to be. Pure.

What a task cannot hold (longer texts, a start, exceptions of a recurrence) stays in the kept text alone; what would
make the task another one than was meant is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.calendars.todo.alarms import Moments, reminders_of_alarms
from backend.calendars.todo.errors import RefusedCalendarError, unreadable
from backend.calendars.todo.lines import Component, Line, read_component, split_list, unescape
from backend.calendars.todo.output import PRIORITIES
from backend.calendars.todo.recurrence import read_counts_from, read_recurrence
from backend.calendars.todo.values import read_value
from backend.calendars.todo.zones import Zones
from backend.journal.values import Document
from backend.tasks.due import YEARS, from_wall, has_time, to_instant, to_wall
from backend.tasks.text import (
    CONTROL,
    NAME_LENGTH,
    NOTES_LENGTH,
    TAG_COUNT,
    TITLE_LENGTH,
    clean_notes,
    clean_tag,
    clean_title,
    fold,
)

UNTITLED = "Untitled"
UID_LENGTH = 255
_REFUSED = re.compile(f"[{CONTROL}]")
_DONE = {"COMPLETED", "CANCELLED"}


@dataclass(frozen=True, kw_only=True)
class Todo:
    """A VTODO as a task: ``fields`` are those of `TaskCreate` but the project's and the place's.

    ``parent_uid`` is the UID of the task that it is part of. ``is_done``: the whole task is; ``is_occurrence_done``:
    the occurrence at its due is, of a recurring one.
    """

    uid: str
    fields: dict[str, Any]
    is_done: bool
    is_occurrence_done: bool
    parent_uid: str | None = None


def read_calendar(body: bytes) -> tuple[str, Component]:
    """The text of a calendar object, and its lines.

    Raises RefusedCalendarError for what is no calendar of one VTODO.
    """
    try:
        text = body.decode()
        if "\0" in text:
            raise ValueError("it holds a character that no text has")
        calendar = read_component(text)
    except ValueError as error:
        raise unreadable("it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)) from error
    if calendar.name != "VCALENDAR":
        raise unreadable("it does not begin with BEGIN:VCALENDAR")
    _check_parts(calendar)
    return text, calendar


def _check_parts(calendar: Component) -> None:
    kinds = {part.name for part in calendar.parts()} - {"VTIMEZONE"}
    if other := sorted(kind for kind in kinds - {"VTODO"} if not kind.startswith("X-")):
        detail = f"This list keeps tasks (VTODO), and this is {other[0]}; put it into a calendar of another server."
        raise RefusedCalendarError("supported-calendar-component", detail)
    todos = calendar.parts("VTODO")
    if not todos:
        raise unreadable("it holds no VTODO")
    uids = {uid_of(todo) for todo in todos}
    if len(uids) > 1:
        detail = "This calendar holds several tasks; send each, by its UID, to an address of its own."
        raise RefusedCalendarError("valid-calendar-object-resource", detail)


def uid_of(todo: Component) -> str:
    """Raises RefusedCalendarError for a task without a UID that can be kept."""
    line = todo.first("UID")
    uid = unescape(line.value).strip() if line else ""
    if not uid or len(uid) > UID_LENGTH or _REFUSED.search(uid):
        detail = f"A task needs a UID of 1 to {UID_LENGTH} characters."
        raise RefusedCalendarError("valid-calendar-object-resource", detail)
    return uid


def main_todo(calendar: Component) -> Component:
    """The task itself; beside it may stand changed occurrences of it, which have a RECURRENCE-ID."""
    todos = calendar.parts("VTODO")
    return next((todo for todo in todos if todo.first("RECURRENCE-ID") is None), todos[0])


def read_todo(calendar: Component, *, current: Document | None, zone: str, now: datetime) -> Todo:
    """What the task is to be. ``current`` is what it is, ``zone`` (IANA) its user's.

    Raises RefusedCalendarError for a date, rule or zone that cannot be followed.
    """
    own = {line.value: part for part in calendar.parts("VTIMEZONE") if (line := part.first("TZID"))}
    zones = Zones(own, _user_zone(current, zone))
    todo = main_todo(calendar)
    rule = read_recurrence(todo)
    due, place = _due(todo, zones, recurs=rule is not None)
    start = _start(todo, zones, place)
    moments = Moments(zone=place or zones.user, due=due, start=start, recurs=rule is not None)
    fields = {
        "title": _title(todo.first("SUMMARY")),
        "notes": _notes(todo.first("DESCRIPTION")),
        "due": due,
        "timezone": place,
        "recurrence": rule,
        "recurrence_from": read_counts_from(todo, current) if rule else None,
        "priority": _priority(todo.first("PRIORITY")),
        "tags": _tags(todo.all("CATEGORIES")),
        "reminders": _reminders(todo.parts("VALARM"), moments, current, now),
    }
    done = _is_done(todo)
    return Todo(
        uid=uid_of(todo),
        fields=fields,
        is_done=done,
        is_occurrence_done=not done and rule is not None and _occurrence_done(calendar, zones, due),
        parent_uid=_parent_uid(todo),
    )


def is_parent(line: Line) -> bool:
    """Whether it names what the task is part of (RFC 5545, 3.2.15); some programs write it with nothing in it."""
    return line.name == "RELATED-TO" and (line.parameter("RELTYPE") or "PARENT").upper() == "PARENT"


def _parent_uid(todo: Component) -> str | None:
    uids = (_shown(line).strip() for line in todo.all("RELATED-TO") if is_parent(line))
    return next((uid for uid in uids if uid and len(uid) <= UID_LENGTH), None)


def _user_zone(current: Document | None, zone: str) -> str:
    """A task keeps the zone that it has, as far as the program says nothing else."""
    return (current or {}).get("timezone") or zone


def _title(line: Line | None) -> str:
    text = " ".join(_shown(line).split())
    text = text if len(text) <= TITLE_LENGTH else f"{text[: TITLE_LENGTH - 1]}…"
    try:
        return clean_title(text)
    except ValueError:
        return UNTITLED


def _notes(line: Line | None) -> str | None:
    text = _shown(line)
    return clean_notes(text if len(text) <= NOTES_LENGTH else f"{text[: NOTES_LENGTH - 1]}…")


def _shown(line: Line | None) -> str:
    return _REFUSED.sub("", unescape(line.value)) if line else ""


def _priority(line: Line | None) -> str | None:
    """RFC 5545, 3.8.1.9: 1 to 4 is high, 5 is medium, 6 to 9 is low, 0 is none."""
    text = line.value.strip() if line else "0"
    if not (text.isascii() and text.isdigit() and len(text) == 1) or text == "0":
        return None
    number = int(text)
    return "high" if number < PRIORITIES["medium"] else "medium" if number == PRIORITIES["medium"] else "low"


def _tags(lines: Sequence[Line]) -> list[str]:
    """Those that can be tags, the first twenty."""
    tags: dict[str, str] = {}
    for text in (_REFUSED.sub("", item) for line in lines for item in split_list(line.value)):
        try:
            tag = clean_tag(text[: NAME_LENGTH + 1])
        except ValueError:
            continue
        tags.setdefault(fold(tag), tag)
    return list(tags.values())[:TAG_COUNT]


def _is_done(todo: Component) -> bool:
    status = todo.first("STATUS")
    if status:
        return status.value.strip().upper() in _DONE
    percent = todo.first("PERCENT-COMPLETE")
    return todo.first("COMPLETED") is not None or bool(percent and percent.value.strip() == "100")


def _occurrence_done(calendar: Component, zones: Zones, due: str | None) -> bool:
    """Whether the occurrence that the task is at was ticked off by itself, as Thunderbird does."""
    for todo in calendar.parts("VTODO"):
        line = todo.first("RECURRENCE-ID")
        if line and _is_done(todo) and due and _moment(line, zones)[0] == due:
            return True
    return False


def _due(todo: Component, zones: Zones, *, recurs: bool) -> tuple[str | None, str | None]:
    """The due and its zone. A recurring task without one is due when it starts."""
    line, start, length = todo.first("DUE"), todo.first("DTSTART"), todo.first("DURATION")
    if line:
        return _moment(line, zones)
    if start and length:
        due, zone = _moment(start, zones)
        return _after(due, length), zone
    return _moment(start, zones) if start and recurs else (None, None)


def _start(todo: Component, zones: Zones, place: str | None) -> datetime | None:
    """The start as a wall-clock time of the due's zone."""
    line = todo.first("DTSTART")
    if line is None:
        return None
    due, zone = _moment(line, zones)
    if not has_time(due) or place is None or place == zone:
        return to_wall(due)
    return to_instant(to_wall(due), zone).astimezone(ZoneInfo(place)).replace(tzinfo=None)


def _after(due: str, length: Line) -> str:
    value = _value(length)
    if not isinstance(value, timedelta):
        raise unreadable("DURATION is no duration")
    return _in_years(to_wall(due) + value, timed=has_time(due) or bool(value.seconds))


def _moment(line: Line, zones: Zones) -> tuple[str, str]:
    """A due and its IANA zone. Seconds are dropped."""
    value = _value(line)
    if not isinstance(value, date):
        raise unreadable(f"{line.name} is no date: {line.value[:40]!r}")
    if not isinstance(value, datetime):
        return _in_years(datetime.combine(value, time()), timed=False), zones.user
    if value.tzinfo:
        return _in_years(_converted(value, zones.user), timed=True), zones.user
    try:
        zone, wall = zones.local(value, line.parameter("TZID"))
    except (ValueError, OverflowError) as error:
        raise unreadable(f"{line.name}: {error}") from error
    return _in_years(wall, timed=True), zone


def _converted(value: datetime, zone: str) -> datetime:
    if value.year not in YEARS:
        return value.replace(tzinfo=None)  # refused by its year
    return value.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _in_years(wall: datetime, *, timed: bool) -> str:
    if wall.year in YEARS:
        return from_wall(wall, timed=timed)
    is_early = wall.year < YEARS.start
    detail = f"The year {wall.year} cannot be kept; it must lie between {YEARS.start} and {YEARS.stop - 1}."
    raise RefusedCalendarError("min-date-time" if is_early else "max-date-time", detail)


def _value(line: Line) -> object:
    try:
        return read_value(line.value)
    except ValueError as error:
        raise unreadable(f"{line.name} is neither a date nor a duration: {line.value[:40]!r}") from error


def _reminders(
    alarms: Sequence[Component], moments: Moments, current: Document | None, now: datetime
) -> list[dict[str, Any]] | None:
    """Without alarms a task has its user's default reminders, unless it had its own: then they were taken away."""
    known = current["reminders"] if current else None
    found = reminders_of_alarms(alarms, moments, known=known or [], now=now)
    passed = [one for one in known or [] if "at" in one and to_instant(to_wall(one["at"]), one["zone"]) <= now]
    if not found and known is None:
        return None
    return [*found, *passed]
