"""Sending to the channels beyond the page: rows are claimed, sent, and recorded.

A crash between sending and recording leaves the claim, which ends by itself: then the row is sent again, under the
same notice id, by which the channel folds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.models import new_id
from backend.reminders import words
from backend.reminders.channels.notice import Notice
from backend.reminders.dispatcher import SENDING_AT_ONCE, Result
from backend.reminders.metrics import FAILED, SENT, WAITING
from backend.reminders.models import PAGE, ReminderDue
from backend.reminders.outlets import Outlets
from backend.reminders.plans import OPEN_STATES, insert_rows, new_row
from backend.reminders.repetitions import UNSYNCED
from backend.tasks.models import Task

LEASE = timedelta(minutes=2)  # longer than any sending takes
Subject = tuple[str | None, int | None, str | None]  # a task's title, number and due
GIVE_UP = timedelta(days=1)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A claimed row: what to send through which channel, the how-manieth attempt it is."""

    row_id: str
    user_id: str
    channel: str
    attempt: int
    notice: Notice


class ReminderQueue:
    """The reminders that channels beyond the page are to tell."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets

    async def is_due(self, session: AsyncSession, now: datetime, *, sending: Sequence[Parcel]) -> bool:
        due = (ReminderDue.next_at <= now, ReminderDue.channel != PAGE)
        return await session.scalar(select(ReminderDue.id).where(*due).limit(1)) is not None

    async def claim(
        self, session: AsyncSession, worker_id: str, now: datetime, *, limit: int, sending: Sequence[Parcel]
    ) -> list[Parcel]:
        return await claim_parcels(session, worker_id, now, limit=limit)

    async def send(self, parcel: Parcel) -> None:
        await self._outlets.send(parcel.channel, parcel.notice)

    async def record(
        self, session: AsyncSession, results: Sequence[Result[Parcel]], worker_id: str, now: datetime
    ) -> None:
        await record(session, self._outlets, results, worker_id, now)

    async def following(self, session: AsyncSession, now: datetime, *, sending: Sequence[Parcel]) -> datetime | None:
        """Of the page's moments too, which the worker tells itself."""
        WAITING.set(await session.scalar(select(func.count()).where(ReminderDue.next_at <= now)) or 0)
        statement = select(func.min(ReminderDue.next_at))
        full = len(sending) >= SENDING_AT_ONCE  # then what comes of a sending looks again
        return await session.scalar(statement.where(ReminderDue.next_at > now) if full else statement)


async def claim_parcels(session: AsyncSession, worker_id: str, now: datetime, *, limit: int) -> list[Parcel]:
    """Claim rows whose time has come, and those whose claim has ended; no other replica takes them meanwhile."""
    page = select(ReminderDue.title, ReminderDue.body, ReminderDue.id).subquery()
    statement = (
        select(ReminderDue, Task.title, Task.number, Task.due, page.c.title, page.c.body)
        .outerjoin(Task, Task.id == ReminderDue.task_id)
        .outerjoin(page, page.c.id == ReminderDue.base)
        .where(ReminderDue.next_at <= now, ReminderDue.channel != PAGE)
        .order_by(ReminderDue.next_at)
        .limit(limit)
        .with_for_update(of=ReminderDue, skip_locked=True)
    )
    rows = (await session.execute(statement)).all()
    if not rows:
        return []
    claimed = {
        "state": "claimed",
        "claimed_by": worker_id,
        "next_at": now + LEASE,
        "attempts": ReminderDue.attempts + 1,
    }
    ids = [row[0].id for row in rows]
    await session.execute(
        update(ReminderDue).where(ReminderDue.id.in_(ids)).values(**claimed), execution_options=UNSYNCED
    )
    return [_parcel(due, (title, number, when), said, now) for due, title, number, when, *said in rows]


