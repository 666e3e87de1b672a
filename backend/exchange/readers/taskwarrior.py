"""Taskwarrior: ``task export``, an array or an object a line."""

import json
from collections.abc import Iterator
from typing import Any

from backend.errors import InvalidError
from backend.exchange.draft import Context, Draft, Item, convert_each, quoted, skipped
from backend.exchange.files import TextFile
from backend.exchange.readers.records import (
    Record,
    load_json,
    number_in,
    numbered,
    records_in,
    require_record,
    text_in,
    texts_in,
)  # fmt: skip
from backend.exchange.values.moments import read_instant, wall_of
from backend.exchange.values.repeats import read_span

PRIORITIES = {"H": "high", "M": "medium", "L": "low"}
_STATES = frozenset({"pending", "waiting", "completed", "deleted", "recurring"})
_READ = frozenset({
    "id", "uuid", "description", "entry", "modified", "status", "due", "end", "priority", "project", "tags", "recur",
    "annotations", "urgency", "mask", "imask", "parent", "rtype", "depends", "last", "template",
})  # fmt: skip


def is_taskwarrior(file: TextFile) -> bool:
    head = file.text[:20_000]
    return '"description"' in head and ('"entry"' in head or '"uuid"' in head) and '"status"' in head


def read(file: TextFile, context: Context) -> Iterator[Item]:
    records = list(_records(file.text))
    known = [record for _, record in records if isinstance(record, dict)]
    names = {text_in(record, "uuid"): text_in(record, "description") for record in known}
    next_times = _next_times(known)
    return convert_each(records, lambda place, record: _item(place, record, names, next_times, context))


def _records(text: str) -> Iterator[tuple[str, Any]]:
    """The array's objects, or those of the lines; a line that is broken is told and the rest goes on."""
    if text.lstrip("\ufeff \t\r\n").startswith("["):
        try:
            yield from numbered(json.loads(text.lstrip("\ufeff")))
            return
        except ValueError:
            pass  # an array cut short, or one whose lines are to be read by themselves
        except RecursionError as error:
            raise InvalidError("The file's JSON is nested too deeply to be a list; nothing was changed.") from error
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        said = line.strip().rstrip(",")
        if said and said not in {"[", "]"}:
            yield f"line {number}", _line(said)


def _line(text: str) -> Any:
    """The line's object; the line itself where it is none, for the reader to tell."""
    try:
        return load_json(text.removeprefix("[").removesuffix("]"))
    except InvalidError:
        return text


def _next_times(records: list[Record]) -> dict[str, str]:
    """Of each repeating task the next time: that of its earliest open copy."""
    times: dict[str, str] = {}
    for record in records:
        parent, due = text_in(record, "parent"), text_in(record, "due")
        if parent and due and text_in(record, "status") in {"pending", "waiting"}:
            times[parent] = min(due, times.get(parent, due))
    return times


def _item(place: str, record: Any, names: dict[str, str], next_times: dict[str, str], context: Context) -> Item:
    if isinstance(record, str):
        return skipped(place, f"is no JSON: {quoted(record)}")
    record = require_record(record)
    status = text_in(record, "status")
    if status == "deleted":
        return skipped(place, f"was deleted there: {quoted(text_in(record, 'description'))}")
    parent = text_in(record, "parent")
    if parent in names and parent in next_times and status in {"pending", "waiting"}:
        return skipped(place, f"is one time of a repeating task, which comes as one: {quoted(names[parent])}")
    return _task(place, record, names, next_times, context)


def _task(place: str, record: Record, names: dict[str, str], next_times: dict[str, str], context: Context) -> Draft:
    uuid, status = text_in(record, "uuid"), text_in(record, "status")
    draft = Draft(
        place=place,
        title=text_in(record, "description"),
        priority=PRIORITIES.get(text_in(record, "priority").upper()),
        tags=texts_in(record, "tags"),
        project=text_in(record, "project") or None,
        done=status == "completed",
        completed_at=read_instant(text_in(record, "end"), context.zone) if status == "completed" else None,
        created_at=read_instant(text_in(record, "entry"), context.zone),
        key=f"uid:{uuid}" if uuid else None,
        words=text_in(record, "due"),
    )
    _read_due(draft, next_times.get(uuid) or text_in(record, "due"), context)
    _read_recurrence(draft, record)
    for note in records_in(record, "annotations"):
        draft.keep("Note", text_in(note, "description"))
    depends = [names.get(uuid, uuid) for uuid in texts_in(record, "depends")]
    draft.keep("Waits for", ", ".join(depends))
    _keep_rest(draft, record, context)
    return draft


def _read_due(draft: Draft, text: str, context: Context) -> None:
    """Its dates are instants; a midnight of this zone is a day."""
    instant = read_instant(text, context.zone)
    wall = wall_of(instant, context.zone) if instant else None
    draft.due = wall.removesuffix("T00:00") if wall else None
    if text and not draft.due:
        draft.remark("doubtful", f"the date “{text[:60]}” could not be read")
        draft.keep("Due", text)


def _read_recurrence(draft: Draft, record: Record) -> None:
    span = text_in(record, "recur")
    if not span:
        return
    draft.recurrence = read_span(span)
    if draft.recurrence is None:
        draft.remark("doubtful", f"the repetition “{span[:60]}” could not be read")
        draft.keep("Repeats", span)


def _keep_rest(draft: Draft, record: Record, context: Context) -> None:
    status = text_in(record, "status")
    if status not in _STATES:
        draft.remark("doubtful", f"the status “{status[:40]}” is not known; the task is open here")
    priority = text_in(record, "priority")
    if priority and draft.priority is None:
        draft.keep("Priority", priority)
    for name, value in record.items():
        if name in _READ:
            continue
        instant = read_instant(value, context.zone) if isinstance(value, str) else None
        shown = (wall_of(instant, context.zone) or value).replace("T", " ") if instant else value
        draft.keep(name[:40].capitalize(), shown if number_in(record, name) is None else text_in(record, name))
