"""The question before a change: exactly what would happen, in words and as a data part."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any

from pydantic_ai import DeferredToolRequests
from pydantic_ai.ui.vercel_ai.response_types import BaseChunk, DataChunk

from backend.assistant.asking.approvals import LIFETIME, PendingCall
from backend.assistant.reply.dates import say_moment
from backend.assistant.reply.differences import say_difference
from backend.assistant.state import Agreed
from backend.assistant.turn.stream import text_chunks
from backend.journal.values import Change, instant
from backend.models import utc_now

SHOWN = 100
_WOULD = {
    "add_task": "add",
    "update_task": "change",
    "complete_task": "complete",
    "reopen_task": "reopen",
    "delete_task": "delete",
    "undo": "take back your latest change of",
    "redo": "do again your change of",
}
_KINDS = {"create": "brought back", "delete": "removed"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A call that waits, with the changes that its rehearsal made."""

    call: PendingCall
    changes: tuple[Change, ...]


def asked_calls(requests: DeferredToolRequests) -> tuple[Asked, ...]:
    """The calls that wait, each with what it would change and what a yes to it is bound to."""
    return tuple(
        Asked(
            call=PendingCall(
                tool_call_id=call.tool_call_id,
                tool=call.tool_name,
                arguments=call.args_as_dict(),
                agreed=Agreed(
                    targets=tuple(rehearsed["targets"]),
                    undoes=rehearsed["undoes"],
                    restores=rehearsed["restores"],
                ),
            ),
            changes=tuple(rehearsed["changes"]),
        )
        for call in requests.approvals
        for rehearsed in (requests.metadata[call.tool_call_id],)
    )


def question_chunks(approval_id: str, asked: Sequence[Asked], *, today: date) -> Iterator[BaseChunk]:
    """The question in words, then its data: an id to answer with, what would happen, and until when.

    ``tasks`` are all that would change, ``changes`` the first hundred of them, before and after.
    """
    yield from text_chunks(say_question(asked, today=today))
    calls = [
        {
            "tool": one.call.tool,
            "arguments": one.call.arguments,
            "label": _say_call(one.call.tool, len(one.changes), to=one.call.arguments.get("to"), today=today),
            "tasks": [asdict(target) for target in one.call.agreed.targets],
            "changes": [_shown(change) for change in one.changes[:SHOWN]],
        }
        for one in asked
    ]
    data = {"id": approval_id, "expires_at": instant(utc_now() + LIFETIME), "calls": calls}
    yield DataChunk(type="data-approval", id=approval_id, data=data)


def say_question(asked: Sequence[Asked], *, today: date) -> str:
    lines = []
    for (tool, to), group in groupby(asked, key=lambda one: (one.call.tool, one.call.arguments.get("to"))):
        changes = [change for one in group for change in one.changes]
        lines.append(f"This would {_say_call(tool, len(changes), to=to, today=today)}:")
        lines += [_say_line(change, today=today, mixed=to is not None) for change in changes[:SHOWN]]
        if len(changes) > SHOWN:
            lines.append(f"… and {len(changes) - SHOWN} more.")
    return "\n".join([*lines, "Shall I? Say yes or no."])


def _say_call(tool: str, count: int, *, to: str | None, today: date) -> str:
    tasks = f"{count} {'task' if count == 1 else 'tasks'}"
    if to:
        return f"put your list back to how it was on {say_moment(to, today=today)}, which changes {tasks}"
    return f"{_WOULD[tool]} {tasks}"


def _say_line(change: Change, *, today: date, mixed: bool = False) -> str:
    """ "3. dentist: due tomorrow 17:00 → Fri 9 Oct"; a task that is not made yet has no number.

    ``mixed``: the question is about changes of several kinds, so the line says its own.
    """
    task = change.before or change.after or {}
    start = f"{task['number']}. " if change.before else "- "
    kind = _KINDS.get(change.kind, "") if mixed else ""
    said = ", ".join(part for part in (kind, say_difference(change, today=today)) if part)
    return f"{start}{task['title']}{said and f': {said}'}"


def _shown(change: Change) -> dict[str, Any]:
    """A change without what only a committed one has."""
    return {name: getattr(change, name) for name in ("kind", "task_id", "before", "after")}
