"""Restoring into SQLite: a new file is filled beside the database, and takes its place in one step."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from backend.backup.content import Filled, Tell, fill
from backend.backup.creation import create_file, give_to_owner, sync_folder
from backend.backup.errors import BackupError, InUseError
from backend.backup.layout import Table
from backend.backup.reader import Backup
from backend.backup.snapshot import connected, copy_database
from backend.backup.values import CONVERTED, convert, to_sqlite
from backend.backup.writer import Chunk
from backend.damage import is_damage
from backend.migrations import metadata

SIDES = ("-wal", "-shm", "-journal")
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510  # SQLite's file format: the bytes that whoever has the file open locks
_IN_USE = "The app, or another program, has {} open; nothing was changed. Stop it (./todo down), then restore again."


class SqliteTarget:
    """An SQLite file that nobody else has open, or the place for one; held until the block ends."""

    def __init__(self, path: Path, lock: sqlite3.Connection | None) -> None:
        self.path, self._lock = path, lock

    def rows(self) -> int:
        """How many rows the app's tables hold; 0 without a file. Raises sqlite3.Error for a damaged one."""
        if self._lock is None:
            return 0
        names = [name for (name,) in self._lock.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        counted = set(names) & set(metadata().tables)
        return sum(self._lock.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in counted)  # noqa: S608

    def keep(self, path: Path) -> None:
        """Back up what is there into a file."""
        if self._lock is None:
            return
        with tempfile.TemporaryDirectory(dir=self.path.parent, prefix=".backup-") as folder:
            copy = Path(folder) / self.path.name
            copy_database(self._lock, copy)
            create_file(URL.create("sqlite", database=str(copy)), path)

    def load(self, backup: Backup, *, tell: Tell, aside: Path | None) -> Filled:
        """Put the backup in the place of what is there, which is moved into the folder ``aside`` if one is given."""
        if self._lock is not None:  # nobody else restores here: what is left is of one that was killed
            for left in self.path.parent.glob(".restore-*"):
                shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=self.path.parent, prefix=".restore-") as folder:
            fresh = Path(folder) / self.path.name
            filled = _fill_file(fresh, backup, tell=tell)
            if aside:
                self._set_aside(aside)
            else:
                self._settle()
            give_to_owner(fresh.parent)  # made in the database's own folder
            give_to_owner(fresh)
            fresh.replace(self.path)
        sync_folder(self.path.parent)
        return filled

    def _set_aside(self, folder: Path) -> None:
        """Keep a damaged file, and what stands beside it, as it is; a crash meanwhile leaves one in either place."""
        folder.mkdir(parents=True, mode=0o700)
        kept = folder / self.path.name
        try:
            kept.hardlink_to(self.path)
        except OSError:  # another file system
            shutil.copy2(self.path, kept)
        for side in SIDES:
            beside = self.path.with_name(self.path.name + side)
            if beside.exists():
                shutil.move(beside, folder / beside.name)

    def _settle(self) -> None:
        """Leave nothing beside the old file that SQLite would take for the new one's."""
        if self._lock is not None:
            self._lock.execute("PRAGMA journal_mode = DELETE")
        for side in SIDES:
            self.path.with_name(self.path.name + side).unlink(missing_ok=True)


@contextmanager
def hold_sqlite(url: URL) -> Iterator[SqliteTarget]:
    """Hold the file: no other program opens it. Raises InUseError while one has it open.

    A damaged file is held as far as that goes, and raises when it is read.
    """
    path = Path(url.database or "").resolve()  # a link stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        yield SqliteTarget(path, None)
        return
    lock = sqlite3.connect(path, timeout=1, isolation_level=None)
    try:
        _lock(lock, path)
        yield SqliteTarget(path, lock)
    finally:
        lock.close()


def _lock(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY or (is_damage(error) and _is_open(path)):
            raise InUseError(_IN_USE.format(path)) from error
        if not is_damage(error):
            raise


def _is_open(path: Path) -> bool:
    """Whether another process has the file open in SQLite, however damaged it is."""
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
    return False


def _fill_file(path: Path, backup: Backup, *, tell: Tell) -> Filled:
    url = URL.create("sqlite", database=str(path))
    with connected(url) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -64000", "foreign_keys = OFF"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        filled = fill(connection, backup, partial(_insert, connection), tell=tell)
        _require_references(connection)
        connection.commit()
    path.chmod(0o600)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return filled


def _insert(connection: Connection, table: Table, chunks: Iterable[Chunk]) -> int:
    names = ", ".join(f'"{name}"' for name in table.names)
    places = ", ".join("?" for _ in table.names)
    converters = [
        (position, partial(to_sqlite, kind=kind))
        for position, (_name, kind) in enumerate(table.columns)
        if kind in CONVERTED
    ]
    cursor = connection.connection.cursor()
    for chunk in chunks:
        rows = convert(chunk, converters)
        cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608
    return 0


def _require_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BackupError(f"A row of {broken[0][0]} refers to one that is not in the backup; nothing was changed.")
