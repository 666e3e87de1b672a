"""From a question for tasks to a statement. The user and the present moment are bound when it runs: it can be kept."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from backend.models import UtcDateTime
from backend.tasks.due import day_after, day_start
from backend.tasks.listing.cursors import read_cursor
from backend.tasks.models import NO_DUE, PRIORITIES, Completion, Task, due_key
from backend.tasks.schemas import TaskQuery
from backend.tasks.text import fold, fold_project

_KEPT = 512
_SORTS: dict[str, ColumnElement[Any]] = {
    "due": due_key,
    "-due": func.coalesce(Task.due, literal_column("''")),  # without due is last both ways
    "created": Task.number.expression,  # numbers are given in the order of creation
    "updated": Task.updated_at.expression,
    "priority": Task.priority_rank.expression,
    "title": Task.title_key.expression,
    "order": Task.order.expression,
}
_narrow = aliased(Task)
_user_id: ColumnElement[str] = bindparam("user_id")
_now: ColumnElement[Any] = bindparam("now", type_=UtcDateTime)


@lru_cache(maxsize=_KEPT)
def documents_statement(query: TaskQuery, *, narrow: bool) -> Select[Any]:
    """The page's documents, each with its order's key and its number; one row too many tells that a page follows.

    Run it with ``user_id`` and ``now`` (UTC); ``narrow`` is for SQLite. Raises NotFoundError for a cursor that is
    not of this order.
    """
    return _paged(select(Task.document), query, narrow=narrow)


def tasks_statement(query: TaskQuery, *, narrow: bool) -> Select[Any]:
    """The same page as `Task` objects."""
    return _paged(select(Task), query, narrow=narrow)


@lru_cache(maxsize=_KEPT)
def count_statement(query: TaskQuery, *, narrow: bool) -> Select[Any]:
    """How many tasks there are on all pages."""
    return select(func.count()).select_from(Task).where(*_conditions(query, narrow=narrow))


def _paged(statement: Select[Any], query: TaskQuery, *, narrow: bool) -> Select[Any]:
    descending = query.sort.startswith("-")
    key = _SORTS[query.sort] if query.sort in _SORTS else _SORTS[query.sort.removeprefix("-")]
    statement = statement.add_columns(key.label("key"), Task.number).where(*_conditions(query, narrow=narrow))
    if query.cursor:
        place, after = tuple_(key, Task.number), tuple_(*read_cursor(query.sort, query.cursor))
        statement = statement.where(place < after if descending else place > after)
    order = (key.desc(), Task.number.desc()) if descending else (key, Task.number)
    return statement.order_by(*order).limit(query.limit + 1)


def _conditions(query: TaskQuery, *, narrow: bool) -> list[ColumnElement[bool]]:
    return [
        Task.user_id == _user_id,
        *_status(query),
        *_due(query),
        *_fields(query),
        *_texts(query, narrow=narrow),
        *_completed(query),
    ]


def _status(query: TaskQuery) -> list[ColumnElement[bool]]:
    """Of a recurring task, which stays open, an occurrence may be done: then only an asked-for ``open`` restricts."""
    if query.completed_from or query.completed_to:
        return [Task.done == false()] if query.status == "open" else []
    if query.status == "all":
        return []
    return [Task.done == (query.status == "done")]


def _due(query: TaskQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.due_from:
        conditions.append(due_key >= query.due_from)
    if query.due_from or query.due_to:
        conditions.append(due_key < (day_after(query.due_to) if query.due_to else NO_DUE))
    if query.overdue:
        conditions += [Task.due_at <= _now, Task.done == false()]
    if query.no_due:
        conditions.append(due_key == NO_DUE)
    return conditions


def _fields(query: TaskQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.priority:
        conditions.append(Task.priority_rank == PRIORITIES[query.priority])
    if query.project:
        conditions.append(Task.project_key == fold_project(query.project))
    return conditions


def _texts(query: TaskQuery, *, narrow: bool) -> list[ColumnElement[bool]]:
    """The tag and the words looked for.

    With ``narrow`` in a query of its own, which SQLite answers from an index of few columns. Postgres has no such
    index, and where its statistics do not know the user it would run that query anew for every task.
    """
    searched = _narrow if narrow else Task
    within = [_holds(searched.words, word) for word in fold(query.search or "").split()]
    if query.tag:
        within.append(_holds(searched.tags_key, f"\n{fold(query.tag)}\n"))
    if not narrow or not within:
        return within
    return [Task.number.in_(select(_narrow.number).where(_narrow.user_id == _user_id, *within))]


def _completed(query: TaskQuery) -> list[ColumnElement[bool]]:
    """Done between two local days, itself or an occurrence of it."""
    if not (query.completed_from or query.completed_to):
        return []
    zone = query.timezone or "UTC"
    occurrences = select(Completion.task_id).where(Completion.user_id == _user_id, Completion.live)
    itself: list[ColumnElement[bool]] = [Task.completed_at.is_not(None)]
    if query.completed_from:
        start = day_start(query.completed_from, zone)
        itself.append(Task.completed_at >= start)
        occurrences = occurrences.where(Completion.completed_at >= start)
    if query.completed_to:
        end = day_start(day_after(query.completed_to), zone)
        itself.append(Task.completed_at < end)
        occurrences = occurrences.where(Completion.completed_at < end)
    return [or_(and_(*itself), Task.id.in_(occurrences))]


def _holds(text: SQLCoreOperations[str], part: str) -> ColumnElement[bool]:
    return text.contains(part, autoescape=True)
