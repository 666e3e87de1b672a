"""The journal's rows: found, and as the plain changes that receipts, events and pages show."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.models import JournalRow
from backend.journal.values import Change, Document
from backend.pauses import with_pauses

CHUNK = 500
LOADED = 50  # rows that are made objects of in one step of the event loop
TOLD = 25  # rows whose documents are read in one
T = TypeVar("T")


async def rows_of(session: AsyncSession, user_id: str, turn_id: str) -> list[JournalRow]:
    """A turn's rows, in order; none for a turn of another user."""
    if not turn_id.isascii() or not turn_id.isprintable():
        return []
    statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.turn_id == turn_id)
    statement = statement.order_by(JournalRow.revision).limit(LOADED)
    some = list(await session.scalars(statement))
    found = [*some]
    while len(some) == LOADED:
        await asyncio.sleep(0)
        some = list(await session.scalars(statement.where(JournalRow.revision > found[-1].revision)))
        found += some
    return found


async def rows_at(session: AsyncSession, user_id: str, revisions: Iterable[int]) -> list[JournalRow]:
    """The rows of these revisions, in any order."""
    found: list[JournalRow] = []
    async for some in with_pauses(chunks(sorted(revisions), LOADED), every=1):
        statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.revision.in_(some))
        found += await session.scalars(statement)
    return found


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items by the hundreds: a statement takes so many values on both databases."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def read_document(text: str | None) -> Document | None:
    """A row that is older than a field tells of a task without it; recurrences counted from the due date then."""
    if not text:
        return None
    document: Document = json.loads(text)
    for name in ("reminders", "parent_id", "subtasks"):
        document.setdefault(name, None)
    document.setdefault("recurrence_from", "due" if document.get("recurrence") else None)
    return document


class ReadChanges(Sequence[Change]):
    """The changes of these rows, each read when it is looked at: of ten thousand an answer shows a few hundred."""

    def __init__(self, rows: Sequence[JournalRow]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Change: ...

    @overload
    def __getitem__(self, place: slice) -> list[Change]: ...

    def __getitem__(self, place: int | slice) -> Change | list[Change]:
        return (
            [to_change(row) for row in self._rows[place]] if isinstance(place, slice) else to_change(self._rows[place])
        )


async def to_changes(rows: Iterable[JournalRow]) -> list[Change]:
    """The same of many."""
    return [to_change(row) async for row in with_pauses(rows, every=TOLD)]


def to_change(row: JournalRow) -> Change:
    return Change(
        revision=row.revision,
        turn=row.turn_id,
        surface=row.surface,
        kind=row.kind,
        task_id=row.task_id,
        before=read_document(row.before),
        after=read_document(row.after),
        at=row.at,
        undoes=row.undoes,
        token_name=row.token_name,
    )
