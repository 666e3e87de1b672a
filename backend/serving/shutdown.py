"""Hearing early that the server is asked to stop: uvicorn itself waits for open streams before it tells the app."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def when_stopping(callback: Callable[[], None]) -> Iterator[None]:
    """Run ``callback`` in the event loop on SIGTERM or SIGINT, before the handlers that stood already."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    restore = [_chain(number, loop, callback) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        yield
    finally:
        for undo in restore:
            undo()


def _chain(number: signal.Signals, loop: asyncio.AbstractEventLoop, callback: Callable[[], None]) -> Callable[[], None]:
    before = signal.getsignal(number)

    def handle(received: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(callback)
        if callable(before):
            before(received, frame)

    def undo() -> None:
        if signal.getsignal(number) is handle:
            signal.signal(number, before)

    if callable(before):  # with no handler of a server's, the signal's default action is the right one
        signal.signal(number, handle)
    return undo
