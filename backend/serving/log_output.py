"""Where log lines go, such that a disk that is full of them stops nobody."""

import structlog
from prometheus_client import Counter

LOST = Counter("todo_log_lines_lost", "Log lines that could not be written, as on a full disk")


class LogOutput(structlog.BytesLogger):
    """Standard output. A line that cannot be written is counted, and the request that it is about goes on."""

    _behind = False

    def msg(self, message: bytes) -> None:
        """Write a line; after lines that were cut, at the beginning of a line of its own."""
        try:
            super().msg(b"\n" + message if self._behind else message)
            self._behind = False
        except OSError:
            LOST.inc()
            self._behind = True

    log = debug = info = warn = warning = error = critical = failure = fatal = exception = msg
