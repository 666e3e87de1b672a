"""What will come, and snoozing: on the caller's session; the commit is the caller's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, InvalidError
from backend.journal.values import Actor, instant
from backend.models import utc_now
from backend.profile.service import lock_profile
from backend.reminders.channels.dispatch import open_channels
from backend.reminders.models import PAGE, ReminderDue, ReminderSettings
from backend.reminders.schedule import Hours, ceil_minute, held_until, local_text, reminders_of
from backend.reminders.settings import read_settings
from backend.reminders.values import Plain
from backend.tasks import service as tasks
from backend.tasks.documents import to_document
from backend.tasks.due import has_time, local_now, to_instant, to_wall
from backend.tasks.models import Task
from backend.tasks.schemas import TaskPatch


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A reminder that will come. ``at`` is its time and ``held_until`` to when it is put off, both in UTC."""

    id: str
    task_id: str
    number: int
    title: str
    at: datetime
    zone: str
    channels: list[str] | None
    urgent: bool
    held_until: datetime | None

    def as_dict(self) -> dict[str, Any]:
        late = instant(self.held_until) if self.held_until else None
        return {**vars(self), "at": instant(self.at), "local": local_text(self.at, self.zone), "held_until": late}


async def list_coming(
    session: AsyncSession,
    user_id: str,
    *,
    limit: int,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
) -> tuple[list[Coming], str | None]:
    """What will come next, in its order, and the cursor of the rest. Raises InvalidError for a cursor that is none."""
    statement = select(ReminderDue, Task.number, Task.title).join(Task, Task.id == ReminderDue.task_id)
    statement = statement.where(
        ReminderDue.user_id == user_id,
        ReminderDue.channel == PAGE,
        ReminderDue.kind == "reminder",
        ReminderDue.state == "waiting",
    )
    if since:
        statement = statement.where(ReminderDue.due_at >= since)
    if until:
        statement = statement.where(ReminderDue.due_at <= until)
    if cursor:
        statement = statement.where(tuple_(ReminderDue.due_at, ReminderDue.id) > tuple_(*_read_cursor(cursor)))
    statement = statement.order_by(ReminderDue.due_at, ReminderDue.id).limit(limit + 1)
    rows = (await session.execute(statement)).all()
    hours = hours_of(await read_settings(session, user_id))
    items = [_coming(due, number, title, hours) for due, number, title in rows[:limit]]
    following = f"{instant(items[-1].at)}~{items[-1].id}" if len(rows) > limit else None
    return items, following


async def snooze(
    session: AsyncSession,
    actor: Actor,
    task_id: str,
    *,
    minutes: int | None = None,
    until: str | None = None,
    version: int | None = None,
) -> Task:
    """Remind of the task again so many minutes from now, at a local time, or else tomorrow: one change of the task.

    A snooze takes the place of the one before, and goes on repeating where the task's reminder does. Raises
    InvalidError for a time that has passed, ConflictError for a done task.
    """
    await lock_profile(session, actor.user_id)
    task = await tasks.get(session, actor.user_id, task_id)
    if task.done:
        raise ConflictError(f"“{task.title}” is done; reopen it to be reminded of it.")
    settings = await read_settings(session, actor.user_id, actor.timezone)
    zone = actor.timezone or task.timezone or settings.zone
    now = utc_now()
    if until and to_instant(to_wall(until), zone) <= now:
        raise _passed("until", until, zone)
    at = local_text(ceil_minute(now + timedelta(minutes=minutes)), zone) if minutes else until
    reminders = [one for one in reminders_of(to_document(task), settings.default) if not one.get("snooze")]
    one = {"at": at or _tomorrow(task, settings, zone, now), "zone": zone, "snooze": True, **_habits(reminders)}
    patch = TaskPatch.model_validate({"reminders": [*reminders, one]})
    return await tasks.update(session, actor, task_id, patch, version=version)


async def last_told(session: AsyncSession, user_id: str) -> int | None:
    """The number of the open task that the user was reminded of last; None if there is none."""
    statement = select(Task.number).join(ReminderDue, Task.id == ReminderDue.task_id)
    statement = statement.where(
        ReminderDue.user_id == user_id,
        ReminderDue.kind == "reminder",
        ReminderDue.state == "sent",
        Task.done.is_(False),
    )
    return await session.scalar(statement.order_by(ReminderDue.due_at.desc()).limit(1))


async def is_unreachable(session: AsyncSession, user_id: str) -> bool:
    """Whether nothing reaches the user while no page is open, and no task of theirs has reminders of its own yet."""
    asked = select(Task.id).where(Task.user_id == user_id, Task.reminders.is_not(None)).limit(1)
    if await session.scalar(asked):
        return False
    return all(channel.kind == PAGE for channel in await open_channels(session, user_id))


def hours_of(settings: ReminderSettings) -> Hours:
    return Hours(
        zone=settings.zone,
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        paused_until=settings.paused_until,
    )


def _passed(field: str, moment: str, zone: str) -> InvalidError:
    message = f"{moment.replace('T', ' ')} in {zone} has passed; give a moment to come"
    return InvalidError(f"{field}: {message}", errors=[{"field": field, "message": message}])


def _habits(reminders: list[Plain]) -> Plain:
    """What a snooze keeps of the reminders that it puts off: that they repeat, and that they are urgent."""
    again = next((one["again"] for one in reminders if one.get("again")), None)
    kept = {"again": {name: value for name, value in again.items() if name != "until"}} if again else {}
    return kept | ({"urgent": True} if any(one.get("urgent") for one in reminders) else {})


def _tomorrow(task: Task, settings: ReminderSettings, zone: str, now: datetime) -> str:
    """Tomorrow at the task's time of day, or at the digest's."""
    clock = task.due[11:] if task.due and has_time(task.due) else settings.digest_at
    return f"{local_now(now, zone).date() + timedelta(days=1)}T{clock}"


def _coming(due: ReminderDue, number: int, title: str, hours: Hours) -> Coming:
    when = max(due.due_at, utc_now())
    return Coming(
        id=due.id,
        task_id=due.task_id or "",
        number=number,
        title=title,
        at=due.due_at,
        zone=due.zone,
        channels=(due.detail or {}).get("channels"),
        urgent=due.urgent,
        held_until=held_until(hours, when, urgent=due.urgent),
    )


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    at, _, row_id = cursor.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise InvalidError("cursor: give next_cursor of the page before, or none.") from error
    if moment.tzinfo is None or len(row_id) != 36:
        raise InvalidError("cursor: give next_cursor of the page before, or none.")
    return moment, row_id
