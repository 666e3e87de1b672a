"""The text that a program sent, brought up to date with what has changed of its task since. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from backend.calendars.todo.input import is_parent, main_todo
from backend.calendars.todo.lines import Component, Line, read_component
from backend.calendars.todo.output import COUNTS_FROM, FIELDS, group, moment, stamps, todo_alarms, zones_text
from backend.calendars.todo.values import read_value
from backend.journal.values import Document
from backend.tasks.due import has_time, to_wall

_NAMES = {
    "title": {"SUMMARY"},
    "counts": {COUNTS_FROM},
    "notes": {"DESCRIPTION"},
    "priority": {"PRIORITY"},
    "tags": {"CATEGORIES"},
    "status": {"STATUS", "COMPLETED", "PERCENT-COMPLETE"},
}


def basis_of(document: Document) -> Document:
    """The fields that the text of a calendar tells, as they were when it came."""
    return {name: document.get(name) for fields in FIELDS.values() for name in fields}


def kept_calendar(raw: str, basis: Document, document: Document) -> str:
    """The text as it came, where the task is as it was; else with the lines of the changed fields written anew."""
    changed = [name for name, fields in FIELDS.items() if _differs(basis, document, fields)]
    if not changed:
        return raw
    calendar = read_component(raw)
    todo = main_todo(calendar)
    for name in changed:
        _rewrite(name, calendar, todo, basis, document)
    _replace(todo, {"DTSTAMP", "LAST-MODIFIED"}, stamps(document))
    return calendar.text()


def _differs(basis: Document, document: Document, fields: Iterable[str]) -> bool:
    """What was kept before there were subtasks tells of none. Only a count from completion is told."""
    return any(_told(basis, field) != _told(document, field) for field in fields)


def _told(document: Document, field: str) -> object:
    value = document.get(field)
    return None if field == "recurrence_from" and value == "due" else value


def _rewrite(name: str, calendar: Component, todo: Component, basis: Document, document: Document) -> None:
    if name == "due":
        _rewrite_due(calendar, todo, basis, document)
    elif name == "parent":
        todo.items = [item for item in todo.items if not (isinstance(item, Line) and is_parent(item))]
        _insert(todo, group(name, document))
    elif name == "reminders":
        todo.items = [item for item in todo.items if not (isinstance(item, Component) and item.name == "VALARM")]
        _insert(todo, todo_alarms(document, document["reminders"] or []))
    else:
        _replace(todo, _NAMES[name], group(name, document))


def _rewrite_due(calendar: Component, todo: Component, basis: Document, document: Document) -> None:
    if document["recurrence"] != basis["recurrence"]:
        _replace(todo, {"DUE", "DURATION", "DTSTART", "RRULE", "EXDATE", "RDATE"}, group("due", document))
    else:
        start = _moved_start(todo.first("DTSTART"), basis, document)
        due = moment("DUE", document["due"], document["timezone"]) if document["due"] else ""
        _replace(todo, {"DUE", "DURATION", "DTSTART"}, start + due)
    known = {line.value for part in calendar.parts("VTIMEZONE") if (line := part.first("TZID"))}
    if document["timezone"] not in known:
        calendar.items.insert(calendar.items.index(todo), _text(zones_text([document])))


def _moved_start(line: Line | None, basis: Document, document: Document) -> str:
    """The start as far before the due as it was; at the due where it cannot be told, of a recurring task."""
    due, was = document["due"], basis["due"]
    if line is None or due is None:
        return ""
    alike = was is not None and has_time(was) == has_time(due)
    value = read_value(line.value)
    if not alike or isinstance(value, timedelta) or isinstance(value, datetime) != has_time(due):
        return moment("DTSTART", due, document["timezone"]) if document["recurrence"] else ""
    moved = value + (to_wall(due) - to_wall(was))
    text = moved.strftime("%Y%m%dT%H%M%S" if isinstance(value, datetime) else "%Y%m%d")
    zulu = "Z" if line.value.strip().endswith("Z") else ""
    return line.raw.replace(line.value.strip(), text + zulu)


def _replace(todo: Component, names: Iterable[str], text: str) -> None:
    """Take the lines of these names away, and write ``text`` where the first one stood."""
    places = [place for place, item in enumerate(todo.items) if isinstance(item, Line) and item.name in names]
    if not places:
        _insert(todo, text)
        return
    todo.items[places[0]] = _text(text)
    todo.items = [item for place, item in enumerate(todo.items) if place not in places[1:]]


def _insert(todo: Component, text: str) -> None:
    """Behind the properties, before the components."""
    place = next((place for place, item in enumerate(todo.items) if isinstance(item, Component)), len(todo.items))
    todo.items.insert(place, _text(text))


def _text(text: str) -> Line:
    return Line(name="", value="", raw=text)
