"""Every write to a task: on the caller's session, recorded in the journal; the commit is the caller's.

Tasks are looked for among the actor's own: any other id raises NotFoundError. A call that changes nothing leaves
no trace.
"""

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import InvalidError, NotFoundError, StaleVersionError
from backend.journal.ledger import Ledger, open_ledger
from backend.journal.values import Actor, Kind
from backend.models import new_id, utc_now
from backend.tasks.arrivals import Arrival, bring_in
from backend.tasks.boundary import typed
from backend.tasks.documents import STATE, assign, render, to_document
from backend.tasks.due import shifted
from backend.tasks.models import Completion, Task
from backend.tasks.own_reminders import settle_reminders
from backend.tasks.query import Page, list_tasks
from backend.tasks.recurrence import next_occurrence
from backend.tasks.schemas import TaskCreate, TaskPatch
from backend.tasks.timing import settle_timing

__all__ = ["Page", "list_tasks"]
_AT_ONCE = 10  # changes that hold up the event loop for a few milliseconds over SQLite
_CHUNK = 50
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def get(session: AsyncSession, user_id: str, task_id: str) -> Task:
    return (await _owned(session, user_id, [task_id]))[0]


async def by_number(session: AsyncSession, user_id: str, number: int) -> Task:
    task = await session.scalar(select(Task).where(Task.user_id == user_id, Task.number == number))
    if task is None:
        raise NotFoundError(f"There is no task {number}.")
    return task


@typed
async def create(session: AsyncSession, actor: Actor, new: TaskCreate) -> Task:
    """Raises InvalidError where due, zone and recurrence do not go together."""
    ledger = await open_ledger(session, actor)
    number, now = ledger.next_number(), utc_now()
    task = Task(
        id=new_id(), user_id=actor.user_id, number=number, done=False, version=1, created_at=now, updated_at=now
    )
    values = new.model_dump(exclude={"timezone"})
    assign(task, {**values, "tags": new.tags or [], "order": float(number) if new.order is None else new.order})
    zone = new.timezone or actor.timezone or ledger.profile.timezone or "UTC"
    settle_timing(task, zone=zone, now=now)
    settle_reminders(task, zone=zone, before=None, now=now)
    after = render(task)
    session.add(task)
    ledger.record("create", before=None, after=after)
    await session.flush()
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
    """Change the fields that are set in ``changes``; null clears one.

    Raises InvalidError, and StaleVersionError where ``version`` is given and not the task's.
    """
    ledger = await open_ledger(session, actor)
    task = await _one(ledger, task_id, version)
    return _change(ledger, task, changes)


@typed
async def update_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str], changes: TaskPatch) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, lambda task: _change(ledger, task, changes))


@typed
async def complete(session: AsyncSession, actor: Actor, task_id: str, *, version: int | None = None) -> Task:
    """Tick a task off. A recurring one moves to its next occurrence after now, and is done when there is none."""
    ledger = await open_ledger(session, actor)
    return _complete(ledger, await _one(ledger, task_id, version))


@typed
async def complete_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str]) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, lambda task: _complete(ledger, task))


@typed
async def reopen(session: AsyncSession, actor: Actor, task_id: str, *, version: int | None = None) -> Task:
    ledger = await open_ledger(session, actor)
    return _reopen(ledger, await _one(ledger, task_id, version))


@typed
async def reopen_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str]) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, lambda task: _reopen(ledger, task))


@typed
async def shift(
    session: AsyncSession, actor: Actor, task_id: str, duration: str, *, version: int | None = None
) -> Task:
    """Move the due time by an ISO 8601 duration on the wall clock; the recurrence stays.

    Raises InvalidError for what is no duration, a task without due, and hours where the due is a date alone.
    """
    ledger = await open_ledger(session, actor)
    return _shift(ledger, await _one(ledger, task_id, version), duration)


@typed
async def shift_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str], duration: str) -> list[Task]:
    ledger = await open_ledger(session, actor)
    return await _each(ledger, task_ids, lambda task: _shift(ledger, task, duration))


