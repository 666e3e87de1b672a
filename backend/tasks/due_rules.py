"""How a task's due, zone and recurrence hang together."""

from datetime import datetime

from backend.errors import InvalidError
from backend.tasks.due import overdue_at
from backend.tasks.models import Task
from backend.tasks.recurrence import check_series, first_occurrence


def settle_timing(task: Task, *, zone: str, now: datetime) -> None:
    """Give the task its zone and its ``due_at``; without due, a recurring one begins at its first occurrence.

    A recurrence of which nothing else is said counts from the due date.

    Raises InvalidError where the recurrence cannot go with the due, or the due cannot be an instant.
    """
    try:
        if task.recurrence and task.due is None and task.due_at is not None:
            raise ValueError("a repeating task needs a due date; clear its recurrence too")
        if task.recurrence and task.due is None:
            task.due = first_occurrence(task.recurrence, timezone=zone, now=now)
        if task.recurrence and task.due:
            check_series(task.recurrence, due=task.due, timezone=zone)
    except (ValueError, OverflowError) as error:
        raise _invalid("recurrence", str(error)) from error
    if task.recurrence_from and not task.recurrence:
        raise _invalid("recurrence_from", "only a repeating task has it; give a recurrence too")
    task.recurrence_from = (task.recurrence_from or "due") if task.recurrence else None
    task.timezone = zone if task.due else None
    task.due_at = overdue_at(task.due, zone) if task.due else None


def _invalid(field: str, message: str) -> InvalidError:
    return InvalidError(f"{field}: {message}", errors=[{"field": field, "message": message}])
