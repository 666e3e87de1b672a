"""When a server that ended is started again, and when no more. Pure."""

from collections.abc import Sequence

LIMIT = 8
WINDOW_SECONDS = 600.0
LONGEST_SECONDS = 60.0


def pause(ends: Sequence[float], *, now: float, limit: int) -> float | None:
    """Seconds to wait before the server is started again; None to give up, after more than `limit` ends in the window.

    `ends` are the times at which it ended, this one included, on the clock of `now`. They count however well the starts
    between them went: a server that comes up and ends soon after would be started for ever otherwise.
    """
    recent = sum(now - end <= WINDOW_SECONDS for end in ends)
    return None if recent > limit else float(min(LONGEST_SECONDS, 2 ** (max(recent, 1) - 1)))
