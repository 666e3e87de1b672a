"""What the program keeps, kept from the machine's other users: folders with mode 700, files with mode 600."""

import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

_OTHERS = 0o077
_FOLDER, _FILE = 0o700, 0o600
# What a data folder holds. With anything else in it, a folder is somebody's own, and its mode is left alone.
_OURS = ("todo.db", "auth-secret", ".secret-", "servers.", "logs", "page", "backups")
_TIGHTENED = ("todo.db*", "auth-secret", "servers.*", "logs", "logs/*", "backups", "backups/*")


class ForeignFileError(OSError):
    """A file or folder that this user cannot write; the message says why and what to do."""


def open_folder(path: Path) -> bool:
    """Make the data folder, or keep what stands in it from others; whether others are now kept out of it.

    A folder with other things in it keeps its mode. Raises OSError where it cannot be made, and ForeignFileError where
    it, or a file of ours in it, cannot be written.
    """
    path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    _require_writable(path)
    if is_ours(path):
        _tighten(path.resolve())
    for file in _kept_in(path):
        _tighten(file)
    for file in path.glob("todo.db*"):
        _require_writable(file)
    return not stat.S_IMODE(path.stat().st_mode) & _OTHERS


def is_ours(path: Path) -> bool:
    """Whether nothing but what the program keeps stands in the folder."""
    return all(entry.name.startswith(_OURS) for entry in path.iterdir())


def prepare_database(path: Path) -> None:
    """Make SQLite's file unless it is there, for this user alone; `-wal` and `-shm` then get the same mode.

    Raises ForeignFileError for a file or a folder that cannot be written, which SQLite needs both, and OSError where
    there is no such folder.
    """
    _require_writable(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE))
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if file.exists():
            _require_writable(file)
            _tighten(file)


def _kept_in(path: Path) -> Iterator[Path]:
    for pattern in _TIGHTENED:
        yield from path.glob(pattern)


def _tighten(path: Path) -> None:
    """Take from others what they may do; a link, what belongs to another user, and a folder that all share are left."""
    state = path.lstat()
    mode = _FOLDER if stat.S_ISDIR(state.st_mode) else _FILE
    if stat.S_ISLNK(state.st_mode) or state.st_uid != os.geteuid() or state.st_mode & stat.S_ISVTX:
        return
    if stat.S_IMODE(state.st_mode) & _OTHERS:
        path.chmod(mode)


def _require_writable(path: Path) -> None:
    state = path.stat()
    wanted = os.R_OK | os.W_OK | (os.X_OK if stat.S_ISDIR(state.st_mode) else 0)
    if not os.access(path, wanted):
        raise ForeignFileError(f"{path} cannot be written: {_reason(path, owner=state.st_uid)}")


def _reason(path: Path, *, owner: int) -> str:
    """Why, and what to do."""
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return "its file system is mounted read-only. Mount it to be written"
    me = _name(os.geteuid())
    if owner != os.geteuid():
        return f"it belongs to {_name(owner)}. Run as that user, or give it to this one: chown -R {me} {path}"
    return f"its mode forbids it. Allow it: chmod -R u+rwX {path}"


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
