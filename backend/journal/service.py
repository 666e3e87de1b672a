"""Reading the journal, and taking changes back. Writers use `backend.journal.ledger`."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.models import JournalRow
from backend.journal.rows import rows_of, to_change, to_changes
from backend.journal.undo import redo, undo, undo_steps
from backend.journal.values import Change

__all__ = ["redo", "undo", "undo_steps"]


async def changes_of(session: AsyncSession, user_id: str, turn_id: str) -> list[Change]:
    """What a turn changed, in order; nothing for a turn of another user."""
    return await to_changes(await rows_of(session, user_id, turn_id))


def changes_here(session: AsyncSession) -> list[Change]:
    """What this session has recorded so far: true once it has committed. No query is made."""
    return [to_change(row) for row in session.info.get("recorded", ())]


async def changes_since(session: AsyncSession, user_id: str, revision: int, *, limit: int) -> list[Change]:
    """The user's changes after a revision, in order, at most ``limit``."""
    statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.revision > revision)
    return await to_changes(await session.scalars(statement.order_by(JournalRow.revision).limit(limit)))


async def undone_revisions(session: AsyncSession, user_id: str, turns: Select[str]) -> list[int]:
    """Which of the user's changes in these turns are taken back, by revision."""
    statement = select(JournalRow.revision).where(JournalRow.user_id == user_id, JournalRow.turn_id.in_(turns))
    statement = statement.where(JournalRow.undone_by.is_not(None)).order_by(JournalRow.revision)
    return list(await session.scalars(statement))
