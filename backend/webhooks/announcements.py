"""What a transaction's changes have to tell webhooks: written in that same transaction, just before it is committed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.models import JournalRow
from backend.journal.rows import chunks, read_document
from backend.journal.values import Document, instant
from backend.models import new_id
from backend.pauses import with_pauses
from backend.session import after_commit
from backend.tasks.models import Task
from backend.webhooks.events import REMINDER, change_data, event_body, event_of
from backend.webhooks.models import Webhook, WebhookDelivery

_TABLE: Table = WebhookDelivery.__table__  # type: ignore[assignment]  # declared as the wider FromClause
_ROWS_AT_ONCE = 100
Listeners = Sequence[tuple[str, str, Sequence[str]]]  # webhook, user, events


class Told(Protocol):
    """A reminder whose moment has come."""

    id: str
    user_id: str
    task_id: str | None
    kind: str
    zone: str
    urgent: bool
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something to be told. ``id`` is the event's, whichever webhook it goes to."""

    id: str
    user_id: str
    event: str
    at: datetime
    data: Document


@dataclass
class Announcements:
    """What a transaction changed, of a user who has webhooks."""

    user_id: str
    happenings: list[Happening] = field(default_factory=list)

    def note(self, row: JournalRow, before: Document | None, after: Document | None) -> None:
        facts = {"revision": row.revision, "turn": row.turn_id, "surface": row.surface, "undoes": row.undoes}
        data = change_data(before, after, facts)
        event = event_of(row.kind)
        self.happenings.append(Happening(id=new_id(), user_id=self.user_id, event=event, at=row.at, data=data))

    async def settle(self, session: AsyncSession) -> None:
        """Write a delivery for each webhook that listens to each; once it is committed they are sent."""
        await announce(session, [self.user_id], self.happenings)
        self.happenings.clear()


async def announce(session: AsyncSession, user_ids: Sequence[str], happenings: Sequence[Happening]) -> None:
    """Write what is to be sent to these users' webhooks."""
    listeners = await _listeners(session, user_ids)
    if not listeners:
        return
    async for some in with_pauses(chunks(list(_deliveries(listeners, happenings)), _ROWS_AT_ONCE), every=1):
        await session.execute(insert(_TABLE), some)
    after_commit(session, partial(session.info["wakeups"].alarm.ring))


async def announce_reminders(session: AsyncSession, rows: Sequence[Told], now: datetime) -> None:
    """Write that reminders came due, for the users who have a webhook that listens to it."""
    told = [row for row in rows if row.kind == "reminder" and row.task_id]
    users = sorted({row.user_id for row in told})
    if not users or not any(REMINDER in events for _, _, events in await _listeners(session, users)):
        return
    found = await session.execute(select(Task.id, Task.document).where(Task.id.in_({row.task_id for row in told})))
    documents: Mapping[str | None, Document | None] = {key: read_document(text) for key, text in found}
    await announce(session, users, [_due(row, documents[row.task_id], now) for row in told if row.task_id in documents])


def _due(row: Told, document: Document | None, now: datetime) -> Happening:
    reminder = {"id": row.id, "due_at": instant(row.due_at), "zone": row.zone, "urgent": row.urgent}
    data = {"task": document, "reminder": reminder}
    return Happening(id=row.id, user_id=row.user_id, event=REMINDER, at=now, data=data)


async def _listeners(session: AsyncSession, user_ids: Sequence[str]) -> Listeners:
    statement = select(Webhook.id, Webhook.user_id, Webhook.events)
    statement = statement.where(Webhook.user_id.in_(user_ids), Webhook.on, Webhook.state != "off")
    return (await session.execute(statement.order_by(Webhook.id))).all()


def _deliveries(listeners: Listeners, happenings: Sequence[Happening]) -> Iterator[dict[str, Any]]:
    for one in happenings:
        listening = [webhook_id for webhook_id, user_id, events in listeners if _hears(one, user_id, events)]
        body = event_body(one.event, one.at, one.data) if listening else ""
        for webhook_id in listening:
            yield delivery_row(webhook_id, one, body)


def delivery_row(webhook_id: str, happening: Happening, body: str) -> dict[str, Any]:
    """A row that is to be sent at once; it has every column that must be set."""
    return {
        "id": new_id(),
        "user_id": happening.user_id,
        "webhook_id": webhook_id,
        "event_id": happening.id,
        "event": happening.event,
        "body": body,
        "state": "waiting",
        "next_at": happening.at,
        "attempts": 0,
        "queued_at": happening.at,
    }


def _hears(one: Happening, user_id: str, events: Sequence[str]) -> bool:
    return one.user_id == user_id and one.event in events
