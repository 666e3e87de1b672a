"""What `./todo` writes into a data folder, kept from the machine's other users: folders 700, files 600.

The backend keeps its own files so (`backend/private.py`); the two share no code, since its image has no `cli/`.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO

UMASK = 0o077
_FOLDER, _FILE = 0o700, 0o600


def make_folder(path: Path) -> None:
    """Make a folder of ours for this user alone; one that stands already is taken from others, and its files too."""
    path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    _tighten(path, _FOLDER)
    for entry in path.iterdir():
        if entry.is_file() and not entry.is_symlink():
            _tighten(entry, _FILE)


def open_file(path: Path) -> BinaryIO:
    """A file to write from its beginning, for this user alone."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE)
    file = os.fdopen(descriptor, "wb")
    _tighten(path, _FILE)
    return file


def _tighten(path: Path, mode: int) -> None:
    """Root may change what belongs to others, and leaves it; so is a folder that all share, as /tmp is."""
    state = path.stat()
    if state.st_uid == os.geteuid() and state.st_mode & UMASK and not state.st_mode & stat.S_ISVTX:
        path.chmod(mode)
