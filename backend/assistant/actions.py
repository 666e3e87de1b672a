"""What the tools do: find the tasks, ask first where that is due, change them at once or not at all, report."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_ai import RunContext, ToolReturn
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.asking.first import ask_first
from backend.assistant.asking.grounds import is_grounded
from backend.assistant.progress import claims, record
from backend.assistant.reply.lists import say_similar, say_tasks
from backend.assistant.reply.outcomes import changed, failed, listed, report_missing, report_several
from backend.assistant.reply.receipts import say_changes
from backend.assistant.reply.reminders import say_missed
from backend.assistant.state import Call, Target, TurnState
from backend.assistant.subtasks import ask_of_rest, parent_named, resolved, say_left, with_subtasks
from backend.assistant.targets import Found, find_targets
from backend.errors import ProblemError
from backend.journal import service as journal
from backend.journal.values import Change
from backend.models import utc_now
from backend.reminders.lists import missed
from backend.reminders.service import is_unreachable
from backend.tasks import service
from backend.tasks.documents import to_document
from backend.tasks.query import list_tasks
from backend.tasks.schemas import TaskCreate, TaskPatch, TaskQuery
from backend.tasks.subtasks.checklist import Rest

Context = RunContext[TurnState]
Outcome = ToolReturn[Any]
Apply = Callable[[AsyncSession, Sequence[Target]], Awaitable[object]]
Ask = Callable[[AsyncSession, Found], Awaitable[Outcome | None]]
Widen = Callable[[AsyncSession, Found], Awaitable[Found]]
Note = Callable[[AsyncSession, TurnState], Awaitable[str]]
SHOWN = 50
SET_UP_REMINDERS = (
    "I can remind you only while this page is open; to be reached otherwise: [Set up reminders](/settings#reminders)."
)


async def add(context: Context, fields: Mapping[str, Any], *, parent: str | None = None) -> Outcome:
    """``parent`` are the words that name the task to add it under."""
    state, said = context.deps, {**fields, **({"parent": parent} if parent else {})}
    try:
        new = TaskCreate.model_validate(fields)
        async with state.database.write() as session:
            under = ""
            if parent:
                number = next(iter(state.planned.get(id_of(context)) or ()), None)
                above = await parent_named(session, state, parent, number=number)
                new = new.model_copy(update={"parent_id": above.id})
                under = f' It is a subtask of "{above.title}".'
            note = await way_to_be_reached(session, state) if new.reminders else ""
            await service.create(session, state.actor, new)
            made = journal.changes_here(session)
            ask_first(context, "add_task", said, made)
            call = call_of(context, "add_task", said, made, _say_made(state, made) + under + note)
            await keep(session, state, call)
    except (ProblemError, ValidationError) as error:
        return failed(state, "add_task", said, error)
    return changed(state, call)


async def way_to_be_reached(session: AsyncSession, state: TurnState) -> str:
    """What is said once to who asks for reminders, and can be told of them on an open page alone; empty otherwise."""
    return f" {SET_UP_REMINDERS}" if await is_unreachable(session, state.actor.user_id) else ""


async def update(
    context: Context,
    *,
    match: str | None,
    filters: Mapping[str, Any] | None,
    changes: Mapping[str, Any],
    shift: str | None,
) -> Outcome:
    """A date alone keeps the time of day that the task has."""
    state = context.deps

    async def apply(session: AsyncSession, targets: Sequence[Target]) -> None:
        for target in targets:
            if changes:
                values = await _placed(session, state, changes)
                patch = await _patch(session, state.actor.user_id, target, values)
                await service.update(session, state.actor, target.id, patch)
        if shift:
            await service.shift_many(session, state.actor, [target.id for target in targets], shift)

    arguments = {"match": match, "filter": filters, "changes": dict(changes) or None, "shift": shift}
    if not changes and not shift:
        return failed(state, "update_task", _said(arguments), ValueError("Say what should change."))
    return await act_on(context, "update_task", arguments, apply)


async def complete(
    context: Context, *, match: str | None, filters: Mapping[str, Any] | None, subtasks: Rest | None = None
) -> Outcome:
    """``subtasks`` says what becomes of the open ones; of a single task the user is asked where nothing was said."""
    left: list[str] = []

    async def apply(session: AsyncSession, targets: Sequence[Target]) -> None:
        ids = [target.id for target in targets]
        tasks = await service.complete_many(session, context.deps.actor, ids, subtasks=subtasks or "keep")
        open_ = [await service.open_subtasks(session, task) for task in tasks if task.done]
        left.append(say_left(tasks, sum(open_)))

    async def ask(session: AsyncSession, found: Found) -> Outcome | None:
        return await ask_of_rest(session, context, arguments, found)

    arguments = {"match": match, "filter": filters, "subtasks": subtasks}
    return await act_on(context, "complete_task", arguments, apply, ask=ask, said_after=left)


async def reopen(context: Context, *, match: str | None, filters: Mapping[str, Any] | None) -> Outcome:
    async def apply(session: AsyncSession, targets: Sequence[Target]) -> object:
        return await service.reopen_many(session, context.deps.actor, [target.id for target in targets])

    filters = {"status": "done", **filters} if filters is not None else None
    return await act_on(context, "reopen_task", {"match": match, "filter": filters}, apply)


async def delete(context: Context, *, match: str | None, filters: Mapping[str, Any] | None) -> Outcome:
    async def apply(session: AsyncSession, targets: Sequence[Target]) -> None:
        await service.delete_many(session, context.deps.actor, [target.id for target in targets])

    async def widen(session: AsyncSession, found: Found) -> Found:
        return await with_subtasks(session, context.deps, found, agreed=id_of(context) in context.deps.approved)

    return await act_on(context, "delete_task", {"match": match, "filter": filters}, apply, widen=widen)


async def show(context: Context, filters: Mapping[str, Any]) -> Outcome:
    state = context.deps
    try:
        async with state.database.read() as session:
            asked = await resolved(session, state, filters)
            query = TaskQuery.model_validate({**asked, "count": True, "limit": SHOWN, "timezone": state.timezone})
            page = await list_tasks(session, state.actor.user_id, query, utc_now(), similar=True)
    except (ProblemError, ValidationError) as error:
        return failed(state, "list_tasks", dict(filters), error)
    tasks = [to_document(task) for task in page.items]
    summary = say_similar(page.similar) + say_tasks(
        tasks, total=page.total or 0, filters=filters, today=state.now.date()
    )
    return listed(state, dict(filters), tasks, summary, total=page.total or 0)


async def act_on(
    context: Context,
    tool: str,
    arguments: dict[str, Any],
    apply: Apply,
    *,
    note: Note | None = None,
    ask: Ask | None = None,
    widen: Widen | None = None,
    said_after: Sequence[str] = (),
) -> Outcome:
    """Find and apply; where the user must be asked first, the transaction ends without a change.

    ``note`` gives what the reply adds, from what stood before, ``said_after`` what applying said. ``ask`` may ask
    instead of applying; ``widen`` adds the tasks that go along.
    """
    state, said = context.deps, _said(arguments)
    try:
        async with state.database.write() as session:
            found = await _find(session, context, tool, arguments)
            if not found.tasks:
                return _say_nothing_found(state, tool, said, found)
            if ask and (question := await ask(session, found)):
                return question
            found = await widen(session, found) if widen else found
            if not found.tasks:
                return _say_nothing_found(state, tool, said, found)
            more = await note(session, state) if note else ""
            await apply(session, found.tasks)
            more += "".join(said_after)
            made = journal.changes_here(session)
            ask_first(context, tool, said, made, targets=found.tasks)
            call = call_of(context, tool, said, made, _say_acted(state, tool, found, made) + more)
            await keep(session, state, call)
    except (ProblemError, ValidationError) as error:
        return failed(state, tool, said, error)
    return changed(state, call)


async def keep(session: AsyncSession, state: TurnState, call: Call) -> None:
    """Store the call as done, in the transaction of its changes. Raises TurnLostError where the turn is another's."""
    if state.claim and call.has_acted:
        done = [*(earlier for earlier in state.calls if earlier.has_acted), call]
        await claims.keep(session, state.claim, record.write(state.plan, done))


