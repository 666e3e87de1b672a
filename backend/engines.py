"""How each database is connected to."""

import asyncio
import math
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from greenlet import getcurrent  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import Connection, Engine, Pool, QueuePool, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only

# Only a lock of another process is waited for here, and the event loop with it: `Database` waits longer, without it.
BUSY_TIMEOUT_MS = 50
STATEMENT_TIMEOUT_MS = 30_000
APPLICATION_NAME = "todo-backend"  # how a restore knows that the app is connected
# sqlite3 leaves Python's lock alone while SQLite works. Few: more would take the processor from the event loop.
_THREADS = ThreadPoolExecutor(max_workers=3, thread_name_prefix="sqlite")
_STEPS = 20_000  # of SQLite's virtual machine, about a millisecond


class InlineSQLite(SQLiteDialect_pysqlite):
    """SQLite called from the event loop itself: its statements take microseconds, the way to a thread ten times that.

    Nor does it wait for a free connection: the pool has no limit. docs/decisions/004-inline-sqlite.md has the figures.
    """

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """With the execution option ``beside`` in a thread, all rows with it: for what reads thousands of rows."""
        if context and context.execution_options.get("beside") and _may_wait():
            await_only(_to_its_end(partial(cursor.read_whole, statement, parameters)))
        else:
            cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """In a thread: each row writes its indexes too, that of the words above all, and takes a millisecond or two."""
        if _may_wait():
            await_only(_to_its_end(partial(cursor.executemany, statement, parameters)))
        else:
            cursor.executemany(statement, parameters)

    def do_commit(self, dbapi_connection: Any) -> None:  # Any: the base's own signature
        """Alone of all, a commit waits for the disk: in a thread, and whoever is cancelled waits for its end too."""
        if _may_wait():
            await_only(_to_its_end(dbapi_connection.commit))
        else:
            dbapi_connection.commit()


def _may_wait() -> bool:
    """Whether SQLAlchemy's asyncio layer is the caller; its plain one can't wait for a thread."""
    return bool(getattr(getcurrent(), "__sqlalchemy_greenlet_provider__", False))


async def _to_its_end(act: Callable[[], None]) -> None:
    running = asyncio.get_running_loop().run_in_executor(_THREADS, act)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


class _Cursor(sqlite3.Cursor):
    _rows: deque[Any] | None = None

    def read_whole(self, statement: str, parameters: Any) -> None:
        """Execute, and keep every row at hand for the fetching."""
        self.execute(statement, parameters)
        self._rows = deque(super().fetchall())

    def fetchone(self) -> Any:
        if self._rows is None:
            return super().fetchone()
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = self.arraysize if size is None else size
        if self._rows is None:
            return super().fetchmany(wanted)
        return [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        if self._rows is None:
            return super().fetchall()
        rows, self._rows = list(self._rows), deque()
        return rows

    async def _async_soft_close(self) -> None:
        """SQLAlchemy's asyncio layer awaits this after a statement of plain columns; the rows stay at hand."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:  # Any: the base's own signature is an overload
        return super().cursor(factory)


registry.register("sqlite.inline", __name__, InlineSQLite.__name__)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long, in seconds, one statement may take, a search, the wait for a lock, and a transaction that does nothing.

    What runs with the execution option ``unbounded``, as migrations do, has no limit.
    """

    statement: float = 10.0
    search: float = 2.0
    lock: float = 5.0
    idle: float = 30.0


def make_engine(url: URL, *, pool_size: int, patience: Patience, synchronous: str = "FULL") -> AsyncEngine:
    """An engine for the database at ``url``; nothing is connected yet. ``synchronous`` is SQLite's pragma."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, patience, synchronous)
    return _postgres(url, pool_size, patience)


def make_reading_engine(url: URL, *, patience: Patience) -> Engine:
    """A plain engine beside SQLite's own, for reading from the event loop without a session; it never waits.

    Nor does it begin a transaction: nothing else of this process can run between the statements of one reading.
    """
    engine = create_engine(
        url.set(drivername="sqlite"),
        connect_args={"isolation_level": None, "check_same_thread": False},
        poolclass=QueuePool,
        pool_reset_on_return=None,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    _limit_sqlite(engine, patience)
    return engine


def is_locked(error: Exception) -> bool:
    """Whether SQLite refused because another connection holds the lock."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return isinstance(error, OperationalError) and code & 0xFF == sqlite3.SQLITE_BUSY


def _postgres(url: URL, pool_size: int, patience: Patience) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=5,
        # transaction-mode poolers (Neon, PgBouncer) do not keep prepared statements
        connect_args={
            "application_name": APPLICATION_NAME,
            "connect_timeout": 5,
            "tcp_user_timeout": STATEMENT_TIMEOUT_MS,
            "prepare_threshold": None,
        },
    )
    # For this transaction alone: such a pooler gives a connection's settings to whoever comes next, or refuses them.
    limits = {"statement": patience.statement, "lock": patience.lock, "idle_in_transaction_session": patience.idle}
    local = "; ".join(f"SET LOCAL {name}_timeout = {round(seconds * 1000)}" for name, seconds in limits.items())

    def limit(connection: Connection) -> None:
        if not connection.get_execution_options().get("unbounded"):
            connection.exec_driver_sql(local)

    event.listen(engine.sync_engine, "begin", limit)
    return engine


def _sqlite(url: URL, patience: Patience, synchronous: str) -> AsyncEngine:
    arguments = {"isolation_level": None, "check_same_thread": False, "factory": _Connection}
    engine = create_async_engine(url, connect_args=arguments, pool_size=20, max_overflow=-1)
    event.listen(engine.sync_engine, "connect", partial(_prepare_sqlite, synchronous=synchronous))
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    _limit_sqlite(engine.sync_engine, patience)
    return engine


class _Clock:
    """A connection's statement under way: SQLite asks, every so many of its steps, whether to end it."""

    def __init__(self) -> None:
        self.end = math.inf

    def is_over(self) -> bool:
        return time.monotonic() > self.end


def _limit_sqlite(engine: Engine, patience: Patience) -> None:
    """End each statement of a reading after ``patience.search``, since it holds up the event loop, of a write later."""

    def watch(connection: Any, record: Any) -> None:  # a DBAPI connection and its place in the pool: no common type
        record.info["clock"] = clock = _Clock()
        connection.set_progress_handler(clock.is_over, _STEPS)

    def start(connection: Connection, *_: object) -> None:
        options = connection.get_execution_options()
        seconds = patience.statement if options.get("write") else patience.search
        connection.info["clock"].end = math.inf if options.get("unbounded") else time.monotonic() + seconds

    event.listen(engine, "connect", watch)
    event.listen(engine, "before_cursor_execute", start)


def _prepare_sqlite(connection: Any, _record: object, synchronous: str = "FULL") -> None:  # Any: no common type
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        f"synchronous = {synchronous}",
        f"fullfsync = {synchronous == 'FULL':d}",  # macOS: through the disk's own cache too; elsewhere nothing
        "foreign_keys = ON",
        "cache_size = -16000",  # KiB: 10,000 tasks and their indexes
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
