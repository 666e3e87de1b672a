"""The assistant's tools: the same for every model, in the user's name. A call is one transaction, or nothing."""

from typing import Annotated, Any, Literal, Required

from prometheus_client import Histogram
from pydantic import Field
from pydantic_ai import RunContext, ToolReturn
from pydantic_ai.toolsets import FunctionToolset, ToolsetTool
from typing_extensions import TypedDict

from backend.assistant import actions, past
from backend.assistant import reminders as own_reminders
from backend.assistant.reply.outcomes import changed
from backend.assistant.state import TurnState

TOOL_SECONDS = Histogram(
    "todo_tool_seconds",
    "A tool's own time, its transaction included",
    ["tool"],
    buckets=(0.001, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.25, 1.0),
)
Context = RunContext[TurnState]
Match = Annotated[str, Field(description="The words that name the task, or its number")]
Due = Annotated[str, Field(description="YYYY-MM-DD, or YYYY-MM-DDTHH:MM where a time was said; the user's wall clock")]
Rule = Annotated[str, Field(description="An RFC 5545 RRULE value")]
From = Annotated[Literal["due", "completion"], Field(description="What the recurrence counts from; default: due")]
Day = Annotated[str, Field(description="YYYY-MM-DD, inclusive")]
Moment = Annotated[str, Field(description="YYYY-MM-DDTHH:MM of the past; the user's wall clock")]
Since = Annotated[str, Field(description="YYYY-MM-DD, or YYYY-MM-DDTHH:MM; the user's wall clock")]
Priority = Literal["high", "medium", "low"]


class Again(TypedDict, total=False):
    """Repeat until the task is done."""

    every: Required[Annotated[str, Field(description="ISO 8601 duration")]]
    until: Annotated[str, Field(description="YYYY-MM-DDTHH:MM")] | None
    times: int


class Reminder(TypedDict, total=False):
    """Either before (ISO 8601 duration before the due time, PT0S at it) or at (YYYY-MM-DDTHH:MM)."""

    before: str
    at: str
    zone: str
    again: Again
    channels: list[Literal["page", "push", "email", "apprise"]]
    urgent: bool


class Changes(TypedDict, total=False):
    """The fields to change; null clears one."""

    title: str
    due: Due | None
    recurrence: Rule | None
    recurrence_from: From | None
    priority: Priority | None
    tags: list[str] | None
    project: str | None
    notes: str | None
    reminders: list[Reminder] | None
    parent: Annotated[Match, Field(description="The task to put it under as a subtask")] | None


class ReminderSettings(TypedDict, total=False):
    """Null ends quiet hours and a pause; times are HH:MM."""

    default: list[Reminder]
    digest_on: bool
    digest_at: str
    quiet_from: str | None
    quiet_to: str | None
    paused_until: Annotated[str, Field(description="YYYY-MM-DDTHH:MM")] | None
    sound: bool


class Filter(TypedDict, total=False):
    """Many tasks at once; each key narrows."""

    due_from: Day
    due_to: Day
    overdue: bool
    no_due: bool
    completed_from: Day
    completed_to: Day
    status: Literal["open", "done", "all"]
    priority: Priority
    tag: str
    project: str
    not_tag: str
    not_project: str
    search: str
    parent: Annotated[Match, Field(description="Only the subtasks of this task")]


async def add_task(
    context: Context,
    *,
    title: str,
    due: Due | None = None,
    recurrence: Rule | None = None,
    recurrence_from: From | None = None,
    priority: Priority | None = None,
    tags: list[str] | None = None,
    project: str | None = None,
    notes: str | None = None,
    reminders: list[Reminder] | None = None,
    parent: Annotated[Match, Field(description="The task that it is to be a subtask of")] | None = None,
) -> ToolReturn[Any]:
    """Add one task."""
    fields: dict[str, Any] = {"due": due, "recurrence": recurrence, "priority": priority, "tags": tags}
    fields |= {"recurrence_from": recurrence_from, "project": project, "notes": notes, "reminders": reminders}
    return await actions.add(context, {"title": title, **_said(fields)}, parent=parent)


async def update_task(
    context: Context,
    match: Match | None = None,
    changes: Changes | None = None,
    shift: Annotated[str, Field(description="ISO 8601 duration to move the due by, such as P2D")] | None = None,
    filter: Filter | None = None,  # noqa: A002  (the contract's name)
) -> ToolReturn[Any]:
    """Change, rename, move or reschedule a task. A new date alone keeps its time of day."""
    return await actions.update(context, match=match, filters=filter, changes=dict(changes or {}), shift=shift)


