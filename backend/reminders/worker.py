"""The one of this process that sends what is due: it sleeps until the next moment, and asks nothing meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.budgets.claimants import claim
from backend.errors import ProblemError
from backend.models import new_id, utc_now
from backend.reminders.adoption import adopt
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.reminders.delivery import Parcel, Result, claim_parcels, record
from backend.reminders.digests import summarise, users_behind
from backend.reminders.metrics import CYCLES, WAITING
from backend.reminders.models import PAGE, ReminderDue
from backend.reminders.moments import AT_ONCE, fire, lock_settings
from backend.reminders.outlets import Outlets
from backend.session import Database

log = structlog.get_logger()
POLL = timedelta(minutes=1)  # for what another process has written
RETRY_SECONDS = 2.0
SENDING_AT_ONCE = 100
SENDING_SECONDS = 90.0  # the channels' own limits are shorter
STOPPING_SECONDS = 5.0
_UNREACHABLE = (DBAPIError, PoolTimeout, ProblemError)


class Worker:
    """Sends what is due over this database. ``clock`` tells the present instant (UTC)."""

    def __init__(self, database: Database, outlets: Outlets, *, clock: Callable[[], datetime] = utc_now) -> None:
        self.id = new_id()
        self._database, self._outlets, self._clock = database, outlets, clock
        self._alarm = database.wakeups.alarm
        self._sending: set[asyncio.Task[None]] = set()
        self._results: asyncio.Queue[Result] = asyncio.Queue()

    async def run(self) -> None:
        """Work until cancelled; then give what is being sent a few seconds, and record it."""
        claim(None)  # the program's own work: no user's share of the database holds it back
        recording = asyncio.create_task(self._record_all())
        try:
            await self._until_done(lambda: adopt(self._database))
            while True:
                await self._until_done(self._cycle)
        finally:
            await self._finish(recording)

    async def work(self) -> None:
        """Tell, once, all that is due now; what goes beyond the page is begun to be sent."""
        while await self._fire() == AT_ONCE:
            pass
        await self._summarise()
        await self._send()

    async def settle(self) -> None:
        """Wait until what is being sent has been recorded."""
        while self._sending or not self._results.empty():
            if self._sending:
                await asyncio.wait(self._sending)
            await self._record(self._drained())

    async def _cycle(self) -> None:
        await self.work()
        now = self._clock()
        await self._alarm.wait(min(await self._following(now), now + POLL), now)

    async def _until_done(self, act: Callable[[], Awaitable[None]]) -> None:
        """Again every two seconds while the database cannot be reached: what is due stays due."""
        while True:
            try:
                await act()
            except _UNREACHABLE as error:
                CYCLES.labels("unreachable").inc()
                log.warning("reminders wait for the database", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                CYCLES.labels("done").inc()
                return

    async def _fire(self) -> int:
        async with self._database.write() as session:
            fired = await fire(session, self._outlets, self._clock(), limit=AT_ONCE)
        for user_id in fired.users:
            self._database.wakeups.wake(user_id)
        return fired.rows

    async def _summarise(self) -> None:
        while True:
            async with self._database.read() as session:
                behind = await users_behind(session, self._clock())
            for user_id in behind:
                async with self._database.write() as session:
                    settings = await lock_settings(session, [user_id])
                    await summarise(session, settings[user_id], self._clock())
            if not behind:
                return
            await self._fire()

    async def _send(self) -> None:
        """Begin as many sendings as may run at once."""
        room = SENDING_AT_ONCE - len(self._sending)
        if room <= 0 or not await self._has_parcels():
            return
        async with self._database.write() as session:
            parcels = await claim_parcels(session, self.id, self._clock(), limit=room)
        for parcel in parcels:
            task = asyncio.create_task(self._send_one(parcel))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _has_parcels(self) -> bool:
        async with self._database.read() as session:
            return await session.scalar(select(ReminderDue.id).where(*_parcels(self._clock())).limit(1)) is not None

    async def _send_one(self, parcel: Parcel) -> None:
        """Whatever a channel raises counts as a failure that passes: one channel must not stop the others."""
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                await self._outlets.send(parcel.channel, parcel.notice)
        except RefusedError as error:
            result = Result(parcel=parcel, outcome="refused", reason=str(error))
        except UnavailableError as error:
            result = Result(parcel=parcel, outcome="unavailable", reason=str(error), after=error.after)
        except TimeoutError:
            result = Result(parcel=parcel, outcome="unavailable", reason="It did not answer in time.")
        except Exception as error:
            log.exception("a channel failed", channel=parcel.channel)
            result = Result(parcel=parcel, outcome="unavailable", reason=f"It failed here: {type(error).__name__}.")
        else:
            result = Result(parcel=parcel, outcome="sent")
        self._results.put_nowait(result)

    async def _record_all(self) -> None:
        """Store results as they come, many at once; a result is kept until it is stored."""
        while True:
            results = [await self._results.get(), *self._drained()]
            await self._until_done(partial(self._record, results))
            self._alarm.ring()

    def _drained(self) -> list[Result]:
        return [self._results.get_nowait() for _ in range(self._results.qsize())]

    async def _record(self, results: list[Result]) -> None:
        async with self._database.write() as session:
            await record(session, self._outlets, results, self.id, self._clock())

    async def _following(self, now: datetime) -> datetime:
        """The next instant at which something is to be looked at; where all hands are full, a while later."""
        async with self._database.read() as session:
            statement = select(func.min(ReminderDue.next_at))
            full = len(self._sending) >= SENDING_AT_ONCE
            following = await session.scalar(statement.where(ReminderDue.next_at > now) if full else statement)
            WAITING.set(await session.scalar(select(func.count()).where(ReminderDue.next_at <= now)) or 0)
        return following or now + POLL

    async def _finish(self, recording: asyncio.Task[None]) -> None:
        if self._sending:
            await asyncio.wait(self._sending, timeout=STOPPING_SECONDS)
        for task in list(self._sending):
            task.cancel()
        recording.cancel()
        with suppress(asyncio.CancelledError):
            await recording
        with suppress(*_UNREACHABLE):  # the claims end by themselves
            await self._record(self._drained())


def _parcels(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (ReminderDue.next_at <= now, ReminderDue.channel != PAGE)
