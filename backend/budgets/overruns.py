"""What the database ended because it took too long or stood in somebody's way, in words and as a status. Pure."""

import sqlite3
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, kw_only=True)
class Overrun:
    """Why, for the log, and what the user is told; ``seconds`` until it is worth trying again."""

    reason: str
    detail: str
    status: HTTPStatus = HTTPStatus.SERVICE_UNAVAILABLE
    seconds: int = 2


TOO_LONG = Overrun(
    reason="statement too long",
    detail="This took the database too long and was ended; nothing was changed. Ask for less at once, "
    "such as fewer or more exact words.",
    status=HTTPStatus.TOO_MANY_REQUESTS,
)
LOCKED = Overrun(
    reason="lock not free", detail="Another change of yours is still being made; nothing was changed. Try again."
)
IDLE = Overrun(reason="transaction idle", detail="This took too long and was ended; nothing was changed. Try again.")
FULL = Overrun(reason="too many connections", detail="The database is busy; nothing was changed. Try again soon.")
# Postgres' SQLSTATEs (PostgreSQL documentation, appendix A)
_STATES = {"57014": TOO_LONG, "55P03": LOCKED, "40P01": LOCKED, "40001": LOCKED, "25P03": IDLE, "53300": FULL}
_CODES = {sqlite3.SQLITE_INTERRUPT: TOO_LONG, sqlite3.SQLITE_BUSY: LOCKED}


def overrun_of(error: Exception) -> Overrun | None:
    """What a driver's error, or SQLAlchemy's around it, says of this kind; None where it says something else."""
    cause = getattr(error, "orig", None) or error
    state, code = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorcode", None)
    if state in _STATES:
        return _STATES[state]
    return None if code is None else _CODES.get(code & 0xFF)
