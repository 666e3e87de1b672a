"""Blocking work beside the protocol's loop: with progress, and called off when its request is."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import anyio

from orchestrator.mcp.progress import Tell

T = TypeVar("T")
Send = Callable[[float, float | None, str], Awaitable[None]]


class _Ended(Generic[T]):
    """How the work ended: with a value or an error."""

    value: T
    error: Exception | None = None
    over: bool = False


async def work(job: Callable[[Tell], T], *, cancelled: threading.Event, send: Send) -> T:
    """What `job` returns or raises, in a thread. Called off, `cancelled` is set and the job's end awaited.

    The job tells its progress from any thread; `send` passes it on, in order.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Queue[tuple[float, float | None, str] | None]()
    ended = _Ended[T]()

    def tell(progress: float, total: float | None, message: str) -> None:
        loop.call_soon_threadsafe(told.put_nowait, (progress, total, message))

    def run() -> None:
        try:
            ended.value = job(tell)
        except Exception as error:
            ended.error = error
        finally:
            loop.call_soon_threadsafe(told.put_nowait, None)

    async with anyio.create_task_group() as group:
        group.start_soon(_set_unless_over, cancelled, ended)
        group.start_soon(_pass_on, told, send)
        await anyio.to_thread.run_sync(run)
        ended.over = True
        await told.join()
        group.cancel_scope.cancel()
    if ended.error is not None:
        raise ended.error
    return ended.value


async def _set_unless_over(cancelled: threading.Event, ended: _Ended[T]) -> None:
    """Waits beside the job; that it is ended before the job is over means that the request was called off."""
    try:
        await anyio.sleep_forever()
    finally:
        if not ended.over:
            cancelled.set()


async def _pass_on(told: "asyncio.Queue[tuple[float, float | None, str] | None]", send: Send) -> None:
    while True:
        item = await told.get()
        try:
            if item is not None:
                await send(*item)
        finally:
            told.task_done()
