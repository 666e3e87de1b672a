"""One run at a time in a tree: the second is told who holds the lock."""

import fcntl
import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.errors import LockedError


@contextmanager
def held(path: Path, *, doing: str) -> Iterator[None]:
    """Hold the lock at `path` while in the block. Raises LockedError at once if another process holds it.

    The kernel lets go of it when the holder dies, however it dies: no stale lock can remain.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(
                f"another run holds the lock: {_holder(path)}.", remedy="Wait for it, or end that process."
            ) from error
        _write_holder(descriptor, doing)
        yield
    finally:
        os.close(descriptor)


def demand_free(path: Path) -> None:
    """Raise LockedError, as `held` does, if a run holds the lock now."""
    if path.exists():
        with held(path, doing="look who holds the lock"):
            return


def _write_holder(descriptor: int, doing: str) -> None:
    holder = {
        "pid": os.getpid(),
        "user": getpass.getuser(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "doing": doing,
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_text())
        return f"`{told['doing']}`, process {told['pid']} of {told['user']}, since {told['since']}"
    except (OSError, ValueError, KeyError):
        return "a process that has not said who it is"
