"""A week of daily backups in a folder: one a day, older ones pruned, and always a good one left."""

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from backend.backup.creation import create_file
from backend.backup.errors import BackupError
from backend.backup.manifest import Manifest
from backend.backup.reader import Backup
from backend.backup.restoration import check

KEPT_DAYS = 7
SUFFIX = ".jsonl.gz"
_NAME = re.compile(r"daily-\d{4}-\d\d-\d\d\.jsonl\.gz")
_LEFT_OVER_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Kept:
    """What was done: the file of the day, whether it was made now, and the names of those that went."""

    path: Path
    made: bool
    pruned: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"file": str(self.path), "made": self.made, "pruned": list(self.pruned)}


def keep_daily(url: URL, folder: Path, now: datetime | None = None, *, keep: int = KEPT_DAYS) -> Kept:
    """See that there is a good backup of the day (UTC), then remove the oldest daily ones beyond ``keep``.

    Others in the folder are left alone. Nothing goes while the new one is not good, and a database without rows never
    pushes out one with rows. Raises BackupError; then nothing was removed.
    """
    now = now or datetime.now(UTC)
    path = folder / f"daily-{now.astimezone(UTC):%Y-%m-%d}{SUFFIX}"
    if path.exists() and good(path):
        return Kept(path, made=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = create_file(url, path, replace=True)
    with path.open("rb") as file:
        check(file)  # as it stands on the disk
    _clear(folder.glob(".daily-*"), now)
    if url.get_backend_name() == "sqlite":
        _clear(Path(str(url.database)).parent.glob(".backup-*"), now)
    if not sum(made.manifest.rows.values()):
        return Kept(path, made=True)
    return Kept(path, made=True, pruned=tuple(_prune(folder, path, keep=keep)))


def _prune(folder: Path, newest: Path, *, keep: int) -> Iterator[str]:
    """By count, not by age: a clock that jumped, or a month of holidays, must not remove them all at once."""
    days = sorted((entry for entry in folder.iterdir() if _NAME.fullmatch(entry.name)), reverse=True)
    left = max(keep, 1) - 1
    for old in (day for day in days if day != newest):
        if left:
            left -= 1 if good(old) else 0  # one that cannot be restored takes no good one's place
            continue
        old.unlink()
        yield old.name


def _clear(parts: Iterable[Path], now: datetime) -> None:
    """Remove what a backup that was killed has left, once no backup can still be at work on it."""
    for part in parts:
        if now.timestamp() - part.stat().st_mtime > _LEFT_OVER_SECONDS:
            shutil.rmtree(part) if part.is_dir() else part.unlink()


def good(path: Path) -> Manifest | None:
    """The manifest of a backup that can be restored, read whole; None for one that cannot."""
    try:
        with path.open("rb") as file:
            return check(file)[0]
    except (BackupError, OSError):
        return None


def newest_good(folder: Path) -> tuple[Path, Manifest] | None:
    """The backup in the folder that was made last, by its own manifest, of those that can be restored."""
    told = [(made_at, path) for path in folder.glob(f"*{SUFFIX}") if (made_at := _made_at(path))]
    found = ((path, good(path)) for _made, path in sorted(told, reverse=True))
    return next(((path, manifest) for path, manifest in found if manifest), None)


def _made_at(path: Path) -> str:
    """When its first line says that it was made; nothing for what is no backup."""
    try:
        with path.open("rb") as file:
            return Backup(file).manifest.made_at
    except (BackupError, OSError):
        return ""
