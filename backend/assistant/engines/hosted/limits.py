"""How much of a hosted model's answers one turn takes: bytes, time, calls and characters.

The first limit that is reached ends the model's part of the turn, before what came is parsed or kept.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import httpx2
from pydantic_ai.messages import (
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ThinkingPart,
    ThinkingPartDelta,
    ToolCallPart,
    ToolCallPartDelta,
)
from pydantic_ai.ui import NativeEvent

EVENT_BYTES = 256 * 1024
PIECE_BYTES = 4 * 1024  # other users' requests run between two pieces
_EVENT_ENDS = (b"\n\n", b"\r\n\r\n", b"\r\r")
_TAIL = max(map(len, _EVENT_ENDS)) - 1


class AnswerLimitError(Exception):
    """A model's answer goes beyond what a turn takes; the text is a clause about it."""


@dataclass(frozen=True, kw_only=True)
class TurnLimits:
    """What one turn may use of the model.

    ``bytes_`` on the wire, ``tokens`` by the model's own count, tool ``calls``, ``characters`` of text and arguments,
    and ``seconds`` from the turn's start.
    """

    bytes_: int
    tokens: int
    calls: int
    seconds: float
    characters: int = 32_000


@dataclass
class Budget:
    """What is left for a turn. Times are the event loop's. Raises AnswerLimitError where nothing is."""

    limits: TurnLimits
    taken: int = 0
    calls: int = 0
    characters: int = 0
    deadline: float = field(default=0.0)

    def __post_init__(self) -> None:
        self.deadline = asyncio.get_running_loop().time() + self.limits.seconds

    def take(self, count: int) -> None:
        self.taken += count
        if self.taken > self.limits.bytes_:
            raise AnswerLimitError(f"it sent more than {self.limits.bytes_:,} bytes")

    def see(self, event: NativeEvent) -> None:
        """Count what an event adds to the answer."""
        if isinstance(event, PartStartEvent):
            if isinstance(event.part, ToolCallPart):
                self._count_call()
                self._count(_length(event.part.args))
            elif isinstance(event.part, TextPart | ThinkingPart):
                self._count(len(event.part.content))
        elif isinstance(event, PartDeltaEvent):
            delta = event.delta
            if isinstance(delta, ToolCallPartDelta):
                self._count(_length(delta.args_delta))
            elif isinstance(delta, TextPartDelta | ThinkingPartDelta):
                self._count(len(delta.content_delta or ""))

    def _count_call(self) -> None:
        self.calls += 1
        if self.calls > self.limits.calls:
            raise AnswerLimitError(f"it wanted more than {self.limits.calls} calls")

    def _count(self, length: int) -> None:
        self.characters += length
        if self.characters > self.limits.characters:
            raise AnswerLimitError(f"it wrote more than {self.limits.characters:,} characters")


def _length(arguments: object) -> int:
    return len(arguments) if isinstance(arguments, str) else len(str(arguments or ""))


_BUDGET: ContextVar[Budget | None] = ContextVar("model_budget", default=None)


def begin_budget(limits: TurnLimits) -> Budget:
    """A budget that every request to the model of this task, and of those it starts, is counted against.

    A turn has a task of its own.
    """
    budget = Budget(limits)
    _BUDGET.set(budget)
    return budget


def current_budget() -> Budget | None:
    return _BUDGET.get()


@asynccontextmanager
async def within(budget: Budget) -> AsyncIterator[None]:
    """Wait for the model until the turn's time is over. Raises AnswerLimitError then."""
    timeout = asyncio.timeout_at(budget.deadline)
    try:
        async with timeout:
            yield
    except TimeoutError as error:
        if not timeout.expired():
            raise
        raise AnswerLimitError(f"it took longer than {budget.limits.seconds:g} seconds") from error


class LimitedStream(httpx2.AsyncByteStream):
    """A response's body in small pieces, counted before anyone parses them.

    An event of the stream (text up to an empty line) of more than `EVENT_BYTES` is refused: a client collects it whole
    and parses it at once, and everyone else waits meanwhile.
    """

    def __init__(self, stream: httpx2.AsyncByteStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._event = 0
        self._tail = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._stream)
        while (chunk := await self._next(chunks)) is not None:
            self._budget.take(len(chunk))
            for start in range(0, len(chunk), PIECE_BYTES):
                piece = chunk[start : start + PIECE_BYTES]
                self._count_event(piece)
                yield piece
                await asyncio.sleep(0)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def _next(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        async with within(self._budget):
            return await anext(chunks, None)

    def _count_event(self, piece: bytes) -> None:
        whole = self._tail + piece
        end = max(whole.rfind(mark) for mark in _EVENT_ENDS)
        self._event = len(whole) - end if end >= 0 else self._event + len(piece)
        self._tail = whole[-_TAIL:]
        if self._event > EVENT_BYTES:
            raise AnswerLimitError(f"it sent more than {EVENT_BYTES:,} bytes at once")


async def limited(response: httpx2.Response, budget: Budget) -> httpx2.Response:
    """The response, its body counted. Raises AnswerLimitError for a compressed one: it may be of any size."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        await response.aclose()
        raise AnswerLimitError("it sent a compressed answer, which it was not asked for")
    if isinstance(response.stream, httpx2.AsyncByteStream) and not response.is_stream_consumed:
        response.stream = LimitedStream(response.stream, budget)
    return response