def _say_made(state: TurnState, made: Sequence[Change]) -> str:
    """The receipt, and which of the reminders that were asked for will not come."""
    today = state.now.date()
    never = say_missed(missed(made, utc_now()), made, today=today)
    return " ".join(filter(None, [say_changes(made, today=today), never]))


def _say_acted(state: TurnState, tool: str, found: Found, made: Sequence[Change]) -> str:
    summary = _say_made(state, made) or _say_unchanged(tool, found.tasks)
    if found.changed:
        summary += f" {found.changed} changed since I asked, so I left those alone."
    return summary


def call_of(
    context: Context,
    tool: str,
    arguments: dict[str, Any],
    changes: Sequence[Change],
    summary: str,
    *,
    of_settings: bool = False,
) -> Call:
    """A call that was carried out, as the turn remembers it."""
    return Call(
        id=id_of(context),
        tool=tool,
        arguments=arguments,
        summary=summary,
        changes=tuple(changes),
        step=context.run_step,
        of_settings=of_settings,
    )


async def _placed(session: AsyncSession, state: TurnState, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes with the id of the task that is to stand above, where words name it; null takes a task out."""
    values = dict(changes)
    if "parent" in values:
        words = values.pop("parent")
        values["parent_id"] = (await parent_named(session, state, str(words))).id if words else None
    return values


async def _find(session: AsyncSession, context: Context, tool: str, arguments: Mapping[str, Any]) -> Found:
    return await find_targets(
        session,
        context.deps,
        call_id=id_of(context),
        match=arguments["match"],
        filters=await resolved(session, context.deps, filters) if (filters := arguments["filter"]) else filters,
        done=tool == "reopen_task",
        dated=arguments.get("shift") is not None,
    )


async def _patch(session: AsyncSession, user_id: str, target: Target, changes: Mapping[str, Any]) -> TaskPatch:
    due = changes.get("due")
    if isinstance(due, str) and "T" not in due:
        task = await service.get(session, user_id, target.id)
        if task.due and "T" in task.due:
            return TaskPatch.model_validate({**changes, "due": f"{due}T{task.due[11:]}"})
    return TaskPatch.model_validate(changes)


def _say_nothing_found(state: TurnState, tool: str, arguments: dict[str, Any], found: Found) -> Outcome:
    if found.several:
        titles = [view.title for view in found.several]
        trusted = state.typed or is_grounded(tool, arguments, titles, heard=state.heard)
        return report_several(state, tool, arguments, found.several, trusted=trusted)
    return report_missing(state, tool, arguments, found)


def _say_unchanged(tool: str, targets: Sequence[Target]) -> str:
    names = f'"{targets[0].title}"' if len(targets) == 1 else f"Those {len(targets)} tasks"
    was = {"complete_task": "done", "reopen_task": "open"}.get(tool)
    verb = "was" if len(targets) == 1 else "were"
    return f"{names} {verb} {was} already." if was else f"{names} {verb} like that already."


def id_of(context: Context) -> str:
    return context.tool_call_id or ""


def _said(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value is not None}
