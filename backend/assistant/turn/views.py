"""The tasks that a text may speak of, as the language engine sees them."""

import re
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.language.types import TaskView
from backend.tasks.models import PRIORITY_NAMES, Task
from backend.tasks.text import fold

KNOWN_OPEN, KNOWN_DONE, KNOWN_BY_WORD = 400, 40, 200


async def task_views(session: AsyncSession, user_id: str, text: str) -> tuple[TaskView, ...]:
    """The tasks that a text may speak of: the newest and, of a long list, those that share a word with it."""
    known = await _read(session, _NEWEST, user_id=user_id)
    words = [fold(word) for word in text.split() if len(word) > 2][:12]
    if len(known) < KNOWN_OPEN or not words:
        return known
    patterns = {f"word{place}": _pattern(word.strip(".,;:!?\"'")) for place, word in enumerate(words)}
    named = await _read(session, _sharing(len(words)), user_id=user_id, **patterns)
    return tuple({view.number: view for view in (*known, *named)}.values())


def _pattern(word: str) -> str:
    """Of LIKE, for a text that holds the word."""
    escaped = re.sub(r"[/%_]", r"/\g<0>", word)
    return f"%{escaped}%"


@cache
def _sharing(count: int) -> Select[Any]:
    """The newest tasks that hold any of so many words."""
    like = or_(*(Task.words.like(bindparam(f"word{place}"), escape="/") for place in range(count)))
    return _views(like, limit=KNOWN_BY_WORD)


def _views(which: ColumnElement[bool], *, limit: int) -> Select[Any]:
    columns = (Task.number, Task.title, Task.due, Task.priority_rank, Task.tags_text, Task.project, Task.done)
    query = select(*columns, Task.recurrence).where(Task.user_id == bindparam("user_id"), which)
    latest = query.order_by(Task.number.desc()).limit(limit).subquery()
    return select(latest)


# Made once: building it takes as long as running it.
_NEWEST = union_all(_views(Task.done.is_(False), limit=KNOWN_OPEN), _views(Task.done.is_(True), limit=KNOWN_DONE))


async def _read(session: AsyncSession, query: Executable, **bound: str) -> tuple[TaskView, ...]:
    rows = (await session.execute(query, bound)).all()
    return tuple(
        TaskView(number, title, due, PRIORITY_NAMES[rank], tuple(tags.split("\n")) if tags else (), project, done, rule)
        for number, title, due, rank, tags, project, done, rule in rows
    )
