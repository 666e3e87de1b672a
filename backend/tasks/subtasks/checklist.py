"""What becomes of a task's subtasks when it is ticked off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from backend.journal.ledger import Ledger
from backend.tasks import acts
from backend.tasks.models import Task
from backend.tasks.subtasks.tree import subtasks_of

Rest = Literal["keep", "complete"]


async def complete_with(ledger: Ledger, task: Task, rest: Rest, *, now: datetime) -> Task:
    """Tick a task off; ``rest`` says what becomes of its open subtasks.

    A recurring one opens its checklist anew at its next occurrence, whatever ``rest`` says, and the dates of its
    subtasks move along by as many days. Of subtasks that recur themselves, those that are due after ``now`` stay.
    """
    due = task.due
    if task.done:
        return task
    acts.complete(ledger, task, now=now)
    if not has_subtasks(task):
        return task
    below = await subtasks_of(ledger.session, task.user_id, [task.id])
    if not task.done:
        _open_anew(ledger, below, later=_days_between(due or "", task.due or ""), now=now)
    elif rest == "complete":
        for one in reversed(below):
            if not one.done and not _comes_later(one, now):
                acts.complete(ledger, one, now=now)
    await ledger.counts.settle(ledger.session)
    return task


def _open_anew(ledger: Ledger, subtasks: Sequence[Task], *, later: str, now: datetime) -> None:
    """For the next occurrence: a subtask that was due two days before the last one is due two days before the next."""
    for one in subtasks:
        if one.done:
            acts.reopen(ledger, one, now=now, later=None if one.recurrence else later)
        elif one.due and not one.recurrence:
            acts.shift(ledger, one, later, now=now)


def _days_between(due: str, later: str) -> str:
    return f"P{(date.fromisoformat(later[:10]) - date.fromisoformat(due[:10])).days}D"


def has_subtasks(task: Task) -> bool:
    return bool(task.subtasks_open or task.subtasks_done)


def _comes_later(task: Task, now: datetime) -> bool:
    return bool(task.recurrence and task.due_at and task.due_at > now)
