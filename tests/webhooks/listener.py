"""A webhook of a person's, and the program that it tells."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from sqlalchemy import update
from standardwebhooks import Webhook as Verifier

from backend.models import utc_now
from backend.webhooks.models import WebhookDelivery
from tests.channels.receiver import Receiver, Request
from tests.support.people import Person

EVENTS = ["task.created", "task.updated", "task.completed", "task.reopened", "task.deleted", "reminder.due"]


class Listener:
    """What the webhook is told, each event verified by the library of Standard Webhooks."""

    def __init__(self, person: Person, app: FastAPI, receiver: Receiver) -> None:
        self.person, self.app, self.receiver = person, app, receiver
        self.secret = self.path = ""

    async def connect(self, *, events: list[str] = EVENTS) -> None:
        new = {"url": f"{self.receiver.url}/hook?key=1", "events": events, "label": "My program"}
        answer = await self.person.post("/api/webhooks", json=new)
        assert answer.status_code == 201, answer.text
        self.secret, self.path = answer.json()["secret"], f"/api/webhooks/{answer.json()['id']}"

    async def come(self, count: int) -> list[Request]:
        """So many requests, in the order in which they came, which are then forgotten."""
        for _ in range(200):
            if len(self.receiver.requests) >= count:
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.1)
        assert len(self.receiver.requests) == count, [one.body for one in self.receiver.requests]
        came = list(self.receiver.requests)
        self.receiver.requests.clear()
        return came

    async def hear(self, count: int = 1) -> list[dict[str, Any]]:
        """So many events, verified, in the order in which they happened."""
        told = [self.verified(request) for request in await self.come(count)]
        return sorted(told, key=lambda event: (event["timestamp"], event["data"].get("revision", 0)))

    def verified(self, request: Request) -> dict[str, Any]:
        found: dict[str, Any] = Verifier(self.secret).verify(request.body, request.headers)
        return found

    async def log(self, **query: str) -> list[dict[str, Any]]:
        answer = await self.person.get(f"{self.path}/deliveries", params=query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def logged(self, state: str, count: int = 1) -> list[dict[str, Any]]:
        """So many deliveries in this state, once they are."""
        for _ in range(200):
            found = await self.log(state=state)
            if len(found) >= count:
                break
            await asyncio.sleep(0.05)
        assert len(found) == count, await self.log()
        return found

    async def shown(self) -> dict[str, Any]:
        (found,) = [one for one in (await self.person.get("/api/webhooks")).json() if self.path.endswith(one["id"])]
        return dict(found)

    async def pass_by(self, **values: object) -> None:
        """The pauses of this webhook are over; ``values`` are set beside."""
        past = utc_now() - timedelta(seconds=1)
        mine = update(WebhookDelivery).where(
            WebhookDelivery.webhook_id == self.path.rpartition("/")[2], WebhookDelivery.next_at.is_not(None)
        )
        async with self.app.state.database.write() as session:
            await session.execute(mine.values(next_at=past, **values))
        self.app.state.database.wakeups.alarm.ring()


def headers_of(request: Request) -> Mapping[str, str]:
    """Those of Standard Webhooks."""
    return {name: value for name, value in request.headers.items() if name.startswith("webhook-")}


def content_of(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.body)
    return found
