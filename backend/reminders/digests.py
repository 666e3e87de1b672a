"""What is told as one: the day's tasks at an hour of the user's, and what came too late to be told by itself."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.models import new_id
from backend.reminders import words
from backend.reminders.models import PAGE, ReminderDue, ReminderSettings
from backend.reminders.plans import insert_rows, new_row
from backend.reminders.repetitions import COLUMNS, UNSYNCED, plan_repetitions
from backend.reminders.schedule import LATEST, held_until, local_text
from backend.reminders.service import hours_of
from backend.reminders.words import Line
from backend.tasks.due import day_after, local_now
from backend.tasks.models import Task

_MOST = 10_000  # tasks counted in a digest


async def compose(
    session: AsyncSession, user_id: str, zone: str, *, due_at: datetime, now: datetime
) -> tuple[str, str] | None:
    """The title and text of the digest that was due at ``due_at`` (UTC); None without a task, or on a later day."""
    today = local_now(now, zone)
    if local_now(due_at, zone).date() != today.date():
        return None
    statement = select(Task.title, Task.due, Task.due_at).where(
        Task.user_id == user_id, Task.done.is_(False), Task.due < day_after(today.date().isoformat())
    )
    rows = (await session.execute(statement.order_by(Task.due, Task.number).limit(_MOST))).all()
    lines = [(row.due_at <= now, Line(title=row.title, when=row.due)) for row in rows]
    return words.digest([one for over, one in lines if over], [one for over, one in lines if not over], today)


async def users_behind(session: AsyncSession, now: datetime, *, limit: int = 50) -> list[str]:
    """Users with reminders that were due more than a day ago, were not held back, and have not come."""
    statement = select(ReminderDue.user_id).distinct().where(*_behind(now)).limit(limit)
    return list(await session.scalars(statement))


async def summarise(session: AsyncSession, settings: ReminderSettings, now: datetime) -> None:
    """Make one summary of all that is more than a day late, to be told at once; ``settings`` are locked.

    What quiet hours or a pause hold back now is put off to their end.
    """
    statement = select(*COLUMNS, Task.title).join(Task, Task.id == ReminderDue.task_id)
    statement = statement.where(ReminderDue.user_id == settings.user_id, *_behind(now)).order_by(ReminderDue.due_at)
    rows = (await session.execute(statement)).all()
    end = held_until(hours_of(settings), now, urgent=any(row.urgent for row in rows))
    mine = (ReminderDue.user_id == settings.user_id, *_behind(now))
    if end:
        await session.execute(update(ReminderDue).where(*mine).values(next_at=end), execution_options=UNSYNCED)
        return
    ended = update(ReminderDue).where(*mine).values(state="ended", next_at=None, error="told in a summary")
    await session.execute(ended, execution_options=UNSYNCED)
    if rows:
        lines = [Line(title=row.title, when=local_text(row.due_at, row.zone)) for row in rows]
        title, body = words.summary(lines, local_now(now, settings.zone))
        values = {"id": new_id(), "user_id": settings.user_id, "kind": "summary", "zone": settings.zone}
        await insert_rows(session, [new_row(**values, due_at=now, title=title, body=body)])
        await plan_repetitions(session, rows, {settings.user_id: settings}, now)


def _behind(now: datetime) -> tuple[ColumnElement[bool], ...]:
    late = ReminderDue.due_at < now - LATEST
    return (ReminderDue.next_at <= now, late, ReminderDue.channel == PAGE, ReminderDue.kind == "reminder")
