"""Reading the journal, and taking changes back. Writers use `backend.journal.ledger`."""

import asyncio
import json

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, NotFoundError
from backend.journal.inverse import apply_inverse
from backend.journal.ledger import Ledger, open_ledger
from backend.journal.models import JournalRow
from backend.journal.tokens import UndoToken, read_token
from backend.journal.values import Actor, Change, UndoResult


async def changes_of(session: AsyncSession, user_id: str, turn_id: str) -> list[Change]:
    """What a turn changed, in order; nothing for a turn of another user."""
    return [_to_change(row) for row in await _rows_of(session, user_id, turn_id)]


def changes_here(session: AsyncSession) -> list[Change]:
    """What this session has recorded so far: true once it has committed. No query is made."""
    return [_to_change(row) for row in session.info.get("recorded", ())]


async def changes_since(session: AsyncSession, user_id: str, revision: int, *, limit: int) -> list[Change]:
    """The user's changes after a revision, in order, at most ``limit``."""
    statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.revision > revision)
    return [_to_change(row) for row in await session.scalars(statement.order_by(JournalRow.revision).limit(limit))]


async def undone_revisions(session: AsyncSession, user_id: str, turns: Select[str]) -> list[int]:
    """Which of the user's changes in these turns are taken back, by revision."""
    statement = select(JournalRow.revision).where(JournalRow.user_id == user_id, JournalRow.turn_id.in_(turns))
    statement = statement.where(JournalRow.undone_by.is_not(None)).order_by(JournalRow.revision)
    return list(await session.scalars(statement))


async def undo(session: AsyncSession, actor: Actor, token: str | None = None) -> UndoResult:
    """Take back what ``token`` names, a turn or one call of it, or, without one, the user's latest turn that stands.

    Undoing an undo redoes. Raises NotFoundError for a token that is not one of this user's; ConflictError where there
    is nothing to undo, where it is taken back already, and where one of its tasks was changed since (then nothing is
    changed).
    """
    ledger = await open_ledger(session, actor)
    turn_id = token or await _latest(ledger)
    if turn_id is None:
        raise ConflictError("There is nothing to undo.")
    return UndoResult(undone=turn_id, undo_token=actor.turn_id, changes=await _undo_turn(ledger, turn_id))


async def undo_steps(session: AsyncSession, actor: Actor, steps: int) -> UndoResult:
    """Take back the latest ``steps`` turns, newest first, in one turn; fewer if there are fewer.

    Raises ConflictError where there is nothing to undo, and where a task was changed since.
    """
    ledger = await open_ledger(session, actor)
    undone, changes = "", []
    for _ in range(steps):
        turn_id = await _latest(ledger)
        if turn_id is None:
            break
        undone = turn_id
        changes += await _undo_turn(ledger, turn_id)
    if not undone:
        raise ConflictError("There is nothing to undo.")
    return UndoResult(undone=undone, undo_token=actor.turn_id, changes=changes)


async def _latest(ledger: Ledger) -> str | None:
    """The newest turn that is no undo and that still stands."""
    statement = select(JournalRow.turn_id).where(
        JournalRow.user_id == ledger.actor.user_id,
        JournalRow.turn_id != ledger.actor.turn_id,
        JournalRow.undoes.is_(None),
        JournalRow.undone_by.is_(None),
    )
    return await ledger.session.scalar(statement.order_by(JournalRow.revision.desc()).limit(1))


async def _undo_turn(ledger: Ledger, text: str) -> list[Change]:
    token = read_token(text)
    rows = await _rows_of(ledger.session, ledger.actor.user_id, token.turn_id)
    rows = [row for row in rows if _is_named(row, token)]
    if not rows:
        raise NotFoundError("No change of yours has this undo token.")
    standing = [row for row in rows if row.undone_by is None]
    if not standing:
        raise ConflictError("That change is undone already.")
    made = []
    for place, row in enumerate(reversed(standing)):
        made.append(await apply_inverse(ledger, row))
        row.undone_by = ledger.actor.turn_id
        if place % 10 == 9:
            await asyncio.sleep(0)  # over SQLite nothing else gives the event loop back
    await _stand_again(ledger, [row for row in standing if row.undoes])
    await ledger.session.flush()
    return [_to_change(row) for row in made]


def _is_named(row: JournalRow, token: UndoToken) -> bool:
    return token.first is None or token.last is None or token.first <= row.revision <= token.last


async def _stand_again(ledger: Ledger, undoing: list[JournalRow]) -> None:
    """What the rows had taken back is in force again."""
    for turn_id in {row.undoes for row in undoing if row.undoes}:
        for row in await _rows_of(ledger.session, ledger.actor.user_id, turn_id):
            if row.undone_by in {undo.turn_id for undo in undoing}:
                row.undone_by = None


async def _rows_of(session: AsyncSession, user_id: str, turn_id: str) -> list[JournalRow]:
    if not turn_id.isascii() or not turn_id.isprintable():
        return []
    statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.turn_id == turn_id)
    return list(await session.scalars(statement.order_by(JournalRow.revision)))


def _to_change(row: JournalRow) -> Change:
    return Change(
        revision=row.revision,
        turn=row.turn_id,
        surface=row.surface,
        kind=row.kind,
        task_id=row.task_id,
        before=json.loads(row.before) if row.before else None,
        after=json.loads(row.after) if row.after else None,
        at=row.at,
        undoes=row.undoes,
    )
