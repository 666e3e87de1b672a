"""Notices as the schedule makes them."""

from datetime import UTC, datetime
from typing import Any

from backend.models import new_id
from backend.reminders.channels import Notice


def notice_of(task: dict[str, Any], user_id: str, **fields: Any) -> Notice:
    """A reminder of the task, due now."""
    values: dict[str, Any] = {
        "id": new_id(),
        "user_id": user_id,
        "kind": "reminder",
        "title": task["title"],
        "body": "Today at 17:00",
        "task_id": task["id"],
        "task_number": task["number"],
        "due_at": datetime.now(UTC),
        "late": None,
        "urgent": False,
        "zone": "Europe/Paris",
    }
    return Notice(**{**values, **fields})
