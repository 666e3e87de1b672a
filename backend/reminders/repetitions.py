"""The next moment of what is told again until the task is done."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.reminders.models import ReminderDue, ReminderSettings
from backend.reminders.plans import due_row, insert_rows
from backend.reminders.schedule import planned
from backend.tasks.models import Task

COLUMNS = (
    ReminderDue.id,
    ReminderDue.user_id,
    ReminderDue.task_id,
    ReminderDue.kind,
    ReminderDue.due_at,
    ReminderDue.next_at,
    ReminderDue.detail,
    ReminderDue.zone,
    ReminderDue.urgent,
)
Due = Row[Any]
Settings = Mapping[str, ReminderSettings]
UNSYNCED = {"synchronize_session": False}


async def plan_repetitions(session: AsyncSession, rows: Sequence[Due], settings: Settings, now: datetime) -> None:
    """Of what is told again until the task is done, the next moment."""
    owners = {row.task_id: row.user_id for row in rows if (row.detail or {}).get("again")}
    if not owners:
        return
    documents = [json.loads(text) for text in await session.scalars(select(Task.document).where(Task.id.in_(owners)))]
    moments = [
        due_row(owners[document["id"]], moment)
        for document in documents
        for moment in planned(document, default=settings[owners[document["id"]]].default, now=now)
    ]
    await insert_rows(session, moments)
