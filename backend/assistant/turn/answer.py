"""An answer as plain JSON, read from the parts of its message: the stream and `POST /api/chat` say the same."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel


class ToolCallOut(BaseModel):
    tool: str
    arguments: dict[str, Any]


class ChoiceOut(BaseModel):
    number: int
    label: str


class ChatOut(BaseModel):
    """``changes`` are the journal's rows of the turn; ``undo_token`` takes all of them back.

    ``approval`` is a question that was asked: answer with "yes" or "no", or with its id.
    """

    conversation_id: str
    response: str
    tool_calls: list[ToolCallOut]
    changes: list[dict[str, Any]]
    undo_token: str | None
    choices: list[ChoiceOut]
    approval: dict[str, Any] | None = None


def to_answer(conversation_id: str, parts: Iterable[Mapping[str, Any]]) -> ChatOut:
    parts = [_ordered(part) for part in parts]
    data = {part["type"]: part["data"] for part in parts if part["type"].startswith("data-")}
    receipt = data.get("data-receipt", {"changes": [], "undo_token": None})
    return ChatOut(
        conversation_id=conversation_id,
        response="\n".join(part["text"] for part in parts if part["type"] == "text" and part["text"]),
        tool_calls=[
            ToolCallOut(tool=part["type"].removeprefix("tool-"), arguments=part["input"])
            for part in parts
            if part["type"].startswith("tool-")
        ],
        changes=receipt["changes"],
        undo_token=receipt["undo_token"],
        choices=data.get("data-choices", {"choices": []})["choices"],
        approval=data.get("data-approval"),
    )


def _ordered(part: Mapping[str, Any]) -> dict[str, Any]:
    """With its keys in one order: Postgres keeps them in another, and a repeat is to get the same bytes."""
    ordered: dict[str, Any] = json.loads(json.dumps(part, sort_keys=True))
    return ordered
