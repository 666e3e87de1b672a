"""The statements that answer a question for tasks: each is built once, and kept."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, Select, any_, bindparam, column, func, select

from backend.tasks.listing.conditions import Conditions, Sought
from backend.tasks.listing.index import Index
from backend.tasks.listing.orders import USER_ID, Place, Statement, collected, ordered, statuses
from backend.tasks.listing.sources import by_words, served, sources, unserved
from backend.tasks.models import Task
from backend.tasks.schemas import TaskQuery
from backend.tasks.selection import veiled

_KEPT = 512
FEW = 1000  # tasks that are read and sorted about as quickly as an order is walked for a page of more frequent ones
STEPS = 1000  # how far it is walked


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a page is found: along the index of its order, or ``gathered`` from what another index names.

    ``sought`` are the words with their spellings, ``index`` what they are looked for in. ``until`` is where a walk
    along the order ends.
    """

    index: Index
    sqlite: bool
    sought: Sought = ()
    gathered: bool = False
    until: Place | None = None


def is_told_by_order(query: TaskQuery, way: Way) -> bool:
    """Whether the index of the order knows all that is asked for, so that a page is where the index begins."""
    return not unserved(query, way.sought)


@lru_cache(maxsize=_KEPT)
def documents_statement(query: TaskQuery, way: Way) -> Statement:
    """The page's documents, each with its order's key and its number; one row too many tells that a page follows.

    Run it with `conditions.bound` and, if they are ``gathered``, the `numbers` of what they are gathered from. Raises
    NotFoundError for a cursor that is not of this order.
    """
    if way.gathered:
        among = [*_status(query), *served(query), *unserved(query, way.sought)]
        return collected(query, Task.document, [_named(way), *map(veiled, among)]).limit(query.limit + 1)
    where = [*served(query), *map(veiled, unserved(query, way.sought))]
    return ordered(query, Task.document, where, rows=query.limit + 1, until=way.until)


@lru_cache(maxsize=_KEPT)
def edge_statement(query: TaskQuery, way: Way) -> Statement:
    """The place in the order at which a walk ends; nothing where the list ends before it."""
    return ordered(query, Task.number.label("shown"), served(query), rows=1, skipped=STEPS)


@lru_cache(maxsize=_KEPT)
def source_statements(query: TaskQuery, way: Way) -> tuple[Statement, ...]:
    """Each names tasks by number, all that could be meant and others; the first few, if it names more than `FEW`."""
    return tuple(source.limit(FEW + 1) for source in sources(query, way.sought, way.index))


@lru_cache(maxsize=_KEPT)
def whole_statement(query: TaskQuery, way: Way) -> Statement:
    """The page of all that the first source names, however many, or else of all that the user has.

    The order's index is walked to the page's end, and only what is named is looked at.
    """
    where = [*served(query), *map(veiled, unserved(query, way.sought))]
    found = next(sources(query, way.sought, way.index), None)
    if found is not None:
        where.insert(0, veiled(Task.number.in_(found)))
    return ordered(query, Task.document, where, rows=query.limit + 1)


@lru_cache(maxsize=_KEPT)
def count_statement(query: TaskQuery, way: Way) -> Select[Any]:
    """How many tasks there are on all pages."""
    where = [*_status(query), *served(query), *unserved(query, way.sought)]
    found = by_words(query, way.sought, way.index)
    if found is not None:
        where = [Task.number.in_(found), *map(veiled, where)]
    return select(func.count()).select_from(Task).where(Task.user_id == USER_ID, *where)


def numbers_of(rows: list[int], way: Way) -> object:
    """Numbers, as the statements take them."""
    return "[" + ",".join(map(str, rows)) + "]" if way.sqlite else rows


def _named(way: Way) -> ColumnElement[bool]:
    if way.sqlite:
        return Task.number.in_(select(column("value")).select_from(func.json_each(bindparam("numbers"))))
    return Task.number == any_(bindparam("numbers", type_=ARRAY(Integer)))


def _status(query: TaskQuery) -> Conditions:
    either = statuses(query)
    return list(either) if len(either) == 1 else []
