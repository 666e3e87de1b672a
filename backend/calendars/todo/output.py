"""A task's document as content lines, in groups that a change of one field writes anew. Pure.

DTSTAMP and LAST-MODIFIED are the task's own, not the moment's: the same task is always the same text, so that an entity
tag can be strong.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from backend.calendars.todo.alarms import alarm_lines
from backend.calendars.todo.lines import escape, written
from backend.calendars.todo.zones import zone_component
from backend.journal.values import Document
from backend.reminders.values import Plain
from backend.tasks.due import has_time, local_now, to_instant
from backend.tasks.rules import until_wall

PRODUCT = "-//Todo Chatbot//Todo Chatbot//EN"
HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n"
TAIL = "END:VCALENDAR\r\n"
PRIORITIES = {"high": 1, "medium": 5, "low": 9}
EVENT_LENGTH = "PT30M"
COUNTS_FROM = "X-TODO-RECURRENCE-FROM"
_UNTIL = re.compile(r"\bUNTIL=[0-9TZ]+")

# Which of a task's fields each group of lines tells; ``parent_uid`` is the UID of the task that it is under.
FIELDS = {
    "title": ("title",),
    "notes": ("notes",),
    "due": ("due", "timezone", "recurrence"),
    "counts": ("recurrence_from",),
    "priority": ("priority",),
    "tags": ("tags",),
    "status": ("status", "completed_at"),
    "parent": ("parent_uid",),
    "reminders": ("reminders",),
}


def todo_calendar(document: Document, *, uid: str) -> str:
    """The task as a calendar of one VTODO, with its own reminders alone."""
    return "".join([HEAD, zones_text([document]), todo_component(document, uid=uid), TAIL])


def todo_component(document: Document, *, uid: str, reminders: Sequence[Plain] | None = None) -> str:
    """A VTODO; ``reminders`` where others than the task's own are to be told."""
    alarms = reminders if reminders is not None else document["reminders"] or []
    parts = [
        "BEGIN:VTODO\r\n",
        written("UID", escape(uid)),
        stamps(document),
        f"CREATED:{utc_stamp(document['created_at'])}\r\n",
        *(group(name, document) for name in FIELDS if name != "reminders"),
        todo_alarms(document, alarms),
        "END:VTODO\r\n",
    ]
    return "".join(parts)


def event_component(document: Document, *, uid: str, reminders: Sequence[Plain]) -> str:
    """A VEVENT at the task's due, which blocks no time; nothing of a task without one."""
    if document["due"] is None:
        return ""
    done = document["status"] == "done"
    parts = [
        "BEGIN:VEVENT\r\n",
        written("UID", escape(uid)),
        stamps(document),
        f"CREATED:{utc_stamp(document['created_at'])}\r\n",
        written("SUMMARY", escape(f"✓ {document['title']}" if done else document["title"])),
        group("notes", document),
        moment("DTSTART", document["due"], document["timezone"]),
        f"DURATION:{EVENT_LENGTH}\r\n" if has_time(document["due"]) else "",
        "" if done else _rule(document),
        group("tags", document),
        group("priority", document),
        "TRANSP:TRANSPARENT\r\n",
        alarm_lines(reminders, title=document["title"], due=document["due"], zone=_zone(document), related=""),
        "END:VEVENT\r\n",
    ]
    return "".join(parts)


def stamps(document: Document) -> str:
    """When the task was changed, as both properties that tell it."""
    stamp = utc_stamp(document["updated_at"])
    return f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n"


def group(name: str, document: Document) -> str:
    """The lines of one group of fields, but for the reminders'; none for what the task has not."""
    return _WRITERS[name](document)


def todo_alarms(document: Document, reminders: Sequence[Plain]) -> str:
    return alarm_lines(
        reminders, title=document["title"], due=document["due"], zone=_zone(document), related=";RELATED=END"
    )


