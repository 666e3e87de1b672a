"""A database as it is at one moment, read beside whoever writes to it, in the portable form of both kinds."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL

from backend.backup.errors import DamagedError, UnreachableError
from backend.backup.faults import told
from backend.backup.layout import Kind, Table, tables_of
from backend.backup.values import CONVERTED, convert, from_sqlite
from backend.backup.writer import Chunk

_CHUNK_ROWS = 500
_BUSY_SECONDS = 10.0
POSTGRES_ARGUMENTS: dict[str, Any] = {
    "connect_timeout": 10,
    "prepare_threshold": None,  # poolers (Neon, PgBouncer) do not keep prepared statements
    "application_name": "todo-backup",
}


class Snapshot(Protocol):
    """One moment of a database; it stays the same however long it is read."""

    database: str
    revision: str
    tables: tuple[Table, ...]

    def count(self, table: Table) -> int:
        """How many rows the table has."""
        ...

    def rows(self, table: Table) -> Iterator[Chunk]:
        """The rows, ordered by the table's key by bytes, their values portable."""
        ...


@contextmanager
def snapshot(url: URL) -> Iterator[Snapshot]:
    """The database at ``url``, as it is now.

    Raises UnreachableError: there is none, it does not answer, or it has no tables yet; DamagedError.
    """
    with told(url), _sqlite(url) if url.get_backend_name() == "sqlite" else _postgres(url) as found:
        yield found


def snapshot_of(connection: Connection) -> Snapshot:
    """The database as this connection sees it."""
    return _SQLite(connection) if connection.dialect.name == "sqlite" else _Postgres(connection)


class _Tables:
    """What both kinds share: the schema's revision and its tables."""

    database: str

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.tables = tables_of(connection)
        if not self.tables:
            raise UnreachableError("The database has no tables yet, so there is nothing to back up.")
        self.revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))

    def count(self, table: Table) -> int:
        return int(self._connection.scalar(text(f'SELECT count(*) FROM "{table.name}"')) or 0)  # noqa: S608


class _SQLite(_Tables):
    database = "sqlite"

    def rows(self, table: Table) -> Iterator[Chunk]:
        columns, key = _quoted(table.names), _quoted(table.key)
        converters = [
            (position, partial(from_sqlite, kind=kind))
            for position, (_name, kind) in enumerate(table.columns)
            if kind in CONVERTED
        ]
        statement = f'SELECT {columns} FROM "{table.name}" ORDER BY {key}'  # noqa: S608  (names from the schema itself)
        cursor = self._connection.connection.cursor()
        cursor.execute(statement)
        while found := cursor.fetchmany(_CHUNK_ROWS):
            try:
                yield convert(found, converters)
            except (TypeError, ValueError) as error:
                raise DamagedError(
                    f"The database is damaged: a row of {table.name} holds what is no instant."
                ) from error


class _Postgres(_Tables):
    database = "postgres"

    def rows(self, table: Table) -> Iterator[Chunk]:
        columns = ", ".join(_portable(name, kind) for name, kind in table.columns)
        kinds = dict(table.columns)
        # By bytes, as SQLite orders text: the journal's digest is the same on both.
        key = ", ".join(f'"{name}" COLLATE "C"' if kinds[name] == "text" else f'"{name}"' for name in table.key)
        statement = f'SELECT {columns} FROM "{table.name}" ORDER BY {key}'  # noqa: S608
        raw: Any = self._connection.connection.driver_connection  # psycopg's connection
        with raw.cursor(name="backup") as cursor:
            cursor.itersize = _CHUNK_ROWS
            cursor.execute(statement)
            while found := cursor.fetchmany(_CHUNK_ROWS):
                yield found


def _portable(name: str, kind: Kind) -> str:
    forms: dict[Kind, str] = {
        "instant": """to_char("{}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
        "date": """to_char("{}", 'YYYY-MM-DD')""",
        "json": '"{}"::text',
    }
    return forms.get(kind, '"{}"').format(name)


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@contextmanager
def _sqlite(url: URL) -> Iterator[Snapshot]:
    """SQLite's online backup into a file of its own: writers go on, and what they write is not seen."""
    path = Path(url.database or "")
    if not path.is_file():
        raise UnreachableError(f"There is no database at {path}: nothing to back up. Is --data the right folder?")
    scratch = path.parent if os.access(path.parent, os.W_OK) else None  # else where the system keeps such things
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".backup-") as folder:
        copy = Path(folder) / "copy.db"
        with closing(sqlite3.connect(_readable(path), uri=True, timeout=_BUSY_SECONDS)) as original:
            copy_database(original, copy)
        with connected(URL.create("sqlite", database=str(copy))) as connection:
            yield _SQLite(connection)


def _readable(path: Path) -> str:
    """Its address for SQLite, which does not make a file that is not there; in a folder that only can be read, as such.

    A log beside it can be read only by whoever may write there, so SQLite refuses then rather than leave it out.
    """
    if os.access(path.parent, os.W_OK):
        return f"{path.absolute().as_uri()}?mode=rw"
    log = path.with_name(f"{path.name}-wal")
    unchanging = "" if log.exists() and log.stat().st_size else "&immutable=1"
    return f"{path.absolute().as_uri()}?mode=ro{unchanging}"


def copy_database(original: sqlite3.Connection, path: Path) -> None:
    """Copy an open SQLite database, WAL and all, as of one moment, into a new file. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA synchronous = OFF")
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = OFF")  # no -wal beside it


@contextmanager
def _postgres(url: URL) -> Iterator[Snapshot]:
    """One read-only transaction that sees one moment, as pg_dump's does; it holds nobody up."""
    with connected(url.set(drivername="postgresql+psycopg")) as connection:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield _Postgres(connection)


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """A connection of its own; what it did is rolled back unless the block commits it."""
    arguments: dict[str, Any] = {} if url.get_backend_name() == "sqlite" else POSTGRES_ARGUMENTS
    engine = create_engine(url, connect_args=arguments)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
