"""Virtual environments made from hashed lock files. Standard library only: this runs before anything is installed.

An environment is ready when the stamp in it holds the digest of the lock file. A marker stands in it while it is being
changed, so one that was interrupted is made again from nothing.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from cli.exits import CommandError, Exit
from cli.installation import install

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Environment:
    """A virtual environment `folder` that holds the packages of the lock file `lock`."""

    folder: Path
    lock: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        return self.folder / f"installed-{self.lock.stem}"

    @property
    def marker(self) -> Path:
        return self.folder / "unfinished"


RUN = Environment(folder=ROOT / ".venv", lock=ROOT / "requirements" / "run.txt")
TEST = Environment(folder=ROOT / ".venv", lock=ROOT / "requirements" / "test.txt")
BENCH = Environment(folder=ROOT / ".venv-bench", lock=ROOT / "requirements" / "bench.txt")
CHECKOV = Environment(folder=ROOT / ".venv-checkov", lock=ROOT / "requirements" / "checkov.txt")


def enter(script: str) -> None:
    """Return once this process runs in the ready environment of `./todo`; starts `script` over in it if need be."""
    try:
        if not (is_inside(RUN) and is_ready(RUN)):
            make_ready(RUN)
            os.execv(RUN.python, [str(RUN.python), script, *sys.argv[1:]])  # noqa: S606
    except CommandError as error:
        leave(error.message, code=error.code)
    except KeyboardInterrupt:
        leave("Stopped. The next start makes the environment anew.", code=Exit.INTERRUPTED)


def leave(message: str, *, code: Exit) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    sys.exit(int(code))


def is_inside(environment: Environment) -> bool:
    """Whether this process runs in `environment`, under the Python version whose packages it holds."""
    packages = environment.folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Path(sys.prefix).resolve() == environment.folder.resolve() and packages.is_dir()


def is_ready(environment: Environment) -> bool:
    """Whether what the lock file names is installed, by the stamp alone."""
    if environment.marker.exists() or not os.access(environment.python, os.X_OK):
        return False
    return environment.stamp.is_file() and environment.stamp.read_text() == digest(environment.lock)


def make_ready(environment: Environment) -> None:
    """Make the environment and install its lock file, unless that is done; safe when several processes do this at once.

    Raises CommandError: no venv module, no network, an install that fails.
    """
    if is_ready(environment) and is_usable(environment):
        return
    with locked(
        environment.folder.parent, waiting=f"Waiting for another ./todo that makes {environment.folder.name} …"
    ):
        if is_ready(environment) and is_usable(environment):
            return
        fill(environment)


def fill(environment: Environment) -> None:
    """Install the lock file; into a new environment if there is none that works. Hold the lock."""
    if environment.marker.exists() or not is_usable(environment):
        create(environment)
    environment.marker.touch()
    # A `CommandError` is pip's own clean refusal: nothing half-done stays, so the environment need not be made anew.
    try:
        install(python=environment.python, lock=environment.lock)
    except CommandError:
        environment.marker.unlink()
        raise
    environment.stamp.write_text(digest(environment.lock))
    environment.marker.unlink()


def create(environment: Environment) -> None:
    """Make an empty virtual environment with pip, from the Python outside any environment."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise CommandError(
            f"This Python ({sys.executable}) has no venv module: install it (Debian, Ubuntu: apt install "
            f"python{version}-venv) and run ./todo again.",
            code=Exit.MISSING_TOOL,
        )
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-m", "venv", "--clear", str(environment.folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        reason = (made.stderr or made.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise CommandError(f"{environment.folder} could not be made: {reason[0]}", code=Exit.BUILD_FAILED)


def is_usable(environment: Environment) -> bool:
    """Whether its Python starts and has pip: not so after the Python that it was made with has gone or changed."""
    if not os.access(environment.python, os.X_OK):
        return False
    if is_inside(environment):
        return importlib.util.find_spec("pip") is not None
    command = [str(environment.python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def digest(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def locked(folder: Path, *, waiting: str) -> Iterator[None]:
    """Hold the folder for this process alone; says `waiting` on standard error if another one holds it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"{waiting}\n")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
