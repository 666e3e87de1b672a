"""Personal access tokens: made, shown once, found again by their digest, revoked.

A token is 40 random letters and digits, so a plain SHA-256 of it cannot be turned back by trying.
"""

import hashlib
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, bindparam, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.models import User
from backend.errors import ConflictError, NotFoundError
from backend.models import utc_now
from backend.profile.service import lock_profile
from backend.session import Database, Reader
from backend.tokens.models import AccessToken

Scope = Literal["read", "write"]
PREFIX = "todo_"
MOST_TOKENS = 50
_LENGTH = 40
_ALPHABET = string.ascii_letters + string.digits
_USED_EVERY = timedelta(minutes=1)
_USER, _TOKEN = User.__table__.c, AccessToken.__table__.c
_HOLDER = (
    select(_USER.id, _USER.name, _USER.email, _TOKEN.id.label("token_id"), _TOKEN.name.label("token_name"))
    .add_columns(_TOKEN.scope, _TOKEN.last_used_at)
    .join_from(AccessToken.__table__, User.__table__, _TOKEN.user_id == _USER.id)
    .where(_TOKEN.digest == bindparam("digest"))
    .where(or_(_TOKEN.expires_at.is_(None), _TOKEN.expires_at > bindparam("now")))
)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose token it is, and what it allows; ``is_due`` when its last use is to be noted again."""

    user_id: str
    name: str
    email: str
    token_id: str
    token_name: str
    scope: Scope
    is_due: bool

    @property
    def may_write(self) -> bool:
        return self.scope == "write"


def is_personal(token: str) -> bool:
    """Whether it is one of these tokens, by its looks, and no session's."""
    return token.startswith(PREFIX)


async def holder_of(reader: Reader, token: str) -> Holder | None:
    """Who holds this token; None for one that is unknown, revoked or expired."""
    rows = await reader.rows(_HOLDER, {"digest": _digest(token), "now": utc_now()})
    if not rows:
        return None
    row = rows[0]
    due = row.last_used_at is None or row.last_used_at <= utc_now() - _USED_EVERY
    return Holder(
        user_id=row.id,
        name=row.name,
        email=row.email,
        token_id=row.token_id,
        token_name=row.token_name,
        scope=row.scope,
        is_due=due,
    )


@dataclass(frozen=True)
class LiveTokens:
    """A statement whose rows are the digests of those that still work, each with a 1; ``tokens`` by their digest."""

    statement: Select[Any]
    tokens: dict[str, str]


def live_tokens(tokens: Iterable[str], *, now: datetime) -> LiveTokens:
    """Which of these tokens are neither revoked nor expired at ``now`` (UTC)."""
    digests = {_digest(token): token for token in tokens}
    statement = select(_TOKEN.digest, literal(1)).where(_TOKEN.digest.in_(digests))
    return LiveTokens(statement.where(or_(_TOKEN.expires_at.is_(None), _TOKEN.expires_at > now)), digests)


async def note_use(database: Database, token_id: str) -> None:
    """Remember that the token was used now; not more than once a minute, whoever else notes it."""
    now = utc_now()
    stale = or_(AccessToken.last_used_at.is_(None), AccessToken.last_used_at <= now - _USED_EVERY)
    async with database.write() as session:
        await session.execute(update(AccessToken).where(AccessToken.id == token_id, stale).values(last_used_at=now))


async def list_tokens(session: AsyncSession, user_id: str) -> list[AccessToken]:
    """The user's tokens, the newest first, those that have expired too."""
    statement = select(AccessToken).where(AccessToken.user_id == user_id)
    return list(await session.scalars(statement.order_by(AccessToken.created_at.desc(), AccessToken.id.desc())))


async def make_token(
    session: AsyncSession, user_id: str, *, name: str, scope: Scope, lifetime: timedelta | None
) -> tuple[AccessToken, str]:
    """A new token and its secret, which is kept nowhere. Raises ConflictError where the user has too many."""
    await lock_profile(session, user_id)  # of two at once, the second counts the first
    count = await session.scalar(select(func.count()).where(AccessToken.user_id == user_id))
    if (count or 0) >= MOST_TOKENS:
        raise ConflictError(f"You have {MOST_TOKENS} tokens, which is the most; revoke one that you no longer use.")
    secret = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    made = AccessToken(
        user_id=user_id,
        name=name,
        digest=_digest(secret),
        ending=secret[-4:],
        scope=scope,
        expires_at=_end(lifetime),
    )
    session.add(made)
    await session.flush()
    return made, secret


async def revoke(session: AsyncSession, user_id: str, token_id: str) -> None:
    """Raises NotFoundError for a token that is not this user's."""
    if not token_id.isascii() or not token_id.isprintable():
        raise NotFoundError("There is no such token.")
    statement = delete(AccessToken).where(AccessToken.user_id == user_id, AccessToken.id == token_id)
    if (await session.execute(statement.returning(AccessToken.id))).scalar_one_or_none() is None:
        raise NotFoundError("There is no such token.")


def _end(lifetime: timedelta | None) -> datetime | None:
    return None if lifetime is None else utc_now() + lifetime


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
