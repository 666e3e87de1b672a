"""The tasks of a list as calendar objects: found by their addresses, with their tags and texts."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from backend.calendars.dav.lists import TaskList
from backend.calendars.models import CalendarObject
from backend.calendars.todo.kept import kept_calendar
from backend.calendars.todo.output import todo_calendar
from backend.journal.rows import chunks, read_document
from backend.journal.values import Document
from backend.pauses import with_pauses
from backend.tasks.models import Task
from backend.tasks.query import BESIDE
from backend.tasks.selection import picked, veiled

ENDING = ".ics"
_STEP = 10
_AT_ONCE = 400


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A task in a list, without its text."""

    task_id: str
    name: str
    etag: str
    updated: Any


@dataclass(frozen=True, kw_only=True)
class Text:
    """A task with its text; ``document`` is the task's, with the UID of what it is under as ``parent_uid``."""

    entry: Entry
    uid: str
    text: str
    document: Document


_COLUMNS = (Task.id, Task.version, Task.updated_at, CalendarObject.name, CalendarObject.sequence)
_ABOVE = aliased(CalendarObject)
_PARENT_UID = func.coalesce(_ABOVE.uid, Task.parent_id).label("parent_uid")
_TEXTS = (*_COLUMNS, Task.document, CalendarObject.uid, CalendarObject.raw, CalendarObject.basis, _PARENT_UID)


def _statement(columns: Sequence[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    joined = select(*columns).outerjoin(CalendarObject, CalendarObject.task_id == Task.id)
    if any(column is _PARENT_UID for column in columns):
        joined = joined.outerjoin(_ABOVE, _ABOVE.task_id == Task.parent_id)
    return joined.where(*conditions).order_by(Task.number)


def _all_within(user_id: str, task_list: TaskList) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Task.user_id == user_id, _within(task_list)


def _within(task_list: TaskList) -> ColumnElement[bool]:
    return Task.project_key.is_(None) if task_list.key is None else Task.project_key == task_list.key


async def _known(
    session: AsyncSession, user_id: str, attribute: InstrumentedAttribute[str], values: Sequence[str]
) -> list[str]:
    """The ids of the tasks whose calendar object has one of these values."""
    statement = select(CalendarObject.task_id).where(CalendarObject.user_id == user_id, attribute.in_(values))
    return list(await session.scalars(statement))


async def entries_of(session: AsyncSession, user_id: str, task_list: TaskList) -> list[Entry]:
    """All of the list's, in the order of their numbers."""
    rows = await session.execute(_statement(_COLUMNS, *_all_within(user_id, task_list)), execution_options=BESIDE)
    return [_entry(row) async for row in with_pauses(rows.all(), every=400)]


async def entries_by_id(
    session: AsyncSession, user_id: str, task_list: TaskList, ids: Iterable[str]
) -> dict[str, Entry]:
    """Those of these tasks that are in the list, by the tasks' ids."""
    found: dict[str, Entry] = {}
    for some in chunks(list(ids), _AT_ONCE):
        rows = await session.execute(_statement(_COLUMNS, *picked(user_id, some), veiled(_within(task_list))))
        found |= {row.id: _entry(row) for row in rows}
    return found


async def texts_of(session: AsyncSession, user_id: str, task_list: TaskList) -> AsyncIterator[Text]:
    """All of the list's, with their texts."""
    rows = await session.execute(_statement(_TEXTS, *_all_within(user_id, task_list)), execution_options=BESIDE)
    async for row in with_pauses(rows.all(), every=_STEP):
        yield _text(row)


async def texts_named(
    session: AsyncSession, user_id: str, task_list: TaskList, names: Sequence[str]
) -> dict[str, Text]:
    """Those of these names that are in the list, by their names."""
    found: dict[str, Text] = {}
    for some in chunks(list(dict.fromkeys(names)), _AT_ONCE):
        ids = [name.removesuffix(ENDING) for name in some]
        among = picked(user_id, [*await _known(session, user_id, CalendarObject.name, some), *ids])
        named = CalendarObject.name.in_(some) | CalendarObject.name.is_(None)
        rows = await session.execute(_statement(_TEXTS, *among, veiled(_within(task_list)), named))
        async for row in with_pauses(rows.all(), every=_STEP):
            text = _text(row)
            found[text.entry.name] = text
    return {name: text for name, text in found.items() if name in names} if len(names) < _AT_ONCE else found


async def text_named(session: AsyncSession, user_id: str, task_list: TaskList, name: str) -> Text | None:
    return (await texts_named(session, user_id, task_list, [name])).get(name)


async def texts_by_uid(session: AsyncSession, user_id: str, uid: str) -> list[tuple[Text, str | None]]:
    """The user's tasks of this UID, in whatever list, each with its project."""
    named = (CalendarObject.uid == uid) | (CalendarObject.uid.is_(None) & (Task.id == uid))
    among = picked(user_id, [*await _known(session, user_id, CalendarObject.uid, [uid]), uid])
    rows = await session.execute(_statement((*_TEXTS, Task.project_key), *among, named))
    return [(_text(row), row.project_key) for row in rows]


async def uid_of_task(session: AsyncSession, task_id: str | None) -> str | None:
    """The UID that a task is known by to calendar programs."""
    known = select(CalendarObject.uid).where(CalendarObject.task_id == task_id)
    return (await session.scalar(known) or task_id) if task_id else None


async def sequence_of(session: AsyncSession, user_id: str) -> int:
    """The highest of the user's texts."""
    newest = select(func.max(CalendarObject.sequence)).where(CalendarObject.user_id == user_id)
    return await session.scalar(newest) or 0


def _entry(row: Any) -> Entry:
    return Entry(
        task_id=row.id,
        name=row.name or f"{row.id}{ENDING}",
        etag=f'"{row.version}-{row.sequence or 0}"',
        updated=row.updated_at,
    )


def _text(row: Any) -> Text:
    document = {**(read_document(row.document) or {}), "parent_uid": row.parent_uid}
    uid = row.uid or row.id
    text = kept_calendar(row.raw, json.loads(row.basis), document) if row.raw else todo_calendar(document, uid=uid)
    return Text(entry=_entry(row), uid=uid, text=text, document=document)
