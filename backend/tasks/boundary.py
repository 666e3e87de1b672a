"""Where errors of the domain become typed: what a calculation refuses is the caller's input, and says so."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from backend.errors import InvalidError

P = ParamSpec("P")
R = TypeVar("R")


def typed(act: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """The same function, which raises InvalidError (422) where a date, a rule or a number cannot be reckoned with.

    HTTP, the chat and MCP each translate that one error. The cause is kept.
    """

    @wraps(act)
    async def act_typed(*args: P.args, **options: P.kwargs) -> R:
        try:
            return await act(*args, **options)
        except (ValueError, ArithmeticError) as error:
            reason = f"This cannot be done with the dates that were given: {error}."
            raise InvalidError(f"{reason} Change the due date or the recurrence; nothing was changed.") from error

    return act_typed
