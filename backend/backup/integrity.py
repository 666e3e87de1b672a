"""Looks whether an SQLite database is whole, within a time limit: its pages, and the log that stands beside it."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from backend.backup.wal import damage_in
from backend.damage import is_damage

SECONDS = 10.0
_STEPS = 100_000  # of SQLite's virtual machine between two looks at the clock


@dataclass(frozen=True)
class Finding:
    """``damage`` says what is wrong; nothing if nothing was found. ``finished``: the time was long enough."""

    damage: str = ""
    finished: bool = True


def look(path: Path, *, seconds: float = SECONDS) -> Finding:
    """Check the database at ``path`` for at most ``seconds``, a second for 300 MB; one that is not there is whole.

    Raises sqlite3.Error for what is no damage: another program holds it, it cannot be read.
    """
    if not path.exists() or path.stat().st_size == 0:
        return Finding()
    ends = time.monotonic() + seconds
    log = path.with_name(f"{path.name}-wal")
    if damage := damage_in(log, ends=ends) if log.exists() else "":
        return Finding(damage)
    try:
        return _check_pages(path, ends)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return Finding(str(error))
        raise


def _check_pages(path: Path, ends: float) -> Finding:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # no database at all is found at once
        connection.set_progress_handler(lambda: int(time.monotonic() > ends), _STEPS)
        try:
            rows = connection.execute("PRAGMA quick_check(1)").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return Finding(finished=False)
            raise
    first = str(rows[0][0])
    return Finding("" if first == "ok" else " ".join(first.split()))
