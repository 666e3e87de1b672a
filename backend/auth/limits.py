"""How often a password may be tried: counted in the database, so that all replicas count together."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.errors import TooManyAttemptsError
from backend.auth.models import RateLimit
from backend.models import new_id

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Limit:
    """At most ``attempts`` under ``key`` until ``seconds`` have gone by since the last one let through."""

    key: str
    attempts: int
    seconds: int


def account_limit(email: str) -> Limit:
    """Ten wrong passwords an account, from wherever."""
    return Limit(key=f"account:{email}|/sign-in/email", attempts=10, seconds=600)


def address_limit(address: str) -> Limit:
    """Fifty wrong passwords an address, over whatever accounts."""
    return Limit(key=f"{address}|/sign-in/email", attempts=50, seconds=600)


def sign_up_limit(address: str) -> Limit:
    """Three hundred new accounts an address."""
    return Limit(key=f"{address}|/sign-up/email", attempts=300, seconds=3600)


def passkey_limit(address: str) -> Limit:
    """Six hundred passkey sign-ins begun from an address: each is a row until it is over."""
    return Limit(key=f"{address}|/passkey", attempts=600, seconds=600)


def mail_limits(email: str, address: str) -> list[Limit]:
    """Three mails about an account to an address, and thirty for who asks from one place."""
    return [
        Limit(key=f"{address}|mail", attempts=30, seconds=3600),
        Limit(key=f"mail:{email}", attempts=3, seconds=600),
    ]


async def consume(session: AsyncSession, limits: Sequence[Limit]) -> None:
    """Count one attempt under each limit before it is made, so that none made at the same time slips through.

    Raises TooManyAttemptsError at the first limit that is used up; that attempt is not counted.
    """
    now = time.time_ns() // 1_000_000
    for limit in limits:
        count = await _count(session, limit, now)
        if count is None:
            raise TooManyAttemptsError(await _wait(session, limit, now))
        if count == 1:
            await session.execute(delete(RateLimit).where(RateLimit.last_request < now - KEPT_SECONDS * 1000))


async def refund(session: AsyncSession, *, account: Limit, address: Limit) -> None:
    """The password was right: forget the account's wrong ones and this attempt of the address."""
    await forget(session, account)
    statement = update(RateLimit).where(RateLimit.key == address.key, RateLimit.count > 0)
    await session.execute(statement.values(count=RateLimit.count - 1))


async def forget(session: AsyncSession, limit: Limit) -> None:
    """Open the limit again."""
    await session.execute(delete(RateLimit).where(RateLimit.key == limit.key))


async def _count(session: AsyncSession, limit: Limit, now: int) -> int | None:
    """The attempts under the key with this one, in one atomic statement; None when they are used up."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(RateLimit).values(id=new_id(), key=limit.key, count=1, last_request=now)
    over = RateLimit.last_request <= now - limit.seconds * 1000
    counted = statement.on_conflict_do_update(
        index_elements=[RateLimit.key],
        set_={"count": case((over, 1), else_=RateLimit.count + 1), "lastRequest": now},
        where=or_(over, RateLimit.count < limit.attempts),
    ).returning(RateLimit.count)
    return (await session.execute(counted)).scalar_one_or_none()


async def _wait(session: AsyncSession, limit: Limit, now: int) -> int:
    """Seconds until the limit opens again, one at the least."""
    last = await session.scalar(select(RateLimit.last_request).where(RateLimit.key == limit.key))
    return max(1, -(-((last or now) + limit.seconds * 1000 - now) // 1000))
