"""File descriptors: as many as the system allows, and no flood of log lines when even those are used up."""

import asyncio
import resource
import time
from typing import Any

import structlog

log = structlog.get_logger()
MOST = 65_536
EVERY_SECONDS = 10.0


def raise_limit() -> int:
    """Raise the process's own limit to what the system lets it have; what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft


class LoopErrors:
    """The event loop's own errors. asyncio tells of each connection that it could not accept, thousands in a second."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}
        self._untold: dict[str, int] = {}

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell of an error, and of the same again not before ten seconds have gone by, then with their number."""
        message = str(context.get("message"))
        now = time.monotonic()
        if now - self._told.get(message, -EVERY_SECONDS) < EVERY_SECONDS:
            self._untold[message] = self._untold.get(message, 0) + 1
            return
        self._told[message] = now
        if isinstance(context.get("exception"), OSError):
            times = self._untold.pop(message, 0) + 1
            log.error(message, error=str(context["exception"]), times=times)
        else:
            loop.default_exception_handler(context)
