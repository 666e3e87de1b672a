"""What a request leaves to be noted after its answer: when a token was last used, that a session goes on."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from backend.errors import ProblemError

log = structlog.get_logger()
T = TypeVar("T")


async def noted(write: Callable[..., Awaitable[T]], *arguments: object) -> T | None:
    """What ``write`` returns; None, and a line in the log, where the database cannot store it.

    The request has its answer without it, and one of the next notes it.
    """
    try:
        return await write(*arguments)
    except (DBAPIError, PoolTimeout, ProblemError) as error:
        log.warning("not noted", what=write.__name__, error=type(error).__name__)
        return None
