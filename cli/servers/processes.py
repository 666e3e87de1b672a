"""Processes that are known by their number and the moment they were born, so a number used again is never mistaken.

Each is the head of its own process group: a stop reaches its children, and Ctrl-C at the terminal does not reach it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cli.servers import private

GRACE_SECONDS = 8.0
POLL_SECONDS = 0.05


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process by its number and `birth`, which no other process of that number shares."""

    pid: int
    birth: str


def start(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path) -> Process:
    """Start `command` in `folder`, its output going to `log`; the log of the time before is kept beside it.

    Raises FileNotFoundError if the program is not there.
    """
    private.make_folder(log.parent)
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with private.open_file(log) as output:
        child = subprocess.Popen(
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=private.UMASK,  # what the program makes later is kept from others too
        )
    return Process(pid=child.pid, birth=birth_of(child.pid) or "ended at once")


def is_running(process: Process) -> bool:
    """Whether this very process still runs; one that has ended but was not yet waited for does not."""
    with suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    return birth_of(process.pid) == process.birth


def birth_of(pid: int) -> str | None:
    """When the process was born, to compare with another answer of this function; None if none of that number runs."""
    return _birth_by_proc(pid) if sys.platform == "linux" else _birth_by_ps(pid)


def stop(processes: Sequence[Process], *, grace: float = GRACE_SECONDS) -> None:
    """End the processes and their groups: asked first, forced once `grace` seconds are over or Ctrl-C comes again."""
    running = [process for process in processes if is_running(process)]
    for process in running:
        _signal(process, signal.SIGTERM)
    try:
        _wait_for_end(running, seconds=grace)
    finally:
        for process in running:
            _signal(process, signal.SIGKILL)
    _wait_for_end(running, seconds=grace)


def _signal(process: Process, number: signal.Signals) -> None:
    """Signal the group, whose number is its head's. The head is checked first: it must be the one we started."""
    if is_running(process):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _wait_for_end(processes: Sequence[Process], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(is_running(process) for process in processes) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)


def _birth_by_proc(pid: int) -> str | None:
    """The boot's identity and the clock ticks since it: `/proc/PID/stat`, fields 3 and 22 of proc(5)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, ticks = fields[0], fields[19]
    return None if state in "ZX" else f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {ticks}"


def _birth_by_ps(pid: int) -> str | None:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split(maxsplit=1)
    return answer[1].strip() if len(answer) == 2 and not answer[0].startswith("Z") else None
