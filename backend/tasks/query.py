"""Finding tasks: filters, search, order, and pages that neither skip nor repeat a task while others change."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.profile.models import Profile
from backend.session import Reader
from backend.tasks.listing.conditions import count_statement, documents_statement, tasks_statement
from backend.tasks.listing.cursors import write_cursor
from backend.tasks.models import Task
from backend.tasks.schemas import TaskQuery
from backend.tasks.text import fold

BESIDE = {"beside": True}  # over SQLite this reads thousands of rows: not in the event loop
_TIMEZONE = select(Profile.timezone)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of the tasks that were asked for; ``total`` counts them all, where that was asked for too."""

    items: list[Task]
    next_cursor: str | None
    total: int | None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A project or tag, and its tasks counted."""

    name: str
    open: int
    done: int


async def list_tasks(session: AsyncSession, user_id: str, query: TaskQuery, now: datetime) -> Page:
    """A page of tasks; ``now`` (UTC) decides what is overdue.

    The query's days lie in its zone, or else in that of the user's settings, or else in UTC. Raises InvalidError for a
    cursor that is of another order.
    """
    if _needs_zone(query):
        query = _in_zone(query, await session.scalar(_TIMEZONE.where(Profile.user_id == user_id)))
    bound = {"user_id": user_id, "now": now}
    narrow = session.get_bind().dialect.name == "sqlite"
    options = {"beside": bool(query.search or query.tag)}
    rows = (await session.execute(tasks_statement(query, narrow=narrow), bound, execution_options=options)).all()
    total = None
    if query.count:
        count = count_statement(query, narrow=narrow)
        total = int(await session.scalar(count, bound, execution_options=BESIDE) or 0)
    return Page(items=[row[0] for row in rows[: query.limit]], next_cursor=_next(query, rows), total=total)


async def list_documents(reader: Reader, user_id: str, query: TaskQuery, now: datetime) -> str:
    """The same page as JSON text, put together from the tasks' kept documents."""
    bound = {"user_id": user_id, "now": now}
    if _needs_zone(query):
        kept = await reader.rows(_TIMEZONE.where(Profile.user_id == user_id), {})
        query = _in_zone(query, kept[0][0] if kept else None)
    narrow = reader.is_sqlite
    read = reader.search if query.search or query.tag else reader.rows
    rows = await read(documents_statement(query, narrow=narrow), bound)
    total = f',"total":{(await read(count_statement(query, narrow=narrow), bound))[0][0]}' if query.count else ""
    items = ",".join([row[0] for row in rows[: query.limit]])
    return f'{{"items":[{items}],"next_cursor":{json.dumps(_next(query, rows))}{total}}}'


async def list_projects(session: AsyncSession, user_id: str) -> list[Group]:
    """By name; names that differ only in case are one project."""
    done = func.sum(case((Task.done, 1), else_=0))
    statement = select(func.max(Task.project), func.count() - done, done).where(
        Task.user_id == user_id, Task.project_key.is_not(None)
    )
    rows = await session.execute(statement.group_by(Task.project_key), execution_options=BESIDE)
    groups = [Group(name=name, open=int(open_), done=int(done_)) for name, open_, done_ in rows]
    return sorted(groups, key=lambda group: fold(group.name))


async def list_tags(session: AsyncSession, user_id: str) -> list[Group]:
    """By name; names that differ only in case are one tag."""
    statement = select(Task.tags_text, Task.done, func.count()).where(Task.user_id == user_id, Task.tags_text != "")
    names: dict[str, str] = {}
    counts: Counter[tuple[str, bool]] = Counter()
    grouped = statement.group_by(Task.tags_text, Task.done)
    for text, done, count in await session.execute(grouped, execution_options=BESIDE):
        for tag in text.split("\n"):
            names.setdefault(fold(tag), tag)
            counts[fold(tag), done] += count
    return [Group(name=names[key], open=counts[key, False], done=counts[key, True]) for key in sorted(names)]


def _needs_zone(query: TaskQuery) -> bool:
    return query.timezone is None and (query.completed_from is not None or query.completed_to is not None)


def _in_zone(query: TaskQuery, timezone: str | None) -> TaskQuery:
    return query.model_copy(update={"timezone": timezone or "UTC"})


def _next(query: TaskQuery, rows: Sequence[Any]) -> str | None:
    """The cursor of the page after these rows, of which the last one too many tells that it exists."""
    if len(rows) <= query.limit:
        return None
    last = rows[query.limit - 1]
    return write_cursor(query.sort, last[-2], last[-1])
