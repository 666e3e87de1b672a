"""The orders of the list, each in the shape in which an index holds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    bindparam,
    desc,
    false,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.sql.roles import ExpressionElementRole

from backend.tasks.listing.cursors import read_cursor
from backend.tasks.models import NO_DUE, PRIORITIES, Task, due_key
from backend.tasks.schemas import TaskQuery

Place = tuple[Any, int]  # of a task in an order: its key there, and its number
Statement = Select[Any] | CompoundSelect[Any]
USER_ID: ColumnElement[str] = bindparam("user_id")
_KEYS: dict[str, ColumnElement[Any]] = {
    "due": due_key,
    "created": Task.number.expression,  # numbers are given in the order of creation
    "updated": Task.updated_at.expression,
    "priority": Task.priority_rank.expression,
    "title": Task.title_key.expression,
    "order": Task.order.expression,
}
_OPEN, _DONE = Task.done == false(), Task.done == true()
_NONE = ""  # the key of a task without due where the latest come first: it is last both ways


@dataclass(frozen=True)
class _Part:
    """Tasks that one index holds in order. A list is its parts, merged by ``key`` and number; ``fixed`` is a key
    that is the same for all of them.
    """

    where: tuple[ColumnElement[bool], ...]
    key: ColumnElement[Any]
    fixed: Any = None


def sort_name(query: TaskQuery) -> str:
    """The order without its direction."""
    return query.sort.removeprefix("-")


def statuses(query: TaskQuery) -> tuple[ColumnElement[bool], ...]:
    """The open tasks, the done ones, or both: each as an index that begins with user and status finds them.

    Of a recurring task, which stays open, an occurrence may be done: where days of completion are asked for, only
    an asked-for ``open`` restricts.
    """
    completed = bool(query.completed_from or query.completed_to)
    if query.status == "all" or (completed and query.status != "open"):
        return (_OPEN, _DONE)
    return (_DONE,) if query.status == "done" else (_OPEN,)


def ordered(
    query: TaskQuery,
    column: ExpressionElementRole[Any],
    where: Sequence[ColumnElement[bool]],
    *,
    rows: int,
    skipped: int = 0,
    until: Place | None = None,
) -> Statement:
    """So many rows of the column, the order's key and the task's number: from the query's cursor on, to ``until``.

    Each part is read in the order of its index, no further than it can count. Raises NotFoundError for a cursor that
    is not of this order.
    """
    after = read_cursor(query.sort, query.cursor) if query.cursor else None
    ends = [
        select(column, part.key.label("sort_key"), Task.number.label("number"))
        .where(Task.user_id == USER_ID, *part.where, *where, *bounds)
        .order_by(*_order(query, part))
        .limit(rows + skipped)
        for part in _parts(query)
        if (bounds := _bounds(query, part, after, until)) is not None
    ]
    if not ends:
        nothing = select(column, literal_column("0").label("sort_key"), Task.number.label("number"))
        return nothing.where(Task.user_id == USER_ID, false())
    if len(ends) == 1:
        return ends[0].limit(rows).offset(skipped or None)
    merged = union_all(*(select(end.subquery()) for end in ends))
    return merged.order_by(*_order(query)).limit(rows).offset(skipped or None)


def collected(
    query: TaskQuery, column: ExpressionElementRole[Any], where: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    """The same of tasks that are found in any way, and sorted then."""
    key = func.coalesce(Task.due, literal_column("''")) if query.sort == "-due" else _KEYS[sort_name(query)]
    statement = select(column, key.label("sort_key"), Task.number.label("number")).where(
        Task.user_id == USER_ID, *where
    )
    if query.cursor:
        mine, after = tuple_(key, Task.number), tuple_(*read_cursor(query.sort, query.cursor))
        statement = statement.where(mine < after if _descends(query) else mine > after)
    return statement.order_by(*_order(query))


def _order(query: TaskQuery, part: _Part | None = None) -> list[ColumnElement[Any]]:
    keys: list[ColumnElement[Any]] = [literal_column("sort_key"), literal_column("number")]
    if part and part.fixed is not None:
        keys = keys[1:]
    return [desc(key) for key in keys] if _descends(query) else keys


def _parts(query: TaskQuery) -> Iterator[_Part]:
    by = sort_name(query)
    if by == "created" and len(statuses(query)) > 1:
        yield _Part((), Task.number.expression)  # the index of numbers knows no status
        return
    for status in statuses(query):
        if by == "priority" and query.priority:
            yield _Part((status,), Task.priority_rank.expression, fixed=PRIORITIES[query.priority])
        elif by == "due" and query.no_due:
            yield _without_due(status, _NONE if _descends(query) else NO_DUE)
        elif query.sort == "-due":
            yield _Part((status, due_key < NO_DUE), due_key)
            if not (query.overdue or query.due_from or query.due_to):
                yield _without_due(status, _NONE)
        else:
            yield _Part((status,), _KEYS[by])


def _without_due(status: ColumnElement[bool], key: str) -> _Part:
    return _Part((status, due_key == NO_DUE), literal_column(f"'{key}'", Text), fixed=key)


def _bounds(
    query: TaskQuery, part: _Part, after: Place | None, until: Place | None
) -> list[ColumnElement[bool]] | None:
    """What of the part lies between the places; None where nothing does."""
    bounds: list[ColumnElement[bool]] = []
    for place, later in ((after, True), (until, False)):
        if place is None:
            continue
        if part.fixed is not None and place[0] != part.fixed:
            if later != ((place[0] > part.fixed) == _descends(query)):
                return None
            continue
        bounds += _on_side(query, part, place, later=later)
    return bounds


def _on_side(query: TaskQuery, part: _Part, place: Place, *, later: bool) -> list[ColumnElement[bool]]:
    """What comes later than the place, or else what does not.

    The key is compared by itself too: SQLite finds nothing by a pair of which one is an expression.
    """
    rising = later != _descends(query)
    number = Task.number.expression
    if part.fixed is not None or sort_name(query) == "created":  # the number alone is what the order goes by
        return [_compared(number, place[1], rising=rising, strict=later)]
    near = _compared(part.key, place[0], rising=rising, strict=False)
    return [near, _compared(tuple_(part.key, number), tuple_(*place), rising=rising, strict=later)]


def _compared(mine: ColumnElement[Any], place: Any, *, rising: bool, strict: bool) -> ColumnElement[bool]:
    found: dict[tuple[bool, bool], ColumnElement[bool]] = {
        (True, True): mine > place,
        (True, False): mine >= place,
        (False, True): mine < place,
        (False, False): mine <= place,
    }
    return found[rising, strict]


def _descends(query: TaskQuery) -> bool:
    return query.sort.startswith("-")
