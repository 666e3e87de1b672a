"""Sessions in the database: made at sign-in, extended while used, gone at sign-out."""

import secrets
import string
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.cookies import SESSION_SECONDS
from backend.auth.models import Session, User
from backend.models import utc_now
from backend.session import Database

LIFETIME = timedelta(seconds=SESSION_SECONDS)
UPDATE_AGE = timedelta(days=1)
FRESH_AGE = timedelta(days=1)
UNREMEMBERED_LIFETIME = timedelta(days=1)
_ALPHABET = string.ascii_letters + string.digits


def is_due(*, expires_at: datetime, updated_at: datetime) -> bool:
    """Whether a session is old enough (a day used up) to get a full lifetime again; unremembered ones never are."""
    remembered = expires_at - updated_at > UNREMEMBERED_LIFETIME
    return remembered and expires_at - LIFETIME + UPDATE_AGE <= utc_now()


def is_fresh(session: Session) -> bool:
    """Whether the session was begun within a day: recent enough for what a stolen old one must not do."""
    return utc_now() - session.created_at < FRESH_AGE


async def create(
    session: AsyncSession, *, user_id: str, remember: bool, address: str | None, user_agent: str | None
) -> Session:
    """A new session: seven days, or one when the user does not want to be remembered."""
    token = "".join(secrets.choice(_ALPHABET) for _ in range(32))
    lifetime = LIFETIME if remember else UNREMEMBERED_LIFETIME
    row = Session(
        token=token,
        user_id=user_id,
        expires_at=utc_now() + lifetime,
        ip_address=address or "",
        user_agent=user_agent or "",
    )
    session.add(row)
    await session.flush()
    return row


async def find(session: AsyncSession, token: str) -> tuple[Session, User] | None:
    """The session and its user, expired or not."""
    query = select(Session, User).join(User, Session.user_id == User.id).where(Session.token == token)
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def extend(database: Database, token: str) -> tuple[datetime, datetime]:
    """Give a session its full lifetime again, unless it has ended; returns its new times of update and end."""
    now = utc_now()
    async with database.write() as session:
        statement = update(Session).where(Session.token == token, Session.expires_at > now)
        await session.execute(statement.values(expires_at=now + LIFETIME, updated_at=now))
    return now, now + LIFETIME


async def end(session: AsyncSession, *, token: str) -> None:
    await session.execute(delete(Session).where(Session.token == token))
