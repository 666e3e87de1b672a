"""Makes a backup: into a file, which stands there whole or not at all, or onto a stream."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy.engine import URL

from backend.backup.errors import DamagedError, OccupiedError
from backend.backup.faults import of_file, place
from backend.backup.layout import Table
from backend.backup.manifest import Manifest, Seal
from backend.backup.snapshot import Snapshot, snapshot
from backend.backup.writer import Chunk, write
from backend.journal.values import instant
from backend.models import utc_now
from backend.version import VERSION

Tell = Callable[[int, int], None]  # rows so far, rows in all


def no_word(_rows: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Made:
    """A backup that was made: what it holds, its checksums, and how many bytes it takes."""

    manifest: Manifest
    seal: Seal
    size: int

    def as_dict(self) -> dict[str, Any]:
        return {"manifest": self.manifest.as_dict(), **self.seal.as_dict(), "bytes": self.size}


def create_file(url: URL, path: Path, *, tell: Tell = no_word, replace: bool = False) -> Made:
    """Back the database up into a new file, readable by its owner alone (mode 600).

    It is written beside its place under another name, brought to the disk, and renamed. Raises BackupError; then there
    is no file, or the one before.
    """
    if path.exists() and not replace:
        raise OccupiedError(f"{path} exists already: choose another name.")
    try:
        with _in_place(path) as file:
            return create(url, file, tell=tell)
    except OSError as error:
        raise of_file(error) from error


def create(url: URL, file: BinaryIO, *, tell: Tell = no_word) -> Made:
    """Back the database up onto an open file or stream. Raises BackupError, or the stream's own OSError."""
    with snapshot(url) as source:
        rows = {table.name: source.count(table) for table in source.tables}
        manifest = Manifest(
            app_version=VERSION,
            revision=source.revision,
            made_at=instant(utc_now()),
            database=source.database,
            tables=source.tables,
            rows=rows,
        )
        counted = _Counted(file)
        sealed = write(counted, manifest, _parts(source, manifest, where=place(url), tell=tell))  # type: ignore[arg-type]
    return Made(manifest, sealed, counted.size)


def _parts(source: Snapshot, manifest: Manifest, *, where: str, tell: Tell) -> Iterator[tuple[Table, Iterable[Chunk]]]:
    rows = _Rows(source, manifest, where, tell)
    for table in source.tables:
        yield table, rows.of(table)


class _Rows:
    """The rows of one table after another, counted as they pass."""

    def __init__(self, source: Snapshot, manifest: Manifest, where: str, tell: Tell) -> None:
        self._source, self._wanted, self._where, self._tell = source, manifest.rows, where, tell
        self._total, self._so_far = sum(manifest.rows.values()), 0

    def of(self, table: Table) -> Iterator[Chunk]:
        """Raises DamagedError unless there are as many as were counted, by an index, in the same moment."""
        before = self._so_far
        for chunk in self._source.rows(table):
            self._so_far += len(chunk)
            self._tell(self._so_far, self._total)
            yield chunk
        found, wanted = self._so_far - before, self._wanted[table.name]
        if found != wanted:
            what = f"{table.name} has {wanted} rows by its index, and {found} can be read"
            raise DamagedError(f"The database {self._where} is damaged: {what}.")


class _Counted:
    """A file that counts the bytes written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.size = file, 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def _in_place(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes its place, whole and on the disk, when the block ends well, and is gone otherwise."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
        give_to_owner(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # made with mode 600
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        give_to_owner(fresh)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def give_to_owner(path: Path) -> None:
    """What root makes in somebody's folder is to be theirs: their program could not read it otherwise."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)


def sync_folder(folder: Path) -> None:
    """Bring a rename to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
