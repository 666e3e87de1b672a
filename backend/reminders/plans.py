"""What a transaction's changes make due, or end: written in that same transaction, just before it is committed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Table, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.models import utc_now
from backend.profile.models import Profile
from backend.reminders.models import PAGE, ReminderDue, ReminderSettings
from backend.reminders.schedule import AT_THE_TIME, Document, Moment, held, next_digest, planned, stable_id
from backend.tasks.models import Task

OPEN_STATES = ("waiting", "claimed")
Row = dict[str, Any]
Change = tuple[Document | None, Document | None]
T = TypeVar("T")
_TABLE: Table = ReminderDue.__table__  # type: ignore[assignment]  # declared as the wider FromClause
# Made once: every write of a task with a time runs one.
_INSERTS = {
    "sqlite": insert_sqlite(_TABLE).on_conflict_do_nothing(),
    "postgresql": insert_postgres(_TABLE).on_conflict_do_nothing(),
}
_TASKS_AT_ONCE = 50
_ROWS_AT_ONCE = 500
_CAUSES = ("due", "timezone", "status", "reminders")


@dataclass
class Plan:
    """The tasks that a transaction changed: what each was before it, and is now."""

    user_id: str
    zone: str | None
    changes: dict[str, Change] = field(default_factory=dict)

    def note(self, before: Document | None, after: Document | None) -> None:
        task_id = (after or before or {})["id"]
        first = self.changes[task_id][0] if task_id in self.changes else before
        self.changes[task_id] = (first, after)

    async def settle(self, session: AsyncSession) -> datetime | None:
        """Write what is now due and end what is not; the earliest instant that was written."""
        changes = [one for one in self.changes.values() if _matters(*one)]
        self.changes.clear()
        if not changes:
            return None
        await session.flush()
        settings, is_new = await _settings(session, self.user_id, self.zone)
        if settings is None:
            return None
        if is_new:
            return await plan_all(session, settings)
        now = utc_now()
        for some in _slices(changes, _TASKS_AT_ONCE):
            await _end(session, some, settings.default, now)
        afters = [after for _, after in changes]
        return await _write(
            session, settings, [one for after in afters for one in planned(after, default=settings.default, now=now)]
        )


async def plan_all(session: AsyncSession, settings: ReminderSettings) -> datetime | None:
    """Plan every open task and the digest anew, as after a change of the settings; the earliest instant of it.

    What has come already and is held back stays, and is looked at again now.
    """
    now, user_id = utc_now(), settings.user_id
    waiting = (ReminderDue.user_id == user_id, ReminderDue.channel == PAGE, ReminderDue.state == "waiting")
    await session.execute(
        delete(ReminderDue).where(*waiting, or_(ReminderDue.due_at > now, ReminderDue.kind == "digest"))
    )
    await session.execute(_TABLE.update().where(*waiting, ReminderDue.next_at > now).values(next_at=now))
    await write_digest(session, settings, now)
    reminding = or_(Task.due.like("%T%"), Task.reminders.is_not(None))
    statement = select(Task.document).where(Task.user_id == user_id, Task.done.is_(False), reminding)
    documents = [json.loads(text) for text in await session.scalars(statement)]
    moments = [one for document in documents for one in planned(document, default=settings.default, now=now)]
    await _write(session, settings, moments)
    return now  # what was held back, if nothing else


async def write_digest(session: AsyncSession, settings: ReminderSettings, now: datetime) -> None:
    """The row of the next digest, where the user wants one."""
    if not settings.digest_on:
        return
    at = next_digest(settings.digest_at, settings.zone, now)
    row_id = stable_id(at, settings.user_id, "digest")
    row = new_row(id=row_id, user_id=settings.user_id, kind="digest", zone=settings.zone, due_at=at)
    await insert_rows(session, [row])


async def insert_rows(session: AsyncSession, rows: Sequence[Row]) -> None:
    """Write rows, but none that was written before."""
    insert = _INSERTS[session.get_bind().dialect.name]
    for some in _slices(rows, _ROWS_AT_ONCE):
        await session.execute(insert, some)


def due_row(user_id: str, moment: Moment) -> Row:
    return new_row(
        id=moment.id,
        user_id=user_id,
        task_id=moment.task_id,
        kind="reminder",
        detail=moment.detail,
        zone=moment.zone,
        urgent=moment.urgent,
        due_at=moment.due_at,
    )


def new_row(*, due_at: datetime, **values: Any) -> Row:
    """A row that waits for ``due_at``; it has every column, so that rows go into the table many at once."""
    empty = {
        "task_id": None,
        "base": None,
        "detail": None,
        "urgent": False,
        "title": None,
        "body": None,
        "channel": PAGE,
    }
    return {**empty, "state": "waiting", "attempts": 0, "next_at": due_at, "due_at": due_at, **values}


def _matters(before: Document | None, after: Document | None) -> bool:
    """Whether what is due can differ: an undated task without reminders has nothing to remind of, nor had it."""
    if before and after:
        return any(before[name] != after[name] for name in _CAUSES)
    one = before or after
    return one is not None and bool(one["due"] or one["reminders"])


async def _settings(session: AsyncSession, user_id: str, zone: str | None) -> tuple[ReminderSettings | None, bool]:
    """The user's settings, and whether they were just made."""
    settings = await session.get(ReminderSettings, user_id)
    if settings is not None:
        return settings, False
    return await make_settings(session, user_id, zone), True


async def make_settings(session: AsyncSession, user_id: str, zone: str | None) -> ReminderSettings:
    """The settings of a user who has chosen none, stored."""
    chosen = await session.scalar(select(Profile.timezone).where(Profile.user_id == user_id))
    settings = new_settings(user_id, chosen or zone or "UTC")
    session.add(settings)
    await session.flush()
    return settings


def new_settings(user_id: str, zone: str) -> ReminderSettings:
    return ReminderSettings(
        user_id=user_id, default=[AT_THE_TIME], digest_on=True, digest_at="08:00", sound=True, zone=zone, told=0
    )


async def _end(session: AsyncSession, changes: Sequence[Change], default: Sequence[Row], now: datetime) -> None:
    """Take away what the tasks were to remind of and now are not; what is held back, and still meant, stays."""
    known = [before["id"] for before, _ in changes if before]
    if not known:
        return
    kept = [one.id for _, after in changes for find in (planned, held) for one in find(after, default=default, now=now)]
    statement = delete(ReminderDue).where(
        ReminderDue.task_id.in_(known),
        ReminderDue.state.in_(OPEN_STATES),
        func.coalesce(ReminderDue.base, ReminderDue.id).not_in(kept),
    )
    await session.execute(statement)


async def _write(session: AsyncSession, settings: ReminderSettings, moments: Sequence[Moment]) -> datetime | None:
    await insert_rows(session, [due_row(settings.user_id, one) for one in moments])
    return min((one.due_at for one in moments), default=None)


def _slices(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
