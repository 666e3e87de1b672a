"""`./todo lock`: write the hashed lock files from `pyproject.toml` anew, with uv."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.environment import ROOT
from cli.exits import CommandError, Exit
from cli.progress import row


@dataclass(frozen=True, kw_only=True)
class Lock:
    """A lock file: what of `pyproject.toml` it covers, and the file whose versions it must share, if any.

    With `group` it covers that dependency group alone; else the project's own dependencies and its `extras`.
    """

    path: str
    extras: tuple[str, ...] = ()
    group: str | None = None
    follows: str | None = None


LOCKS = (
    Lock(path="backend/requirements.txt"),
    Lock(path="requirements/run.txt", extras=("run",), follows="backend/requirements.txt"),
    Lock(path="requirements/test.txt", extras=("run", "test"), follows="requirements/run.txt"),
    Lock(path="requirements/bench.txt", extras=("run", "test", "bench"), follows="requirements/test.txt"),
    Lock(path="requirements/train.txt", extras=("run", "train"), follows="requirements/run.txt"),
    Lock(path="requirements/checkov.txt", group="checkov"),
)


def command(
    *,
    upgrade: Annotated[bool, typer.Option("--upgrade", help="Take the newest versions that fit together.")] = False,
) -> None:
    """Lock the Python packages anew from pyproject.toml: backend/requirements.txt and requirements/*.txt.

    Versions that still fit are kept, unless --upgrade is given.
    """
    if shutil.which("uv") is None:
        raise CommandError("Locking needs uv: pip install uv, and run ./todo lock again.", code=Exit.MISSING_TOOL)
    for lock in LOCKS:
        with row(f"Locking {lock.path}"):
            compile_lock(lock, upgrade=upgrade)


def compile_lock(lock: Lock, *, upgrade: bool) -> None:
    """Run uv and tidy its file. Raises CommandError: no versions fit together, no network."""
    ended = subprocess.run(arguments(lock, upgrade=upgrade), cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        code = Exit.NO_NETWORK if "error sending request" in ended.stderr else Exit.BUILD_FAILED
        raise CommandError(f"{lock.path} could not be locked:\n{ended.stderr.strip()}", code=code)
    path = ROOT / lock.path
    path.write_text(without_sources(path.read_text()))


def arguments(lock: Lock, *, upgrade: bool) -> list[str]:
    """The uv command that writes the lock file, to be run in the checkout's root."""
    made = ["uv", "pip", "compile", "--quiet", "--generate-hashes", "--python-version", "3.11", "--universal"]
    made += ["--no-header", "--output-file", lock.path]
    made += ["--upgrade"] if upgrade else []
    made += ["-c", lock.follows] if lock.follows else []
    if lock.group:
        return [*made, "--group", lock.group]
    return [*made, *(word for extra in lock.extras for word in ("--extra", extra)), "pyproject.toml"]


def without_sources(text: str) -> str:
    """The lock file without the comments that name other files, which say nothing about the packages."""
    kept = [line for line in text.splitlines() if not line.strip().startswith(("#   -c ", "#   -r ", "# via -"))]
    return "\n".join(kept) + "\n"


def locked_versions(path: Path) -> dict[str, str]:
    """The version of each package that the lock file names."""
    lines = [
        line.split(";")[0].strip(" \\") for line in path.read_text().splitlines() if not line.startswith((" ", "#"))
    ]
    return dict(line.split("==") for line in lines if line)
