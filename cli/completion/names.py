"""The names of projects and tags, kept in the data folder so that a shell completes them with no server and at once."""

import os
from collections.abc import Sequence
from pathlib import Path

FOLDER = "completion"
KINDS = ("projects", "tags")


def keep_names(data: Path, kind: str, names: Sequence[str]) -> None:
    """Write the names, a line each, for this person alone; an older list is replaced whole.

    Raises OSError where the folder cannot be written.
    """
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{kind}.{os.getpid()}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in names if name.isprintable())
    fresh.replace(names_file(data, kind))


def names_file(data: Path, kind: str) -> Path:
    """Where the names of a kind are kept."""
    return data / FOLDER / kind
