"""One reading after another in a child process: off the event loop, and ended where it takes too long.

A match of a regular expression holds the interpreter's lock: a thread could neither be ended nor run beside the loop.
"""

import asyncio
import os
import pickle
import sys
import time
from contextlib import suppress
from pathlib import Path
from weakref import WeakKeyDictionary

import structlog
from prometheus_client import Counter, Histogram

from backend.assistant.language.budget import BUDGET, GIVEN_UP, given_up, processor_seconds
from backend.assistant.language.types import Interpretation, Request
from backend.assistant.reader.frames import LENGTH, READY, framed

log = structlog.get_logger()
READINGS_GIVEN_UP = Counter("todo_readings_given_up", "Messages that could not be read within the budget")
READING_SECONDS = Histogram(
    "todo_reading_seconds",
    "Time until a message is read or given up, waiting included",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0),
)
LONGEST = 0.5  # seconds until the child is ended, however little processor time it has used
STARVED = 5.0  # ... unless other processes kept it from running
START_SECONDS = 30.0  # a start compiles the engine's patterns; a busy machine may take seconds
_ROOT = Path(__file__).resolve().parents[3]
_FAILED = (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError, pickle.UnpicklingError)


class Reader:
    """The child of one event loop, started when it is first needed and again when it has ended."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None

    async def read(self, request: Request) -> Interpretation:
        """What the request means, or that it was given up. Raises what the engine raises."""
        async with self._turn:
            try:
                answer = await self._ask(request)
            except _FAILED as error:
                log.warning("the reader ended", error=type(error).__name__)
                await self.close()
                answer = given_up(request)
            except asyncio.CancelledError:
                await self.close()  # its answer would be taken for that of the next request
                raise
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def warm(self) -> None:
        """Start the child, so that the first message does not wait for it."""
        async with self._turn:
            with suppress(*_FAILED):
                await self._started()

    async def close(self) -> None:
        """End the child, whatever it does."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()

    async def _ask(self, request: Request) -> Interpretation | Exception:
        message = framed(pickle.dumps((request, BUDGET), pickle.HIGHEST_PROTOCOL))
        child = await self._started()
        try:
            return await self._answer(child, message)
        except (BrokenPipeError, ConnectionResetError, asyncio.IncompleteReadError):
            await self.close()  # it had been killed before, from outside: a new one reads
            return await self._answer(await self._started(), message)

    async def _answer(self, child: asyncio.subprocess.Process, message: bytes) -> Interpretation | Exception:
        used = processor_seconds(child.pid)
        begun = time.monotonic()
        answer = asyncio.ensure_future(_exchange(child, message))
        try:
            while not (await asyncio.wait((answer,), timeout=LONGEST))[0]:
                if _stuck(child.pid, used) or time.monotonic() - begun > STARVED:
                    raise TimeoutError
            return await answer
        finally:
            answer.cancel()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self.close()
        pipe = asyncio.subprocess.PIPE
        arguments = ("-m", "backend.assistant.reader.child")
        child = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=pipe, stdout=pipe, cwd=_ROOT, env=_environment(), limit=2**24
        )
        self._child = child
        async with asyncio.timeout(START_SECONDS):
            await _out(child).readexactly(len(READY))
        return child


def _environment() -> dict[str, str]:
    """What Python needs to start; the settings, and with them the secrets, are none of the child's business."""
    kept = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ", "PYTHONDONTWRITEBYTECODE", "TZDIR", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _stuck(pid: int, used: float | None) -> bool:
    """Whether it has had the time to end by itself."""
    now = processor_seconds(pid)
    return used is None or now is None or now - used > BUDGET


async def _exchange(child: asyncio.subprocess.Process, message: bytes) -> Interpretation | Exception:
    assert child.stdin is not None  # noqa: S101  (it was started with a pipe)
    child.stdin.write(message)
    await child.stdin.drain()
    head = await _out(child).readexactly(LENGTH)
    answer: Interpretation | Exception = pickle.loads(  # noqa: S301  (from the child alone)
        await _out(child).readexactly(int.from_bytes(head, "big"))
    )
    return answer


def _out(child: asyncio.subprocess.Process) -> asyncio.StreamReader:
    assert child.stdout is not None  # noqa: S101  (it was started with a pipe)
    return child.stdout


_readers: WeakKeyDictionary[asyncio.AbstractEventLoop, Reader] = WeakKeyDictionary()


def _own() -> Reader:
    """The running loop's reader: a pipe belongs to one loop."""
    return _readers.setdefault(asyncio.get_running_loop(), Reader())


async def read(request: Request) -> Interpretation:
    """What the request means, read beside the event loop within a budget; counted, timed and logged where given up."""
    begun = time.perf_counter()
    understood = await _own().read(request)
    seconds = time.perf_counter() - begun
    READING_SECONDS.observe(seconds)
    if GIVEN_UP in understood.rules:
        READINGS_GIVEN_UP.inc()
        log.warning("a reading was given up", characters=len(request.text), seconds=round(seconds, 3))
    return understood


async def warm() -> None:
    """Start the running loop's child."""
    await _own().warm()


async def close() -> None:
    """End the running loop's child; the next reading starts another."""
    await _own().close()
