"""A process whose event loop stands still ends itself, with the stack of every thread in its log.

Whoever started the process brings it back: Kubernetes the container, `./todo up` the server. A thread of this process
could not tell: a C call that keeps Python's lock keeps threads out too. So a small program beside it counts, and a
signal handler of two C functions acts: one writes the stacks, the next ends the process. docs/decisions/072 has the
reasons.
"""

import asyncio
import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path

import structlog

from backend.serving import sentry

log = structlog.get_logger()
BEATS_A_SECOND = 2
_STDERR = 2
_free = threading.Lock()  # held while this process is watched


@asynccontextmanager
async def watched(seconds: float) -> AsyncIterator[None]:
    """End this process if the running loop answers nothing for so many seconds within the block; 0 watches nothing.

    Time counts only while the process may run: a stopped process, a frozen container or a sleeping laptop stands still
    without being at fault. A block within another adds nothing: two signals at once would cut the stacks short.
    """
    if not seconds or not _free.acquire(blocking=False):
        yield
        return
    try:
        _end_on_signal()
        with _sentry(seconds) as started:
            assert started.stdin is not None  # noqa: S101  (a pipe was asked for)
            beating = asyncio.create_task(_beat(started.stdin.fileno()))
            try:
                yield
            finally:
                beating.cancel()
                with suppress(asyncio.CancelledError):
                    await beating
    finally:
        _free.release()


async def _beat(descriptor: int) -> None:
    os.set_blocking(descriptor, False)
    while True:
        try:
            os.write(descriptor, b".")
        except BlockingIOError:
            pass  # it has been kept from reading, and has more beats than it needs
        except BrokenPipeError:
            log.error("the watchdog has ended: nothing ends this process if its event loop stands still")
            return
        await asyncio.sleep(1 / BEATS_A_SECOND)


def _sentry(seconds: float) -> "subprocess.Popen[bytes]":
    """Start the program that counts. It ends when its input does: with the block, or with this process.

    It stays out of this process' group, so that what is meant for the server, as Ctrl-C, does not end it first.
    """
    command = [sys.executable, "-I", "-S", str(Path(sentry.__file__)), str(os.getpid()), str(seconds)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


@cache
def _end_on_signal() -> None:
    """On SIGQUIT write every thread's stack to standard error, then exit.

    Neither step needs Python's lock, and a handler works also for the first process of a container, which signals
    without one do not end. The exit code is the signal's number, 3.
    """
    libc = ctypes.CDLL(None)
    libc.signal.argtypes, libc.signal.restype = (ctypes.c_int, ctypes.c_void_p), ctypes.c_void_p
    libc.signal(signal.SIGQUIT, ctypes.cast(libc._exit, ctypes.c_void_p))
    faulthandler.register(signal.SIGQUIT, file=_STDERR, all_threads=True, chain=True)
