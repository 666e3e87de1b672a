"""When a moment comes: it is put to the open page, and to each channel that is on, in one transaction.

A replica takes the rows that no other holds (``FOR UPDATE SKIP LOCKED``), so that each moment is told by one. Then it
locks the settings of their users, in the order of their ids.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.reminders.digests import compose
from backend.reminders.metrics import LATENESS, SENT
from backend.reminders.models import PAGE, ReminderDue, ReminderSettings
from backend.reminders.outlets import Outlet, Outlets
from backend.reminders.plans import insert_rows, new_row, write_digest
from backend.reminders.repetitions import COLUMNS, UNSYNCED, Due, Settings, plan_repetitions
from backend.reminders.schedule import LATEST, held_until, stable_id
from backend.reminders.service import hours_of
from backend.reminders.values import Plain
from backend.webhooks.announcements import announce_reminders

AT_ONCE = 500
_TABLE: Table = ReminderDue.__table__  # type: ignore[assignment]  # declared as the wider FromClause


@dataclass
class Fired:
    """What was done: how many rows were looked at, whose pages were told, and how many sendings were made."""

    rows: int = 0
    users: set[str] = field(default_factory=set)
    sendings: int = 0


async def fire(session: AsyncSession, outlets: Outlets, now: datetime, *, limit: int = AT_ONCE) -> Fired:
    """Tell, or hold back, the moments that have come; those that are more than a day late are for a summary."""
    rows = await _take(session, now, limit)
    if not rows:
        return Fired()
    settings = await lock_settings(session, {row.user_id for row in rows})
    ready = await _hold_back(session, rows, settings, now)
    ready = await compose_digests(session, ready, settings, now)
    fired = await _tell(session, outlets, ready, now)
    await announce_reminders(session, ready, now)
    await plan_repetitions(session, ready, settings, now)
    fired.rows = len(rows)
    return fired


async def _take(session: AsyncSession, now: datetime, limit: int) -> Sequence[Due]:
    statement = (
        select(*COLUMNS)
        .where(
            ReminderDue.next_at <= now,
            ReminderDue.channel == PAGE,
            or_(ReminderDue.due_at >= now - LATEST, ReminderDue.kind != "reminder"),
        )
        .order_by(ReminderDue.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(statement)).all()


async def lock_settings(session: AsyncSession, user_ids: Iterable[str]) -> Settings:
    """The settings of these users, held until the transaction ends."""
    statement = select(ReminderSettings).where(ReminderSettings.user_id.in_(sorted(user_ids)))
    statement = statement.order_by(ReminderSettings.user_id).with_for_update()
    found = await session.scalars(statement, execution_options={"populate_existing": True})
    return {one.user_id: one for one in found}


async def _hold_back(session: AsyncSession, rows: Sequence[Due], settings: Settings, now: datetime) -> list[Due]:
    """Put off what quiet hours or a pause hold back; the rest."""
    hours = {user_id: hours_of(one) for user_id, one in settings.items()}
    ends = {row.id: held_until(hours[row.user_id], now, urgent=row.urgent) for row in rows}
    later = [{"row": row_id, "end": end} for row_id, end in ends.items() if end]
    if later:
        statement = _TABLE.update().where(_TABLE.c.id == bindparam("row")).values(next_at=bindparam("end"))
        await session.execute(statement, later)
    return [row for row in rows if not ends[row.id]]


async def compose_digests(session: AsyncSession, rows: Sequence[Due], settings: Settings, now: datetime) -> list[Due]:
    """Write what the digests say, and the next day's; those with nothing to say are left out."""
    silent = set()
    for row in [row for row in rows if row.kind == "digest"]:
        said = await compose(session, row.user_id, settings[row.user_id].zone, due_at=row.due_at, now=now)
        silent |= set() if said else {row.id}
        await _write(session, [row.id], **_said(said))
        await write_digest(session, settings[row.user_id], now)
    return [row for row in rows if row.id not in silent]


def _said(said: tuple[str, str] | None) -> dict[str, Any]:
    if said is None:
        return {"state": "ended", "next_at": None, "error": "nothing to tell"}
    return {"title": said[0], "body": said[1]}


async def _tell(session: AsyncSession, outlets: Outlets, rows: Sequence[Due], now: datetime) -> Fired:
    """Put the rows to their users' pages, and make the sendings to their other channels."""
    if not rows:
        return Fired()
    opened = await outlets.open(session, sorted({row.user_id for row in rows}))
    chosen = {row.id: _chosen(opened.get(row.user_id, []), row.detail) for row in rows}
    sendings = [_sending(row, outlet, now) for row in rows for outlet in chosen[row.id] if outlet.kind != PAGE]
    await insert_rows(session, sendings)
    shown = [row for row in rows if any(outlet.kind == PAGE for outlet in chosen[row.id])]
    shown_ids = {row.id for row in shown}  # rows compare slowly, and five hundred with five hundred
    users = {row.user_id for row in shown}
    counted = update(ReminderSettings).where(ReminderSettings.user_id.in_(users))
    await session.execute(counted.values(told=ReminderSettings.told + 1), execution_options=UNSYNCED)
    place = select(ReminderSettings.told).where(ReminderSettings.user_id == ReminderDue.user_id).scalar_subquery()
    done = {"state": "sent", "sent_at": now, "next_at": None}
    await _write(session, [row.id for row in shown], **done, place=place)
    await _write(session, [row.id for row in rows if row.id not in shown_ids], **done)
    _observe(rows, now, shown=len(shown))
    return Fired(users=users, sendings=len(sendings))


async def _write(session: AsyncSession, ids: Sequence[str], **values: Any) -> None:
    if ids:
        statement = update(ReminderDue).where(ReminderDue.id.in_(ids)).values(**values)
        await session.execute(statement, execution_options=UNSYNCED)


def _chosen(opened: Sequence[Outlet], detail: Plain | None) -> Sequence[Outlet]:
    """Those that the reminder names; where none of them is on, all that are: a reminder must not come to nothing."""
    kinds = (detail or {}).get("channels")
    return [one for one in opened if one.kind in kinds] or opened if kinds else opened


def _sending(row: Due, outlet: Outlet, now: datetime) -> dict[str, Any]:
    return new_row(
        id=stable_id(row.due_at, row.id, outlet.id),
        user_id=row.user_id,
        task_id=row.task_id,
        kind=row.kind,
        channel=outlet.id,
        base=row.id,
        zone=row.zone,
        urgent=row.urgent,
        due_at=row.due_at,
        next_at=now,
    )


def _observe(rows: Sequence[Due], now: datetime, *, shown: int) -> None:
    for row in rows:
        LATENESS.observe(max(0.0, (now - row.next_at).total_seconds()))
    SENT.labels(PAGE).inc(shown)