@typed
async def delete(session: AsyncSession, actor: Actor, task_id: str, *, version: int | None = None) -> None:
    ledger = await open_ledger(session, actor)
    await _delete(ledger, [await _one(ledger, task_id, version)])


@typed
async def delete_many(session: AsyncSession, actor: Actor, task_ids: Sequence[str]) -> None:
    ledger = await open_ledger(session, actor)
    await _delete(ledger, await _owned(session, actor.user_id, task_ids))


async def _each(ledger: Ledger, task_ids: Sequence[str], act: Callable[[Task], Task]) -> list[Task]:
    """Change one after the other, and let other requests run every few of them."""
    made = []
    for place, task in enumerate(await _owned(ledger.session, ledger.actor.user_id, task_ids)):
        made.append(act(task))
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
        statement = select(Task).where(Task.user_id == user_id, Task.id.in_(unique[start : start + _CHUNK]))
        for task in await session.scalars(statement, execution_options={"populate_existing": True}):
            found[task.id] = task
        if start + _CHUNK < len(unique):
            await asyncio.sleep(0)
    if len(found) < len(unique):
        raise NotFoundError("There is no such task.")
    return [found[task_id] for task_id in unique]


def _change(ledger: Ledger, task: Task, changes: TaskPatch) -> Task:
    before, now = to_document(task), utc_now()
    values = changes.model_dump(exclude_unset=True, exclude={"timezone"})
    if "tags" in values:
        values["tags"] = values["tags"] or []
    if "order" in values and values["order"] is None:
        values["order"] = float(task.number)
    assign(task, values)
    zone = changes.timezone
    if "due" in values or task.timezone is None:
        zone = zone or ledger.actor.timezone
    zone = zone or task.timezone or ledger.profile.timezone or "UTC"
    settle_timing(task, zone=zone, now=now)
    settle_reminders(task, zone=zone, before=before, now=now)
    return _record(ledger, task, "update", before=before, now=now)


def _complete(ledger: Ledger, task: Task) -> Task:
    if task.done:
        return task
    before, now = to_document(task), utc_now()
    following = None
    if task.recurrence and task.due and task.timezone:
        following = next_occurrence(task.recurrence, due=task.due, timezone=task.timezone, now=now)
    if following and task.due:
        completion = Completion(user_id=task.user_id, task_id=task.id, due=task.due, completed_at=now)
        ledger.session.add(completion)
        task.due, task.recurrence = following.due, following.recurrence
        settle_timing(task, zone=task.timezone or "UTC", now=now)
        settle_reminders(task, zone=task.timezone or "UTC", before=before, now=now)
    else:
        task.done, task.completed_at = True, now
    return _record(ledger, task, "complete", before=before, now=now)


def _reopen(ledger: Ledger, task: Task) -> Task:
    before = to_document(task)
    task.done, task.completed_at = False, None
    return _record(ledger, task, "reopen", before=before, now=utc_now())


def _shift(ledger: Ledger, task: Task, duration: str) -> Task:
    before, now = to_document(task), utc_now()
    if task.due is None or task.timezone is None:
        raise InvalidError(f"“{task.title}” has no due date that could be moved.")
    try:
        task.due = shifted(task.due, duration)
    except ValueError as error:
        raise InvalidError(f"“{task.title}”: {error}.") from error
    settle_timing(task, zone=task.timezone, now=now)
    settle_reminders(task, zone=task.timezone, before=before, now=now)
    return _record(ledger, task, "update", before=before, now=now)


async def _delete(ledger: Ledger, tasks: Iterable[Task]) -> None:
    for place, task in enumerate(tasks):
        ledger.record("delete", before=to_document(task), after=None)
        await ledger.session.delete(task)
        if place % _AT_ONCE == _AT_ONCE - 1:
            await ledger.session.flush()
            await asyncio.sleep(0)
    await ledger.session.flush()


def _record(ledger: Ledger, task: Task, kind: Kind, *, before: dict[str, object], now: datetime) -> Task:
    after = to_document(task)
    if any(before[name] != after[name] for name in STATE):
        task.version += 1
        task.updated_at = now
        ledger.record(kind, before=before, after=render(task))
    return task
