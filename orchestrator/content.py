"""Digests of what goes into a result: one file, or all that an image is built from."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from orchestrator.audit import digest

LEFT_OUT = frozenset({"__pycache__", "node_modules", ".next", ".git", ".venv", ".mypy_cache", ".pytest_cache"})


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes; 'absent' if it is not there."""
    return digest(path.read_bytes()) if path.is_file() else "absent"


def tree_digest(root: Path, parts: Iterable[str]) -> str:
    """SHA-256 over names, executable bits and bytes of all files under `parts` (files or folders of `root`)."""
    together = hashlib.sha256()
    for path in files_under(root, parts):
        executable = os.access(path, os.X_OK)
        together.update(f"{path.relative_to(root).as_posix()}\0{int(executable)}\0{file_digest(path)}\n".encode())
    return together.hexdigest()


def files_under(root: Path, parts: Iterable[str]) -> Iterator[Path]:
    """All files of the parts in a fixed order, without what no image takes (caches, installed modules)."""
    for part in sorted(parts):
        start = root / part
        if start.is_file():
            yield start
        for folder, folders, files in os.walk(start):
            folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
            yield from (Path(folder) / name for name in sorted(files) if not name.endswith((".pyc", ".tsbuildinfo")))
