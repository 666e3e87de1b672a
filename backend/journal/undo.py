"""Undo and redo: turns of the journal taken back, and undos taken back in their turn."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, NotFoundError
from backend.journal.inverse import apply_inverse, load_tasks
from backend.journal.ledger import Ledger, open_ledger
from backend.journal.models import JournalRow
from backend.journal.rows import LOADED, ReadChanges, chunks, rows_at, rows_of
from backend.journal.tokens import UndoToken, read_token
from backend.journal.values import Actor, Document, UndoResult
from backend.pauses import with_pauses
from backend.reminders.models import SettingsChange
from backend.reminders.settings import take_back
from backend.tasks.groups.labels import take_back as take_label_back
from backend.tasks.query import BESIDE
from backend.tasks.subtasks.tree import check_sound

YIELD_EVERY = 5
NOTHING_TO_UNDO = "There is nothing to undo."
NOTHING_TO_REDO = "There is nothing to redo."


async def undo(session: AsyncSession, actor: Actor, token: str | None = None) -> UndoResult:
    """Take back what ``token`` names, a turn or one call of it, or, without one, the user's latest turn that stands.

    Undoing an undo redoes. Raises NotFoundError for a token that is not one of this user's; ConflictError where there
    is nothing to undo, where it is taken back already, and where one of its tasks was changed since (then nothing is
    changed).
    """
    ledger = await open_ledger(session, actor)
    turn_id = token or await _latest(ledger)
    if turn_id is None:
        raise ConflictError(NOTHING_TO_UNDO)
    made, settings = await _undo_turn(ledger, turn_id)
    return UndoResult(undone=turn_id, undo_token=actor.turn_id, changes=ReadChanges(made), settings=settings)


async def undo_steps(session: AsyncSession, actor: Actor, steps: int) -> UndoResult:
    """Take back the latest ``steps`` turns, newest first, in one turn; fewer if there are fewer.

    Raises ConflictError where there is nothing to undo, and where a task was changed since.
    """
    ledger = await open_ledger(session, actor)
    undone, made = "", list[JournalRow]()
    settings: Document | None = None
    for _ in range(steps):
        turn_id = await _latest(ledger)
        if turn_id is None:
            break
        undone = turn_id
        rows, touched = await _undo_turn(ledger, turn_id)
        made, settings = made + rows, touched or settings
    if not undone:
        raise ConflictError(NOTHING_TO_UNDO)
    return UndoResult(undone=undone, undo_token=actor.turn_id, changes=ReadChanges(made), settings=settings)


async def redo(session: AsyncSession, actor: Actor, turn_id: str | None = None) -> UndoResult:
    """Take the user's latest undo that stands back, or that of a turn; again and again, each undo is.

    Raises ConflictError where none stands, and where one of its tasks was changed since (then nothing is changed).
    """
    ledger = await open_ledger(session, actor)
    turn_id = turn_id or await _latest(ledger, undos=True)
    if turn_id is None:
        raise ConflictError(NOTHING_TO_REDO)
    rows = [row for row in await rows_of(session, actor.user_id, turn_id) if _is_standing_undo(row)]
    of_settings = [one for one in await _settings_of(ledger, turn_id) if _is_standing_undo(one)]
    if not rows and not of_settings:
        raise ConflictError(NOTHING_TO_REDO)
    made = await _take_back(ledger, rows)
    settings = await _take_settings_back(ledger, of_settings)
    return UndoResult(undone=turn_id, undo_token=actor.turn_id, changes=ReadChanges(made), settings=settings)


async def _latest(ledger: Ledger, *, undos: bool = False) -> str | None:
    """The newest turn of an earlier transaction that stands, of tasks or of settings; of undos, the newest of these."""
    tasks = _standing(ledger, JournalRow, undos=undos).order_by(JournalRow.revision.desc())
    settings = _standing(ledger, SettingsChange, undos=undos).order_by(SettingsChange.number.desc())
    row = (await ledger.session.execute(tasks.limit(1), execution_options=BESIDE)).one_or_none()
    one = (await ledger.session.execute(settings.limit(1), execution_options=BESIDE)).one_or_none()
    if row and one:
        return str(one.turn_id if one.revision >= row.revision else row.turn_id)
    newest = row or one
    return str(newest.turn_id) if newest else None


def _standing(ledger: Ledger, table: type[JournalRow] | type[SettingsChange], *, undos: bool) -> Select[str, int]:
    statement = select(table.turn_id, table.revision).where(
        table.user_id == ledger.actor.user_id,
        table.turn_id != ledger.actor.turn_id,
        table.undone_by.is_(None),
    )
    kinds = (table.undoes.is_not(None), table.redoes.is_(False)) if undos else (table.undoes.is_(None),)
    return statement.where(*kinds)


def _is_standing_undo(row: JournalRow | SettingsChange) -> bool:
    return bool(row.undoes) and not row.redoes and row.undone_by is None


async def _settings_of(ledger: Ledger, turn_id: str) -> list[SettingsChange]:
    """What a turn changed of the settings, in order."""
    if not turn_id.isascii() or not turn_id.isprintable():
        return []
    mine = (SettingsChange.user_id == ledger.actor.user_id, SettingsChange.turn_id == turn_id)
    return list(await ledger.session.scalars(select(SettingsChange).where(*mine).order_by(SettingsChange.number)))


async def _undo_turn(ledger: Ledger, text: str) -> tuple[list[JournalRow], Document | None]:
    """What it came to: the tasks' rows, and the settings if they were put back."""
    token = read_token(text)
    rows = await rows_of(ledger.session, ledger.actor.user_id, token.turn_id)
    rows = [row for row in rows if _is_named(row, token)]
    of_settings = await _settings_of(ledger, token.turn_id) if token.first is None else []
    if not rows and not of_settings:
        raise NotFoundError("No change of yours has this undo token.")
    standing = [row for row in rows if row.undone_by is None]
    standing_settings = [one for one in of_settings if one.undone_by is None]
    if not standing and not standing_settings:
        raise ConflictError("That change is undone already.")
    return await _take_back(ledger, standing), await _take_settings_back(ledger, standing_settings)


