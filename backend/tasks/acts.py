"""What is done to one task at a moment: each act gives the journal its row, and leaves no trace without a change.

`backend.tasks.service` finds the tasks, and is what everything else calls.
"""

from datetime import datetime
from typing import Any

from backend.errors import InvalidError
from backend.journal.ledger import Ledger
from backend.journal.values import Kind
from backend.tasks.documents import STATE, assign, render, to_document
from backend.tasks.due import shifted
from backend.tasks.due_rules import settle_timing
from backend.tasks.models import Completion, Task
from backend.tasks.own_reminders import settle_reminders
from backend.tasks.recurrence import next_after_completion, next_occurrence

Values = dict[str, Any]


def change(ledger: Ledger, task: Task, values: Values, *, now: datetime, timezone: str | None = None) -> Task:
    """Set these fields of a `TaskPatch`; a zone alone moves the due time to its clocks."""
    before = to_document(task)
    values = dict(values)
    if "tags" in values:
        values["tags"] = values["tags"] or []
    if "order" in values and values["order"] is None:
        values["order"] = float(task.number)
    if "recurrence" in values and values["recurrence"] != task.recurrence:
        values.setdefault("recurrence_from", None)
    assign(task, values)
    zone = timezone
    if "due" in values or task.timezone is None:
        zone = zone or ledger.actor.timezone
    zone = zone or task.timezone or ledger.profile.timezone or "UTC"
    settle_timing(task, zone=zone, now=now)
    settle_reminders(task, zone=zone, before=before, now=now)
    return _record(ledger, task, "update", before=before, now=now)


def complete(ledger: Ledger, task: Task, *, now: datetime) -> Task:
    """A recurring task moves to its next occurrence after now, and is done when there is none.

    Where it counts from completion, that is the next one after now, whenever it was due.
    """
    if task.done:
        return task
    before = to_document(task)
    following = None
    if task.recurrence and task.due and task.timezone:
        next_due = next_after_completion if task.recurrence_from == "completion" else next_occurrence
        following = next_due(task.recurrence, due=task.due, timezone=task.timezone, now=now)
    if following and task.due:
        completion = Completion(user_id=task.user_id, task_id=task.id, due=task.due, completed_at=now)
        ledger.session.add(completion)
        task.due, task.recurrence = following.due, following.recurrence
        settle_timing(task, zone=task.timezone or "UTC", now=now)
        settle_reminders(task, zone=task.timezone or "UTC", before=before, now=now)
    else:
        task.done, task.completed_at = True, now
    return _record(ledger, task, "complete", before=before, now=now)


def reopen(ledger: Ledger, task: Task, *, now: datetime, later: str | None = None) -> Task:
    """``later`` is an ISO 8601 duration by which the due time moves along, if there is one."""
    before = to_document(task)
    task.done, task.completed_at = False, None
    if later and task.due:
        _move(task, later, before=before, now=now)
    return _record(ledger, task, "reopen", before=before, now=now)


def shift(ledger: Ledger, task: Task, duration: str, *, now: datetime) -> Task:
    before = to_document(task)
    _move(task, duration, before=before, now=now)
    return _record(ledger, task, "update", before=before, now=now)


def _move(task: Task, duration: str, *, before: Values, now: datetime) -> None:
    if task.due is None or task.timezone is None:
        raise InvalidError(f"“{task.title}” has no due date that could be moved.")
    try:
        task.due = shifted(task.due, duration)
    except ValueError as error:
        raise InvalidError(f"“{task.title}”: {error}.") from error
    settle_timing(task, zone=task.timezone, now=now)
    settle_reminders(task, zone=task.timezone, before=before, now=now)


async def delete(ledger: Ledger, task: Task) -> None:
    ledger.record("delete", before=to_document(task), after=None)
    await ledger.session.delete(task)


def _record(ledger: Ledger, task: Task, kind: Kind, *, before: dict[str, object], now: datetime) -> Task:
    after = to_document(task)
    if any(before[name] != after[name] for name in STATE):
        task.version += 1
        task.updated_at = now
        ledger.record(kind, before=before, after=render(task))
    return task
