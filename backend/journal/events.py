"""A user's changes as Server-Sent Events, across replicas. Between two changes a stream holds no connection."""

import asyncio
import json
from collections.abc import AsyncIterator

import structlog
from fastapi import Request
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.auth.dependencies import presented_token
from backend.errors import ProblemError
from backend.journal.feeds import BATCH, RETRY_SECONDS, event_text, start_reader, text_of
from backend.journal.service import changes_since
from backend.journal.wakeups import Follower
from backend.profile.models import Profile
from backend.reminders.models import ReminderSettings
from backend.reminders.page import note_seen, told_so_far, unseen
from backend.session import Database
from backend.settings import Settings

log = structlog.get_logger()
HEARTBEAT_SECONDS = 15.0
POLL_SECONDS = 1.0
_USERS = 500
_LAST_WORDS = {"replaced", "signed-out"}  # the others end without a word: the client comes again and resumes
# An EventSource comes again by itself. What was ended for a newer one must not come back at once and end that.
_COME_LATER = "retry: 60000\n"


async def follow(
    request: Request, database: Database, user_id: str, *, settings: Settings, since: int | None
) -> AsyncIterator[str]:
    """Events until the client leaves, its session ends, a newer stream takes its place or the server stops.

    A revision in ``since`` beyond the newest counts as the newest: the database is another one than the client knew.
    """
    feed, follower = database.wakeups.join(user_id, presented_token(request, settings))
    try:
        if database.wakeups.closed:
            return
        newest, told = await _newest(database, user_id)
        start_reader(database, feed, revision=newest, told=told)
        follower.revision = newest if since is None else min(since, newest)
        yield event_text("ready", id_=follower.revision, data=json.dumps({"revision": newest}))
        async for text in _missed(database, follower, until=feed.revision or newest):
            yield text
        async for text in _reminders(database, user_id):
            yield text
        async for text in _live(follower):
            yield text
        if follower.ended in _LAST_WORDS:
            yield _COME_LATER + event_text(follower.ended or "", id_=follower.revision, data="{}")
    finally:
        database.wakeups.leave(follower)


async def _newest(database: Database, user_id: str) -> tuple[int, int]:
    """The user's newest revision, and what their page was told."""
    async with database.read() as session:
        revision = await session.scalar(select(Profile.revision).where(Profile.user_id == user_id)) or 0
        return revision, await told_so_far(session, user_id)


async def _reminders(database: Database, user_id: str) -> AsyncIterator[str]:
    """What came while no page was open; where the database cannot be reached, the next stream has it."""
    try:
        async with database.read() as session:
            shown = await unseen(session, user_id)
        for one in shown:
            yield one.text
        if shown:
            async with database.write() as session:
                await note_seen(session, shown)
    except (DBAPIError, PoolTimeout, ProblemError) as error:
        log.warning("reminders wait for the database", error=type(error).__name__)


async def _missed(database: Database, follower: Follower, *, until: int) -> AsyncIterator[str]:
    """What was changed while the client was away, read for this stream alone; the live events queue meanwhile."""
    while follower.revision < until and follower.ended is None:
        try:
            async with database.read() as session:
                changes = await changes_since(session, follower.user_id, follower.revision, limit=BATCH)
        except (DBAPIError, PoolTimeout, ProblemError) as error:
            log.warning("events wait for the database", error=type(error).__name__)
            yield ": the database cannot be reached\n\n"
            await asyncio.sleep(RETRY_SECONDS)
            continue
        if not changes:
            return
        for change in changes:
            follower.revision = change.revision
            yield text_of(change)


async def _live(follower: Follower) -> AsyncIterator[str]:
    """What the user's one reader passes on, with a heartbeat where nothing comes."""
    while follower.ended is None:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                item = await follower.events.get()
        except TimeoutError:
            yield ": heartbeat\n\n"
            continue
        if item is None:
            continue
        revision, text = item
        if revision is None:
            yield text
        elif revision > follower.revision:
            follower.revision = revision
            yield text


async def poll(database: Database) -> None:
    """Wake the readers whose user was changed by another process; runs until it is cancelled."""
    while True:
        await asyncio.sleep(POLL_SECONDS)
        users = list(database.wakeups.users())
        try:
            for start in range(0, len(users), _USERS):
                await _wake_behind(database, users[start : start + _USERS])
        except (DBAPIError, PoolTimeout) as error:
            log.warning("polling waits for the database", error=type(error).__name__)


async def _wake_behind(database: Database, users: list[str]) -> None:
    told = func.coalesce(ReminderSettings.told, 0).label("told")
    statement = select(Profile.user_id, Profile.revision, told).outerjoin(
        ReminderSettings, ReminderSettings.user_id == Profile.user_id
    )
    async with database.reading() as reader:
        rows = await reader.rows(statement.where(Profile.user_id.in_(users)), {})
    database.wakeups.wake_behind({row.user_id: (row.revision, row.told) for row in rows})
