"""What was completed of recurring tasks, occurrence by occurrence: the tasks themselves stay open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.profile.models import Profile
from backend.tasks.listing.conditions import completed_between
from backend.tasks.models import Completion, Task
from backend.tasks.schemas import CompletionQuery, TaskQuery


async def list_completions(
    session: AsyncSession, user_id: str, query: CompletionQuery
) -> Sequence[Row[str, str, datetime, str]]:
    """The latest first: each one's id, due time, instant and the task's document. Days lie in the query's zone, or
    in that of the user's settings, or in UTC."""
    zone = query.timezone or await session.scalar(select(Profile.timezone).where(Profile.user_id == user_id)) or "UTC"
    days = TaskQuery(completed_from=query.completed_from, completed_to=query.completed_to, timezone=zone)
    statement = (
        select(Completion.id, Completion.due, Completion.completed_at, Task.document)
        .join(Task, Task.id == Completion.task_id)
        .where(Completion.user_id == user_id, Completion.live, *completed_between(days, Completion.completed_at))
        .order_by(Completion.completed_at.desc(), Completion.id.desc())
        .limit(query.limit)
    )
    return (await session.execute(statement)).all()
