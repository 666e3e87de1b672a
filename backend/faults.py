"""What keeps a database from storing a change, as its driver reports it, and what a person is told of it.

One table: a fault of another kind is one more row.
"""

import sqlite3
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError

RETRY_SECONDS = 30


@dataclass(frozen=True)
class Fault:
    """A fault of the storage: SQLite's primary result codes and Postgres' SQLSTATEs that mean it, and what to do."""

    name: str
    what: str
    advice: str
    sqlite: frozenset[int] = field(default_factory=frozenset)
    postgres: frozenset[str] = field(default_factory=frozenset)

    @property
    def sentence(self) -> str:
        """For where it is not known whether anything was changed before."""
        return f"{self.what}. {self.advice}"

    @property
    def detail(self) -> str:
        """For a request that is one transaction."""
        return f"{self.what}; nothing was changed. {self.advice}"


FAULTS = (
    Fault(
        name="disk_full",
        what="The disk that keeps the list is full",
        advice="Free some space and try again: the list can be read meanwhile, and takes changes again by itself.",
        sqlite=frozenset({sqlite3.SQLITE_FULL}),
        postgres=frozenset({"53100"}),  # disk_full
    ),
    Fault(
        name="read_only",
        what="The database can only be read at present",
        advice="Allow it to be written (the mode and file system of its file, or the server's "
        "default_transaction_read_only) and try again.",
        sqlite=frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}),
        postgres=frozenset({"25006"}),  # read_only_sql_transaction
    ),
    Fault(
        name="disk_error",
        what="The disk that keeps the list refuses to store it",
        advice="Look at its free space, its quota and its health, and try again.",
        sqlite=frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}),
        postgres=frozenset({"58030"}),  # io_error
    ),
)


def fault_of(error: BaseException | None) -> Fault | None:
    """The fault that a driver's error, or SQLAlchemy's around it, reports; None for any other error."""
    reason = error.orig if isinstance(error, DBAPIError) else error
    code = (getattr(reason, "sqlite_errorcode", 0) or 0) & 0xFF  # the extended codes are kinds of the primary one
    state = getattr(reason, "sqlstate", None)
    return next((fault for fault in FAULTS if code in fault.sqlite or state in fault.postgres), None)


def say_fault(error: BaseException, *, otherwise: str) -> str:
    """A database's error for a person in the middle of something: its fault in words, or else ``otherwise``."""
    fault = fault_of(error)
    return fault.sentence if fault else otherwise
