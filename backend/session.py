"""The database: one engine a process, one transaction a request. Only the dependencies here commit."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, Executable, Row
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from backend import private
from backend.budgets.connections import DatabaseShares
from backend.budgets.floor import urgent
from backend.budgets.searches import Searches
from backend.damage import DamagedDatabaseError, DatabaseFile, watch
from backend.engines import Patience, is_locked, make_engine, make_reading_engine
from backend.errors import UnavailableError
from backend.faults import Fault, fault_of
from backend.journal.wakeups import Wakeups
from backend.settings import Settings

BUSY_SECONDS = 10.0
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Reader:
    """A connection to read from: over SQLite the database as it is until the event loop is given back."""

    connection: Connection | AsyncConnection
    searches: "Searches"

    @property
    def is_sqlite(self) -> bool:
        return isinstance(self.connection, Connection)

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's plain one, beneath the asyncio layer too."""
        return self.connection.engine if isinstance(self.connection, Connection) else self.connection.engine.sync_engine

    async def rows(self, statement: Executable, parameters: Mapping[str, object]) -> Sequence[Row[Any]]:
        if isinstance(self.connection, Connection):
            return self.connection.execute(statement, parameters).all()
        return (await self.connection.execute(statement, parameters)).all()

    async def search(self, statement: Executable, parameters: Mapping[str, object]) -> Sequence[Row[Any]]:
        """The same for what may take long: it never holds up the event loop, and is ended after the longest search.

        Raises sqlalchemy's OperationalError then, and TooManyRequestsError where too many of the user's searches wait.
        """
        return await self.searches.rows(self.connection, statement, parameters)


class Database:
    """The engine and its sessions. SQLite has one writer at a time: those of this process queue here."""

    def __init__(self, settings: Settings) -> None:
        self.url = settings.sqlalchemy_url
        self.is_sqlite = not settings.is_postgres
        if settings.database_url is None:
            private.open_folder(settings.data)
        if settings.sqlite_file:
            private.prepare_database(settings.sqlite_file)
        patience = Patience(
            statement=settings.todo_statement_seconds,
            search=settings.todo_search_seconds,
            lock=settings.todo_lock_seconds,
            idle=settings.todo_idle_seconds,
        )
        self.engine = make_engine(
            self.url,
            pool_size=settings.database_pool_size,
            patience=patience,
            synchronous=settings.sqlite_synchronous,
        )
        self._reading = make_reading_engine(self.url, patience=patience) if self.is_sqlite else None
        self.fault: Fault | None = None  # what kept the last change that failed from being stored
        self.fault_tried = 0.0  # when storing was tried again, by the monotonic clock
        self.is_damaged = False
        for engine in filter(None, (self.engine.sync_engine, self._reading)):
            watch(engine, self._note_damage)
        self._file = DatabaseFile(self.url)
        self._shares = DatabaseShares(pool_size=settings.database_pool_size, writes=settings.todo_writes_waiting)
        self._searches = Searches(seconds=settings.todo_search_seconds)
        self.wakeups = Wakeups(each=settings.todo_streams, most=settings.todo_streams_a_process)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, info={"wakeups": self.wakeups})
        self._queue = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are never committed."""
        self._file.require_same()
        async with self._share(), self._sessions() as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reader]:
        """A connection for reading without a session's bookkeeping, which costs five times as much as a short query."""
        if self._reading:
            self._file.require_same()
            with self._reading.connect() as inline:
                yield Reader(inline, self._searches)
        else:
            async with self._share(), self.engine.connect() as connection:
                yield Reader(connection, self._searches)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when its block ends and rolls back when it raises.

        A user's writes stand in a line of their own before they take a connection. Never open one within another: the
        inner would wait for the outer. Raises UnavailableError after ten seconds, and TooManyRequestsError where the
        user's line is full.
        """
        self._file.require_same()
        # The session outside: closing it waits for the event loop, and others queue meanwhile.
        async with self._shares.write(), self._share(), self._sessions() as session, self._turn():
            try:
                await _unlocked(lambda: session.connection(execution_options={"write": True}), again=session.rollback)
                yield session
                for settle in session.info.pop("before_commit", []):
                    await settle()
                await session.commit()
            except BaseException as error:
                self.fault = fault_of(error) or self.fault
                await session.rollback()
                raise
        for callback in session.info.pop("after_commit", []):
            callback()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a write transaction, for what needs no session and may take as long as it does."""
        async with self._turn(), self.engine.connect() as connection:
            await connection.execution_options(write=True, unbounded=True)
            await _unlocked(connection.begin, again=connection.rollback)
            self._file.note()
            yield connection
            await connection.commit()

    def _note_damage(self) -> None:
        self.is_damaged = True

    async def dispose(self) -> None:
        await self.engine.dispose()
        if self._reading:
            self._reading.dispose()

    @asynccontextmanager
    async def _share(self) -> AsyncIterator[None]:
        """A connection of the user's share of the pool; SQLite has no pool to be emptied."""
        if self.is_sqlite:
            yield
            return
        async with self._shares.connection():
            yield

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if not self.is_sqlite:
            yield
            return
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._queue.acquire()
        except TimeoutError as error:
            raise UnavailableError("The list is busy; try again in a moment.", headers={"Retry-After": "2"}) from error
        try:
            with urgent():
                yield
        finally:
            self._queue.release()


async def _unlocked(begin: Callable[[], Awaitable[Any]], *, again: Callable[[], Awaitable[None]]) -> None:
    """Begin, over and over while another process holds SQLite's lock, for ten seconds at most."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            await begin()
            return
        except OperationalError as error:
            await again()
            if not is_locked(error) or time.monotonic() > give_up:
                raise
            await asyncio.sleep(_PAUSE_SECONDS)


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Call ``callback`` once this session's transaction has been committed; never if it rolls back."""
    session.info.setdefault("after_commit", []).append(callback)


def before_commit(session: AsyncSession, callback: Callable[[], Awaitable[None]]) -> None:
    """Await ``callback`` in this session's transaction, when all else in it is done; never if it rolls back."""
    session.info.setdefault("before_commit", []).append(callback)


async def get_database(request: Request) -> Database:
    """Raises UnavailableError until the schema is current, which that of a damaged database never gets."""
    if not request.app.state.migrated.is_set():
        if request.app.state.database.is_damaged:
            raise DamagedDatabaseError
        raise UnavailableError("The database is not ready yet; try again in a moment.", headers={"Retry-After": "2"})
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
