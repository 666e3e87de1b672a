"""The tools that write: each is one call of `tasks/service.py`, and each can be rehearsed and undone."""

from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import NotFoundError
from backend.history.restore import Destination, restore
from backend.journal import service as journal
from backend.journal.values import Actor, Document, instant
from backend.mcp import arguments
from backend.mcp.answers import Answer, answer_many, answer_one, answer_undone
from backend.mcp.caller import Act, Caller, perform
from backend.tasks import service
from backend.tasks.documents import to_document
from backend.tasks.due import has_time
from backend.tasks.models import Task
from backend.tasks.schemas import TaskCreate, TaskPatch

_NOT_OF_THE_TASK = {"user_id", "task_id", "dry_run", "verbose", "description"}


async def add_task(caller: Caller, call: arguments.AddTask) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> Document:
        return to_document(await service.create(session, actor, await _new(session, actor, call)))

    return await _one(caller, call, act, status="created", timezone=call.timezone)


async def add_tasks(caller: Caller, call: arguments.AddTasks) -> Answer:
    """All of them, or none."""

    async def act(session: AsyncSession, actor: Actor) -> list[Document]:
        made = [await service.create(session, actor, await _new(session, actor, task)) for task in call.tasks]
        return [to_document(task) for task in made]

    performed = await perform(caller, act, timezone=None, dry_run=call.dry_run)
    return answer_many(performed, verbose=call.verbose)


async def complete_task(caller: Caller, call: arguments.CompleteTask) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        return to_document(await service.complete(session, actor, task.id, subtasks=call.subtasks))

    return await _one(caller, call, act, status="completed")


async def reopen_task(caller: Caller, call: arguments.OneTask) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        return to_document(await service.reopen(session, actor, task.id))

    return await _one(caller, call, act, status="reopened")


async def delete_task(caller: Caller, call: arguments.OneTask) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        document = to_document(task)
        await service.delete(session, actor, task.id)
        return document

    return await _one(caller, call, act, status="deleted")


async def update_task(caller: Caller, call: arguments.UpdateTask) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        values = call.model_dump(exclude_unset=True, exclude=_NOT_OF_THE_TASK)
        if "description" in call.model_fields_set:
            values["notes"] = call.description
        values = await _with_parent(session, actor, values)
        return to_document(await service.update(session, actor, task.id, TaskPatch.model_validate(values)))

    return await _one(caller, call, act, status="updated", timezone=call.timezone)


async def reschedule_task(caller: Caller, call: arguments.RescheduleTask) -> Answer:
    """The recurrence stays; so does the time of day, where a date alone is given."""

    async def act(session: AsyncSession, actor: Actor) -> Document:
        task = await find_task(session, actor, call.task_id)
        if call.shift:
            return to_document(await service.shift(session, actor, task.id, call.shift))
        patch = TaskPatch(due=_at_its_time(call.due or "", task), timezone=call.timezone)
        return to_document(await service.update(session, actor, task.id, patch))

    return await _one(caller, call, act, status="rescheduled", timezone=call.timezone)


async def undo(caller: Caller, call: arguments.Undo) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> str:
        if call.to is not None:
            moment, _ = await restore(session, actor, Destination(to=call.to))
            return instant(moment.at)
        return (await journal.undo(session, actor, call.undo_token)).undone

    performed = await perform(caller, act, timezone=None, dry_run=call.dry_run)
    return answer_undone(performed, verbose=call.verbose)


async def redo(caller: Caller, call: arguments.Redo) -> Answer:
    async def act(session: AsyncSession, actor: Actor) -> str:
        return (await journal.redo(session, actor)).undone

    performed = await perform(caller, act, timezone=None, dry_run=call.dry_run)
    return answer_undone(performed, verbose=call.verbose, status="redone")


async def _one(
    caller: Caller, call: arguments.Write, act: Act[Document], *, status: str, timezone: str | None = None
) -> Answer:
    performed = await perform(caller, act, timezone=timezone, dry_run=call.dry_run)
    return answer_one(performed, status=status, verbose=call.verbose)


async def find_task(session: AsyncSession, actor: Actor, task_id: int | str) -> Task:
    try:
        if isinstance(task_id, int):
            return await service.by_number(session, actor.user_id, task_id)
        return await service.get(session, actor.user_id, task_id)
    except NotFoundError as error:
        raise NotFoundError(f"{error.detail} Find its task_id with search_tasks or list_tasks.") from error


async def _new(session: AsyncSession, actor: Actor, task: arguments.New) -> TaskCreate:
    values = task.model_dump(exclude_unset=True, exclude=_NOT_OF_THE_TASK)
    values = await _with_parent(session, actor, values)
    return TaskCreate.model_validate({**values, "notes": task.description})


async def _with_parent(session: AsyncSession, actor: Actor, values: Document) -> Document:
    """A parent by its number is the task of that id."""
    if values.get("parent_id") is None:
        return values
    return {**values, "parent_id": (await find_task(session, actor, values["parent_id"])).id}


def _at_its_time(due: str, task: Task) -> str:
    if not has_time(due) and task.due and has_time(task.due):
        return f"{due}T{task.due[11:]}"
    return due
