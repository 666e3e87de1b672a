"""A user's changes as Server-Sent Events, across replicas. Between two changes a stream holds no connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog
from fastapi import Request
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth import sessions
from backend.auth.dependencies import presented_token
from backend.journal.service import changes_since
from backend.journal.values import Change
from backend.journal.wakeups import Follower
from backend.models import utc_now
from backend.profile.models import Profile
from backend.session import Database
from backend.settings import Settings
from backend.tokens.service import is_live, is_personal

log = structlog.get_logger()
HEARTBEAT_SECONDS = 15.0
POLL_SECONDS = 1.0
RETRY_SECONDS = 2.0
_BATCH = 200
_USERS = 500


@dataclass(frozen=True)
class Stream:
    """One client's stream: whose, by which session's or personal token."""

    database: Database
    user_id: str
    token: str | None

    async def read(self, revision: int) -> list[Change] | None:
        """The changes after a revision; None when the session has ended or the token was revoked meanwhile."""
        async with self.database.read() as session:
            if not await _is_signed_in(session, self.token):
                return None
            return await changes_since(session, self.user_id, revision, limit=_BATCH)

    async def newest(self) -> int:
        async with self.database.read() as session:
            return await session.scalar(select(Profile.revision).where(Profile.user_id == self.user_id)) or 0


async def follow(
    request: Request, database: Database, user_id: str, *, settings: Settings, since: int | None
) -> AsyncIterator[str]:
    """Events until the client leaves, its session ends or the server stops.

    A revision in ``since`` beyond the newest counts as the newest: the database is another one than the client knew.
    """
    stream = Stream(database, user_id, presented_token(request, settings))
    follower = database.wakeups.join(user_id)
    try:
        newest = await stream.newest()
        follower.revision = newest if since is None else min(since, newest)
        yield _event("ready", id_=follower.revision, data=json.dumps({"revision": newest}))
        while not database.wakeups.closed:
            async for text in _next(stream, follower):
                yield text
    except _SignedOutError:
        yield _event("signed-out", id_=follower.revision, data="{}")
    finally:
        database.wakeups.leave(follower)


class _SignedOutError(Exception):
    """The session that opened the stream has ended."""


async def _next(stream: Stream, follower: Follower) -> AsyncIterator[str]:
    """What there is to send now; then wait for more, with a heartbeat if nothing comes."""
    follower.event.clear()
    try:
        changes = await stream.read(follower.revision)
    except (DBAPIError, PoolTimeout) as error:
        log.warning("events wait for the database", error=type(error).__name__)
        yield ": the database cannot be reached\n\n"
        await follower.wait(RETRY_SECONDS)
        return
    if changes is None:
        raise _SignedOutError
    for change in changes:
        follower.revision = change.revision
        yield _event("change", id_=change.revision, data=change.as_json())
    if not changes and not await follower.wait(HEARTBEAT_SECONDS):
        yield ": heartbeat\n\n"


def _event(name: str, *, id_: int, data: str) -> str:
    return f"id: {id_}\nevent: {name}\ndata: {data}\n\n"


async def _is_signed_in(session: AsyncSession, token: str | None) -> bool:
    if token and is_personal(token):
        return await is_live(session, token)
    found = await sessions.find(session, token) if token else None
    return found is not None and found[0].expires_at > utc_now()


async def poll(database: Database) -> None:
    """Wake the followers whose user was changed by another process; runs until it is cancelled."""
    while True:
        await asyncio.sleep(POLL_SECONDS)
        users = list(database.wakeups.users())
        try:
            for start in range(0, len(users), _USERS):
                await _wake_behind(database, users[start : start + _USERS])
        except (DBAPIError, PoolTimeout) as error:
            log.warning("polling waits for the database", error=type(error).__name__)


async def _wake_behind(database: Database, users: list[str]) -> None:
    statement = select(Profile.user_id, Profile.revision).where(Profile.user_id.in_(users))
    async with database.reading() as reader:
        revisions = {row.user_id: row.revision for row in await reader.rows(statement, {})}
    database.wakeups.wake_behind(revisions)
