"""Clients that listen to the user's lists: what the journal says was changed becomes the protocol's notifications.

A page's stream of events is another: who follows that counts as having seen the user's reminders.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import mcp_types as types
import structlog
from mcp.server.context import ServerRequestContext
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourcesListChanged, ResourceUpdated
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.budgets.claimants import claim
from backend.errors import ProblemError
from backend.journal.service import changes_since
from backend.journal.values import Change, Document
from backend.mcp.caller import Caller
from backend.models import utc_now
from backend.oauth.grants import live_access
from backend.profile.models import Profile
from backend.session import Database
from backend.tasks.text import fold
from backend.tokens.service import live_tokens

log = structlog.get_logger()
POLL_SECONDS = 1.0
CHECK_EVERY = 15  # polls between two looks whether the tokens still work
BATCH = 200
_AT_ONCE = 500


@dataclass(eq=False, kw_only=True)
class Listener:
    """One open stream: whose, by which token, for which resources, and up to which revision it was told."""

    user_id: str
    token: str
    uris: list[str]
    revision: int
    bus: InMemorySubscriptionBus = field(default_factory=InMemorySubscriptionBus)

    def __post_init__(self) -> None:
        self.handler = ListenHandler(self.bus, max_subscriptions=1)

    async def tell(self, changes: list[Change]) -> None:
        """What of the resources these changes touch, each once."""
        for uri in self.uris:
            if any(touches(change, uri) for change in changes):
                await self.bus.publish(ResourceUpdated(uri=uri))
        if any(_project_of(change.before) != _project_of(change.after) for change in changes):
            await self.bus.publish(ResourcesListChanged())


class Listeners:
    """The streams of this process. A user has ``each`` at most, the process ``most``; beyond that the oldest ends."""

    def __init__(self, database: Database, *, each: int, most: int) -> None:
        self.database, self.each, self.most = database, each, most
        self._open: dict[Listener, None] = {}

    async def listen(
        self, caller: Caller, context: ServerRequestContext[Any, Any], params: types.SubscriptionsListenRequestParams
    ) -> types.SubscriptionsListenResult:
        """Serve one stream until its client goes, its token ends or the server stops."""
        listener = Listener(
            user_id=caller.user_id,
            token=caller.token,
            uris=list(params.notifications.resource_subscriptions or ()),
            revision=await self._newest(caller.user_id),
        )
        with self._joined(listener):
            return await listener.handler(context, params)

    async def run(self) -> None:
        """Tell the listeners what is new, until cancelled; end those whose token has ended."""
        claim(None)
        polls = 0
        while True:
            await asyncio.sleep(POLL_SECONDS)
            polls += 1
            if self.database.wakeups.closed:
                self._end(list(self._open))
            if not self._open:
                continue
            try:
                await self._look(check=polls % CHECK_EVERY == 0)
            except (DBAPIError, PoolTimeout, ProblemError) as error:
                log.warning("listeners wait for the database", error=type(error).__name__)

    async def _look(self, *, check: bool) -> None:
        users = list({listener.user_id for listener in self._open})
        for start in range(0, len(users), _AT_ONCE):
            statement = select(Profile.user_id, Profile.revision)
            async with self.database.reading() as reader:
                rows = await reader.rows(statement.where(Profile.user_id.in_(users[start : start + _AT_ONCE])), {})
            for row in rows:
                await self._tell(row.user_id, row.revision)
        if check:
            await self._end_without_token()

    async def _tell(self, user_id: str, newest: int) -> None:
        for listener in [one for one in self._open if one.user_id == user_id and one.revision < newest]:
            async with self.database.read() as session:
                changes = list(await changes_since(session, user_id, listener.revision, limit=BATCH))
            listener.revision = changes[-1].revision if len(changes) == BATCH else newest
            await listener.tell(changes)

    async def _end_without_token(self) -> None:
        tokens = {listener.token for listener in self._open}
        async with self.database.read() as session:
            personal = live_tokens(tokens, now=utc_now())
            live = {personal.tokens[digest] for digest, _ in await session.execute(personal.statement)}
            live |= await live_access(session, tokens)
        self._end([listener for listener in self._open if listener.token in tokens - live])

    async def _newest(self, user_id: str) -> int:
        async with self.database.read() as session:
            return await session.scalar(select(Profile.revision).where(Profile.user_id == user_id)) or 0

    @contextmanager
    def _joined(self, listener: Listener) -> Iterator[None]:
        self._open[listener] = None
        of_user = [one for one in self._open if one.user_id == listener.user_id]
        self._end(of_user[: -self.each] or list(self._open)[: -self.most])
        try:
            yield
        finally:
            self._open.pop(listener, None)

    def _end(self, listeners: list[Listener]) -> None:
        for listener in listeners:
            self._open.pop(listener, None)
            listener.handler.close()


def touches(change: Change, uri: str) -> bool:
    """Whether the resource may read otherwise after the change; what is no resource of ours never does."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    name = fold(unquote(parts.path.removeprefix("/")))
    shown = [document for document in (change.before, change.after) if document]
    return parts.scheme == "todo" and any(_holds(parts.netloc, name, document) for document in shown)


def _holds(kind: str, name: str, document: Document) -> bool:
    """Whether the resource may have this task in it."""
    is_open = bool(document["status"] == "open")
    match kind:
        case "today" | "overdue":
            return is_open and bool(document["due"])
        case "pending":
            return is_open
        case "completed":
            return not is_open
        case "project":
            return is_open and bool(name) and _project_of(document) == name
        case "tag":
            return is_open and name in [fold(tag) for tag in document["tags"]]
        case _:
            return kind == "task" and str(document["number"]) == name


def _project_of(document: Document | None) -> str:
    return fold((document or {}).get("project") or "")
