"""The database: one engine a process, one transaction a request. Only the dependencies here commit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from backend.journal.wakeups import Wakeups
from backend.settings import Settings

BUSY_TIMEOUT_MS = 10_000


class Database:
    """The engine and its sessions. A write session takes SQLite's lock at once, never by upgrade."""

    def __init__(self, settings: Settings) -> None:
        self.url = settings.sqlalchemy_url
        self.is_sqlite = not settings.is_postgres
        self.engine = _sqlite_engine(settings) if self.is_sqlite else _postgres_engine(settings)
        self.wakeups = Wakeups()
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, info={"wakeups": self.wakeups})

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are never committed."""
        async with self._sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when its block ends and rolls back when it raises."""
        async with self._sessions.begin() as session:
            await session.connection(execution_options={"write": True})
            yield session
        for callback in session.info.pop("after_commit", []):
            callback()

    async def dispose(self) -> None:
        await self.engine.dispose()


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Call ``callback`` once this session's transaction has been committed; never if it rolls back."""
    session.info.setdefault("after_commit", []).append(callback)


def _postgres_engine(settings: Settings) -> AsyncEngine:
    return create_async_engine(
        settings.sqlalchemy_url,
        pool_pre_ping=True,
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_timeout=5,
        # transaction-mode poolers (Neon, PgBouncer) do not keep prepared statements
        connect_args={"connect_timeout": 5, "prepare_threshold": None},
    )


def _sqlite_engine(settings: Settings) -> AsyncEngine:
    if settings.database_url is None:
        settings.data.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(settings.sqlalchemy_url, connect_args={"isolation_level": None})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # a DBAPI connection: no common type
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def get_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


DatabaseDep = Annotated[Database, Depends(get_database)]


async def _read_session(database: DatabaseDep) -> AsyncIterator[AsyncSession]:
    async with database.read() as session:
        yield session


async def _write_session(database: DatabaseDep) -> AsyncIterator[AsyncSession]:
    async with database.write() as session:
        yield session


# "function": the transaction ends before the answer is sent, so an answer never precedes its commit.
ReadSessionDep = Annotated[AsyncSession, Depends(_read_session, scope="function")]
WriteSessionDep = Annotated[AsyncSession, Depends(_write_session, scope="function")]
