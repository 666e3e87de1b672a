"""Waking this process's worker when something is to be sent sooner than it sleeps for."""

import asyncio
from datetime import datetime


class Alarm:
    """The worker waits on it; a change that makes something due rings it once it is committed."""

    def __init__(self) -> None:
        self._until: datetime | None = None
        self._rung = asyncio.Event()

    def ring(self, at: datetime | None = None) -> None:
        """Wake the worker if it would sleep beyond ``at`` (UTC), or at once."""
        if at is None or self._until is None or at < self._until:
            self._rung.set()

    async def wait(self, until: datetime, now: datetime) -> bool:
        """Sleep until then or until it rings, which is told."""
        self._until = until
        try:
            async with asyncio.timeout(max(0.0, (until - now).total_seconds())):
                await self._rung.wait()
        except TimeoutError:
            return False
        finally:
            self._until = None
            self._rung.clear()
        return True
