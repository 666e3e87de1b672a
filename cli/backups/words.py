"""What backups and restores say: their errors as the command line's own, and their results in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from backend.backup.errors import BackupError
from backend.backup.manifest import Manifest
from cli.exits import CommandError, Exit


@contextmanager
def translated() -> Iterator[None]:
    """A failed backup or restore becomes a CommandError with the exit code of its kind."""
    try:
        yield
    except BackupError as error:
        code = next(code for code in Exit if int(code) == error.exit_code)
        raise CommandError(error.message, code=code) from error


def content(manifest: Manifest) -> str:
    """What is in a backup, and from when: ``12 tasks of 1 user, as of 2026-03-05 16:00 UTC``."""
    tasks, users = (_counted(manifest.rows.get(table, 0), table) for table in ("task", "user"))
    return f"{tasks} of {users}, as of {manifest.made_at[:16].replace('T', ' ')} UTC"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
