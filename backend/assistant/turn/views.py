"""The tasks that a text may speak of, as the language engine sees them."""

import re
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from backend.assistant.language.types import TaskView
from backend.tasks.models import PRIORITY_NAMES, Task
from backend.tasks.query import BESIDE
from backend.tasks.text import fold

_ABOVE = aliased(Task)
KNOWN_OPEN, KNOWN_DONE, KNOWN_BY_WORD = 400, 40, 200


async def task_views(session: AsyncSession, user_id: str, text: str) -> tuple[TaskView, ...]:
    """The tasks that a text may speak of: the newest and, of a long list, older ones that share a word with it."""
    known = await _read(session, _NEWEST, user_id=user_id)
    words = [fold(word) for word in text.split() if len(word) > 2][:12]
    older = {"open": _oldest(known, limit=KNOWN_OPEN, done=False), "done": _oldest(known, limit=KNOWN_DONE, done=True)}
    if not words or not any(older.values()):
        return known
    patterns = {f"word{place}": _pattern(word.strip(".,;:!?\"'")) for place, word in enumerate(words)}
    return known + await _read(session, _sharing(len(words)), user_id=user_id, **older, **patterns)


def _oldest(known: tuple[TaskView, ...], *, limit: int, done: bool) -> int:
    """The least number among the known ones, where there may be more than were read; else 0."""
    numbers = [view.number for view in known if view.done is done]
    return min(numbers) if len(numbers) == limit else 0


def _pattern(word: str) -> str:
    """Of LIKE, for a text that holds the word."""
    escaped = re.sub(r"[/%_]", r"/\g<0>", word)
    return f"%{escaped}%"


def _tags(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


@cache
def _sharing(count: int) -> Select[Any]:
    """The newest tasks that hold any of so many words, of those that are older than the known."""
    like = or_(*(Task.words.like(bindparam(f"word{place}"), escape="/") for place in range(count)))
    older = or_(
        and_(Task.done.is_(False), Task.number < bindparam("open")),
        and_(Task.done.is_(True), Task.number < bindparam("done")),
    )
    return _views(and_(older, like), limit=KNOWN_BY_WORD)


def _views(which: ColumnElement[bool], *, limit: int) -> Select[Any]:
    columns = (Task.number, Task.title, Task.due, Task.priority_rank, Task.tags_text, Task.project, Task.done)
    query = select(*columns, Task.recurrence, _ABOVE.number.label("above")).outerjoin(
        _ABOVE, _ABOVE.id == Task.parent_id
    )
    query = query.where(Task.user_id == bindparam("user_id"), which)
    latest = query.order_by(Task.number.desc()).limit(limit).subquery()
    return select(latest)


# Made once: building it takes as long as running it.
_NEWEST = union_all(_views(Task.done.is_(False), limit=KNOWN_OPEN), _views(Task.done.is_(True), limit=KNOWN_DONE))


async def _read(session: AsyncSession, query: Executable, **bound: str | int) -> tuple[TaskView, ...]:
    rows = (await session.execute(query, bound, execution_options=BESIDE)).all()
    return tuple(
        TaskView(number, title, due, PRIORITY_NAMES[rank], _tags(tags), project, done, rule, above)
        for number, title, due, rank, tags, project, done, rule, above in rows
    )
