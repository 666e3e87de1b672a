"""A database that is damaged, or whose file was swapped: seen wherever it is read or written, told in one sentence."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, ExceptionContext

from backend.errors import UnavailableError

log = structlog.get_logger()
SQLITE_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
POSTGRES_DAMAGE = frozenset({"XX001", "XX002"})  # data_corrupted, index_corrupted (Postgres' appendix A)
DAMAGED = (
    "The database is damaged; nothing was changed. Stop the app and bring back its newest good backup: "
    "`./todo up` names it with the command, and docs/backup.md says how."
)
SWAPPED = (
    "The database's file was replaced or removed while the app ran; nothing was changed. "
    "Restart the app (./todo down, then ./todo up): it opens the file that is there now."
)


class DamagedDatabaseError(UnavailableError):
    """What is stored cannot be read."""

    def __init__(self) -> None:
        super().__init__(DAMAGED)


def is_damage(error: BaseException | None) -> bool:
    """Whether a driver's error, or SQLAlchemy's around it, says that what is stored is damaged."""
    reason = getattr(error, "orig", None) or error
    code = getattr(reason, "sqlite_errorcode", 0) or 0
    return code & 0xFF in SQLITE_DAMAGE or getattr(reason, "sqlstate", None) in POSTGRES_DAMAGE


def watch(engine: Engine, on_damage: Callable[[], None]) -> None:
    """Call ``on_damage`` when the engine meets damage, and raise DamagedDatabaseError in the driver's error's place."""

    def _translate(context: ExceptionContext) -> None:
        if is_damage(context.original_exception):
            log.error("the database is damaged", error=str(context.original_exception))
            on_damage()
            raise DamagedDatabaseError from context.original_exception

    event.listen(engine, "handle_error", _translate)


class DatabaseFile:
    """SQLite's file by its inode: a program that has it open goes on with the old one when another takes its place."""

    def __init__(self, url: URL) -> None:
        is_file = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
        self._path = Path(str(url.database)) if is_file else None
        self._opened: tuple[int, int] | None = None

    def note(self) -> None:
        """Remember which file was opened."""
        self._opened = self._identity()

    def require_same(self) -> None:
        """Raise UnavailableError if another file, or none, stands where the opened one was."""
        if self._opened and self._identity() != self._opened:
            log.error("the database's file was swapped", path=str(self._path))
            raise UnavailableError(SWAPPED)

    def _identity(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return None
        return state.st_dev, state.st_ino
