"""The Agent2Agent protocol, as much as one question takes: `message/send` and its answer (https://a2a-protocol.org).

Reads version 0.2 and 0.3 (`"state": "completed"`, parts with a `kind`) and the words of 1.0 (`TASK_STATE_COMPLETED`).
"""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from orchestrator.agents.base import Kind, Outcome

_ENDS = {
    "input-required": Kind.NEEDS_PERMISSION,
    "auth-required": Kind.NEEDS_PERMISSION,
    "failed": Kind.REFUSED,
    "rejected": Kind.REFUSED,
    "canceled": Kind.REFUSED,
    "submitted": Kind.TRUNCATED,
    "working": Kind.TRUNCATED,
}


class NotA2AError(ValueError):
    """The text is no answer of this protocol, or a JSON-RPC error; the message says which."""


def question(text: str) -> dict[str, Any]:
    """The JSON-RPC request that asks `text`; a message without an id is refused by servers."""
    message = {
        "kind": "message",
        "role": "user",
        "messageId": str(uuid.uuid4()),
        "parts": [{"kind": "text", "text": text}],
    }
    return {"jsonrpc": "2.0", "id": str(uuid.uuid4()), "method": "message/send", "params": {"message": message}}


def parsed(text: str) -> Outcome:
    """The outcome that the answer tells: its text if the task is completed. Raises NotA2AError."""
    told = _result(text)
    if told.get("kind") == "message" or ("status" not in told and "parts" in told):
        return _said(" ".join(_texts([told])), text)
    status = told.get("status")
    if not isinstance(status, dict) or not isinstance(status.get("state"), str):
        raise NotA2AError("it answered JSON that is neither a task nor a message")
    state = status["state"].lower().removeprefix("task_state_").replace("_", "-")
    said = "\n".join(_texts([status.get("message")]))
    if state == "completed":
        return _said(_completed(told) or said, text)
    kind = _ENDS.get(state, Kind.REFUSED)
    return Outcome(kind, detail=f"its task is {state}" + (f": {said[:300]}" if said else ""), answer=text)


def _result(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotA2AError("it answered no JSON") from error
    if isinstance(told, dict) and "error" in told:
        raise NotA2AError(f"it answered a JSON-RPC error: {str(told['error'])[:300]}")
    if isinstance(told, dict) and "result" in told:
        told = told["result"]
    if isinstance(told, dict) and isinstance(told.get("task"), dict):
        told = told["task"]
    if not isinstance(told, dict):
        raise NotA2AError("it answered JSON that is neither a task nor a message")
    return told


def _completed(task: dict[str, Any]) -> str:
    """A completed task's artefacts, or what the agent said last where there are none."""
    if artefacts := list(_texts(task.get("artifacts"))):
        return "\n".join(artefacts)
    history = task.get("history")
    own = (
        [one for one in history if isinstance(one, dict) and "agent" in str(one.get("role")).lower()] if history else []
    )
    return "\n".join(_texts(own[-1:]))


def _texts(holders: Any) -> Iterator[str]:
    """The text parts of messages or artefacts."""
    for holder in holders if isinstance(holders, list) else ():
        parts = holder.get("parts") if isinstance(holder, dict) else None
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                yield part["text"]


def _said(said: str, answer: str) -> Outcome:
    if not said.strip():
        return Outcome(Kind.EMPTY, detail="its task is completed, but has no text", answer=answer)
    return Outcome(Kind.PROPOSAL, text=said.strip(), answer=answer)