async def complete_task(
    context: Context,
    match: Match | None = None,
    filter: Filter | None = None,  # noqa: A002
    subtasks: Annotated[
        Literal["keep", "complete"], Field(description="What becomes of its open subtasks; without, the user is asked")
    ]
    | None = None,
) -> ToolReturn[Any]:
    """Mark a task done, or with a filter many."""
    return await actions.complete(context, match=match, filters=filter, subtasks=subtasks)


async def reopen_task(
    context: Context,
    match: Match | None = None,
    filter: Filter | None = None,  # noqa: A002
) -> ToolReturn[Any]:
    """Mark a done task as open again, or with a filter many."""
    return await actions.reopen(context, match=match, filters=filter)


async def delete_task(
    context: Context,
    match: Match | None = None,
    filter: Filter | None = None,  # noqa: A002
) -> ToolReturn[Any]:
    """Delete a task, or with a filter many."""
    return await actions.delete(context, match=match, filters=filter)


async def list_tasks(
    context: Context,
    *,
    due_from: Day | None = None,
    due_to: Day | None = None,
    overdue: bool | None = None,
    no_due: bool | None = None,
    completed_from: Day | None = None,
    completed_to: Day | None = None,
    status: Literal["open", "done", "all"] | None = None,
    priority: Priority | None = None,
    tag: str | None = None,
    project: str | None = None,
    not_tag: str | None = None,
    not_project: str | None = None,
    search: str | None = None,
    parent: Annotated[Match, Field(description="Only the subtasks of this task")] | None = None,
    count: bool | None = None,
) -> ToolReturn[Any]:
    """Show tasks, or with count how many. Without a filter: all open ones."""
    filters = {"due_from": due_from, "due_to": due_to, "overdue": overdue, "no_due": no_due}
    filters |= {"completed_from": completed_from, "completed_to": completed_to, "status": status}
    filters |= {"priority": priority, "tag": tag, "project": project, "search": search, "parent": parent}
    filters |= {"not_tag": not_tag, "not_project": not_project, "count": count}
    return await actions.show(context, _said(filters))


async def undo(context: Context, to: Moment | None = None) -> ToolReturn[Any]:
    """Take back the user's latest change or, with a time, put the whole list back to what it was then."""
    if to is not None:
        return await past.put_back(context, to)
    return await past.undo(context)


async def redo(context: Context) -> ToolReturn[Any]:
    """Do again what the latest undo took back."""
    return await past.redo(context)


async def list_changes(context: Context, since: Since | None = None, until: Day | None = None) -> ToolReturn[Any]:
    """Show what was changed in the list, by whatever means, newest first."""
    return await past.show_changes(context, since, until)


async def set_reminders(
    context: Context,
    match: Match,
    reminders: list[Reminder] | None = None,
    mode: Literal["replace", "add", "remove"] = "replace",
) -> ToolReturn[Any]:
    """Replace a task's reminders, add some, or take some away; without reminders the user's default, or none."""
    return await own_reminders.set_reminders(context, match=match, reminders=reminders, mode=mode)


async def snooze_task(
    context: Context,
    match: Match | None = None,
    minutes: int | None = None,
    until: Annotated[str, Field(description="YYYY-MM-DDTHH:MM; the user's wall clock")] | None = None,
) -> ToolReturn[Any]:
    """Remind of a task again later, once; without match of the one that was reminded of last."""
    return await own_reminders.snooze(context, match=match, minutes=minutes, until=until)


async def list_reminders(context: Context, since: Since | None = None, until: Since | None = None) -> ToolReturn[Any]:
    """Show what will be reminded of, the next first."""
    return await own_reminders.show_reminders(context, since, until)


async def change_reminder_settings(
    context: Context, values: Annotated[ReminderSettings, Field(description="What to change")]
) -> ToolReturn[Any]:
    """Change the default reminders, the daily digest, quiet hours, or pause all reminders."""
    return await own_reminders.change_settings(context, dict(values))


def _said(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value is not None}


class Timed(FunctionToolset[TurnState]):
    """Keeps how long each call took. A call that an earlier run of the turn has done is told, not done, again."""

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: Context, tool: ToolsetTool[TurnState]
    ) -> Any:  # Any: the base class's own signature
        if call := ctx.deps.committed.get(ctx.tool_call_id or ""):
            return changed(ctx.deps, call)
        with TOOL_SECONDS.labels(name).time():
            return await super().call_tool(name, tool_args, ctx, tool)


# One after another: what a sentence does first, happens first.
toolset = Timed(
    [
        *(add_task, update_task, complete_task, reopen_task, delete_task, list_tasks, undo, redo, list_changes),
        *(set_reminders, snooze_task, list_reminders, change_reminder_settings),
    ],
    sequential=True,
)
