"""Searches: what may take long is read beside the event loop, one a user at a time, and ended at its limit."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection, Executable, Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.budgets.claimants import claimant
from backend.budgets.shares import Share

RUNNING = 1
_LINE = 100  # the gate lets fewer through
_BUSY = "Too many of your searches wait; this one was not begun. Try again in a moment."
# sqlite3 leaves Python's lock alone while SQLite works. Two: more would take the processor from the event loop.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="search")


class Searches:
    """``seconds`` is the longest one: over SQLite the connection's own clock ends it, over Postgres the server."""

    def __init__(self, *, seconds: float) -> None:
        self._limit = text(f"SET LOCAL statement_timeout = {round(seconds * 1000)}")
        self._share = Share("searches", running=RUNNING, waiting=_LINE, seconds=10 * seconds, detail=_BUSY)

    async def rows(
        self, connection: Connection | AsyncConnection, statement: Executable, parameters: Mapping[str, object]
    ) -> Sequence[Row[Any]]:
        if not isinstance(connection, Connection):
            await connection.execute(self._limit)
            return (await connection.execute(statement, parameters)).all()
        async with self._share.hold(claimant() or ""):
            return await _beside(connection, statement, parameters)


async def _beside(
    connection: Connection, statement: Executable, parameters: Mapping[str, object]
) -> Sequence[Row[Any]]:
    """Read in a thread. Whoever stops waiting leaves the connection only once the thread has left it too."""
    running = asyncio.get_running_loop().run_in_executor(
        _THREADS, lambda: connection.execute(statement, parameters).all()
    )
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        connection.connection.dbapi_connection.interrupt()  # type: ignore[union-attr]  # sqlite3's own
        await asyncio.wait([running])
        raise
