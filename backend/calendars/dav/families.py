"""Tasks within tasks, as calendar programs tell of them: by RELATED-TO and UID, in whatever order they come."""

import json

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.calendars.dav.entries import texts_by_uid
from backend.calendars.models import CalendarObject
from backend.errors import InvalidError
from backend.journal.values import Actor
from backend.tasks import service as tasks
from backend.tasks.models import Task
from backend.tasks.schemas import TaskPatch


async def place(session: AsyncSession, actor: Actor, task: Task, uid: str | None, *, project: str | None) -> None:
    """Put the task under that of this UID, or under none; it stays in its list, the one of ``project``.

    Where there is no such task yet, or the task cannot stand there, it stands by itself: a program that is refused
    would send the same again for ever.
    """
    parent_id = await _task_of(session, actor.user_id, uid) if uid else None
    if parent_id == task.parent_id:
        return
    try:
        await tasks.update(session, actor, task.id, TaskPatch(parent_id=parent_id, project=project))
    except InvalidError:
        if task.parent_id:
            await tasks.update(session, actor, task.id, TaskPatch(parent_id=None, project=project))


async def adopt(session: AsyncSession, actor: Actor, parent: Task, uid: str) -> None:
    """Put under a task what came before it and waits for its UID."""
    waiting = select(CalendarObject).where(CalendarObject.user_id == actor.user_id, CalendarObject.waits_for == uid)
    for row in list(await session.scalars(waiting)):
        task = await session.get(Task, row.task_id)
        if task is None or task.id == parent.id or task.parent_id:
            continue
        await place(session, actor, task, uid, project=task.project)
        if task.parent_id:
            row.waits_for = None
            row.basis = json.dumps({**json.loads(row.basis or "{}"), "parent_uid": uid})  # as the kept text tells


async def _task_of(session: AsyncSession, user_id: str, uid: str) -> str | None:
    found = await texts_by_uid(session, user_id, uid)
    return found[0][0].entry.task_id if found else None
