"""The open page's reminders, as events of the live stream. Each has its notice's id: a page shows an id once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from backend.journal.values import instant
from backend.models import utc_now
from backend.reminders.channels.notice import Notice
from backend.reminders.delivery import notice_of
from backend.reminders.models import ReminderDue, ReminderSettings
from backend.reminders.plans import make_settings
from backend.reminders.schedule import LATEST, local_text
from backend.session import after_commit
from backend.tasks.models import Task

AGAIN = timedelta(minutes=2)  # a stream that broke off may not have passed on what it took last
MOST = 5000  # of a user's page at once


@dataclass(frozen=True)
class Shown:
    """A notice as a stream passes it on: its row's id and the event's text."""

    row_id: str
    place: int
    text: str


async def told_so_far(session: AsyncSession, user_id: str) -> int:
    """How often something was put to the user's page: from here on a reader goes on."""
    return await session.scalar(select(ReminderSettings.told).where(ReminderSettings.user_id == user_id)) or 0


@dataclass(frozen=True)
class Told:
    """What was put to the page: ``so_far`` is where a reader goes on. ``sidebar``: filters or looks were changed."""

    so_far: int
    shown: list[Shown]
    sidebar: bool


async def newly_told(session: AsyncSession, user_id: str, told: int) -> Told:
    """What was put to the page after ``told``, and where that leads."""
    now_told = await told_so_far(session, user_id)
    if now_told <= told:
        return Told(told, [], sidebar=False)
    between = (ReminderDue.place > told, ReminderDue.place <= now_told)
    shown = await _read(session, user_id, *between)
    # A place that no reminder has is one of `tell_sidebar`, or of a task that is done by now, which does no harm.
    return Told(now_told, shown, sidebar=len({one.place for one in shown}) < now_told - told)


async def tell_sidebar(session: AsyncSession, user_id: str, zone: str | None) -> None:
    """Have the user's open pages read filters and labels again, once this is committed. The profile is locked.

    ``zone`` is where who asks is, for a user without settings; where it is not known either, no page is told.
    """
    if await session.get(ReminderSettings, user_id) is None:
        if zone is None:
            return
        await make_settings(session, user_id, zone)
    mine = update(ReminderSettings).where(ReminderSettings.user_id == user_id)
    await session.execute(mine.values(told=ReminderSettings.told + 1))
    after_commit(session, partial(session.info["wakeups"].wake, user_id))


async def unseen(session: AsyncSession, user_id: str) -> list[Shown]:
    """What a page that has just been opened shows: what of the past day no page and no other channel has told.

    And what a page took within the past two minutes, for its stream may have broken off meanwhile.
    """
    now, other = utc_now(), aliased(ReminderDue)
    told_elsewhere = exists().where(other.base == ReminderDue.id, other.state == "sent")
    new = ReminderDue.seen_at.is_(None) & ~told_elsewhere
    wanted = or_(new, ReminderDue.seen_at > now - AGAIN)
    return await _read(session, user_id, ReminderDue.place.is_not(None), ReminderDue.sent_at > now - LATEST, wanted)


async def note_seen(session: AsyncSession, shown: Iterable[Shown]) -> None:
    """A stream has taken these; only the first time counts."""
    ids = [one.row_id for one in shown]
    unseen_ones = update(ReminderDue).where(ReminderDue.id.in_(ids), ReminderDue.seen_at.is_(None))
    await session.execute(unseen_ones.values(seen_at=utc_now()), execution_options={"synchronize_session": False})


async def _read(session: AsyncSession, user_id: str, *conditions: ColumnElement[bool]) -> list[Shown]:
    """A reminder of a task that is done or gone by now is left out."""
    sound = select(ReminderSettings.sound).where(ReminderSettings.user_id == user_id).scalar_subquery()
    statement = (
        select(ReminderDue, Task.title, Task.number, Task.due, sound.label("sound"))
        .outerjoin(Task, (Task.id == ReminderDue.task_id) & Task.done.is_(False))
        .where(ReminderDue.user_id == user_id, *conditions)
        .where(or_(ReminderDue.kind != "reminder", Task.id.is_not(None)))
        .order_by(ReminderDue.place.desc(), ReminderDue.due_at.desc())
        .limit(MOST)
    )
    rows: Sequence[Any] = (await session.execute(statement)).all()
    return [_shown(row[0], tuple(row[1:4]), sound=bool(row.sound)) for row in reversed(rows)]


def _shown(due: ReminderDue, task: tuple[Any, Any, Any], *, sound: bool) -> Shown:
    now = due.sent_at or utc_now()
    notice = notice_of(due, row_id=due.id, task=task, said=(due.title, due.body), now=now)
    return Shown(due.id, due.place or 0, event_of(notice, sent_at=now, sound=sound))


def event_of(notice: Notice, *, sent_at: datetime, sound: bool) -> str:
    """The event's text. It has no ``id`` line: the stream's place is the journal's revision, which stays as it is."""
    data = {
        "id": notice.id,
        "kind": notice.kind,
        "title": notice.title,
        "body": notice.body,
        "task_id": notice.task_id,
        "task_number": notice.task_number,
        "due_at": instant(notice.due_at),
        "local": local_text(notice.due_at, notice.zone),
        "zone": notice.zone,
        "late_seconds": round(notice.late.total_seconds()) if notice.late else None,
        "urgent": notice.urgent,
        "sound": sound,
        "sent_at": instant(sent_at),
    }
    return f"event: reminder\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
