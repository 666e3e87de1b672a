"""Every write to a task: on the caller's session, recorded in the journal; the commit is the caller's.

Tasks are looked for among the actor's own: any other id raises NotFoundError. A call that changes nothing leaves
no trace.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import InvalidError, NotFoundError, StaleVersionError
from backend.journal.ledger import Ledger, open_ledger
from backend.journal.values import Actor
from backend.models import new_id, utc_now
from backend.tasks import acts
from backend.tasks.arrivals import Arrival, bring_in
from backend.tasks.boundary import typed
from backend.tasks.documents import assign, render
from backend.tasks.due_rules import settle_timing
from backend.tasks.models import Task
from backend.tasks.own_reminders import settle_reminders
from backend.tasks.query import Page, list_tasks
from backend.tasks.schemas import TaskCreate, TaskPatch
from backend.tasks.selection import picked
from backend.tasks.subtasks.checklist import Rest, complete_with, has_subtasks
from backend.tasks.subtasks.tree import check_place, subtasks_of

__all__ = ["Page", "list_tasks"]
_AT_ONCE = 10  # changes that hold up the event loop for a few milliseconds over SQLite
_CHUNK = 50
Act = Callable[[Task], Awaitable[Task]]
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def get(session: AsyncSession, user_id: str, task_id: str) -> Task:
    return (await _owned(session, user_id, [task_id]))[0]


async def open_subtasks(session: AsyncSession, task: Task) -> int:
    """How many tasks that stand under it, at any level, are open."""
    if not has_subtasks(task):
        return 0
    return sum(not one.done for one in await subtasks_of(session, task.user_id, [task.id]))


async def by_number(session: AsyncSession, user_id: str, number: int) -> Task:
    task = await session.scalar(select(Task).where(Task.user_id == user_id, Task.number == number))
    if task is None:
        raise NotFoundError(f"There is no task {number}.")
    return task


@typed
async def create(session: AsyncSession, actor: Actor, new: TaskCreate) -> Task:
    """A subtask of which no project was said, not even none, takes that of the task it stands under.

    Raises InvalidError where due, zone and recurrence do not go together, and as `check_place` does.
    """
    ledger = await open_ledger(session, actor)
    number, now = ledger.next_number(), utc_now()
    task = Task(
        id=new_id(), user_id=actor.user_id, number=number, done=False, version=1, created_at=now, updated_at=now
    )
    values = new.model_dump(exclude={"timezone"})
    if new.parent_id:
        parent = await check_place(session, task, new.parent_id)
        values["project"] = new.project if "project" in new.model_fields_set else parent.project
    assign(task, {**values, "tags": new.tags or [], "order": float(number) if new.order is None else new.order})
    zone = new.timezone or actor.timezone or ledger.profile.timezone or "UTC"
    settle_timing(task, zone=zone, now=now)
    settle_reminders(task, zone=zone, before=None, now=now)
    after = render(task)
    session.add(task)
    ledger.record("create", before=None, after=after)
    await session.flush()
    await ledger.counts.settle(session)
    return task


@typed
async def bring(
    session: AsyncSession, actor: Actor, arrivals: Sequence[Arrival], tell: Callable[[int], None]
) -> list[Task]:
    """Make tasks that come from elsewhere, under the ids that they bring; ``tell`` hears how many there are so far."""
    return await bring_in(await open_ledger(session, actor), arrivals, tell)


@typed
async def update(
    session: AsyncSession, actor: Actor, task_id: str, changes: TaskPatch, *, version: int | None = None
) -> Task:
    """Change the fields that are set in ``changes``; null clears one. Subtasks go along into another project.

    Raises InvalidError, NotFoundError for a parent that is not there, and StaleVersionError where ``version`` is given
    and not the task's.
    """
    ledger = await open_ledger(session, actor)
    return await _change(ledger, await _one(ledger, task_id, version), changes)


@typed
async def update_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str], changes: TaskPatch) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, lambda task: _change(ledger, task, changes))


@typed
async def update_each(session: AsyncSession, actor: Actor, patches: Mapping[str, TaskPatch]) -> list[Task]:
    """Each task by its id, with the changes that are its own. Raises as `update` does, naming the task."""
    ledger = await open_ledger(session, actor)

    async def change(task: Task) -> Task:
        try:
            return await _change(ledger, task, patches[task.id])
        except InvalidError as error:
            raise InvalidError(f"“{task.title}”: {error.detail}", headers=error.headers, **error.extra) from error

    return await _each(ledger, list(patches), change)


@typed
async def complete(
    session: AsyncSession, actor: Actor, task_id: str, *, version: int | None = None, subtasks: Rest = "keep"
) -> Task:
    """Tick a task off. A recurring one moves to its next occurrence after now, and is done when there is none.

    It counts from its due date or, by ``recurrence_from``, from today where it is.

    Its open subtasks stay open, or with ``subtasks="complete"`` are ticked off too. At a next occurrence all of them
    are open again.
    """
    ledger = await open_ledger(session, actor)
    return await complete_with(ledger, await _one(ledger, task_id, version), subtasks, now=utc_now())


@typed
async def complete_many(
    session: AsyncSession, actor: Actor, task_ids: Sequence[str], *, subtasks: Rest = "keep"
) -> list[Task]:
    ledger, now = await open_ledger(session, actor), utc_now()
    return await _each(ledger, task_ids, lambda task: complete_with(ledger, task, subtasks, now=now))


@typed
async def reopen(session: AsyncSession, actor: Actor, task_id: str, *, version: int | None = None) -> Task:
    ledger = await open_ledger(session, actor)
    return acts.reopen(ledger, await _one(ledger, task_id, version), now=utc_now())


@typed
async def reopen_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str]) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, _at_once(lambda task: acts.reopen(ledger, task, now=utc_now())))


@typed
async def shift(
    session: AsyncSession, actor: Actor, task_id: str, duration: str, *, version: int | None = None
) -> Task:
    """Move the due time by an ISO 8601 duration on the wall clock; the recurrence stays.

    Raises InvalidError for what is no duration, a task without due, and hours where the due is a date alone.
    """
    ledger = await open_ledger(session, actor)
    return acts.shift(ledger, await _one(ledger, task_id, version), duration, now=utc_now())


@typed
async def shift_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str], duration: str) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, _at_once(lambda task: acts.shift(ledger, task, duration, now=utc_now())))


@typed
async def delete(session: AsyncSession, actor: Actor, task_id: str, *, version: int | None = None) -> None:
    """Its subtasks go with it."""
    ledger = await open_ledger(session, actor)
    await _delete(ledger, [await _one(ledger, task_id, version)])


@typed
async def delete_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str]) -> None:
    ledger = await open_ledger(session, actor)
    await _delete(ledger, await _owned(session, actor.user_id, task_ids))


def _at_once(act: Callable[[Task], Task]) -> Act:
    async def awaited(task: Task) -> Task:
        return act(task)

    return awaited


async def _each(ledger: Ledger, task_ids: Sequence[str], act: Act) -> list[Task]:
    """Change one after the other, and let other requests run every few of them."""
    made = []
    for place, task in enumerate(await _owned(ledger.session, ledger.actor.user_id, task_ids)):
        made.append(await act(task))
        if place % _AT_ONCE == _AT_ONCE - 1:
            await ledger.session.flush()
            await asyncio.sleep(0)
    return made


async def _one(ledger: Ledger, task_id: str, version: int | None) -> Task:
    task = await get(ledger.session, ledger.actor.user_id, task_id)
    if version is not None and task.version != version:
        raise StaleVersionError(f"“{task.title}” has changed since you read it; read it again.")
    return task


async def _owned(session: AsyncSession, user_id: str, task_ids: Sequence[str]) -> list[Task]:
    """The tasks of these ids, in their order, as the database now has them."""
    unique = list(dict.fromkeys(task_ids))
    if not all(map(_ID.fullmatch, unique)):
        raise NotFoundError("There is no such task.")
    found: dict[str, Task] = {}
    for start in range(0, len(unique), _CHUNK):
        statement = select(Task).where(*picked(user_id, unique[start : start + _CHUNK]))
        for task in await session.scalars(statement, execution_options={"populate_existing": True}):
            found[task.id] = task
        if start + _CHUNK < len(unique):
            await asyncio.sleep(0)
    if len(found) < len(unique):
        raise NotFoundError("There is no such task.")
    return [found[task_id] for task_id in unique]


async def _change(ledger: Ledger, task: Task, changes: TaskPatch) -> Task:
    values = changes.model_dump(exclude_unset=True, exclude={"timezone"})
    if (parent_id := values.get("parent_id")) and parent_id != task.parent_id:
        parent = await check_place(ledger.session, task, parent_id)
        values.setdefault("project", parent.project)
    project = task.project
    acts.change(ledger, task, values, now=utc_now(), timezone=changes.timezone)
    if task.project != project and has_subtasks(task):
        for one in await subtasks_of(ledger.session, task.user_id, [task.id]):
            if one.project == project:
                acts.change(ledger, one, {"project": task.project}, now=utc_now())
    if "parent_id" in values:
        await ledger.counts.settle(ledger.session)
    return task


async def _delete(ledger: Ledger, tasks: Sequence[Task]) -> None:
    """The lowest subtasks first, so that undo brings back what they stand under before them."""
    below = await subtasks_of(ledger.session, ledger.actor.user_id, [task.id for task in tasks])
    everything = dict.fromkeys([*reversed(below), *tasks])
    for place, task in enumerate(everything):
        await acts.delete(ledger, task)
        if place % _AT_ONCE == _AT_ONCE - 1:
            await ledger.session.flush()
            await asyncio.sleep(0)
    await ledger.session.flush()
    await ledger.counts.settle(ledger.session)
