"""Finding tasks: filters, search, order, and pages that neither skip nor repeat a task while others change."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal_column, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import SQLCoreOperations

from backend.profile.service import read_profile
from backend.tasks.cursors import read_cursor, write_cursor
from backend.tasks.due import day_after, day_start
from backend.tasks.models import NO_DUE, PRIORITIES, Completion, Task, due_key
from backend.tasks.schemas import TaskQuery
from backend.tasks.text import fold, fold_project

_SORTS: dict[str, ColumnElement[Any]] = {
    "due": due_key,
    "-due": func.coalesce(Task.due, literal_column("''")),  # without due is last both ways
    "created": Task.number.expression,  # numbers are given in the order of creation
    "updated": Task.updated_at.expression,
    "priority": Task.priority_rank.expression,
    "title": Task.title_key.expression,
    "order": Task.order.expression,
}


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
    """A page of tasks; ``now`` (UTC) decides what is overdue. Raises InvalidError for a cursor of another order."""
    conditions = await _conditions(session, user_id, query, now)
    rows = (await session.execute(_paged(select(Task), conditions, query))).all()
    total = await _count(session, conditions) if query.count else None
    return Page(items=[row[0] for row in rows[: query.limit]], next_cursor=_next(query, rows), total=total)


async def list_documents(session: AsyncSession, user_id: str, query: TaskQuery, now: datetime) -> str:
    """The same page as JSON text, put together from the tasks' kept documents."""
    conditions = await _conditions(session, user_id, query, now)
    rows = (await session.execute(_paged(select(Task.document), conditions, query))).all()
    total = f',"total":{await _count(session, conditions)}' if query.count else ""
    items = ",".join([row[0] for row in rows[: query.limit]])
    return f'{{"items":[{items}],"next_cursor":{json.dumps(_next(query, rows))}{total}}}'


async def list_projects(session: AsyncSession, user_id: str) -> list[Group]:
    """By name; names that differ only in case are one project."""
    done = func.sum(case((Task.done, 1), else_=0))
    statement = select(func.max(Task.project), func.count() - done, done).where(
        Task.user_id == user_id, Task.project_key.is_not(None)
    )
    rows = await session.execute(statement.group_by(Task.project_key))
    groups = [Group(name=name, open=int(open_), done=int(done_)) for name, open_, done_ in rows]
    return sorted(groups, key=lambda group: fold(group.name))


async def list_tags(session: AsyncSession, user_id: str) -> list[Group]:
    """By name; names that differ only in case are one tag."""
    statement = select(Task.tags_text, Task.done, func.count()).where(Task.user_id == user_id, Task.tags_text != "")
    names: dict[str, str] = {}
    counts: Counter[tuple[str, bool]] = Counter()
    for text, done, count in await session.execute(statement.group_by(Task.tags_text, Task.done)):
        for tag in text.split("\n"):
            names.setdefault(fold(tag), tag)
            counts[fold(tag), done] += count
    return [Group(name=names[key], open=counts[key, False], done=counts[key, True]) for key in sorted(names)]


async def _conditions(
    session: AsyncSession, user_id: str, query: TaskQuery, now: datetime
) -> list[ColumnElement[bool]]:
    conditions = [Task.user_id == user_id, *_status(query), *_due(query, now), *_fields(query)]
    if query.completed_from or query.completed_to:
        profile = None if query.timezone else await read_profile(session, user_id)
        zone = query.timezone or (profile and profile.timezone) or "UTC"
        conditions.append(_completed(user_id, query, zone))
    return conditions


def _status(query: TaskQuery) -> list[ColumnElement[bool]]:
    """Of a recurring task, which stays open, an occurrence may be done: then only an asked-for ``open`` restricts."""
    if query.completed_from or query.completed_to:
        return [Task.done == false()] if query.status == "open" else []
    if query.status == "all":
        return []
    return [Task.done == (query.status == "done")]


def _due(query: TaskQuery, now: datetime) -> list[ColumnElement[bool]]:
    conditions = []
    if query.due_from:
        conditions.append(due_key >= query.due_from)
    if query.due_from or query.due_to:
        conditions.append(due_key < (day_after(query.due_to) if query.due_to else NO_DUE))
    if query.overdue:
        conditions += [Task.due_at <= now, Task.done == false()]
    if query.no_due:
        conditions.append(due_key == NO_DUE)
    return conditions


def _fields(query: TaskQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.priority:
        conditions.append(Task.priority_rank == PRIORITIES[query.priority])
    if query.project:
        conditions.append(Task.project_key == fold_project(query.project))
    if query.tag:
        conditions.append(_holds(Task.tags_key, f"\n{fold(query.tag)}\n"))
    if query.search:
        conditions += [_holds(Task.words, word) for word in fold(query.search).split()]
    return conditions


def _completed(user_id: str, query: TaskQuery, zone: str) -> ColumnElement[bool]:
    """Done between two local days, itself or an occurrence of it."""
    occurrences = select(Completion.task_id).where(Completion.user_id == user_id, Completion.live)
    itself: list[ColumnElement[bool]] = [Task.completed_at.is_not(None)]
    if query.completed_from:
        start = day_start(query.completed_from, zone)
        itself.append(Task.completed_at >= start)
        occurrences = occurrences.where(Completion.completed_at >= start)
    if query.completed_to:
        end = day_start(day_after(query.completed_to), zone)
        itself.append(Task.completed_at < end)
        occurrences = occurrences.where(Completion.completed_at < end)
    return or_(and_(*itself), Task.id.in_(occurrences))


def _paged(statement: Select[Any], conditions: list[ColumnElement[bool]], query: TaskQuery) -> Select[Any]:
    """One task more than asked for, to tell whether a page follows; the order's key and the number end each row."""
    key, descending = _sort_key(query), query.sort.startswith("-")
    statement = statement.add_columns(key.label("key"), Task.number).where(*conditions)
    if query.cursor:
        after = tuple_(*read_cursor(query.sort, query.cursor))
        place = tuple_(key, Task.number)
        statement = statement.where(place < after if descending else place > after)
    order = (key.desc(), Task.number.desc()) if descending else (key, Task.number)
    return statement.order_by(*order).limit(query.limit + 1)


def _holds(text: SQLCoreOperations[str], part: str) -> ColumnElement[bool]:
    return text.contains(part, autoescape=True)


async def _count(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> int:
    return int(await session.scalar(select(func.count()).select_from(Task).where(*conditions)) or 0)


def _sort_key(query: TaskQuery) -> ColumnElement[Any]:
    key = _SORTS.get(query.sort)
    return _SORTS[query.sort.removeprefix("-")] if key is None else key


def _next(query: TaskQuery, rows: Sequence[Any]) -> str | None:
    """The cursor of the page after these rows, of which the last one too many tells that it exists."""
    if len(rows) <= query.limit:
        return None
    last = rows[query.limit - 1]
    key, number = last[-2], last[-1]
    return write_cursor(query.sort, key, number)
