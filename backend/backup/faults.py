"""What a database or a disk reports, in a sentence for the person."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from backend.backup.errors import BackupError, DamagedError, InUseError, UnreachableError, UnwritableError
from backend.damage import is_damage

_DISK_FULL = "53100"  # Postgres' SQLSTATEs
_LOCK_NOT_AVAILABLE = "55P03"
_UNWRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn errors of the database and of files into a BackupError; those that are one pass."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, psycopg.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) and error.orig else error
        raise _of_database(reason, place(url)) from error
    except OSError as error:
        raise of_file(error) from error


def place(url: URL) -> str:
    """The database's place without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def of_file(error: OSError) -> UnwritableError:
    """The sentence for a file that cannot be written or read."""
    where = f" at {error.filename}" if error.filename else ""
    if error.errno in _FULL:
        return UnwritableError(f"The disk is full{where}; nothing was changed. Make room and try again.")
    return UnwritableError(f"A file cannot be written or read{where} ({error.strerror or error}); nothing was changed.")


def _of_database(error: BaseException, where: str) -> BackupError:
    line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if is_damage(error):
        return DamagedError(f"The database {where} is damaged ({line}); nothing was changed.")
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, where, line)
    if isinstance(error, psycopg.Error):
        return _of_postgres(error, where, line)
    return BackupError(f"The database {where} refused ({line}); nothing was changed.")


def _of_sqlite(error: sqlite3.Error, where: str, line: str) -> BackupError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return InUseError(f"The database {where} is in use by another program; nothing was changed.")
    if code == sqlite3.SQLITE_FULL:
        return UnwritableError(f"The disk is full at {where}; nothing was changed. Make room and try again.")
    if code in _UNWRITABLE:
        return UnwritableError(f"The database {where} cannot be written or read ({line}); nothing was changed.")
    return BackupError(f"The database {where} refused ({line}); nothing was changed.")


def _of_postgres(error: psycopg.Error, where: str, line: str) -> BackupError:
    if error.sqlstate == _DISK_FULL:
        return UnwritableError(f"The disk of {where} is full; nothing was changed. Make room and try again.")
    if error.sqlstate == _LOCK_NOT_AVAILABLE:
        return InUseError(f"Another program uses the tables of {where}; nothing was changed. Stop it and try again.")
    if error.sqlstate is None:
        return UnreachableError(f"The database {where} cannot be reached ({line}).")
    return BackupError(f"The database {where} refused ({line}); nothing was changed.")
