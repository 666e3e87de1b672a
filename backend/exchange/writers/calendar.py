"""iCalendar (RFC 5545): a VTODO a task, by the library ``icalendar``; the rest stands behind X- names."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Todo, vDDDTypes, vText
from icalendar.prop import vInline

from backend.calendars.todo.output import COUNTS_FROM
from backend.exchange.readers.calendar import ORDER, PROJECT, REMINDERS, ZONE
from backend.reminders.values import read_duration
from backend.tasks.due import has_time
from backend.version import VERSION

PRIORITIES = {"high": 1, "medium": 5, "low": 9}


def write(documents: Sequence[dict[str, Any]]) -> str:
    calendar = Calendar()
    calendar.add("prodid", f"-//Todo Chatbot//{VERSION}//EN")
    calendar.add("version", "2.0")
    for document in documents:
        calendar.add_component(to_todo(document))
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def to_todo(document: dict[str, Any]) -> Todo:
    """The VTODO of a task's document; a recurring one begins at its due, since a rule needs DTSTART."""
    todo = Todo()
    todo.add("uid", document["id"])
    todo.add("summary", document["title"])
    todo.add("dtstamp", _instant(document["updated_at"]))
    todo.add("created", _instant(document["created_at"]))
    todo.add("last-modified", _instant(document["updated_at"]))
    todo.add("status", "COMPLETED" if document["status"] == "done" else "NEEDS-ACTION")
    if document["completed_at"]:
        todo.add("completed", _instant(document["completed_at"]))
    if document["notes"]:
        todo.add("description", document["notes"])
    if document["priority"]:
        todo.add("priority", PRIORITIES[document["priority"]])
    if document["parent_id"]:
        todo.add("related-to", document["parent_id"])
    if document["tags"]:
        todo.add("categories", document["tags"])
    _add_time(todo, document)
    _add_own(todo, document)
    for reminder in document["reminders"] or []:
        todo.add_component(_alarm(reminder, document))
    return todo


def _add_time(todo: Todo, document: dict[str, Any]) -> None:
    if not document["due"]:
        return
    due = _due(document["due"], document["timezone"])
    if document["recurrence"]:
        todo.add("dtstart", due)
        todo.add("rrule", vInline(document["recurrence"]))
        if document["recurrence_from"] == "completion":
            todo.add(COUNTS_FROM, "COMPLETION")
    todo.add("due", due)


def _add_own(todo: Todo, document: dict[str, Any]) -> None:
    if document["project"]:
        todo.add(PROJECT, vText(document["project"]))
    if document["due"]:
        todo.add(ZONE, document["timezone"])
    todo.add(ORDER, repr(document["order"]))
    if document["reminders"] is not None:
        todo.add(REMINDERS, vText(json.dumps(document["reminders"], ensure_ascii=False)))


def _alarm(reminder: dict[str, Any], document: dict[str, Any]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", document["title"])
    if "at" in reminder:
        at = datetime.fromisoformat(reminder["at"]).replace(tzinfo=ZoneInfo(reminder.get("zone") or "UTC"))
        alarm.add("trigger", vDDDTypes(at.astimezone(UTC)), parameters={"VALUE": "DATE-TIME"})
    else:
        days, minutes = read_duration(reminder["before"])
        alarm.add("trigger", -timedelta(days=days, minutes=minutes), parameters={"RELATED": "END"})
    return alarm


def _due(due: str, zone: str) -> date | datetime:
    wall = datetime.fromisoformat(due)
    return wall.replace(tzinfo=ZoneInfo(zone)) if has_time(due) else wall.date()


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