def zones_text(documents: Iterable[Document]) -> str:
    """A VTIMEZONE for each zone that the dues are told in, true from its earliest due on."""
    years: dict[str, int] = {}
    for document in documents:
        if document["due"] and has_time(document["due"]) and document["timezone"] != "UTC":
            year = int(document["due"][:4])
            years[document["timezone"]] = min(year, years.get(document["timezone"], year))
    return "".join(zone_component(zone, year) for zone, year in sorted(years.items()))


def utc_stamp(instant: str) -> str:
    """An instant of a document as a UTC value; fractions of a second are dropped."""
    if instant[10:11] == "T" and instant.endswith("Z"):  # as documents have it: three times as fast as reading it
        return f"{instant[:19].replace('-', '').replace(':', '')}Z"
    return datetime.fromisoformat(instant).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _zone(document: Document) -> str:
    return document["timezone"] or "UTC"


def moment(name: str, due: str, timezone: str | None) -> str:
    """A property whose value is a due: a date, a time in UTC or one in a zone."""
    compact = due.replace("-", "").replace(":", "")
    if not has_time(due):
        return f"{name};VALUE=DATE:{compact}\r\n"
    if timezone in {None, "UTC"}:
        return f"{name}:{compact}00Z\r\n"
    return written(f"{name};TZID={timezone}", f"{compact}00")


def _due(document: Document) -> str:
    due = document["due"]
    if due is None:
        return ""
    rule = _rule(document)  # a recurring one needs a start (3.8.5.3)
    start = moment("DTSTART", due, document["timezone"]) if rule else ""
    return start + moment("DUE", due, document["timezone"]) + rule


def _rule(document: Document) -> str:
    recurrence = document["recurrence"]
    if recurrence is None or document["due"] is None:
        return ""
    return written("RRULE", _with_until(recurrence, timed=has_time(document["due"]), zone=_zone(document)))


def _counts(document: Document) -> str:
    """RFC 5545 has no word for it: a program that does not know this one follows the rule from the due date."""
    return f"{COUNTS_FROM}:COMPLETION\r\n" if document.get("recurrence_from") == "completion" else ""


@lru_cache(maxsize=1024)
def _with_until(recurrence: str, *, timed: bool, zone: str) -> str:
    """UNTIL is a date where the start is one, and else in UTC (3.3.10)."""
    match = _UNTIL.search(recurrence)
    if match is None:
        return recurrence
    text = match[0].removeprefix("UNTIL=")
    wall = until_wall(text)
    at = to_instant(wall, "UTC" if text.endswith("Z") else zone)
    until = at.strftime("%Y%m%dT%H%M%SZ") if timed else local_now(at, zone).strftime("%Y%m%d")
    return recurrence.replace(match[0], f"UNTIL={until}")


def _title(document: Document) -> str:
    return written("SUMMARY", escape(document["title"]))


def _notes(document: Document) -> str:
    return written("DESCRIPTION", escape(document["notes"])) if document["notes"] else ""


def _priority(document: Document) -> str:
    return f"PRIORITY:{PRIORITIES[document['priority']]}\r\n" if document["priority"] else ""


def _tags(document: Document) -> str:
    return written("CATEGORIES", ",".join(map(escape, document["tags"]))) if document["tags"] else ""


def _status(document: Document) -> str:
    if document["status"] != "done":
        return "STATUS:NEEDS-ACTION\r\n"
    completed = f"COMPLETED:{utc_stamp(document['completed_at'])}\r\n" if document["completed_at"] else ""
    return f"STATUS:COMPLETED\r\n{completed}PERCENT-COMPLETE:100\r\n"


def _parent(document: Document) -> str:
    """RFC 5545, 3.8.4.5; the relation is that to a parent where none is named."""
    uid = document.get("parent_uid")
    return written("RELATED-TO", escape(uid)) if uid else ""


_WRITERS = {
    "title": _title,
    "notes": _notes,
    "due": _due,
    "counts": _counts,
    "priority": _priority,
    "tags": _tags,
    "status": _status,
    "parent": _parent,
}
