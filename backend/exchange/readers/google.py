"""Google Tasks: ``Tasks.json`` of Takeout, and the lists that its API gives."""

from collections.abc import Iterator
from typing import Any

from backend.exchange.draft import Context, Draft, Item, convert_each, quoted, skipped
from backend.exchange.files import TextFile
from backend.exchange.readers.records import Record, load_json, records_in, records_of, text_in
from backend.exchange.values.moments import read_instant, wall_of

_OWN_LISTS = frozenset({"my tasks", "inbox", ""})


def is_google(file: TextFile) -> bool:
    head = file.text[:5000]
    return '"tasks#task' in head


def read(file: TextFile, context: Context) -> Iterator[Item]:
    records = list(_records(load_json(file.text.lstrip("\ufeff"))))
    names = {text_in(task, "id"): text_in(task, "title") for _, (_, task) in records}
    return convert_each(records, lambda place, record: _item(place, *record, names, context))


def _records(whole: Any) -> Iterator[tuple[str, tuple[str, Record]]]:
    """Each task with the name of its list; a file of one list alone has the tasks at its top."""
    top = records_of(whole) or records_in(whole if isinstance(whole, dict) else {}, "items")
    for place, item in enumerate(top, start=1):
        if "items" not in item and text_in(item, "kind") == "tasks#task":
            yield f"task {place}", ("", item)
        title = text_in(item, "title")
        for number, task in enumerate(records_in(item, "items"), start=1):
            yield f"{title or 'list'} {number}", (title, task)


def _item(place: str, name: str, task: Record, names: dict[str, str], context: Context) -> Item:
    if task.get("deleted") is True:
        return skipped(place, f"was deleted there: {quoted(text_in(task, 'title'))}")
    identity = text_in(task, "id")
    draft = Draft(
        place=place,
        title=text_in(task, "title"),
        notes=text_in(task, "notes"),
        project=None if name.casefold() in _OWN_LISTS else name,
        done=text_in(task, "status") == "completed",
        completed_at=read_instant(text_in(task, "completed"), context.zone),
        created_at=read_instant(text_in(task, "created"), context.zone),
        key=f"uid:{identity}" if identity else None,
        words=text_in(task, "due"),
    )
    _read_due(draft, task, context)
    if parent := text_in(task, "parent"):
        draft.stand_under(f"uid:{parent}", names.get(parent, ""))
    for link in records_in(task, "links"):
        draft.keep("Link", text_in(link, "link"))
    if text_in(task, "task_recurrence_id"):
        draft.remark("doubtful", "repeats there, and the file does not say how")
        draft.keep("Repeats", "as set in Google Tasks")
    return draft


def _read_due(draft: Draft, task: Record, context: Context) -> None:
    """``due`` is a day, whatever time stands behind it; a time of day is in ``scheduled_time`` alone."""
    times = records_in(task, "scheduled_time")
    current = next((time for time in times if time.get("current") is True), times[0] if times else {})
    start, day = text_in(current, "start"), text_in(task, "due")
    instant = read_instant(start, context.zone)
    if instant and len(start) > len("2026-01-01") and not start.startswith(f"{day[:10]}T00:00"):
        draft.due = wall_of(instant, context.zone)
    elif read_instant(day[:10] or start[:10], "UTC"):
        draft.due = day[:10] or start[:10]
    elif day or start:
        draft.remark("doubtful", f"the date “{(day or start)[:60]}” could not be read")
        draft.keep("Due", day or start)
