"""What has changed in a list since a token (RFC 6578): told from the journal's revisions and the texts' sequence."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.calendars.dav.entries import ENDING, Entry, entries_by_id, sequence_of
from backend.calendars.dav.lists import TaskList
from backend.calendars.models import CalendarObject
from backend.calendars.todo.errors import DAV, RefusedCalendarError
from backend.journal.models import JournalRow
from backend.journal.rows import chunks
from backend.pauses import with_pauses
from backend.profile.models import Profile
from backend.tasks.text import fold_project

MOST_CHANGES = 20_000  # to read the list anew is quicker
_TOKEN = re.compile(r"urn:todo:sync:([0-9]{1,9})-([0-9]{1,9})-([0-9a-f]{12})", re.ASCII)
_AT_ONCE = 400


@dataclass(frozen=True, kw_only=True)
class Point:
    """A state of a user's list: the journal's revision, and the newest text."""

    revision: int
    sequence: int


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is new or changed, the names of what is gone, and the token of this state; ``is_cut`` if more follows."""

    changed: list[Entry]
    gone: list[str]
    token: str
    is_cut: bool


async def point_now(session: AsyncSession, user_id: str) -> Point:
    revision = await session.scalar(select(Profile.revision).where(Profile.user_id == user_id)) or 0
    return Point(revision=revision, sequence=await sequence_of(session, user_id))


async def token_of(session: AsyncSession, user_id: str, point: Point) -> str:
    """The token names the change at its revision too: of a database put back to a backup, none of later is taken."""
    turn = await session.scalar(
        select(JournalRow.turn_id).where(JournalRow.user_id == user_id, JournalRow.revision == point.revision)
    )
    check = sha256(f"{user_id}\n{point.revision}\n{turn}".encode()).hexdigest()[:12]
    return f"urn:todo:sync:{point.revision}-{point.sequence}-{check}"


async def _point_of(session: AsyncSession, user_id: str, token: str, now: Point) -> Point:
    match = _TOKEN.fullmatch(token.strip())
    point = Point(revision=int(match[1]), sequence=int(match[2])) if match else None
    known = point and await token_of(session, user_id, point) == token.strip()
    if point is None or not known or now.revision - point.revision > MOST_CHANGES:
        detail = "This sync token is not known, or too old; read the list anew, without a token."
        raise RefusedCalendarError("valid-sync-token", detail, namespace=DAV)
    return point


async def changes_since(
    session: AsyncSession, user_id: str, task_list: TaskList, token: str, *, limit: int | None
) -> Changes:
    """Raises RefusedCalendarError for a token that is none of this list's."""
    now = await point_now(session, user_id)
    since = await _point_of(session, user_id, token, now)
    touched, reached = await _touched(session, user_id, since.revision, limit)
    is_cut = reached < now.revision
    now = Point(revision=max(reached, now.revision), sequence=now.sequence)
    if not is_cut:
        for task_id in await _retold(session, user_id, since.sequence):
            touched.setdefault(task_id, None)
    present = await entries_by_id(session, user_id, task_list, touched)
    left = {task_id: before for task_id, before in touched.items() if task_id not in present}
    gone = await _gone(session, user_id, task_list, left)
    until = Point(revision=reached, sequence=since.sequence) if is_cut else now
    return Changes(
        changed=list(present.values()), gone=gone, token=await token_of(session, user_id, until), is_cut=is_cut
    )


async def _touched(
    session: AsyncSession, user_id: str, revision: int, limit: int | None
) -> tuple[dict[str, str | None], int]:
    """The tasks changed since, each with its document as it was then (JSON, None if it was not); the revision reached.

    At most ``limit`` tasks; where there are more, the revision is the one before the first that is left out.
    """
    touched: dict[str, str | None] = {}
    statement = (
        select(JournalRow.revision, JournalRow.task_id, JournalRow.before)
        .where(JournalRow.user_id == user_id, JournalRow.revision > revision)
        .order_by(JournalRow.revision)
    )
    rows = await session.execute(statement, execution_options={"beside": True})
    async for row in with_pauses(rows.all(), every=_AT_ONCE):
        if limit is not None and row.task_id not in touched and len(touched) >= limit:
            return touched, revision
        touched.setdefault(row.task_id, row.before)
        revision = row.revision
    return touched, revision


async def _retold(session: AsyncSession, user_id: str, sequence: int) -> list[str]:
    statement = select(CalendarObject.task_id).where(
        CalendarObject.user_id == user_id, CalendarObject.sequence > sequence
    )
    return list(await session.scalars(statement))


async def _gone(session: AsyncSession, user_id: str, task_list: TaskList, left: dict[str, str | None]) -> list[str]:
    """The names under which tasks were in the list and are no more."""
    names: dict[str, tuple[str, str | None]] = {}
    for some in chunks(list(left), _AT_ONCE):
        rows = await session.execute(
            select(CalendarObject.task_id, CalendarObject.name, CalendarObject.former).where(
                CalendarObject.user_id == user_id, CalendarObject.task_id.in_(some)
            )
        )
        names |= {row.task_id: (row.name, row.former) for row in rows}
    gone = []
    for task_id, before in left.items():
        name, former = names.get(task_id, (f"{task_id}{ENDING}", None))
        if former and former.startswith(f"{task_list.segment}/"):
            gone.append(former.partition("/")[2])
        elif before and _key_of(before) == task_list.key:
            gone.append(name)
    return gone


def _key_of(document: str) -> str | None:
    project = json.loads(document)["project"]
    return fold_project(project) if project else None
