"""Which events there are, and what each tells. Pure.

The body is that of Standard Webhooks: ``type``, ``timestamp`` and ``data``.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from backend.journal.values import Document, instant
from backend.tasks.documents import STATE

EventName = Literal["task.created", "task.updated", "task.completed", "task.reopened", "task.deleted", "reminder.due"]
REMINDER: EventName = "reminder.due"
TEST = "webhook.test"
_OF_KIND: Mapping[str, EventName] = {
    "create": "task.created",
    "update": "task.updated",
    "complete": "task.completed",
    "reopen": "task.reopened",
    "delete": "task.deleted",
}


def event_of(kind: str) -> EventName:
    """The event that a kind of journal row is."""
    return _OF_KIND[kind]


def change_data(before: Document | None, after: Document | None, facts: Mapping[str, Any]) -> Document:
    """The task as it now is, or was when it was deleted; of what differs, what it was before."""
    previous = {name: before[name] for name in STATE if before[name] != after[name]} if before and after else {}
    return {"task": after or before, "previous": previous, **facts}


def event_body(event: str, at: datetime, data: Document) -> str:
    """The body as it is signed and sent; ``at`` is when it happened."""
    content = {"type": event, "timestamp": instant(at), "data": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
