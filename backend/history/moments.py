"""A moment of the past that a list can be put back to: read from text, checked, and found in the journal."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.models import User
from backend.errors import InvalidError
from backend.journal.models import JournalRow
from backend.models import utc_now

_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_FORM = "must be a date and time such as 2026-11-27T12:00, with an offset if it is not on your own clocks"


@dataclass(frozen=True)
class Moment:
    """The list as it was after a ``revision``, which was its newest at ``at`` (UTC)."""

    revision: int
    at: datetime


async def find_moment(session: AsyncSession, user_id: str, text: str, timezone: str) -> Moment:
    """The moment that a date and time means on the clocks of ``timezone`` (IANA), or an instant with an offset.

    The list at that time is the one after the last revision whose time is not later. Revisions are in their true order
    even where the server's clock was set back. Raises InvalidError for what is no time, for one that clocks skip or
    show twice, and for one to come or before the account.
    """
    instant, now = _read(text, timezone), utc_now()
    if instant > now:
        raise _invalid("to", "lies in the future; choose a time that has passed")
    if instant < await _began(session, user_id):
        began = (await _began(session, user_id)).astimezone(ZoneInfo(timezone))
        raise _invalid("to", f"lies before this list, which began on {began:%Y-%m-%d} at {began:%H:%M:%S}")
    statement = select(JournalRow.revision).where(JournalRow.user_id == user_id, JournalRow.at <= instant)
    revision = await session.scalar(statement.order_by(JournalRow.revision.desc()).limit(1))
    return Moment(revision or 0, instant)


async def moment_after(session: AsyncSession, user_id: str, revision: int) -> Moment:
    """The moment at which ``revision`` was made; 0 is the empty list. Raises InvalidError where there is none."""
    if revision == 0:
        return Moment(0, await _began(session, user_id))
    row = await session.get(JournalRow, (user_id, revision))
    if row is None:
        raise _invalid("to_revision", "is no revision of your list; GET /api/history shows them")
    return Moment(revision, row.at)


def _read(text: str, timezone: str) -> datetime:
    try:
        if not _TEXT.fullmatch(text):
            raise ValueError(_FORM)
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else _on_clocks(moment, timezone)
    except (ValueError, OverflowError) as error:
        raise _invalid("to", str(error) if str(error).startswith("must be a time") else _FORM) from error


def _on_clocks(wall: datetime, timezone: str) -> datetime:
    """Raises ValueError for a time that the clocks skipped, and for one that they showed twice."""
    zone = ZoneInfo(timezone)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    instant = first.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise ValueError(f"must be a time that there was: clocks in {timezone} went forward over it")
    if first.utcoffset() != second.utcoffset():
        both = f"{first.isoformat(timespec='minutes')} or {second.isoformat(timespec='minutes')}"
        raise ValueError(f"must be a time with an offset, for clocks in {timezone} showed it twice: {both}")
    return instant


async def _began(session: AsyncSession, user_id: str) -> datetime:
    """When the list was empty: the account's first instant or, where clocks differed, its first change."""
    created = await session.scalar(select(User.created_at).where(User.id == user_id))
    first = await session.get(JournalRow, (user_id, 1))
    moments = [moment for moment in (created, first.at if first else None) if moment]
    return min(moments, default=utc_now())


def _invalid(field: str, message: str) -> InvalidError:
    return InvalidError(f"{field}: {message}.", errors=[{"field": field, "message": message}])
