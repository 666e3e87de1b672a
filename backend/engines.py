"""How each database is connected to."""

import sqlite3
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Pool, QueuePool, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

# Only a lock of another process is waited for here, and the event loop with it: `Database` waits longer, without it.
BUSY_TIMEOUT_MS = 50
STATEMENT_TIMEOUT_MS = 30_000
APPLICATION_NAME = "todo-backend"  # how a restore knows that the app is connected


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


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """SQLAlchemy's asyncio layer awaits this after a statement of plain columns; the rows stay at hand."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:  # Any: the base's own signature is an overload
        return super().cursor(factory)


registry.register("sqlite.inline", __name__, InlineSQLite.__name__)


def make_engine(url: URL, *, pool_size: int, synchronous: str = "FULL") -> AsyncEngine:
    """An engine for the database at ``url``; nothing is connected yet. ``synchronous`` is SQLite's pragma."""
    return _sqlite(url, synchronous) if url.get_backend_name() == "sqlite" else _postgres(url, pool_size)


def make_reading_engine(url: URL) -> Engine:
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
    return engine


def is_locked(error: Exception) -> bool:
    """Whether SQLite refused because another connection holds the lock."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return isinstance(error, OperationalError) and code & 0xFF == sqlite3.SQLITE_BUSY


def _postgres(url: URL, pool_size: int) -> AsyncEngine:
    return create_async_engine(
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


def _sqlite(url: URL, synchronous: str) -> AsyncEngine:
    arguments = {"isolation_level": None, "check_same_thread": False, "factory": _Connection}
    engine = create_async_engine(url, connect_args=arguments, pool_size=20, max_overflow=-1)
    event.listen(engine.sync_engine, "connect", partial(_prepare_sqlite, synchronous=synchronous))
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


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