async def _take_settings_back(ledger: Ledger, changes: Sequence[SettingsChange]) -> Document | None:
    settings: Document | None = None
    for change in reversed(changes):
        if change.subject:
            await take_label_back(ledger.session, ledger.actor, ledger.profile, change)
        else:
            settings = await take_back(ledger.session, ledger.actor, ledger.profile, change)
    return settings


async def _take_back(ledger: Ledger, rows: Sequence[JournalRow]) -> list[JournalRow]:
    tasks = await load_tasks(ledger, [row.task_id for row in rows])
    made = list[JournalRow]()
    async for some in with_pauses(chunks(rows[::-1], YIELD_EVERY), every=1):
        for row in some:
            made.append(await apply_inverse(ledger, row, tasks))
        await ledger.session.flush()  # what is left for the end is written without a pause
    await _settle_standing(ledger, rows)
    await _stand_again(ledger, [row for row in rows if row.undoes and row.reverts is None])
    await ledger.session.flush()
    await check_sound(ledger.session, ledger.actor.user_id, [row.task_id for row in rows])
    await ledger.counts.settle(ledger.session)
    return made


def _is_named(row: JournalRow, token: UndoToken) -> bool:
    return token.first is None or token.last is None or token.first <= row.revision <= token.last


async def _settle_standing(ledger: Ledger, rows: Sequence[JournalRow]) -> None:
    """These rows are in force no more; what they had taken back is again, and what that had taken back is not."""
    stands, taker = False, {row.revision: ledger.actor.turn_id for row in rows}
    while rows:
        async for some in with_pauses(chunks(rows, LOADED), every=1):
            for row in some:
                row.undone_by = None if stands else taker[row.revision]
            await ledger.session.flush()
        taker = {row.reverts: row.turn_id for row in rows if row.reverts}
        rows = await rows_at(ledger.session, ledger.actor.user_id, taker)
        stands = not stands


async def _stand_again(ledger: Ledger, undoing: Sequence[JournalRow]) -> None:
    """The same for rows of older versions, which name only the turn that they took back."""
    for turn_id in {row.undoes for row in undoing if row.undoes}:
        takers = {undo.turn_id for undo in undoing}
        async for some in with_pauses(
            chunks(await rows_of(ledger.session, ledger.actor.user_id, turn_id), LOADED), every=1
        ):
            for row in some:
                if row.undone_by in takers:
                    row.undone_by = None
            await ledger.session.flush()
