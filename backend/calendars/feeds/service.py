"""Feeds: made, their secret shown once, found again by its digest, revoked.

A secret is 40 random letters and digits, so a plain SHA-256 of it cannot be turned back by trying.
"""

import hashlib
import json
import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.calendars.models import CalendarFeed
from backend.errors import ConflictError, NotFoundError
from backend.models import utc_now
from backend.profile.models import Profile
from backend.profile.service import lock_profile
from backend.reminders.models import ReminderSettings
from backend.reminders.schedule import AT_THE_TIME
from backend.reminders.values import Plain
from backend.session import Database, Reader

View = Literal["all", "project", "tag"]
ComponentKind = Literal["todo", "event"]
PREFIX = "feed_"
MOST_FEEDS = 50
_LENGTH = 40
_ALPHABET = string.ascii_letters + string.digits
_READ_EVERY = timedelta(minutes=1)
_FORM = "1"  # of the written calendar: a change of it is a change of every feed
_FEED, _PROFILE, _REMINDERS = (
    CalendarFeed.__table__.c,
    Profile.__table__.c,
    ReminderSettings.__table__.c,
)
_BY_DIGEST = (
    select(*_FEED, _PROFILE.revision, _REMINDERS.defaults)
    .select_from(CalendarFeed.__table__)
    .outerjoin(Profile.__table__, _PROFILE.user_id == _FEED.user_id)
    .outerjoin(ReminderSettings.__table__, _REMINDERS.user_id == _FEED.user_id)
    .where(_FEED.digest == bindparam("digest"))
)


@dataclass(frozen=True, kw_only=True)
class OpenFeed:
    """A feed as it is read: whose, of what, with which default reminders; ``is_due`` when that is to be noted again."""

    id: str
    user_id: str
    name: str
    view: View
    value: str | None
    component: ComponentKind
    done: bool
    revision: int
    default: Sequence[Plain]
    is_due: bool

    @property
    def etag(self) -> str:
        """Strong: what the feed tells derives from the user's tasks, by their revision, and these values alone."""
        told = (_FORM, self.id, self.view, self.value, self.component, self.done, self.name, self.default)
        digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
        return f'"{self.revision}-{digest}"'


async def feed_of(reader: Reader, secret: str) -> OpenFeed:
    """The feed that this secret opens. Raises NotFoundError for one that is unknown or revoked."""
    rows = await reader.rows(_BY_DIGEST, {"digest": _digest(secret)}) if secret.startswith(PREFIX) else []
    if not rows:
        raise NotFoundError("There is no such calendar: its address was revoked or is incomplete. Make a new one.")
    row = rows[0]
    return OpenFeed(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        view=row.view,
        value=row.value,
        component=row.component,
        done=row.done,
        revision=row.revision or 0,
        default=[AT_THE_TIME] if row.defaults is None else row.defaults,
        is_due=row.last_read_at is None or row.last_read_at <= utc_now() - _READ_EVERY,
    )


async def note_read(database: Database, feed_id: str) -> None:
    """Remember that the feed was read now; not more than once a minute."""
    now = utc_now()
    stale = or_(CalendarFeed.last_read_at.is_(None), CalendarFeed.last_read_at <= now - _READ_EVERY)
    async with database.write() as session:
        await session.execute(update(CalendarFeed).where(CalendarFeed.id == feed_id, stale).values(last_read_at=now))


async def list_feeds(session: AsyncSession, user_id: str) -> list[CalendarFeed]:
    """The user's feeds, the newest first."""
    statement = select(CalendarFeed).where(CalendarFeed.user_id == user_id)
    return list(await session.scalars(statement.order_by(CalendarFeed.created_at.desc(), CalendarFeed.id.desc())))


async def make_feed(session: AsyncSession, user_id: str, **values: Any) -> tuple[CalendarFeed, str]:
    """A new feed and its secret, which is kept nowhere. Raises ConflictError where the user has too many."""
    await lock_profile(session, user_id)  # of two at once, the second counts the first
    count = await session.scalar(select(func.count()).where(CalendarFeed.user_id == user_id))
    if (count or 0) >= MOST_FEEDS:
        raise ConflictError(f"You have {MOST_FEEDS} feeds, which is the most; revoke one that you no longer use.")
    secret = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    made = CalendarFeed(user_id=user_id, digest=_digest(secret), ending=secret[-4:], **values)
    session.add(made)
    await session.flush()
    return made, secret


async def revoke(session: AsyncSession, user_id: str, feed_id: str) -> None:
    """Raises NotFoundError for a feed that is not this user's."""
    if not feed_id.isascii() or not feed_id.isprintable():
        raise NotFoundError("There is no such feed.")
    statement = delete(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.id == feed_id)
    if (await session.execute(statement.returning(CalendarFeed.id))).scalar_one_or_none() is None:
        raise NotFoundError("There is no such feed.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
