"""Keeps the daily backups of servers that were left running: `python -m cli.backups.watch DATA`, ended with them."""

import subprocess
import sys
import time
from pathlib import Path

from cli.backups.daily import DailyBackup
from cli.environment import ROOT, RUN
from cli.servers.folder import DataFolder, read_servers
from cli.servers.processes import is_running

POLL_SECONDS = 1.0


def start(folder: DataFolder) -> None:
    """Start the watch as a process of its own, which outlives this terminal."""
    nothing = subprocess.DEVNULL
    command = [str(RUN.python), "-m", "cli.backups.watch", str(folder.path)]
    subprocess.Popen(command, cwd=ROOT, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)


def watch(folder: DataFolder) -> None:
    """Return once the servers that run now have ended, or others have taken their place."""
    servers = read_servers(folder)
    back_up = DailyBackup(folder, lambda _sentence: None)  # it stands in the log
    while servers and read_servers(folder) == servers and any(is_running(server.process) for server in servers):
        back_up()
        time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    watch(DataFolder(path=Path(sys.argv[1])))
