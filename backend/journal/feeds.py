"""The one reader behind all of a user's streams in this process: a change costs one query, however many tabs."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import Result, literal, select, union_all
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.models import Session
from backend.budgets.claimants import claim
from backend.errors import ProblemError
from backend.journal.rows import TOLD
from backend.journal.service import changes_since
from backend.journal.values import Change
from backend.journal.wakeups import Feed
from backend.models import utc_now
from backend.pauses import with_pauses
from backend.reminders.page import Shown, newly_told, note_seen
from backend.session import Database
from backend.tokens.service import is_personal, live_tokens

log = structlog.get_logger()
RETRY_SECONDS = 2.0
CHECK_SECONDS = 15.0
BATCH = 200
_TOLD_AT_ONCE = 50
# Saved filters, or how projects and tags look, were changed. Without an `id` line: the stream stays where it is.
SIDEBAR = "event: sidebar\ndata: {}\n\n"


def text_of(change: Change) -> str:
    """The change as one Server-Sent Event."""
    return event_text("change", id_=change.revision, data=change.as_json())


def event_text(name: str, *, id_: int, data: str) -> str:
    """Any event; ``id_`` is the revision from which a client that comes again resumes."""
    return f"id: {id_}\nevent: {name}\ndata: {data}\n\n"


def start_reader(database: Database, feed: Feed, *, revision: int, told: int) -> None:
    """Read for this feed's streams from ``revision`` and ``told`` on, unless someone does already."""
    if feed.reader is None:
        feed.revision, feed.told = revision, told
        feed.reader = asyncio.create_task(run_feed(database, feed))
        feed.reader.add_done_callback(lambda task: _end_all(feed, task))


def _end_all(feed: Feed, task: asyncio.Task[None]) -> None:
    """A reader that failed takes its streams along: their clients come again, and get another."""
    if task.cancelled() or (error := task.exception()) is None:
        return
    log.error("a reader of events failed", exc_info=error)
    for follower in list(feed.followers):
        follower.end("failed")


async def run_feed(database: Database, feed: Feed) -> None:
    """Pass on what is new from ``feed.revision`` on, until cancelled; end the streams whose session is over."""
    claim(None)  # the program's own work: the share of the user whose request started it must not hold it back
    while True:
        feed.changed.clear()
        try:
            more = await _pass_on(database, feed)
        except (DBAPIError, PoolTimeout, ProblemError) as error:
            log.warning("events wait for the database", error=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            if not more:
                await _until_changed(feed)


async def _until_changed(feed: Feed) -> None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await feed.changed.wait()
    except TimeoutError:  # nothing new: time to see whether the sessions still live
        return


async def _pass_on(database: Database, feed: Feed) -> bool:
    """Read once and hand it to all; whether there may be more."""
    tokens = {follower.token for follower in feed.followers if follower.token}
    async with database.read() as session:
        live = await live_among(session, tokens)
        changes = await changes_since(session, feed.user_id, feed.revision or 0, limit=BATCH)
        told = await newly_told(session, feed.user_id, feed.told)
    feed.told = told.so_far
    for follower in list(feed.followers):
        if follower.token in tokens - live:  # one that came meanwhile was let in just now
            follower.end("signed-out")
    async for change in with_pauses(changes, every=TOLD):
        feed.pass_on(change.revision, text_of(change))
    if told.sidebar:
        feed.tell(SIDEBAR)
    if told.shown:
        await _tell(database, feed, told.shown)
    return len(changes) == BATCH


async def _tell(database: Database, feed: Feed, shown: Sequence[Shown]) -> None:
    """Pass reminders on, a few at once so that the streams' queues keep up, and note that a page has them."""
    for place, one in enumerate(shown):
        feed.tell(one.text)
        if place % _TOLD_AT_ONCE == _TOLD_AT_ONCE - 1:
            await asyncio.sleep(0.01)
    async with database.write() as session:
        await note_seen(session, shown)


async def live_among(session: AsyncSession, tokens: set[str]) -> set[str]:
    """Those of the tokens, of sessions and of programs, that still let someone in; in one query."""
    if not tokens:
        return set()
    personal: Sequence[str] = [token for token in tokens if is_personal(token)]
    now = utc_now()
    sessions = select(Session.token, literal(0)).where(Session.token.in_(tokens), Session.expires_at > now)
    digests = live_tokens(personal, now=now)
    rows: Result[Any, Any] = await session.execute(union_all(sessions, digests.statement))
    return {digests.tokens[value] if kind else value for value, kind in rows}
