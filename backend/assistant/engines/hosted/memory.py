"""The conversation so far, for a hosted model: whole turns, the newest first, as many as a budget of tokens holds."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelRequest, ToolReturnPart, repair_messages

TURNS = 20
TOKENS = 4_000
CHARACTERS_A_TOKEN = 4


def dump_messages(messages: Sequence[ModelMessage]) -> str:
    """A turn's messages as JSON, without the instructions, which each turn writes anew, and without what only the page
    is shown: the receipt so far, which with each call would make two hundred calls' record one of megabytes."""
    bare = [_bare(item) if isinstance(item, ModelRequest) else item for item in messages]
    return ModelMessagesTypeAdapter.dump_json(bare).decode()


def _bare(request: ModelRequest) -> ModelRequest:
    parts = [replace(part, metadata=None) if isinstance(part, ToolReturnPart) else part for part in request.parts]
    return replace(request, parts=parts, instructions=None)


def recall(records: Sequence[str], *, tokens: int = TOKENS) -> list[ModelMessage]:
    """The last turns that fit, oldest first; questions that were never answered are closed."""
    budget, kept = tokens * CHARACTERS_A_TOKEN, list[str]()
    for record in reversed(records):
        budget -= len(record)
        if budget < 0:
            break
        kept.insert(0, record)
    messages = [message for record in kept for message in ModelMessagesTypeAdapter.validate_json(record)]
    return repair_messages(messages)
