"""A program of its own, started by `watchdog`: signals its parent once that has sent no beat for too long.

Arguments: the parent's process number and the seconds. Beats are bytes on standard input; its end is this program's.
Imports next to nothing: it runs beside every backend, and keeps a few megabytes.
"""

import os
import select
import signal
import sys
import time

TICK_SECONDS = 0.5
GRACE_SECONDS = 5.0  # for writing the stacks
STOPPED = ("T", "t")  # by a signal, by a debugger


def main(parent: int, limit: float) -> None:
    """Watch until the beats end. Time in which this program could not run itself counts as one tick."""
    silent = 0.0
    while True:
        began = time.monotonic()
        ready, _, _ = select.select([0], [], [], TICK_SECONDS)
        if ready:
            if not os.read(0, 4096):
                return
            silent = 0.0
        elif is_stopped(parent):
            silent = 0.0
        else:
            silent += min(time.monotonic() - began, TICK_SECONDS)
        if silent >= limit:
            end(parent, limit)
            return


def is_stopped(process: int) -> bool:
    """Whether the process was stopped (SIGSTOP, a debugger); where there is no /proc, it counts as running."""
    try:
        with open(f"/proc/{process}/stat", "rb") as stat:  # noqa: PTH123  (pathlib would double the memory)
            return stat.read().rpartition(b")")[2].split()[0].decode() in STOPPED
    except OSError:
        return False


def end(parent: int, limit: float) -> None:
    """Say it, have the parent write its stacks and exit, and kill it if it does not. A dead parent is not mistaken."""
    if os.getppid() != parent:
        return
    sys.stderr.write(
        f"The event loop has stood still for {limit:g} seconds, so process {parent} ends itself. "
        "What each of its threads was doing:\n"
    )
    sys.stderr.flush()
    os.kill(parent, signal.SIGQUIT)
    select.select([], [], [], GRACE_SECONDS)
    if os.getppid() == parent:
        os.kill(parent, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
