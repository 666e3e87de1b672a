"""The daily backup of a data folder: made by a process of its own, so that whoever watches the servers never waits."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache

from cli.environment import ROOT, RUN
from cli.servers.folder import DataFolder

EVERY_SECONDS = 3600.0  # between two looks: the day's backup is made once, whenever the machine is on


class DailyBackup:
    """Call it often: once an hour it starts what makes the day's backup, unless there is one. It never raises.

    What went wrong stands in DATA/logs/backups.log, and ``say`` hears it.
    """

    def __init__(self, folder: DataFolder, say: Callable[[str], object]) -> None:
        self._folder, self._say = folder, say
        self._child: subprocess.Popen[str] | None = None
        self._due = time.monotonic()

    def __call__(self) -> None:
        if self._child and self._child.poll() is not None:
            self._finish(self._child)
            self._child = None
        if self._child is None and time.monotonic() >= self._due and has_database(self._folder):
            self._due = time.monotonic() + EVERY_SECONDS
            self._start()

    def _start(self) -> None:
        command = [str(RUN.python), "-m", "backend.backup", "keep", str(self._folder.path / "backups")]
        environment = os.environ | {"TODO_DATA": str(self._folder.path)}
        try:
            self._child = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
        except OSError as error:
            self._tell(f"{error}")

    def _finish(self, child: subprocess.Popen[str]) -> None:
        _out, said = child.communicate()
        if child.returncode:
            self._tell(" ".join(said.split()) or f"it ended with code {child.returncode}")

    def _tell(self, reason: str) -> None:
        sentence = f"Today's backup was not made: {reason}"
        log = self._folder.log("backups")
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a") as file:
                file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {sentence}\n")
        except OSError as error:
            sentence = f"{sentence} (nor could that be logged: {error})"
        self._say(f"{sentence}\n")


def back_up(folder: DataFolder) -> None:
    """The chore of whoever watches the servers."""
    _backup_of(folder)()


@cache
def _backup_of(folder: DataFolder) -> DailyBackup:
    return DailyBackup(folder, sys.stderr.write)


def has_database(folder: DataFolder) -> bool:
    """Whether there is something to look at or to back up: a file in the folder, or a database of its own address."""
    named = "DATABASE_URL" in os.environ or (ROOT / ".env").exists()
    return (folder.path / "todo.db").exists() or named
