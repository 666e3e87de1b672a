"""The AI SDK's UI message stream of a turn: what Pydantic AI makes of the run, with errors said in plain words."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from pydantic_ai import DeferredToolRequests
from pydantic_ai.ui.vercel_ai import VercelAIEventStream
from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    DataChunk,
    DoneChunk,
    FinishChunk,
    FinishStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
    ToolInputAvailableChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
)
from sqlalchemy.exc import DBAPIError

from backend.assistant.progress.claims import TurnLostError
from backend.assistant.state import TurnState
from backend.errors import ProblemError
from backend.faults import say_fault
from backend.models import new_id

log = structlog.get_logger()
SDK_VERSION: Literal[7] = 7
HEADERS = {"x-vercel-ai-ui-message-stream": "v1", "cache-control": "no-cache", "x-accel-buffering": "no"}
Part = Mapping[str, Any]


@dataclass(kw_only=True)
class TurnStream(VercelAIEventStream[TurnState, str | DeferredToolRequests]):
    """Keeps what went wrong in ``failure``; the page is told what it can use, and what was done before."""

    state: TurnState
    failure: Exception | None = None

    async def on_error(self, error: Exception) -> AsyncIterator[BaseChunk]:
        self.failure = error
        log.error("a turn failed", turn=self.state.actor.turn_id, exc_info=error)
        lost = isinstance(error, TurnLostError)  # then the other run says what was done
        if not lost and (done := [call.summary for call in self.state.calls if call.done]):
            for chunk in text_chunks("\n".join([*done, "The rest was not done."])):
                yield chunk
        async for chunk in super().on_error(RuntimeError(say_failure(error))):
            yield chunk


def say_failure(error: Exception) -> str:
    """An error for the person at the page; nothing of the inside."""
    if isinstance(error, ProblemError):
        return error.detail
    if isinstance(error, TurnLostError):
        return "This message is being answered by a later request. Reload to see the answer."
    if isinstance(error, DBAPIError):
        return say_fault(error, otherwise="The database cannot be reached. Try again in a moment.")
    return "Something went wrong. Try again in a moment."


def encode(chunk: BaseChunk) -> str:
    """One server-sent event."""
    return f"data: {chunk.encode(SDK_VERSION)}\n\n"


def text_chunks(text: str) -> Iterator[BaseChunk]:
    """A whole text part."""
    part_id = new_id()
    yield TextStartChunk(id=part_id)
    yield TextDeltaChunk(id=part_id, delta=text)
    yield TextEndChunk(id=part_id)


def framed(message_id: str, chunks: Iterable[BaseChunk]) -> Iterator[BaseChunk]:
    """Chunks as a message of their own."""
    yield StartChunk(message_id=message_id)
    yield StartStepChunk()
    yield from chunks
    yield FinishStepChunk()
    yield FinishChunk(finish_reason="stop")
    yield DoneChunk()


def stored_chunks(parts: Iterable[Part]) -> Iterator[BaseChunk]:
    """A stored message's parts, as they were streamed once."""
    for part in parts:
        kind = part["type"]
        if kind == "text":
            yield from text_chunks(part["text"])
        elif kind.startswith("data-"):
            yield DataChunk(type=kind, id=part.get("id"), data=part["data"])
        elif kind.startswith("tool-"):
            yield from _stored_tool(part)


def _stored_tool(part: Part) -> Iterator[BaseChunk]:
    call_id = part["toolCallId"]
    yield ToolInputAvailableChunk(
        tool_call_id=call_id, tool_name=part["type"].removeprefix("tool-"), input=part["input"]
    )
    if part["state"] == "output-available":
        yield ToolOutputAvailableChunk(tool_call_id=call_id, output=part["output"])
    elif part["state"] == "output-error":
        yield ToolOutputErrorChunk(tool_call_id=call_id, error_text=part["errorText"])
