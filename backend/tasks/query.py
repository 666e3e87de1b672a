"""Finding tasks: filters, search, order, and pages that neither skip nor repeat a task while others change."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Executable, Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.profile.models import Profile
from backend.session import Reader
from backend.tasks.listing.conditions import bound, spelt
from backend.tasks.listing.cursors import write_cursor
from backend.tasks.listing.index import Read, index_of
from backend.tasks.listing.orders import Place
from backend.tasks.listing.spellings import respelt
from backend.tasks.listing.statements import (
    FEW,
    Way,
    count_statement,
    documents_statement,
    edge_statement,
    is_told_by_order,
    numbers_of,
    source_statements,
    whole_statement,
)
from backend.tasks.models import Task
from backend.tasks.schemas import TaskQuery
from backend.tasks.text import fold

BESIDE = {"beside": True}  # over SQLite this reads thousands of rows: not in the event loop
_TIMEZONE = select(Profile.timezone)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of the tasks that were asked for; ``total`` counts them all, where that was asked for too.

    ``similar`` are the words that were looked for in place of those that no task of the user holds.
    """

    items: list[Task]
    next_cursor: str | None
    total: int | None
    similar: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A project or tag, and its tasks counted."""

    name: str
    open: int
    done: int


async def list_tasks(
    session: AsyncSession, user_id: str, query: TaskQuery, now: datetime, *, similar: bool = False
) -> Page:
    """A page of tasks; ``now`` (UTC) decides what is overdue. ``similar``: a mistyped word finds its like.

    The query's days lie in its zone, or else in that of the user's settings, or else in UTC. Raises InvalidError for a
    cursor that is of another order.
    """

    async def read(statement: Executable, parameters: Mapping[str, object]) -> Sequence[Row[Any]]:
        return (await session.execute(statement, parameters, execution_options=BESIDE)).all()

    engine = session.get_bind()
    look = Look(engine=engine.engine, quick=read, long=read, similar=similar)
    found = await _find(look, user_id, query, now)
    numbers = [row[-1] for row in found.rows]
    tasks = await session.scalars(select(Task).where(Task.user_id == user_id, Task.number.in_(numbers)))
    by_number = {task.number: task for task in tasks}
    items = [by_number[number] for number in numbers]
    return Page(items=items, next_cursor=found.next_cursor, total=found.total, similar=found.similar)


async def list_documents(reader: Reader, user_id: str, query: TaskQuery, now: datetime) -> str:
    """The same page as JSON text, put together from the tasks' kept documents; a mistyped word finds its like."""
    look = Look(engine=reader.engine, quick=reader.rows, long=reader.search, similar=True)
    found = await _find(look, user_id, query, now)
    total = "" if found.total is None else f',"total":{found.total}'
    similar = f',"similar":{json.dumps(found.similar)}' if found.similar else ""
    items = ",".join([row[0] for row in found.rows])
    return f'{{"items":[{items}],"next_cursor":{json.dumps(found.next_cursor)}{total}{similar}}}'


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


@dataclass(frozen=True, kw_only=True)
class Look:
    """How the database is read: ``quick`` is for what takes less than a few milliseconds, whatever the user keeps."""

    engine: Engine
    quick: Read
    long: Read
    similar: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page's rows, each with its document first, its number last."""

    rows: Sequence[Any]
    next_cursor: str | None
    total: int | None
    similar: Mapping[str, Sequence[str]]


async def _find(look: Look, user_id: str, query: TaskQuery, now: datetime) -> Found:
    if _needs_zone(query):
        kept = await look.quick(_TIMEZONE.where(Profile.user_id == user_id), {})
        query = query.model_copy(update={"timezone": (kept[0][0] if kept else None) or "UTC"})
    values = bound(user_id, now)
    way = Way(
        index=await index_of(look.engine, look.quick),
        sqlite=look.engine.dialect.name == "sqlite",
        sought=spelt(query.search),
    )
    rows = await _rows(look, query, way, values)
    similar: dict[str, tuple[str, ...]] = {}
    if look.similar and way.sought and not rows and (sought := await respelt(look.long, way, values)):
        similar = {typed[0]: near for typed, near in zip(way.sought, sought, strict=True) if typed != near}
        way = replace(way, sought=sought)
        rows = await _rows(look, query, way, values)
    total = (await look.long(count_statement(query, way), values))[0][0] if query.count else None
    return Found(rows=rows[: query.limit], next_cursor=_next(query, rows), total=total, similar=similar)


async def _rows(look: Look, query: TaskQuery, way: Way, values: Mapping[str, object]) -> Sequence[Any]:
    """Along the order's index; where that does not tell enough, from the few that another one names, or else along the
    order as far as a page of frequent ones reaches, or else from all."""
    if is_told_by_order(query, way):
        return await look.quick(documents_statement(query, way), values)
    for source in source_statements(query, way):
        numbers = [row[0] for row in await look.long(source, values)]
        if len(numbers) <= FEW:
            page = documents_statement(query, replace(way, gathered=True))
            return await look.long(page, {**values, "numbers": numbers_of(numbers, way)})
    edge = await look.long(edge_statement(query, way), values)
    until: Place | None = tuple(edge[0])[1:] if edge else None
    rows = await look.long(documents_statement(query, replace(way, until=until)), values)
    if until is None or len(rows) > query.limit:
        return rows
    return await look.long(whole_statement(query, way), values)


def _needs_zone(query: TaskQuery) -> bool:
    return query.timezone is None and (query.completed_from is not None or query.completed_to is not None)


def _next(query: TaskQuery, rows: Sequence[Any]) -> str | None:
    """The cursor of the page after these rows, of which the last one too many tells that it exists."""
    if len(rows) <= query.limit:
        return None
    last = rows[query.limit - 1]
    return write_cursor(query.sort, last[-2], last[-1])
