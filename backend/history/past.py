"""How the list of another moment differs from the present one: told from the journal alone."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from backend.journal.inverse import changed_fields
from backend.journal.models import JournalRow
from backend.journal.occurrences import inverted, occurrences_of
from backend.journal.rows import CHUNK, read_document
from backend.journal.values import Document, Kind


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A task as it is ``now`` and as it was ``then``, None where it does not exist; ``version`` is its newest.

    ``occurrences`` must be settled to put it back: by due time, how many completions count again.
    """

    task_id: str
    now: Document | None
    then: Document | None
    version: int
    occurrences: dict[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What putting the task back would be."""
        if self.then is None or self.now is None:
            return "delete" if self.then is None else "create"
        if self.then["status"] == self.now["status"]:
            return "update"
        return "complete" if self.then["status"] == "done" else "reopen"


async def differences(session: AsyncSession, user_id: str, revision: int) -> list[Difference]:
    """What putting the list back to a revision would change, in the order of the tasks' numbers.

    A task was then what its first later row found before; nothing older is read.
    """
    first, last = aliased(JournalRow), aliased(JournalRow)
    later = (
        select(JournalRow.task_id, func.min(JournalRow.revision).label("a"), func.max(JournalRow.revision).label("b"))
        .where(JournalRow.user_id == user_id, JournalRow.revision > revision)
        .group_by(JournalRow.task_id)
        .subquery()
    )
    statement = (
        select(first.task_id, first.before.label("then"), last.before, last.after)
        .select_from(later)
        .join(first, and_(first.user_id == user_id, first.revision == later.c.a))
        .join(last, and_(last.user_id == user_id, last.revision == later.c.b))
    )
    occurrences = await _occurrences(session, user_id, revision)
    found: list[Difference] = []
    for place, row in enumerate((await session.execute(statement)).all(), 1):
        then, now = read_document(row.then), read_document(row.after)
        if then != now and (then is None or now is None or changed_fields(then, now)):
            version = (now or read_document(row.before) or {})["version"]
            told = occurrences.get(row.task_id, {}) if then else {}
            found.append(Difference(task_id=row.task_id, now=now, then=then, version=version, occurrences=told))
        if place % CHUNK == 0:
            await asyncio.sleep(0)  # others are served between
    return sorted(found, key=lambda one: (one.now or one.then or {})["number"])


def count_kinds(kinds: Iterable[str]) -> dict[str, int]:
    """How many tasks come back, go, and change."""
    names = {"create": "brought_back", "delete": "removed"}
    counted = Counter(names.get(kind, "changed") for kind in kinds)
    return {name: counted[name] for name in ("brought_back", "removed", "changed")}


async def _occurrences(session: AsyncSession, user_id: str, revision: int) -> dict[str, dict[str, int]]:
    """By task, what takes the completions back that came to count since, and counts those again that ceased to."""
    ticked = or_(JournalRow.kind.in_(("complete", "reopen")), JournalRow.occurrences.is_not(None))
    statement = select(JournalRow).where(JournalRow.user_id == user_id, JournalRow.revision > revision, ticked)
    since: dict[str, Counter[str]] = {}
    for place, row in enumerate((await session.scalars(statement)).all(), 1):
        since.setdefault(row.task_id, Counter()).update(occurrences_of(row))
        if place % CHUNK == 0:
            await asyncio.sleep(0)
    return {task_id: inverted(counts) for task_id, counts in since.items()}
