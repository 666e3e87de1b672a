"""Which tasks a tool call means: by approval, by the numbers that the engine resolved, by filter, or by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.language.matching import find
from backend.assistant.language.types import TaskView
from backend.assistant.state import Target, TurnState
from backend.assistant.turn.views import task_views
from backend.models import utc_now
from backend.profile.service import lock_profile
from backend.tasks.models import Task
from backend.tasks.query import list_tasks
from backend.tasks.schemas import TaskQuery

PAGE = 200
MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Found:
    """``tasks`` to act on. ``several`` fit a name that should mean one; ``near`` are close to a name that fits none.

    ``changed`` counts tasks that the user agreed to but that are not any more what they were then.
    """

    tasks: tuple[Target, ...] = ()
    several: tuple[TaskView, ...] = ()
    near: tuple[TaskView, ...] = ()
    changed: int = 0


async def find_targets(
    session: AsyncSession,
    state: TurnState,
    *,
    call_id: str,
    match: str | None,
    filters: dict[str, Any] | None,
    done: bool = False,
    dated: bool = False,
) -> Found:
    """``done`` prefers done tasks where a name fits both; of many, ``dated`` leaves out those without a date.

    The user's other writers wait from here on.

    Raises pydantic's ValidationError for filters that are none.
    """
    await lock_profile(session, state.actor.user_id)
    if (agreed := state.approved.get(call_id)) is not None:
        return await _unchanged(session, state, agreed.targets)
    if (numbers := state.planned.get(call_id)) is not None:
        return Found(tasks=await by_numbers(session, state.actor.user_id, numbers, dated=dated and filters is not None))
    if filters is not None:
        return Found(tasks=await _by_filter(session, state, filters, dated=dated))
    return await _by_name(session, state.actor.user_id, match or "", done=done)


async def by_numbers(
    session: AsyncSession, user_id: str, numbers: Sequence[int], *, dated: bool = False
) -> tuple[Target, ...]:
    """In the order of ``numbers``, without those that no longer exist and, with ``dated``, those without a date."""
    rows = await session.scalars(select(Task).where(Task.user_id == user_id, Task.number.in_(numbers)))
    found = {task.number: to_target(task) for task in rows if task.due or not dated}
    return tuple(found[number] for number in dict.fromkeys(numbers) if number in found)


def to_target(task: Task) -> Target:
    return Target(id=task.id, version=task.version, number=task.number, title=task.title)


async def _unchanged(session: AsyncSession, state: TurnState, agreed: Sequence[Target]) -> Found:
    """Those that are as they were when the user said yes, but for what this turn has changed itself."""
    own = {change.task_id: change.after["version"] for change in state.changes if change.after}
    rows = await by_numbers(session, state.actor.user_id, [target.number for target in agreed])
    now = {target.id: target.version for target in rows}
    kept = tuple(
        target for target in agreed if target.id in now and now[target.id] in {target.version, own.get(target.id)}
    )
    return Found(tasks=kept, changed=len(agreed) - len(kept))


async def _by_filter(
    session: AsyncSession, state: TurnState, filters: dict[str, Any], *, dated: bool
) -> tuple[Target, ...]:
    """Every task that a question finds, page by page."""
    query = TaskQuery.model_validate({**filters, "limit": PAGE, "count": False, "timezone": state.timezone})
    found: list[Target] = []
    while True:
        page = await list_tasks(session, state.actor.user_id, query, utc_now())
        found += [to_target(task) for task in page.items if task.due or not dated]
        if page.next_cursor is None or len(found) >= MOST:
            return tuple(found)
        query = query.model_copy(update={"cursor": page.next_cursor})


async def _by_name(session: AsyncSession, user_id: str, words: str, *, done: bool) -> Found:
    views = await task_views(session, user_id, words)
    found = find(words, views)
    fitting = [view for view in found.tasks if view.done == done] or list(found.tasks)
    if len(fitting) == 1:
        return Found(tasks=await by_numbers(session, user_id, [fitting[0].number]))
    return Found(several=tuple(fitting), near=found.near)