def _parcel(due: ReminderDue, task: Subject, said: Sequence[str | None], now: datetime) -> Parcel:
    notice = notice_of(due, row_id=due.base or due.id, task=task, said=said, now=now)
    return Parcel(row_id=due.id, user_id=due.user_id, channel=due.channel, attempt=due.attempts + 1, notice=notice)


def notice_of(
    due: Any,  # a row of the table, or its columns: no common type
    *,
    row_id: str,
    task: Subject,
    said: Sequence[str | None],
    now: datetime,
) -> Notice:
    """What is to be told; a reminder in its task's words, all else in its own."""
    title, number, task_due = task
    body = words.reminder_body(due=task_due, due_at=due.due_at, zone=due.zone, now=now) if title else ""
    late = now - due.due_at
    return Notice(
        id=row_id,
        user_id=due.user_id,
        kind=due.kind,
        title=said[0] or title or "",
        body=said[1] or body,
        task_id=due.task_id if title else None,
        task_number=number,
        due_at=due.due_at,
        late=late if late > words.LATE else None,
        urgent=due.urgent,
        zone=due.zone,
    )


async def record(
    session: AsyncSession, outlets: Outlets, results: Sequence[Result[Parcel]], worker_id: str, now: datetime
) -> None:
    """Store what became of parcels that are still this worker's. Of a channel only the last outcome is noted."""
    ordered = sorted(results, key=lambda one: one.parcel.row_id)  # two replicas lock rows in one order
    for result in ordered:
        values = _recorded(result, now)
        mine = (ReminderDue.id == result.parcel.row_id, ReminderDue.claimed_by == worker_id)
        statement = update(ReminderDue).where(*mine, ReminderDue.state == "claimed").values(**values)
        await session.execute(statement, execution_options=UNSYNCED)
    last = {result.parcel.channel: result for result in results}
    for channel in sorted(last):
        await _note(session, outlets, last[channel], now)


def _recorded(result: Result[Parcel], now: datetime) -> dict[str, Any]:
    if result.outcome == "sent":
        return {"state": "sent", "sent_at": now, "next_at": None, "error": None}
    over = now - result.parcel.notice.due_at > GIVE_UP and result.parcel.attempt > 1
    if result.outcome == "refused" or over:
        return {"state": "failed", "next_at": None, "error": result.reason}
    pause = max(result.after or timedelta(), pause_after(result.parcel.attempt))
    return {"state": "waiting", "next_at": now + pause, "error": result.reason}


def pause_after(attempt: int, *, longest: timedelta = _LONGEST_PAUSE) -> timedelta:
    """15 seconds, then twice as long each time, up to an hour or the given pause."""
    return min(_FIRST_PAUSE * (1 << min(attempt - 1, 12)), longest)


async def _note(session: AsyncSession, outlets: Outlets, result: Result[Parcel], now: datetime) -> None:
    channel = result.parcel.channel
    if result.outcome == "sent":
        SENT.labels("other").inc()
        await outlets.note_sent(session, channel)
    elif result.outcome == "unavailable":
        FAILED.labels("other", "unavailable").inc()
        await outlets.note_failure(session, channel, result.reason)
    else:
        FAILED.labels("other", "refused").inc()
        await _shut_off(session, outlets, result, now)


async def _shut_off(session: AsyncSession, outlets: Outlets, result: Result[Parcel], now: datetime) -> None:
    """The channel is off; what else it was to send fails with it, and the page tells the user."""
    parcel = result.parcel
    label = await outlets.shut_off(session, parcel.channel, result.reason)
    rest = (ReminderDue.channel == parcel.channel, ReminderDue.state.in_(OPEN_STATES))
    failed = update(ReminderDue).where(*rest).values(state="failed", next_at=None, error=result.reason)
    await session.execute(failed, execution_options=UNSYNCED)
    title, body = words.shut_off(label, result.reason)
    row = new_row(
        id=new_id(), user_id=parcel.user_id, kind="channel", zone=parcel.notice.zone, due_at=now, title=title, body=body
    )
    await insert_rows(session, [row | {"urgent": True}])
