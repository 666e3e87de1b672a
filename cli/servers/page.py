"""The page: its packages installed and its release built, each once and again only when its sources change."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from cli.environment import ROOT, locked
from cli.progress import row
from cli.servers.node import run_npm

FRONTEND = ROOT / "frontend"
STAMP = ".built-from"
GENERATED = {"node_modules", ".next", "next-env.d.ts", "tsconfig.tsbuildinfo"}


def make_ready(*, frontend: Path = FRONTEND, logs: Path, copy: Path | None = None) -> Path:
    """Install and build what is not up to date; the folder in which `node server.js` serves the page.

    With `copy` that is a copy at this path, which a later build leaves alone. Raises CommandError: no npm, no network,
    a build that fails.
    """
    with locked(frontend, waiting="Waiting for another ./todo that builds the page …"):
        install_packages(frontend=frontend, logs=logs)
        release = build(frontend=frontend, logs=logs)
        return copy_release(release, to=copy) if copy else release


def copy_release(release: Path, *, to: Path) -> Path:
    """Put a copy of the release in the place of the one before, unless that is the same."""
    if not is_stamped(to / STAMP, (release / STAMP).read_text()):
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(release, to, symlinks=True, ignore=shutil.ignore_patterns(STAMP))
        shutil.copy(release / STAMP, to / STAMP)  # last: an interrupted copy has none
    return to


def install_packages(*, frontend: Path, logs: Path) -> None:
    """`npm ci`, unless the packages of this very lock file are there. An interrupted one leaves no stamp."""
    wanted = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    stamp = frontend / "node_modules" / ".installed-from"
    if is_stamped(stamp, wanted):
        return
    with row("Installing the page's packages"):
        command = ["ci", "--include=dev", "--no-audit", "--no-fund"]
        run_npm(command, folder=frontend, environment=_environment(), log=logs / "npm.log")
    stamp.parent.mkdir(exist_ok=True)  # npm makes no folder for a page without packages
    stamp.write_text(wanted)


def build(*, frontend: Path, logs: Path) -> Path:
    """`npm run build`, unless the release of these very sources is there."""
    wanted = digest_of_sources(frontend)
    release = frontend / ".next" / "standalone"
    stamp = release / STAMP
    if not is_stamped(stamp, wanted):
        with row("Building the page"):
            run_npm(["run", "build"], folder=frontend, environment=_environment(), log=logs / "build.log")
            complete_release(frontend=frontend, release=release)
        stamp.write_text(wanted)
    return release


def complete_release(*, frontend: Path, release: Path) -> None:
    """Lay the static files beside the server, which Next.js leaves to whoever deploys its standalone output."""
    shutil.copytree(frontend / ".next" / "static", release / ".next" / "static", dirs_exist_ok=True)
    if (frontend / "public").is_dir():
        shutil.copytree(frontend / "public", release / "public", dirs_exist_ok=True)


def digest_of_sources(frontend: Path) -> str:
    """One digest over the names and bytes of every file that could change the release."""
    total = hashlib.sha256()
    for path in source_files(frontend):
        total.update(f"{path.relative_to(frontend)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def source_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in GENERATED:
            continue
        if path.is_dir():
            yield from source_files(path)
        else:
            yield path


def is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def _environment() -> dict[str, str]:
    return os.environ | {"NEXT_TELEMETRY_DISABLED": "1", "CI": "1"}
