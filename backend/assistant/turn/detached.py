"""Turns outlive their listeners: a page that goes away does not stop what it has asked for."""

import asyncio
from collections.abc import AsyncIterator

from pydantic_ai.ui.vercel_ai.response_types import BaseChunk

from backend.assistant.turn.run import ChatTurn
from backend.budgets.gate import held_slot

Chunks = asyncio.Queue[BaseChunk | BaseException | None]


class RunningTurns:
    """The turns that run in this process, so that a shutdown can let them end. It holds nothing that a turn needs."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, turn: ChatTurn) -> AsyncIterator[BaseChunk]:
        """Run the turn to its end, whatever becomes of the iterator that is given back."""
        queue: Chunks = asyncio.Queue()
        task = asyncio.create_task(_pump(turn, queue))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if slot := held_slot():
            slot.keep_until(task)
        return _drain(queue)

    async def finish(self, *, seconds: float) -> None:
        """Wait so long for the turns that still run, then cut them off."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _pump(turn: ChatTurn, queue: Chunks) -> None:
    try:
        async for chunk in turn.chunks():
            queue.put_nowait(chunk)
    except BaseException as error:
        queue.put_nowait(error)
        raise
    queue.put_nowait(None)


async def _drain(queue: Chunks) -> AsyncIterator[BaseChunk]:
    while (item := await queue.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        yield item
