"""Microsoft To Do: the JSON of its lists (as Graph gives it), and the CSV of Outlook's tasks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.readers import table
from backend.exchange.readers.records import (
    Record,
    load_json,
    number_in,
    record_in,
    records_in,
    records_of,
    text_in,
    texts_in,
)  # fmt: skip
from backend.exchange.values.alarms import reminder_before
from backend.exchange.values.moments import known_zone, read_instant, wall_of
from backend.exchange.values.plain import text_of_html
from backend.exchange.values.repeats import read_rule

PRIORITIES = {"high": "high", "low": "low"}
_OWN_LISTS = frozenset({"tasks", "aufgaben", "tâches", "tareas", "inbox", ""})
_LISTS = ("value", "lists", "taskLists")
_DAYS = {day: day[:2].upper() for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


def is_microsoft(file: TextFile) -> bool:
    head = file.text[:20_000]
    if head.lstrip("\ufeff \r\n")[:1] in {"{", "["}:
        return '"importance"' in head or ('"displayName"' in head and '"wellknownListName"' in head)
    first = head.lstrip("\ufeff").split("\n", 1)[0].casefold()
    return "subject" in first and "due date" in first and "% complete" in first


def read(file: TextFile, context: Context) -> Iterator[Item]:
    if file.text.lstrip("\ufeff \r\n")[:1] not in {"{", "["}:
        return table.read(file, context)
    records = list(_records(load_json(file.text.lstrip("\ufeff"))))
    return convert_each(records, lambda place, record: _task(place, *record, context))


def _records(whole: Any) -> Iterator[tuple[str, tuple[str, Record]]]:
    """Each task with the name of its list."""
    top = records_of(whole)
    if isinstance(whole, dict):
        top = next((found for name in _LISTS if (found := records_in(whole, name))), [whole])
    for place, item in enumerate(top, start=1):
        name = text_in(item, "displayName", "name", "listName")
        inner = next((found for key in ("tasks", "value", "items") if (found := records_in(item, key))), [])
        if not inner and text_in(item, "title", "subject"):
            yield f"task {place}", (text_in(item, "list", "listName", "parentList"), item)
        for number, task in enumerate(inner, start=1):
            yield f"{name or 'list'} {number}", (name, task)


def _task(place: str, name: str, task: Record, context: Context) -> Draft:
    body = record_in(task, "body")
    identity = text_in(task, "id")
    draft = Draft(
        place=place,
        title=text_in(task, "title", "subject"),
        notes=text_of_html(text_in(body, "content") or text_in(task, "body", "note", "notes")),
        priority=PRIORITIES.get(text_in(task, "importance").casefold()),
        tags=texts_in(task, "categories"),
        project=None if name.casefold() in _OWN_LISTS else name,
        done=text_in(task, "status").casefold() == "completed",
        created_at=read_instant(text_in(task, "createdDateTime"), context.zone),
        key=f"uid:{identity}" if identity else None,
        words=text_in(record_in(task, "dueDateTime"), "dateTime"),
    )
    draft.completed_at = _instant(task, "completedDateTime", context)
    _read_due(draft, task, context)
    _read_recurrence(draft, task)
    _keep_rest(draft, task)
    return draft


def _instant(task: Record, name: str, context: Context) -> Any:
    """A ``dateTimeTimeZone`` of Graph, which is of UTC unless it says otherwise."""
    value = record_in(task, name)
    text, zone = text_in(value, "dateTime") or text_in(task, name), text_in(value, "timeZone") or "UTC"
    return read_instant(text, known_zone(zone) or known_zone(WINDOWS_TO_OLSON.get(zone)) or context.zone)


def _read_due(draft: Draft, task: Record, context: Context) -> None:
    """A due is a day: the midnight of its zone, as it is written. A reminder has a time of day, which it then gives."""
    day = (text_in(record_in(task, "dueDateTime"), "dateTime") or text_in(task, "dueDateTime", "dueDate"))[:10]
    remind = _instant(task, "reminderDateTime", context)
    if day and read_instant(day, "UTC"):
        draft.due = day
    elif day:
        draft.remark("doubtful", f"the date “{day}” could not be read")
        draft.keep("Due", day)
    wall = wall_of(remind, context.zone) if remind else None
    if wall is None or task.get("isReminderOn") is False:
        return
    if draft.due is None or draft.due == wall[:10]:
        draft.due, draft.reminders = wall, [reminder_before(timedelta()) or {}]
        draft.remark("changed", f"is due when it reminds, at {wall[11:]}")
    else:
        draft.reminders = [{"at": wall, "zone": context.zone}]


def _read_recurrence(draft: Draft, task: Record) -> None:
    recurrence = record_in(task, "recurrence")
    if not recurrence:
        return
    try:
        draft.recurrence = read_rule(_rule(record_in(recurrence, "pattern"), record_in(recurrence, "range")))[0]
    except (ValueError, KeyError) as error:
        draft.remark("doubtful", f"the repetition was not taken over: {error}")
        draft.keep("Repeats", str(recurrence.get("pattern"))[:300])


def _rule(pattern: Record, span: Record) -> str:
    """An RRULE of Graph's ``recurrencePattern`` and ``recurrenceRange``. Raises KeyError for unknown names."""
    kind = text_in(pattern, "type")
    days = [_DAYS[day.casefold()] for day in texts_in(pattern, "daysOfWeek")]
    place = _PLACES[text_in(pattern, "index") or "first"] if kind.startswith("relative") else ""
    parts = [
        f"FREQ={kind.removeprefix('absolute').removeprefix('relative').upper()}",
        f"INTERVAL={int(number_in(pattern, 'interval') or 1)}",
    ]
    if days:
        parts.append("BYDAY=" + ",".join(f"{place}{day}" for day in days))
    if kind.startswith("absolute") and (day := number_in(pattern, "dayOfMonth")):
        parts.append(f"BYMONTHDAY={int(day)}")
    if kind.endswith("early") and (month := number_in(pattern, "month")):
        parts.append(f"BYMONTH={int(month)}")
    if text_in(span, "type") == "endDate" and (end := text_in(span, "endDate")):
        parts.append(f"UNTIL={end[:10].replace('-', '')}")
    if text_in(span, "type") == "numbered" and (count := number_in(span, "numberOfOccurrences")):
        parts.append(f"COUNT={int(count)}")
    return ";".join(parts)


def _keep_rest(draft: Draft, task: Record) -> None:
    for step in records_in(task, "checklistItems"):
        draft.add_step(text_in(step, "displayName", "title"), done=step.get("isChecked") is True)
    for link in records_in(task, "linkedResources"):
        draft.keep("Link", text_in(link, "webUrl", "displayName"))
    for name in texts_in(task, "attachments"):
        draft.keep("Attachment", name)
    status = text_in(task, "status")
    if status in {"inProgress", "waitingOnOthers", "deferred"}:
        draft.keep("State", {"inProgress": "in progress", "waitingOnOthers": "waiting on others"}.get(status, status))
