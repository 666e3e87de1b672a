"""A task's document: the one form in which it is listed, journaled and sent, and from which it can be restored."""

import json
from datetime import datetime
from typing import Any

from backend.journal.values import Document, instant
from backend.tasks.models import PRIORITIES, PRIORITY_NAMES, Task
from backend.tasks.text import fold, fold_project

# What a person can set, and thus what undo puts back; `version` and `updated_at` always move on.
FIELDS = (
    "title",
    "notes",
    "due",
    "timezone",
    "recurrence",
    "priority",
    "tags",
    "project",
    "order",
    "reminders",
    "parent_id",
    "recurrence_from",
)
STATE = (*FIELDS, "due_at", "status", "completed_at")


def to_document(task: Task) -> Document:
    return {
        "id": task.id,
        "number": task.number,
        "title": task.title,
        "notes": task.notes,
        "due": task.due,
        "timezone": task.timezone,
        "due_at": task.due_at.isoformat().replace("+00:00", "Z") if task.due_at else None,
        "recurrence": task.recurrence,
        "priority": PRIORITY_NAMES[task.priority_rank],
        "tags": task.tags,
        "project": task.project,
        "order": task.order,
        "status": task.status,
        "created_at": instant(task.created_at),
        "updated_at": instant(task.updated_at),
        "completed_at": instant(task.completed_at) if task.completed_at else None,
        "version": task.version,
        "reminders": task.reminders,
        "parent_id": task.parent_id,
        "subtasks": _subtasks(task),
        "recurrence_from": task.recurrence_from,
    }


def assign(task: Task, values: Document) -> None:
    """Set the task's columns from a document's fields, as many as are given; `render` afterwards."""
    for name, value in values.items():
        if name == "priority":
            task.priority_rank = PRIORITIES[value]
        elif name == "tags":
            task.tags_text = "\n".join(value)
        elif name == "status":
            task.done = value == "done"
        elif name in {"due_at", "created_at", "updated_at", "completed_at"}:
            setattr(task, name, _moment(value))
        elif name != "subtasks":  # counted, not set
            setattr(task, name, value)


def render(task: Task) -> Document:
    """Bring the columns that derive from others up to date; the document as it now is."""
    folded_tags = [fold(tag) for tag in task.tags]
    task.title_key = fold(task.title)[:200]  # enough to sort by, and short enough for a cursor
    task.project_key = fold_project(task.project) if task.project else None
    task.tags_key = "\n".join(["", *folded_tags, ""]) if folded_tags else ""
    parts = (fold(task.title), fold(task.notes or ""), task.project_key or "", *folded_tags)
    task.words = "\n".join(part for part in parts if part)
    document = to_document(task)
    task.document = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return document


def _subtasks(task: Task) -> Document | None:
    if not task.subtasks_open and not task.subtasks_done:  # of a task that was never stored, these are None
        return None
    return {"open": task.subtasks_open, "done": task.subtasks_done}


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
