"""Brings a backup back: checked whole first, then put in the place of what is there, all or nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from backend.backup.content import Filled, Tell, require_known
from backend.backup.errors import DamagedError, OccupiedError
from backend.backup.faults import place, told
from backend.backup.manifest import Manifest, Seal
from backend.backup.postgres import hold_postgres
from backend.backup.reader import Backup
from backend.backup.sqlite import hold_sqlite
from backend.damage import is_damage

Confirm = Callable[[str], bool]


class Target(Protocol):
    """A database that is held for a restore."""

    def rows(self) -> int: ...

    def keep(self, path: Path) -> None: ...

    def load(self, backup: Backup, *, tell: Tell, aside: Path | None) -> Filled: ...


@dataclass(frozen=True)
class Restored:
    """What was restored; ``kept`` is where that which stood there before is kept, if there was any."""

    manifest: Manifest
    seal: Seal
    place: str
    kept: Path | None
    replaced_values: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "database": self.place,
            "kept": str(self.kept) if self.kept else None,
            "replaced_values": self.replaced_values,
            "manifest": self.manifest.as_dict(),
            **self.seal.as_dict(),
        }


def check(file: BinaryIO, *, tell: Tell = lambda _rows: None) -> tuple[Manifest, Seal]:
    """Read a backup whole, changing nothing. Raises NotRestorableError."""
    backup = Backup(file)
    require_known(backup.manifest)
    return backup.manifest, backup.check(tell)


def restore(
    url: URL,
    file: BinaryIO,
    *,
    keep: Path | None,
    confirm: Confirm,
    tell: Callable[[str, int, int], None] = lambda _what, _rows, _of: None,
) -> Restored:
    """Put the backup in the open, seekable ``file`` in the place of the database at ``url``.

    If there are rows, ``confirm`` is asked with a sentence that says so, and they are backed up into the folder
    ``keep`` first (None: they are not kept). A damaged SQLite file is moved there as it is. Raises BackupError; then
    nothing was changed.
    """
    backup = Backup(file)
    require_known(backup.manifest)
    total = sum(backup.manifest.rows.values())
    sealed = backup.check(lambda rows: tell("Checking the backup", rows, total))
    with told(url), _held(url) as target:
        room = _make_room(place(url), target, keep=keep, confirm=confirm)
        filled = target.load(backup, tell=lambda rows: tell("Restoring", rows, total), aside=room.aside)
    return Restored(backup.manifest, sealed, place(url), room.backup or room.aside, filled.replaced)


def _held(url: URL) -> AbstractContextManager[Target]:
    return hold_sqlite(url) if url.get_backend_name() == "sqlite" else hold_postgres(url)


@dataclass(frozen=True)
class _Room:
    """Where that which stood there is kept: as a ``backup``, or, damaged, moved ``aside``."""

    backup: Path | None = None
    aside: Path | None = None


def _make_room(where: str, target: Target, *, keep: Path | None, confirm: Confirm) -> _Room:
    """See that what stands there may go, and that it is kept."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    try:
        rows = target.rows()
        if not rows:
            return _Room()
        _ask(confirm, f"The database {where} holds {rows:,} rows, which the backup would replace.")
        if keep is None:
            return _Room()
        target.keep(path := keep / f"before-restore-{now}.jsonl.gz")
    except (DamagedError, DBAPIError, sqlite3.Error) as error:
        if not (isinstance(error, DamagedError) or is_damage(error)):
            raise
        _ask(confirm, f"The database {where} is damaged; it would be moved aside.")
        return _Room(aside=(keep or Path(where).parent / "backups") / f"damaged-{now}")
    return _Room(backup=path)


def _ask(confirm: Confirm, what: str) -> None:
    if not confirm(what):
        raise OccupiedError(f"{what} Nothing was changed: say --replace, or restore into an empty place.")
