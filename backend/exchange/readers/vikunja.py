"""Vikunja: ``data.json`` of its export, of old versions (with namespaces) and new ones."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from backend.exchange.draft import Context, Draft, Item, convert_each
from backend.exchange.files import TextFile
from backend.exchange.limits import MOST_DEPTH
from backend.exchange.readers.records import (
    Record,
    load_json,
    number_in,
    record_in,
    records_in,
    records_of,
    text_in,
)  # fmt: skip
from backend.exchange.values.alarms import reminder_before
from backend.exchange.values.moments import read_instant, wall_of
from backend.exchange.values.plain import text_of_html
from backend.exchange.values.repeats import of_seconds

PRIORITIES = {1: "low", 2: "medium", 3: "high", 4: "high", 5: "high"}
_NO_TIME = "0001-01-01"  # Go's zero time
_INNER = ("projects", "lists", "child_projects")
_RELATIONS = {
    "blocked": "Waits for",
    "precedes": "Before",
    "follows": "After",
    "related": "Related",
}


def is_vikunja(file: TextFile) -> bool:
    head = file.text[:20_000]
    return '"hex_color"' in head and ('"is_archived"' in head or '"done_at"' in head)


def read(file: TextFile, context: Context) -> Iterator[Item]:
    records = list(_tasks(load_json(file.text.lstrip("\ufeff"))))
    parents = _parents([task for _, (_, task) in records])
    return convert_each(records, lambda place, it: _task(place, *it, parents, context))


def _parents(tasks: list[Record]) -> dict[str, Record]:
    """By a task's id, what it is part of: either of the two may tell."""
    by_id = {text_in(task, "id"): task for task in tasks}
    found: dict[str, Record] = {}
    for task in tasks:
        relations = record_in(task, "related_tasks")
        for above in records_in(relations, "parenttask")[:1]:
            found[text_in(task, "id")] = by_id.get(text_in(above, "id"), above)
        for below in records_in(relations, "subtask"):
            found.setdefault(text_in(below, "id"), task)
    return found


def _tasks(whole: Any) -> Iterator[tuple[str, tuple[Record, Record]]]:
    """Each task with its project, through all the projects within projects."""
    stack = [(project, 0) for project in reversed(records_of(whole))]
    while stack:
        project, depth = stack.pop()
        tasks = records_in(project, "tasks")
        if not tasks and "done" in project and "title" in project:
            yield "a task", ({}, project)
        for number, task in enumerate(tasks, start=1):
            yield f"{text_in(project, 'title') or 'project'} {number}", (project, task)
        if depth < MOST_DEPTH:
            stack += [(inner, depth + 1) for name in reversed(_INNER) for inner in reversed(records_in(project, name))]


def _key(task: Record) -> str | None:
    identity, created = text_in(task, "id"), text_in(task, "created")
    return f"vikunja:{identity}:{created}" if identity and created else None


def _task(place: str, project: Record, task: Record, parents: dict[str, Record], context: Context) -> Draft:
    name = text_in(project, "title")
    draft = Draft(
        place=place,
        title=text_in(task, "title"),
        notes=text_of_html(text_in(task, "description")),
        priority=PRIORITIES.get(int(number_in(task, "priority") or 0)),
        tags=[text_in(label, "title") for label in records_in(task, "labels")],
        project=None if name.casefold() == "inbox" else name or None,
        done=task.get("done") is True,
        completed_at=_instant(task, "done_at", context),
        created_at=_instant(task, "created", context),
        key=_key(task),
        words=text_in(task, "due_date"),
    )
    _read_due(draft, task, context)
    _read_recurrence(draft, task)
    _read_reminders(draft, task, context)
    _keep_rest(draft, task, project)
    if (parent := parents.get(text_in(task, "id"))) is not None:
        draft.stand_under(_key(parent) or "vikunja:", text_in(parent, "title"))
    return draft


def _instant(record: Record, name: str, context: Context) -> Any:
    text = text_in(record, name)
    return None if text.startswith(_NO_TIME) else read_instant(text, context.zone)


def _read_due(draft: Draft, task: Record, context: Context) -> None:
    due, text = _instant(task, "due_date", context), text_in(task, "due_date")
    draft.due = wall_of(due, context.zone) if due else None
    if text and not text.startswith(_NO_TIME) and draft.due is None:
        draft.remark("doubtful", f"the date “{text[:60]}” could not be read")
        draft.keep("Due", text)
    for name, label in (("start_date", "Starts"), ("end_date", "Ends")):
        moment = _instant(task, name, context)
        if wall := wall_of(moment, context.zone) if moment else None:
            draft.keep(label, wall.replace("T", " "))


def _read_recurrence(draft: Draft, task: Record) -> None:
    """``repeat_mode``: 0 every so many seconds, 1 every month, 2 so many seconds after completion."""
    mode, seconds = int(number_in(task, "repeat_mode") or 0), int(number_in(task, "repeat_after") or 0)
    if mode == 1:
        draft.recurrence = "FREQ=MONTHLY"
    elif seconds:
        draft.recurrence = of_seconds(seconds)
        if draft.recurrence is None:
            draft.remark("doubtful", f"a repetition of {seconds} seconds cannot be followed here")
            draft.keep("Repeats", f"every {seconds} seconds")
    draft.from_completion = mode == 2


def _read_reminders(draft: Draft, task: Record, context: Context) -> None:
    dates = task.get("reminder_dates")
    absolute = [date for date in dates if isinstance(date, str)] if isinstance(dates, list) else []
    for one in records_in(task, "reminders"):
        period = number_in(one, "relative_period")
        before = reminder_before(timedelta(seconds=-period)) if period is not None and period <= 0 else None
        if text_in(one, "relative_to") == "due_date" and before:
            draft.reminders = [*(draft.reminders or []), before]
        else:
            absolute.append(text_in(one, "reminder"))
    for date in absolute:
        moment = read_instant(date, context.zone)
        if wall := wall_of(moment, context.zone) if moment else None:
            draft.reminders = [*(draft.reminders or []), {"at": wall, "zone": context.zone}]


def _keep_rest(draft: Draft, task: Record, project: Record) -> None:
    for comment in records_in(task, "comments"):
        draft.keep("Comment", text_of_html(text_in(comment, "comment")))
    for attachment in records_in(task, "attachments"):
        draft.keep("Attachment", text_in(record_in(attachment, "file"), "name"))
    for person in records_in(task, "assignees"):
        draft.keep("Assigned to", text_in(person, "name", "username"))
    if percent := number_in(task, "percent_done"):
        draft.keep("Done so far", f"{percent * 100:.0f} %")
    relations = record_in(task, "related_tasks")
    for name, label in _RELATIONS.items():
        draft.keep(label, ", ".join(text_in(one, "title") for one in records_in(relations, name)))
    buckets = {text_in(bucket, "id"): text_in(bucket, "title") for bucket in records_in(project, "buckets")}
    draft.keep("Column", buckets.get(text_in(task, "bucket_id"), ""))
