"""Sending what a queue of the database holds: rows are claimed, sent beside each other, and recorded.

What a row is and where it goes, the queue says; reminders and webhooks are one each. A crash between sending and
recording leaves the claim, which ends by itself: then the row is sent again, under the same id.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ProblemError
from backend.models import new_id, utc_now
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.reminders.metrics import CYCLES
from backend.session import Database

log = structlog.get_logger()
RETRY_SECONDS = 2.0
SENDING_AT_ONCE = 100
SENDING_SECONDS = 90.0  # the channels' own limits are shorter
STOPPING_SECONDS = 5.0
UNREACHABLE = (DBAPIError, PoolTimeout, ProblemError)
P = TypeVar("P")


@dataclass(frozen=True, kw_only=True)
class Result(Generic[P]):
    """What became of a parcel: ``sent``, ``refused`` for good, or ``unavailable``, then with when to try again.

    ``status`` is what an HTTP receiver answered, ``took`` how long it was waited for.
    """

    parcel: P
    outcome: str
    reason: str = ""
    after: timedelta | None = None
    status: int | None = None
    took: timedelta = timedelta()


class Queue(Protocol[P]):
    """What is to be sent. The sessions are in a transaction of the dispatcher's, but that of `is_due` only reads."""

    async def is_due(self, session: AsyncSession, now: datetime, *, sending: Sequence[P]) -> bool:
        """Whether there is anything to claim now; ``sending`` is what is being sent already."""

    async def claim(
        self, session: AsyncSession, worker_id: str, now: datetime, *, limit: int, sending: Sequence[P]
    ) -> list[P]:
        """Claim rows, so that no other replica takes them; none where nothing more may be sent now."""

    async def send(self, parcel: P) -> int | None:
        """The HTTP status of a receiver that took it, where there is one.

        Raises RefusedError where the receiver is to be shut off, UnavailableError where it is to be tried again.
        """

    async def record(
        self, session: AsyncSession, results: Sequence[Result[P]], worker_id: str, now: datetime
    ) -> None: ...

    async def following(self, session: AsyncSession, now: datetime, *, sending: Sequence[P]) -> datetime | None:
        """When something is to be looked at next; not what waits for one of ``sending`` to end."""


class Dispatcher(Generic[P]):
    """Sends what one queue holds, so many at once. ``clock`` tells the present instant (UTC)."""

    def __init__(self, database: Database, queue: Queue[P], *, clock: Callable[[], datetime] = utc_now) -> None:
        self.id = new_id()
        self._database, self._queue, self._clock = database, queue, clock
        self._sending: dict[asyncio.Task[None], P] = {}
        self._results: asyncio.Queue[Result[P]] = asyncio.Queue()

    async def dispatch(self) -> None:
        """Begin as many sendings as may run at once."""
        while (room := SENDING_AT_ONCE - len(self._sending)) > 0 and await self._is_due():
            sending = list(self._sending.values())
            async with self._database.write() as session:
                parcels = await self._queue.claim(session, self.id, self._clock(), limit=room, sending=sending)
            for parcel in parcels:
                task = asyncio.create_task(self._send(parcel))
                self._sending[task] = parcel
                task.add_done_callback(self._sending.pop)
            if not parcels:  # another replica was faster
                return

    async def following(self, now: datetime) -> datetime | None:
        """The next instant at which something is to be looked at."""
        async with self._database.read() as session:
            return await self._queue.following(session, now, sending=list(self._sending.values()))

    async def record_all(self) -> None:
        """Store results as they come, many at once, until cancelled; a result is kept until it is stored."""
        while True:
            results = [await self._results.get(), *self._drained()]
            await until_done(partial(self._record, results))
            self._database.wakeups.alarm.ring()

    async def settle(self) -> None:
        """Wait until what is being sent has been recorded."""
        while self._sending or not self._results.empty():
            if self._sending:
                await asyncio.wait(self._sending)
            await self._record(self._drained())

    async def stop(self) -> None:
        """Give what is being sent a few seconds."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=STOPPING_SECONDS)
        for task in list(self._sending):
            task.cancel()

    async def record_rest(self) -> None:
        """Store what has come of it, if the database can be reached: else the claims end by themselves."""
        with suppress(*UNREACHABLE):
            await self._record(self._drained())

    async def _is_due(self) -> bool:
        async with self._database.read() as session:
            return await self._queue.is_due(session, self._clock(), sending=list(self._sending.values()))

    async def _send(self, parcel: P) -> None:
        started = time.monotonic()
        result = await self._outcome(parcel)
        took = timedelta(milliseconds=round((time.monotonic() - started) * 1000))
        self._results.put_nowait(replace(result, took=took))

    async def _outcome(self, parcel: P) -> Result[P]:
        """Whatever a receiver's code raises counts as a failure that passes: one must not stop the others."""
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                status = await self._queue.send(parcel)
        except RefusedError as error:
            return Result(parcel=parcel, outcome="refused", reason=str(error), status=error.status)
        except UnavailableError as error:
            outcome = Result(parcel=parcel, outcome="unavailable", reason=str(error), status=error.status)
            return replace(outcome, after=error.after)
        except TimeoutError:
            return Result(parcel=parcel, outcome="unavailable", reason="It did not answer in time.")
        except Exception as error:
            log.exception("sending failed", parcel=str(parcel)[:200])
            return Result(parcel=parcel, outcome="unavailable", reason=f"It failed here: {type(error).__name__}.")
        return Result(parcel=parcel, outcome="sent", status=status)

    def _drained(self) -> list[Result[P]]:
        return [self._results.get_nowait() for _ in range(self._results.qsize())]

    async def _record(self, results: Sequence[Result[P]]) -> None:
        if not results:
            return
        async with self._database.write() as session:
            await self._queue.record(session, results, self.id, self._clock())


async def until_done(act: Callable[[], Awaitable[None]]) -> None:
    """Again every two seconds while the database cannot be reached: what is due stays due."""
    while True:
        try:
            await act()
        except UNREACHABLE as error:
            CYCLES.labels("unreachable").inc()
            log.warning("reminders wait for the database", error=type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            CYCLES.labels("done").inc()
            return
