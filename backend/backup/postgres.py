"""Restoring into Postgres: in one transaction the tables go, come back at the backup's revision, and fill."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL

from backend import migrations
from backend.backup.content import Filled, Tell, fill
from backend.backup.creation import create_file
from backend.backup.errors import DamagedError, InUseError, OccupiedError
from backend.backup.layout import Kind, Table, tables_of
from backend.backup.reader import Backup
from backend.backup.snapshot import connected
from backend.backup.values import for_postgres
from backend.backup.writer import Chunk
from backend.engines import APPLICATION_NAME

_LOCK_SECONDS = 10
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = :name"
)


class PostgresTarget:
    """A Postgres database that nobody uses, held until the block ends."""

    def __init__(self, url: URL, connection: Connection) -> None:
        self._url, self._connection = url, connection

    def rows(self) -> int:
        """How many rows the app's tables hold. Raises OccupiedError: tables of its names are another program's."""
        tables = tables_of(self._connection)
        if tables and not inspect(self._connection).has_table("alembic_version"):
            raise OccupiedError("The database has tables of the same names that another program made: use another one.")
        counts = (self._connection.scalar(text(f'SELECT count(*) FROM "{table.name}"')) for table in tables)  # noqa: S608
        return sum(int(count or 0) for count in counts)

    def keep(self, path: Path) -> None:
        """Back up what is there into a file."""
        create_file(self._url, path)

    def load(self, backup: Backup, *, tell: Tell, aside: Path | None) -> Filled:
        """Put the backup in the place of what is there; all or nothing. Nothing is ever moved ``aside``."""
        if aside:
            raise DamagedError("A restore does not mend a damaged Postgres: make a new database and restore into that.")
        _drop_tables(self._connection)
        filled = fill(
            self._connection, backup, lambda table, chunks: _insert(self._connection, table, chunks), tell=tell
        )
        for table in tables_of(self._connection):
            move_sequences(self._connection, table)
        self._connection.commit()
        return filled


@contextmanager
def hold_postgres(url: URL) -> Iterator[PostgresTarget]:
    """Hold the database: what migrates waits. Raises InUseError while the app is connected."""
    with connected(url.set(drivername="postgresql+psycopg")) as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": migrations.LOCK_KEY})
        if count := connection.scalar(_OTHERS, {"name": APPLICATION_NAME}):
            raise InUseError(
                f"The app runs on this database ({count} connections); nothing was changed. "
                "Stop it (./todo down; on Kubernetes ./todo deploy restore does), then restore again."
            )
        yield PostgresTarget(url, connection)


def _drop_tables(connection: Connection) -> None:
    """Drop the app's own tables and nothing else, those that refer to others first."""
    for table in reversed(tables_of(connection)):
        connection.exec_driver_sql(f'DROP TABLE "{table.name}"')
    connection.exec_driver_sql(
        "DROP TABLE IF EXISTS task_search"
    )  # derives from the tasks: the migrations fill it anew
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS task_search_keep()")
    connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")


def _insert(connection: Connection, table: Table, chunks: Iterable[Chunk]) -> int:
    """COPY the rows in; how many values were replaced."""
    raw: Any = connection.connection.driver_connection  # psycopg's connection
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.names))
    )
    texts = [(position, kind) for position, (_name, kind) in enumerate(table.columns) if kind in {"text", "json"}]
    replaced = 0
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for chunk in chunks:
            for row in chunk:
                replaced += clean(row, texts)
                copy.write_row(row)
    return replaced


def clean(row: Any, texts: Sequence[tuple[int, Kind]]) -> int:
    """Replace, in place, what Postgres has no place for; in how many values."""
    count = 0
    for position, kind in texts:
        value = row[position]
        if value is not None and ("\0" in value or (kind == "json" and "\\u" in value)):
            row[position] = for_postgres(value, kind)
            count += row[position] != value
    return count


def move_sequences(connection: Connection, table: Table) -> None:
    """Let what numbers rows by itself go on after the highest number that came with the rows."""
    for name, kind in table.columns:
        if kind != "integer":
            continue
        names = {"table": f'"{table.name}"', "column": name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), names)
        if sequence:
            highest = connection.scalar(text(f'SELECT coalesce(max("{name}"), 0) FROM "{table.name}"'))  # noqa: S608
            connection.execute(
                text("SELECT setval(:sequence, :next, false)"), {"sequence": sequence, "next": highest + 1}
            )
