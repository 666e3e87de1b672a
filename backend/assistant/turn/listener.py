"""Who listens to a turn: a bounded queue, so that a slow page slows its turn instead of filling the memory."""

import asyncio
from collections.abc import AsyncIterator

import structlog
from pydantic_ai.ui.vercel_ai.response_types import BaseChunk

log = structlog.get_logger()
LENGTH = 64
PATIENCE_SECONDS = 20.0


class Listener:
    """Of one turn. Once it has left, or has taken nothing for `PATIENCE_SECONDS`, the turn goes on without it."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[BaseChunk | None] = asyncio.Queue(LENGTH)
        self._gone = False
        self._over = False
        self._error: BaseException | None = None

    async def send(self, chunk: BaseChunk) -> None:
        """Give a chunk to the listener, and wait while it has too many."""
        if self._gone:
            return
        if not self._queue.full():
            self._queue.put_nowait(chunk)
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._queue.put(chunk)
        except TimeoutError:
            log.warning("a listener takes nothing; its turn goes on without it", seconds=PATIENCE_SECONDS)
            self._leave()

    def end(self, error: BaseException | None) -> None:
        """The turn is over; what is queued is still taken."""
        self._over, self._error = True, error
        if self._queue.empty():
            self._queue.put_nowait(None)  # wakes one who waits

    async def chunks(self) -> AsyncIterator[BaseChunk]:
        """What was sent, to the end. Raises the turn's own error."""
        try:
            while not (self._over and self._queue.empty()):
                chunk = await self._queue.get()
                if chunk is not None:
                    yield chunk
        finally:
            self._leave()
        if self._error:
            raise self._error

    def _leave(self) -> None:
        """Take nothing more, and free a turn that waits for room."""
        self._gone = True
        while not self._queue.empty():
            self._queue.get_nowait()
