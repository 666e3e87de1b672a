"""Lists brought in and out of the database: a preview that writes nothing, an import that is one turn, an export."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.budgets.shares import Share
from backend.exchange.draft import Context
from backend.exchange.identity import likeness
from backend.exchange.looks import give_looks, without_look
from backend.exchange.plan import Known, Plan, Tell, Upload, make_plan, require_titles
from backend.journal.values import Actor
from backend.models import utc_now
from backend.pauses import with_pauses
from backend.profile.service import lock_profile, read_preferences
from backend.tasks import service
from backend.tasks.models import Task
from backend.tasks.query import list_tasks
from backend.tasks.schemas import TaskQuery

_ROWS = 500
_BUSY = "Another import or export of yours is being worked on; this one was not begun. Try again in a moment."
_SHARE = Share("exchange", running=1, waiting=4, seconds=60.0, detail=_BUSY)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An upload, and what a person said of it: the zone of its wall-clock times, the fields of its columns."""

    upload: Upload
    zone: str | None = None
    columns: tuple[str, ...] | None = None


def quiet(_what: str, _number: int) -> None:
    """Tells nobody."""


async def preview(session: AsyncSession, user_id: str, asked: Asked, tell: Tell = quiet) -> Plan:
    """What an import would do now. Raises InvalidError (422) and TooLargeError (413) for what cannot be read."""
    zone = asked.zone or (await read_preferences(session, user_id)).timezone or "UTC"
    context = Context(zone=zone, now=utc_now(), columns=asked.columns)
    known = await _known(session, user_id)
    async with _SHARE.hold(user_id):
        plan = await asyncio.to_thread(make_plan, asked.upload, context, known, user_id=user_id, tell=tell)
    plan.labels = await without_look(session, user_id, plan.labels)
    return plan


async def bring_in(session: AsyncSession, actor: Actor, asked: Asked, tell: Tell = quiet) -> Plan:
    """Make the tasks that are new, in this transaction and the actor's turn. Raises as `preview` does."""
    await lock_profile(session, actor.user_id)
    plan = await preview(session, actor.user_id, asked, tell)
    require_titles(plan)
    if plan.arrivals:
        await service.bring(session, actor, plan.arrivals, lambda made: tell("made", made))
    await give_looks(session, actor, plan.labels)
    return plan


async def export_documents(
    session: AsyncSession, user_id: str, query: TaskQuery, now: datetime
) -> list[dict[str, Any]]:
    """The documents of all tasks that pass the filters, in the query's order."""
    documents: list[dict[str, Any]] = []
    page = query.model_copy(update={"limit": 200, "cursor": None, "count": False})
    while True:
        found = await list_tasks(session, user_id, page, now)
        documents += [json.loads(task.document) for task in found.items]
        await asyncio.sleep(0)
        if found.next_cursor is None:
            return documents
        page = page.model_copy(update={"cursor": found.next_cursor})


async def _known(session: AsyncSession, user_id: str) -> Known:
    columns = select(Task.id, Task.title, Task.project, Task.due, Task.done, Task.parent_id)
    statement = columns.where(Task.user_id == user_id)
    rows = (await session.execute(statement, execution_options={"beside": True})).all()
    titles = {row.id: row.title for row in rows}
    alike = {}
    async for row in with_pauses(rows, every=_ROWS):
        under = titles.get(row.parent_id or "", "")
        alike[row.id] = likeness(row.title, row.project, row.due, done=row.done, under=under)
    return Known(alike_by_id=alike, parents={row.id: row.parent_id for row in rows})
