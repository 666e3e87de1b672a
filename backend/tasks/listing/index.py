"""The index of the words that tasks hold: which kind the database has, and how it is asked.

Migration 0011 makes it, and its triggers keep it in step.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Engine,
    Executable,
    Integer,
    Row,
    Select,
    String,
    Text,
    column,
    literal_column,
    select,
    table,
    text,
)

from backend.tasks.listing.conditions import Sought, of_words
from backend.tasks.listing.orders import USER_ID

Read = Callable[[Executable, Mapping[str, object]], Awaitable[Sequence[Row[Any]]]]
_LETTERS = 3  # of a trigram
_RUN = re.compile(r"[^\W_]{3}")  # pg_trgm reads letters and digits alone
_LOWER_HALF = (1 << 32) - 1
_FTS5 = table("task_search", column("rowid", Integer), column("task_search", Text), column("words", Text))
_FTS5_USERS = table("task_search_user", column("slot", Integer), column("user_id", String))
_TRGM = table("task_search", column("user_id", String), column("number", Integer), column("words", Text))
_COUNT = {
    "sqlite": text("SELECT count(*) FROM sqlite_master WHERE name = 'task_search'"),
    "postgresql": text("SELECT count(to_regclass('task_search'))"),
}


class Index(Enum):
    """``NONE``: SQLite is old, or Postgres does not allow the extensions. A search reads the user's tasks then."""

    FTS5 = "sqlite"
    TRGM = "postgresql"
    NONE = ""


_known: WeakKeyDictionary[Engine, Index] = WeakKeyDictionary()


async def index_of(engine: Engine, read: Read) -> Index:
    """The index that the engine's database has; it is looked for once."""
    if engine not in _known:
        there = (await read(_COUNT[engine.dialect.name], {}))[0][0]
        _known[engine] = Index(engine.dialect.name) if there else Index.NONE
    return _known[engine]


def holding(index: Index, sought: Sought) -> Select[Any] | None:
    """The numbers of the user's tasks that hold a spelling of each word, the latest first; run it with ``user_id``.

    None without an index. One that is too short for the index is looked for in the words as they are kept beside it.
    """
    if index is Index.FTS5:
        return _fts5(sought)
    return _trgm(sought) if index is Index.TRGM else None


def is_quick(index: Index, sought: Sought) -> bool:
    """Whether the index knows one of the words, so that few tasks are looked at."""
    return any(all(_is_indexed(index, spelling) for spelling in spellings) for spellings in sought)


def _is_indexed(index: Index, spelling: str) -> bool:
    if index is Index.TRGM:
        return bool(_RUN.search(spelling))
    return index is Index.FTS5 and len(spelling) >= _LETTERS


def _fts5(sought: Sought) -> Select[Any]:
    """A row's id is its user's slot and its task's number, so each user has a range of them."""
    long = [spellings for spellings in sought if is_quick(Index.FTS5, (spellings,))]
    short = tuple(spellings for spellings in sought if spellings not in long)
    match = " AND ".join(f"({' OR '.join(map(_quoted, spellings))})" for spellings in long)
    slot = select(_FTS5_USERS.c.slot).where(_FTS5_USERS.c.user_id == USER_ID).scalar_subquery()
    first = slot.op("<<")(literal_column("32"))
    found = select(_FTS5.c.rowid.op("&")(literal_column(str(_LOWER_HALF))).label("number")).where(
        *([_FTS5.c.task_search.op("MATCH")(match)] if long else []),
        *of_words(short, _FTS5.c.words),
        _FTS5.c.rowid.between(first, first + literal_column(str(_LOWER_HALF))),
    )
    return found.order_by(_FTS5.c.rowid.desc())


def _quoted(spelling: str) -> str:
    doubled = spelling.replace('"', '""')
    return f'"{doubled}"'


def _trgm(sought: Sought) -> Select[Any]:
    return select(_TRGM.c.number).where(_TRGM.c.user_id == USER_ID, *of_words(sought, _TRGM.c.words))
