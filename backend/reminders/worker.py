"""The one of this process that sends what is due: it sleeps until the next moment, and asks nothing meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from backend.budgets.claimants import claim
from backend.models import utc_now
from backend.reminders.adoption import adopt
from backend.reminders.delivery import ReminderQueue
from backend.reminders.digests import summarise, users_behind
from backend.reminders.dispatcher import Dispatcher, Queue, until_done
from backend.reminders.moments import AT_ONCE, fire, lock_settings
from backend.reminders.outlets import Outlets
from backend.session import Database

POLL = timedelta(minutes=1)  # for what another process has written


class Worker:
    """Sends what is due over this database: reminders, and what ``queues`` hold beside them.

    ``clock`` tells the present instant (UTC).
    """

    def __init__(
        self,
        database: Database,
        outlets: Outlets,
        *,
        queues: Sequence[Queue[Any]] = (),
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._outlets, self._clock = database, outlets, clock
        self._alarm = database.wakeups.alarm
        all_queues: list[Queue[Any]] = [ReminderQueue(outlets), *queues]
        self._dispatchers = [Dispatcher(database, queue, clock=clock) for queue in all_queues]

    async def run(self) -> None:
        """Work until cancelled; then give what is being sent a few seconds, and record it."""
        claim(None)  # the program's own work: no user's share of the database holds it back
        recording = [asyncio.create_task(one.record_all()) for one in self._dispatchers]
        try:
            await until_done(lambda: adopt(self._database))
            while True:
                await until_done(self._cycle)
        finally:
            await self._finish(recording)

    async def work(self) -> None:
        """Tell, once, all that is due now; what goes beyond the page is begun to be sent."""
        while await self._fire() == AT_ONCE:
            pass
        await self._summarise()
        for dispatcher in self._dispatchers:
            await dispatcher.dispatch()

    async def settle(self) -> None:
        """Wait until what is being sent has been recorded."""
        for dispatcher in self._dispatchers:
            await dispatcher.settle()

    async def _cycle(self) -> None:
        await self.work()
        now = self._clock()
        following = [await dispatcher.following(now) for dispatcher in self._dispatchers]
        await self._alarm.wait(min([at for at in following if at] + [now + POLL]), now)

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

    async def _finish(self, recording: Sequence[asyncio.Task[None]]) -> None:
        await asyncio.gather(*(dispatcher.stop() for dispatcher in self._dispatchers))
        for task in recording:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for dispatcher in self._dispatchers:
            await dispatcher.record_rest()
