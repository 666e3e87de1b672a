"""What a user may have of the database at once: a share of the pool's connections, and one write at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.budgets.claimants import claimant, is_address
from backend.budgets.shares import Share

WAIT_SECONDS = 10.0
_LINE = 500  # the gate lets fewer requests through; turns that run come on top
_BUSY = "Too many of your requests wait for the database; nothing was changed. Try again in a moment."
_WRITES = "Too many of your changes wait for their turn; this one was not made. Try again in a moment."


def share_of(pool_size: int) -> int:
    """How many connections one user may hold of a pool that may grow to twice its size: a quarter, two at the least."""
    return max(2, pool_size // 2)


class DatabaseShares:
    """Asked by `backend.session.Database` before each connection. The program's own work has no limit."""

    def __init__(self, *, pool_size: int, writes: int) -> None:
        held = share_of(pool_size)
        self._connections = Share("connections", running=held, waiting=_LINE, seconds=WAIT_SECONDS, detail=_BUSY)
        # A user's writes lock the user's profile one after the other anyway: waiting there would cost a connection.
        self._writes = Share("writes", running=1, waiting=writes, seconds=WAIT_SECONDS, detail=_WRITES)
        # Behind an address may stand many people who sign in.
        self._entries = Share("entries", running=held, waiting=_LINE, seconds=WAIT_SECONDS, detail=_WRITES)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[None]:
        who = claimant()
        if who is None:
            yield
            return
        async with self._connections.hold(who):
            yield

    @asynccontextmanager
    async def write(self) -> AsyncIterator[None]:
        who = claimant()
        if who is None:
            yield
            return
        async with (self._entries if is_address(who) else self._writes).hold(who):
            yield
