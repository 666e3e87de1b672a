"""Asking before a change: the exact tasks it would touch, in words and as a data part."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from pydantic_ai import DeferredToolRequests
from pydantic_ai.ui.vercel_ai.response_types import BaseChunk, DataChunk

from backend.assistant.asking.approvals import LIFETIME, PendingCall
from backend.assistant.turn.stream import text_chunks
from backend.journal.values import instant
from backend.models import utc_now

_WOULD = {
    "add_task": "add",
    "update_task": "change",
    "complete_task": "complete",
    "reopen_task": "reopen",
    "delete_task": "delete",
    "undo": "undo",
}


def pending_calls(requests: DeferredToolRequests) -> tuple[PendingCall, ...]:
    """The calls that wait, each with the tasks that it found when it asked."""
    return tuple(
        PendingCall(
            tool_call_id=call.tool_call_id,
            tool=call.tool_name,
            arguments=call.args_as_dict(),
            targets=tuple(requests.metadata.get(call.tool_call_id, {}).get("targets", ())),
        )
        for call in requests.approvals
    )


def question_chunks(approval_id: str, calls: tuple[PendingCall, ...]) -> Iterator[BaseChunk]:
    """The question in words, then its data: an id to answer with, what would happen, and until when."""
    yield from text_chunks(say_question(calls))
    data = {
        "id": approval_id,
        "expires_at": instant(utc_now() + LIFETIME),
        "calls": [
            {
                "tool": call.tool,
                "arguments": call.arguments,
                "label": _say_call(call),
                "tasks": [asdict(target) for target in call.targets],
            }
            for call in calls
        ],
    }
    yield DataChunk(type="data-approval", id=approval_id, data=data)


def say_question(calls: tuple[PendingCall, ...]) -> str:
    lines = []
    for call in calls:
        lines.append(f"This would {_say_call(call)}{':' if call.targets else '.'}")
        lines += [f"{target.number}. {target.title}" for target in call.targets]
    return "\n".join([*lines, "Shall I? Say yes or no."])


def _say_call(call: PendingCall) -> str:
    verb = _WOULD.get(call.tool, call.tool)
    if call.tool == "add_task":
        return f'{verb} "{call.arguments.get("title", "")}"'
    if call.tool == "undo":
        return "take back your latest change"
    count = "1 task" if len(call.targets) == 1 else f"{len(call.targets)} tasks"
    return f"{verb} {count}{_say_change(call.arguments)}"


def _say_change(arguments: Mapping[str, Any]) -> str:
    changes = arguments.get("changes") or {}
    said = [f"{name} to {value if value is not None else 'none'}" for name, value in changes.items()]
    if arguments.get("shift"):
        said.append(f"moved by {arguments['shift']}")
    return f" ({', '.join(said)})" if said else ""
