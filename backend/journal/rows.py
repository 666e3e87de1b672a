"""The journal's rows: found, and as the plain changes that receipts, events and pages show."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.models import JournalRow
from backend.journal.values import Change, Document

CHUNK = 500
T = TypeVar("T")


async def rows_of(session: AsyncSession, user_id: str, turn_id: str) -> list[JournalRow]:
    """A turn's rows, in order; none for a turn of another user."""
    if not turn_id.isascii() or not turn_id.isprintable():
        return []
    statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.turn_id == turn_id)
    return list(await session.scalars(statement.order_by(JournalRow.revision)))


async def rows_at(session: AsyncSession, user_id: str, revisions: Iterable[int]) -> list[JournalRow]:
    """The rows of these revisions, in any order."""
    found: list[JournalRow] = []
    for some in chunks(sorted(revisions)):
        statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.revision.in_(some))
        found += await session.scalars(statement)
    return found


def chunks(items: Sequence[T]) -> Iterator[list[T]]:
    """The items by the hundreds: a statement takes so many values on both databases."""
    left = iter(items)
    while some := list(islice(left, CHUNK)):
        yield some


def read_document(text: str | None) -> Document | None:
    """A row that is older than reminders tells of a task that had none of its own."""
    if not text:
        return None
    document: Document = json.loads(text)
    document.setdefault("reminders", None)
    return document


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
    )
