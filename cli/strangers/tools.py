"""Installs what a suite needs, by name, into a folder of its own, and runs it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cli.checks.needs import install_debian
from cli.exits import CommandError, Exit
from cli.progress import row
from cli.servers.folder import DEFAULT

FOLDER = DEFAULT / "strangers"
SECONDS = 600


def python_packages(name: str, packages: Sequence[str]) -> Path:
    """The `bin` of an environment that holds the packages. Raises CommandError where they cannot be installed."""
    folder = FOLDER / name
    if not (folder / "ready").exists():
        with row(f"Installing {', '.join(packages)} (pip)"):
            _installed([sys.executable, "-m", "venv", "--clear", str(folder)], packages)
            _installed([str(folder / "bin" / "pip"), "install", "--quiet", *packages], packages)
        (folder / "ready").touch()
    return folder / "bin"


def node_packages(name: str, packages: Sequence[str]) -> Path:
    """The folder whose `node_modules` holds the packages. Raises CommandError where they cannot be installed."""
    folder = FOLDER / name
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
        with row(f"Installing {', '.join(packages)} (npm)"):
            _installed(["npm", "install", "--silent", "--prefix", str(folder), *packages], packages)
        (folder / "ready").touch()
    return folder


def debian_program(name: str) -> str:
    """The path of a program of the Debian package of its name. Raises CommandError where it cannot be installed."""
    if reason := "" if shutil.which(name) else install_debian(name, found=lambda: shutil.which(name)):
        raise CommandError(reason, code=Exit.MISSING_TOOL)
    return str(shutil.which(name))


def python_version(folder: Path, package: str) -> str:
    """The version of a package in the environment whose `bin` this is."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return run([str(folder / "python"), "-c", code]).stdout.strip()


def run(
    argv: Sequence[str], *, folder: Path | None = None, more: Mapping[str, str] | None = None, said: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever it answers. Raises CommandError where it takes more than ten minutes."""
    try:
        return subprocess.run(
            argv, cwd=folder, env={**os.environ, **(more or {})}, input=said, capture_output=True, text=True,
            check=False, timeout=SECONDS, errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        message = f"{Path(argv[0]).name} did not end within {SECONDS // 60} minutes."
        raise CommandError(message, code=Exit.FAILED) from error


def _installed(argv: Sequence[str], packages: Sequence[str]) -> None:
    done = run(argv)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        message = f"{', '.join(packages)} cannot be installed: {''.join(last)}"
        raise CommandError(message, code=Exit.NO_NETWORK)
