"""What can go wrong with a hosted model, whether to try again, and how to say it."""

import httpx2
from openai import OpenAIError
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    RunTimedOut,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
)

from backend.assistant.engines.hosted.limits import AnswerLimitError

# A stream that breaks off, is no JSON, or is JSON of another form, surfaces as whatever the clients stumble over. The
# tools' own errors are not among these: what the domain refuses is an outcome of the call.
FAILURES = (
    AgentRunError,
    AnswerLimitError,
    OpenAIError,
    httpx2.HTTPError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
ATTEMPTS = 3
LONGEST_WAIT_SECONDS = 3.0
_PASSING = (ModelRateLimitError, ModelUnavailableError, ModelServerError, ModelConnectionError)
_SAID: tuple[tuple[type[Exception], str], ...] = (
    (ModelQuotaExceededError, "its quota is used up"),
    (ModelRateLimitError, "it has too much to do"),
    (ModelAuthenticationError, "its key was refused"),
    (ModelNotFoundError, "there is no model of that name"),
    (ModelContextWindowExceededError, "the conversation is too long for it"),
    (ModelRequestRejectedError, "it refused the request, perhaps because it cannot use tools"),
    (ModelTimeoutError, "it took too long"),
    (ModelRequestTimeout, "it took too long"),
    (RunTimedOut, "it took too long"),
    (ModelConnectionError, "it cannot be reached or broke off"),
    (ModelUnavailableError, "it is not available"),
    (ModelServerError, "it has trouble of its own"),
    (UsageLimitExceeded, "it went round in circles"),
    (UnexpectedModelBehavior, "its answers could not be used"),
)


def seconds_before_retry(error: Exception, *, attempt: int) -> float | None:
    """How long to wait before another attempt, the first being 1; None if there should be none.

    A wait that the model asks for is kept, unless it is longer than a person at a chat would sit through.
    """
    if attempt >= ATTEMPTS or _limit_of(error) or isinstance(error, ModelTimeoutError):
        return None
    if not isinstance(error, _PASSING):
        return None
    wait = error.retry_after if error.retry_after is not None else 0.25 * 2 ** (attempt - 1)
    return wait if wait <= LONGEST_WAIT_SECONDS else None


def say_failure(error: Exception) -> str:
    """The reason in a clause; nothing of the provider's own words, which may quote a key."""
    if limit := _limit_of(error):
        return str(limit)
    if isinstance(error, UsageLimitExceeded) and "tokens" in str(error):
        return "it used more tokens than a turn may"
    clause = next((said for kind, said in _SAID if isinstance(error, kind)), "it broke off")
    wait = getattr(error, "retry_after", None)
    return f"{clause} (it asks to wait {wait:.0f} seconds)" if wait else clause


def _limit_of(error: BaseException) -> AnswerLimitError | None:
    """The limit behind an error, which a client may have wrapped in its own."""
    seen: set[int] = set()
    while id(error) not in seen:
        if isinstance(error, AnswerLimitError):
            return error
        seen.add(id(error))
        error = error.__cause__ or error.__context__ or error
    return None
