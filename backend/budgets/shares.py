"""A share: so many things at once for each claimant, so many more that wait in line, and a refusal beyond."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from prometheus_client import Counter, Gauge

from backend.errors import TooManyRequestsError

HELD = Gauge("todo_budget_held", "Places that are taken now, of all users", ["budget"])
WAITING = Gauge("todo_budget_waiting", "Waiting for a place now, of all users", ["budget"])
REFUSED = Counter("todo_budget_refused", "Refused because a user's budget was used up", ["budget"])
RETRY_SECONDS = 1


def refuse(budget: str, detail: str, *, seconds: int = RETRY_SECONDS) -> TooManyRequestsError:
    """Count a refusal, and make the 429 that says when to come again."""
    REFUSED.labels(budget).inc()
    return TooManyRequestsError(detail, headers={"Retry-After": str(seconds)})


@dataclass(eq=False)
class _Line:
    """One claimant's places: how many are taken, and who waits for one."""

    held: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Slot:
    """A place in a share. It is given back once, by `leave` or, where it was kept, with the end of a task."""

    def __init__(self, share: "Share", claimant: str) -> None:
        self._share, self._claimant = share, claimant
        self._open, self._kept = True, False

    def leave(self) -> None:
        """Give the place back, unless a task keeps it."""
        if not self._kept:
            self._give_back()

    def keep_until(self, task: asyncio.Task[None]) -> None:
        """The place stays taken until the task is over, whoever leaves before."""
        self._kept = True
        task.add_done_callback(lambda _: self._give_back())

    def _give_back(self) -> None:
        if self._open:
            self._open = False
            self._share.free(self._claimant)


class Share:
    """``running`` places a claimant, first come first served; ``waiting`` more wait in line, ``seconds`` at most."""

    def __init__(self, name: str, *, running: int, waiting: int, seconds: float, detail: str) -> None:
        self.name, self.running, self.waiting, self.seconds = name, running, waiting, seconds
        self._detail = detail
        self._lines: dict[str, _Line] = {}
        self._held, self._waiting = HELD.labels(name), WAITING.labels(name)

    async def take(self, claimant: str) -> Slot:
        """A place, at once or after a wait. Raises TooManyRequestsError where the line is full or moves too slowly."""
        line = self._lines.setdefault(claimant, _Line())
        if line.held < self.running and not line.waiting:
            line.held += 1
            self._held.inc()
        elif len(line.waiting) >= self.waiting:
            raise refuse(self.name, self._detail)
        else:
            await self._wait(claimant, line)
        return Slot(self, claimant)

    @asynccontextmanager
    async def hold(self, claimant: str) -> AsyncIterator[None]:
        slot = await self.take(claimant)
        try:
            yield
        finally:
            slot.leave()

    def free(self, claimant: str) -> None:
        """Hand a place to the next in line, or leave it empty."""
        line = self._lines[claimant]
        while line.waiting:
            following = line.waiting.popleft()
            if not following.done():
                following.set_result(None)
                return
        line.held -= 1
        self._held.dec()
        if not line.held:
            del self._lines[claimant]

    async def _wait(self, claimant: str, line: _Line) -> None:
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.waiting.append(place)
        self._waiting.inc()
        try:
            async with asyncio.timeout(self.seconds):
                await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self.free(claimant)  # it was handed over just as its taker gave up
            elif place in line.waiting:
                line.waiting.remove(place)
            if isinstance(error, TimeoutError):
                raise refuse(self.name, self._detail) from error
            raise
        finally:
            self._waiting.dec()
