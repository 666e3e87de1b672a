"""Gets what the checks need, where that is possible; says exactly what is missing where it is not."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from cli.checks.steps import Need
from cli.environment import ROOT
from cli.exits import CommandError
from cli.progress import row
from cli.servers import page
from cli.servers.folder import DEFAULT
from cli.servers.node import find_node

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
LOGS = DEFAULT / "logs"


def supply(needs: set[Need]) -> dict[Need, str]:
    """Install or build what is not there; a sentence for each need that is still missing after that."""
    missing = {need: SUPPLIERS[need]() for need in Need if need in needs}
    return {need: reason for need, reason in missing.items() if reason}


def supply_packages() -> str:
    return _attempt(lambda: page.install_packages(frontend=page.FRONTEND, logs=LOGS))


def supply_page() -> str:
    return _attempt(lambda: page.make_ready(logs=LOGS))


def supply_chromium() -> str:
    return "" if find_chromium() else install_debian("chromium", found=find_chromium)


def supply_postgres() -> str:
    return "" if find_postgres() else install_debian("postgresql", found=find_postgres)


def find_chromium() -> str | None:
    return next((found for name in CHROMIUMS if (found := shutil.which(name))), None)


def find_postgres() -> str | None:
    """The server's program; Debian keeps it off PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    return shutil.which("postgres") or next((str(path) for path in places), None)


def install_debian(package: str, *, found: Callable[[], str | None]) -> str:
    """Install a Debian package if this is Debian and we are root; why it is still missing, or nothing."""
    advice = f"{package} is not installed: apt-get install {package}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return advice
    with row(f"Installing {package} (apt-get)"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", package]):
            said = run_quietly(command)
    return "" if found() else f"{advice} failed: {said}"


def run_quietly(command: list[str]) -> str:
    """Run it; the last line that it said, for the case that it failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    lines = (ended.stderr or ended.stdout).strip().splitlines()
    return lines[-1] if lines else f"{command[0]} ended with {ended.returncode}"


def _attempt(work: Callable[[], object]) -> str:
    """Do work that needs Node; the sentence of the error that it ended in, or nothing."""
    try:
        find_node()
        work()
    except CommandError as error:
        return error.message
    return ""


SUPPLIERS: dict[Need, Callable[[], str]] = {
    Need.PACKAGES: supply_packages,
    Need.PAGE: supply_page,
    Need.CHROMIUM: supply_chromium,
    Need.POSTGRES: supply_postgres,
}
