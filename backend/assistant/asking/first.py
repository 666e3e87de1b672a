"""Asking first: a call is rehearsed in its transaction and, where the user must say yes, taken back with a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_ai import RunContext
from pydantic_ai.exceptions import ApprovalRequired
from pydantic_ai.messages import ModelResponse, ToolCallPart

from backend.assistant.asking.grounds import is_grounded
from backend.assistant.asking.policy import Together, must_ask
from backend.assistant.state import Restoring, Target, TurnState
from backend.journal.values import Change

Context = RunContext[TurnState]
_READ_ONLY = frozenset({"list_tasks", "list_changes", "list_reminders"})


def ask_first(
    context: Context,
    tool: str,
    arguments: Mapping[str, Any],
    changes: Sequence[Change],
    *,
    targets: Sequence[Target] = (),
    undoes: str | None = None,
    restores: Restoring | None = None,
) -> None:
    """Raises ApprovalRequired before ``changes``, made but not committed, where the user must say yes to them.

    The yes will be bound to the ``targets`` that would change, in their versions, and to the turn it ``undoes`` or to
    where it ``restores`` the list, which is always asked about.
    """
    state, call_id = context.deps, context.tool_call_id or ""
    if call_id in state.approved or not changes:
        return
    together, already = _together(context)
    titles = [target.title for target in targets]
    trusted = state.typed or is_grounded(tool, arguments, titles, heard=state.heard)
    if (
        trusted
        and not restores
        and not must_ask(tool, len(changes), changed_already=already, typed=state.typed, together=together)
    ):
        return
    touched = {change.task_id for change in changes}
    bound = [target for target in targets if target.id in touched]
    raise ApprovalRequired({"targets": bound, "changes": list(changes), "undoes": undoes, "restores": restores})


def _together(context: Context) -> tuple[Together, int]:
    """What the calls of the model's one answer would do, as far as that is known, and what was changed before them."""
    state = context.deps
    answer = context.messages[-1] if context.messages else None
    parts = answer.parts if isinstance(answer, ModelResponse) else ()
    calls = [part for part in parts if isinstance(part, ToolCallPart) and part.tool_name not in _READ_ONLY]
    sizes = {call.tool_call_id: len(state.planned.get(call.tool_call_id, (call,))) for call in calls}
    counted = [call for call in calls if not (state.typed and call.tool_name == "add_task")]
    together = Together(
        deletions=sum(sizes[call.tool_call_id] for call in calls if call.tool_name == "delete_task"),
        changes=sum(sizes[call.tool_call_id] for call in counted),
    )
    before = sum(len(call.changes) for call in state.calls if call.step != context.run_step)
    return together, before
