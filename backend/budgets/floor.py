"""The event loop's time, shared between claimants: who has used much of it works step by step, behind the others.

A step is what a piece of work does between two waits. A claimant whose steps have lately taken more than `ALLOWANCE`
waits in one line with all others of that kind before each step. One step of that line runs at a time. The event loop
then reads its sockets, and whoever has used less goes first. A claimant who is alone waits for nobody.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any, Generic, TypeVar

from backend.budgets.claimants import claimant

ALLOWANCE = 0.25  # seconds of the processor, of which half is forgotten after each second
COMPANY_SECONDS = 2.0  # how long ago another claimant worked, for this one not to be alone
YOUNG_SECONDS = 0.02  # a light request is waited for while it is younger; one that takes longer waits for something
STARVED_SECONDS = 0.02  # the line moves at least once in this time
KEPT = 20_000
_LOOK_SECONDS = 0.001
T = TypeVar("T")
_floor: ContextVar["Floor | None"] = ContextVar("floor", default=None)
_urgent: ContextVar[bool] = ContextVar("urgent", default=False)


@dataclass(eq=False)
class Account:
    """What a claimant has used lately: ``spent`` seconds, as of ``at`` of the monotonic clock."""

    spent: float = 0.0
    at: float = 0.0

    def charge(self, seconds: float, now: float) -> None:
        self.spent = self.spent * 0.5 ** (now - self.at) + seconds
        self.at = now


class Floor:
    """Who may take the next step in this process."""

    def __init__(self) -> None:
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self._line: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._is_moving = False
        self._moved_at = 0.0
        self._young: deque[tuple[float, _Paced[Any]]] = deque()
        self._latest: str | None = None
        self._company_at = -COMPANY_SECONDS

    def account(self, who: str) -> Account:
        account = self._accounts.setdefault(who, Account())
        self._accounts.move_to_end(who)
        if len(self._accounts) > KEPT:
            self._accounts.popitem(last=False)
        return account

    def begin(self, work: "_Paced[Any]") -> None:
        """A light request has come: for a moment the line waits for it."""
        now = time.monotonic()
        self._forget_old(now)
        if work.account.spent <= ALLOWANCE:
            self._young.append((now, work))

    def charge(self, who: str, account: Account, seconds: float) -> None:
        now = time.monotonic()
        account.charge(seconds, now)
        if who != self._latest:
            self._latest, self._company_at = who, now

    def holds_back(self, account: Account) -> bool:
        """Whether this claimant's next step stands in the line."""
        if account.spent <= ALLOWANCE:
            return False
        now = time.monotonic()
        account.charge(0.0, now)
        return account.spent > ALLOWANCE and now - self._company_at < COMPANY_SECONDS

    def place(self, account: Account) -> asyncio.Future[None]:
        """A place in the line. Who holds a lock that others may wait for goes first, then who has spent least."""
        loop = asyncio.get_running_loop()
        place: asyncio.Future[None] = loop.create_future()
        heappush(self._line, (-1.0 if _urgent.get() else account.spent, next(self._numbers), place))
        if not self._is_moving:
            self._is_moving, self._moved_at = True, time.monotonic()
            loop.call_soon(self._move_soon)
        return place

    def _move_soon(self) -> None:
        """One pass of the event loop later: what has arrived during the last step is begun meanwhile."""
        asyncio.get_running_loop().call_soon(self._move)

    def _move(self) -> None:
        loop, now = asyncio.get_running_loop(), time.monotonic()
        while self._line and self._line[0][2].done():
            heappop(self._line)  # it was cancelled
        if not self._line:
            self._is_moving = False
            return
        if self._line[0][0] >= 0 and now - self._moved_at < STARVED_SECONDS and self._has_young(now):
            loop.call_later(_LOOK_SECONDS, self._move)
            return
        heappop(self._line)[2].set_result(None)
        self._moved_at = now
        loop.call_soon(self._move_soon)

    def _has_young(self, now: float) -> bool:
        self._forget_old(now)
        return any(not work.is_over for _, work in self._young)

    def _forget_old(self, now: float) -> None:
        while self._young and (self._young[0][1].is_over or now - self._young[0][0] > YOUNG_SECONDS):
            self._young.popleft()


class _Paced(Generic[T]):
    """Work that stands in the line before each of its steps, where its claimant must. Its task stays the caller's."""

    def __init__(self, floor: Floor, who: str, work: Coroutine[Any, Any, T]) -> None:
        self.floor, self.who, self.account = floor, who, floor.account(who)
        self.is_over = False
        self._work = work

    def __await__(self) -> Generator[Any, None, T]:
        self.floor.begin(self)
        raised: BaseException | None = None
        try:
            while True:
                if raised is None and self.floor.holds_back(self.account):
                    raised = yield from _until(self.floor.place(self.account))
                done, result = self._step(raised)
                if done:
                    return result  # type: ignore[no-any-return]  # a coroutine's own steps are untyped
                raised = yield from _passed_on(result)
        finally:
            self.is_over = True
            self._work.close()

    def _step(self, raised: BaseException | None) -> tuple[bool, Any]:
        """Run to the next wait: whether the work is over, and its result or what it waits for."""
        begun = time.thread_time()
        try:
            return False, self._work.send(None) if raised is None else self._work.throw(raised)
        except StopIteration as end:
            return True, end.value
        finally:
            self.floor.charge(self.who, self.account, time.thread_time() - begun)


def _passed_on(wait: object) -> Generator[Any, None, BaseException | None]:
    """Let the task wait for what the work waits for; the exception that is to be raised within it, such as a
    cancellation."""
    try:
        yield wait
    except BaseException as error:
        return error
    return None


def _until(place: asyncio.Future[None]) -> Generator[Any, None, BaseException | None]:
    try:
        yield from place
    except BaseException as error:
        return error
    return None


async def on_floor(floor: Floor, work: Coroutine[Any, Any, T]) -> T:
    """Run the work, and what it starts with `paced`, on the claimant's share of the event loop."""
    _floor.set(floor)
    return await paced(work)


async def paced(work: Coroutine[Any, Any, T]) -> T:
    """The same in another task of the same claimant, such as a turn that outlives its request."""
    floor, who = _floor.get(), claimant()
    if floor is None or who is None:
        return await work
    return await _Paced(floor, who, work)


@contextmanager
def urgent() -> Generator[None]:
    """Within this block the work holds what others wait for: it does not stand behind them."""
    _urgent.set(True)
    try:
        yield
    finally:
        _urgent.set(False)  # no token: a block that is cancelled may end in another context
