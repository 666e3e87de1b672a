"""Executables that behave as a real program does, for tests: put on the PATH of a Door, never patched in."""

from pathlib import Path

from orchestrator.process import Door
from orchestrator.redaction import Redactor


def stand_in(folder: Path, name: str, script: str) -> Path:
    """An executable bash script called `name` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)
    return path


def door(root: Path, *, programs: Path | None = None) -> Door:
    """A door whose PATH begins with `programs`."""
    path = f"{programs}:/usr/bin:/bin" if programs else "/usr/bin:/bin"
    return Door(root, Redactor(), environment={"PATH": path}, running=root / "running")
