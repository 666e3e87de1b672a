"""A task's own reminders, as they go with its other fields."""

from datetime import datetime
from typing import Any

from backend.errors import InvalidError
from backend.reminders.values import Plain
from backend.tasks.due import to_instant, to_wall
from backend.tasks.models import Task


def settle_reminders(task: Task, *, zone: str, before: dict[str, Any] | None, now: datetime) -> None:
    """Give each moment its zone, and let a snooze go with the time that it was of.

    Raises InvalidError for a new moment that has passed: it would never come.
    """
    if task.reminders is None:
        return
    known: list[Plain] = (before or {}).get("reminders") or []
    settled = [one if one in known else _zoned(one, task.timezone or zone) for one in task.reminders]
    for place, one in enumerate(settled):
        if one not in known:
            _refuse_past(one, place, now)
    if before and before["due"] != task.due and before["reminders"] == task.reminders:
        settled = [one for one in settled if not one.get("snooze")]
    task.reminders = settled


def _zoned(reminder: Plain, zone: str) -> Plain:
    return {"zone": zone, **reminder} if "at" in reminder else reminder


def _refuse_past(reminder: Plain, place: int, now: datetime) -> None:
    if "at" not in reminder:
        return
    try:
        at = to_instant(to_wall(reminder["at"]), reminder["zone"])
    except OverflowError as error:
        raise ValueError(f"{reminder['at']} is no instant in {reminder['zone']}") from error
    if at <= now and not reminder.get("again"):
        message = f"{reminder['at'].replace('T', ' ')} in {reminder['zone']} has passed; give a moment to come"
        field = f"reminders.{place}.at"
        raise InvalidError(f"{field}: {message}", errors=[{"field": field, "message": message}])
