"""The whole list put back to what it was at a moment: as one turn, which undo takes back like any other."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, StaleVersionError
from backend.history.moments import Moment, find_moment, moment_after
from backend.history.past import Difference, count_kinds, differences
from backend.journal.inverse import Tasks, load_tasks, put
from backend.journal.ledger import Ledger, open_ledger
from backend.journal.occurrences import settle
from backend.journal.rows import chunks, to_change
from backend.journal.undo import YIELD_EVERY
from backend.journal.values import Actor, Change
from backend.models import utc_now
from backend.profile.models import Profile
from backend.profile.service import read_preferences
from backend.tasks.documents import to_document
from backend.tasks.subtasks.tree import check_sound

MOVED_ON = "Your list has changed since that was shown, so nothing was put back. Ask for it again."


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Where to: a time as `backend.history.moments` reads it, a revision, or a moment that was found."""

    to: str | None = None
    revision: int | None = None
    moment: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What putting the list back to ``moment`` would change. ``revision`` is the newest; nothing is true after it."""

    moment: Moment
    revision: int
    differences: Sequence[Difference]

    @property
    def counts(self) -> dict[str, int]:
        return count_kinds(one.kind for one in self.differences)


async def preview(session: AsyncSession, user_id: str, destination: Destination, timezone: str | None) -> Preview:
    """Raises InvalidError where the destination is none; changes nothing."""
    moment = await _find(session, user_id, destination, timezone)
    newest = await session.scalar(select(Profile.revision).where(Profile.user_id == user_id)) or 0
    return Preview(moment=moment, revision=newest, differences=await differences(session, user_id, moment.revision))


async def restore(
    session: AsyncSession, actor: Actor, destination: Destination, *, if_revision: int | None = None
) -> tuple[Moment, list[Change]]:
    """Put every task back, in this transaction and the actor's turn: deleted ones under their ids and numbers.

    Raises InvalidError where the destination is none, StaleVersionError where ``if_revision`` is given and not the
    newest, ConflictError where the list is like that already.
    """
    ledger = await open_ledger(session, actor)
    if if_revision is not None and if_revision != ledger.profile.revision:
        raise StaleVersionError(MOVED_ON)
    moment = await _find(session, actor.user_id, destination, actor.timezone)
    found = await differences(session, actor.user_id, moment.revision)
    if not found:
        raise ConflictError("Nothing to change: your list is as it was then.")
    tasks = await load_tasks(ledger, [one.task_id for one in found])
    changes: list[Change] = []
    for some in chunks(found):
        for place, one in enumerate(some):
            changes.append(await _put_back(ledger, tasks, one, moment))
            if place % YIELD_EVERY == 0:
                await asyncio.sleep(0)  # over SQLite nothing else gives the event loop back
        await session.flush()
    await check_sound(session, actor.user_id, [one.task_id for one in found])
    return moment, changes


async def _put_back(ledger: Ledger, tasks: Tasks, difference: Difference, moment: Moment) -> Change:
    task = tasks.get(difference.task_id)
    now = to_document(task) if task else None
    then = difference.then
    if then and not now:
        then = {**then, "version": difference.version}  # a version is never given twice
    after = await put(ledger, tasks, difference.task_id, then, only=now)
    await settle(ledger, difference.task_id, difference.occurrences)
    row = ledger.record(
        difference.kind, before=now, after=after, occurrences=difference.occurrences, restored_to=moment.at
    )
    return to_change(row)


async def _find(session: AsyncSession, user_id: str, destination: Destination, timezone: str | None) -> Moment:
    if destination.moment is not None:
        return destination.moment
    if destination.revision is not None:
        return await moment_after(session, user_id, destination.revision)
    zone = timezone or (await read_preferences(session, user_id)).timezone or "UTC"
    return await find_moment(session, user_id, destination.to or "", zone)


def would_change(difference: Difference) -> Change:
    """The change that putting a task back would be; its revision is none yet."""
    return Change(
        revision=0,
        turn="",
        surface="ui",
        kind=difference.kind,
        task_id=difference.task_id,
        before=difference.now,
        after=difference.then,
        at=utc_now(),
    )
