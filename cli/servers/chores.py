"""Work that is done every minute while Todo Chatbot runs, by whatever watches the servers."""

import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence

from cli.backups import daily
from cli.servers.folder import DataFolder

SECONDS = 60.0
Chore = Callable[[DataFolder], None]
CHORES: tuple[Chore, ...] = (daily.back_up,)  # each decides by itself whether anything is to be done this minute


def begin(folder: DataFolder, *, chores: Sequence[Chore] = CHORES, seconds: float = SECONDS) -> threading.Thread:
    """Do the chores at once and then every so many seconds, beside the caller, until this process ends."""
    thread = threading.Thread(target=_repeat, args=(folder, chores, seconds), name="chores", daemon=True)
    if chores:
        thread.start()
    return thread


def do_all(folder: DataFolder, chores: Sequence[Chore]) -> None:
    """Do each chore. One that fails is reported on standard error, and keeps no other from being done."""
    for chore in chores:
        try:
            chore(folder)
        except Exception:  # whatever it is: the servers are watched on
            sys.stderr.write(f"{getattr(chore, '__name__', 'a chore')} failed:\n{traceback.format_exc()}")
            sys.stderr.flush()


def _repeat(folder: DataFolder, chores: Sequence[Chore], seconds: float) -> None:
    while True:
        do_all(folder, chores)
        time.sleep(seconds)
