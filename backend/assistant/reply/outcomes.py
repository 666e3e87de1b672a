"""What a tool gives back: a sentence for the reply, compact data for a model, the receipt for the page."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_ai import ToolReturn
from pydantic_ai.ui.vercel_ai.response_types import DataChunk

from backend.assistant.language.types import Action, Choice, TaskView
from backend.assistant.reply.lists import say_task
from backend.assistant.reply.receipts import join_words
from backend.assistant.state import Call, TurnState
from backend.assistant.targets import Found
from backend.errors import ProblemError
from backend.journal.tokens import call_token
from backend.journal.values import Document

Outcome = ToolReturn[Any]
COMPACT = ("number", "title", "due", "recurrence", "priority", "tags", "project", "status")


def changed(state: TurnState, call: Call) -> Outcome:
    """The outcome of a call that was carried out, even where nothing needed changing."""
    state.changes += call.changes
    state.calls.append(call)
    tasks = [compact(change.after or change.before or {}) for change in call.changes]
    content = {"status": "done" if call.has_acted else "unchanged", "summary": call.summary, "tasks": tasks}
    return ToolReturn(return_value=content, metadata=[receipt(state)] if call.has_acted else None)


def listed(
    state: TurnState, arguments: dict[str, Any], tasks: Sequence[Document], summary: str, *, total: int
) -> Outcome:
    if not arguments.get("count"):
        state.shown += [task["number"] for task in tasks]
    state.calls.append(Call(id="", tool="list_tasks", arguments=arguments, summary=summary))
    content = {"status": "listed", "summary": summary, "total": total, "tasks": [compact(task) for task in tasks]}
    return ToolReturn(return_value=content)


def failed(state: TurnState, tool: str, arguments: dict[str, Any], error: Exception) -> Outcome:
    """Nothing was changed by this call, and why."""
    return _not_done(state, tool, arguments, status="failed", summary=f"Not done: {say_error(error)}")


def _not_done(
    state: TurnState, tool: str, arguments: dict[str, Any], *, status: str, summary: str, **more: object
) -> Outcome:
    state.calls.append(Call(id="", tool=tool, arguments=arguments, summary=summary, done=False))
    return ToolReturn(return_value={"status": status, "summary": summary, **more})


def report_missing(state: TurnState, tool: str, arguments: dict[str, Any], found: Found) -> Outcome:
    if found.changed:
        summary = "Not done: they changed since I asked. Ask again if it is still wanted."
    elif "filter" in arguments:
        summary = "No task is like that, so nothing was changed."
    else:
        summary = f'No task is called "{arguments.get("match", "")}".{_say_near(found.near)}'
    return _not_done(state, tool, arguments, status="not found", summary=summary)


def report_several(
    state: TurnState, tool: str, arguments: dict[str, Any], several: Sequence[TaskView], *, trusted: bool
) -> Outcome:
    """The tasks that fit. Where the call rests on the user's words they are offered: a number chooses one."""
    if trusted:
        state.choices = tuple(
            Choice(label=view.title, actions=(Action(tool=tool, arguments=arguments, targets=(view.number,)),))
            for view in several
        )
    today = state.now.date()
    lines = [
        f"{place}. {say_task(view._asdict(), today=today).partition('. ')[2]}" for place, view in enumerate(several, 1)
    ]
    summary = "\n".join([f'Several tasks match "{arguments.get("match", "")}". Which one?', *lines])
    numbers = [view.number for view in several]
    return _not_done(state, tool, arguments, status="unclear", summary=summary, tasks=numbers)


def report_unsure(
    state: TurnState, arguments: dict[str, Any], question: str, choices: Sequence[Choice], *, trusted: bool
) -> Outcome:
    """A question with numbered answers, before anything is done. Where ``trusted``, a number chooses one."""
    state.choices = tuple(choices) if trusted else ()
    lines = [f"{place}. {choice.label}" for place, choice in enumerate(choices, 1)]
    action = choices[0].actions[0]
    summary = "\n".join([question, *lines])
    return _not_done(state, action.tool, arguments, status="unclear", summary=summary, tasks=list(action.targets or ()))


def receipt(state: TurnState) -> DataChunk:
    """All that the turn has changed so far; the page replaces the turn's earlier receipt by it.

    Each of its ``calls`` has the revisions of its changes, and a token that undoes these alone.
    """
    calls = [
        {
            "id": call.id,
            "tool": call.tool,
            "undo_token": call_token(call.changes),
            "revisions": [change.revision for change in call.changes],
        }
        for call in state.calls
        if call.changes
    ]
    changes = [change.as_dict() for change in state.changes]
    data = {"changes": changes, "undo_token": state.actor.turn_id, "calls": calls}
    return DataChunk(type="data-receipt", id="receipt", data=data)


def compact(task: Document) -> Document:
    """What a model or a card needs of a task."""
    counted = {"recurrence_from": "completion"} if task.get("recurrence_from") == "completion" else {}
    return {name: task[name] for name in COMPACT if task.get(name)} | counted


def say_error(error: Exception) -> str:
    if isinstance(error, ProblemError):
        return error.detail.removeprefix("parent_id: ")
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg'].removeprefix('Value error, ')}."
    return str(error)


def _say_near(near: Sequence[TaskView]) -> str:
    if not near:
        return ""
    names = [f'{view.number}. "{view.title}"' for view in near]
    return f" Did you mean {join_words(names)}?"
