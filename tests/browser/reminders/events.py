"""Reminders put to an open page as its event stream brings them, at the moment that a test wants."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Route

STREAM = "**/api/events*"


def notice(title: str, *, task: str | None = None, **values: Any) -> dict[str, Any]:
    """What the server tells an open page."""
    given = {"id": str(uuid4()), "kind": "reminder", "title": title, "body": "Now", "task_id": task, "urgent": False}
    return {**given, "due_at": datetime.now(UTC).isoformat(), "task_number": 1, "late": None, "zone": "UTC", **values}


@dataclass
class Stream:
    """Every stream that the browser opens brings the notices so far, then ends; the page comes again by itself."""

    context: BrowserContext
    notices: list[dict[str, Any]] = field(default_factory=list)
    opened: int = 0

    def __post_init__(self) -> None:
        self.context.route(STREAM, self._answer)

    def tell(self, *notices: dict[str, Any]) -> None:
        """Bring these to every tab that comes for them."""
        self.notices.extend(notices)
        for page in self.context.pages:
            page.evaluate("window.dispatchEvent(new Event('todo:reconnect'))")

    def _answer(self, route: Route) -> None:
        self.opened += 1
        events = [f"event: ready\ndata: {json.dumps({'revision': 0})}\n\n"]
        events += [f"event: reminder\nid: {one['id']}\ndata: {json.dumps(one)}\n\n" for one in self.notices]
        route.fulfill(status=200, content_type="text/event-stream", body="".join(events))
