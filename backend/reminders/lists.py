"""A task's list of reminders changed: replaced, added to, or taken from."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.values import Actor, Change
from backend.models import utc_now
from backend.profile.service import lock_profile
from backend.reminders.schedule import reminders_of, skipped
from backend.reminders.settings import read_settings
from backend.reminders.values import Plain
from backend.tasks import service as tasks
from backend.tasks.documents import to_document
from backend.tasks.models import Task
from backend.tasks.schemas import TaskPatch

Mode = Literal["replace", "add", "remove"]
_MOVES = ("due", "timezone")


async def set_reminders(
    session: AsyncSession, actor: Actor, task_id: str, reminders: Sequence[Plain] | None, mode: Mode = "replace"
) -> Task:
    """One change of the task; adding and removing begin from what it now has, its default ones too.

    Without reminders, ``replace`` gives the default ones back, and ``remove`` takes all away. What is to be removed
    is told apart by its moment, ``before`` or ``at``, alone.
    """
    await lock_profile(session, actor.user_id)
    task = await tasks.get(session, actor.user_id, task_id)
    default = (await read_settings(session, actor.user_id, actor.timezone)).default
    now_has = reminders_of({**to_document(task), "status": "open"}, default)
    patch = TaskPatch.model_validate({"reminders": _changed(now_has, reminders, mode)})
    return await tasks.update(session, actor, task_id, patch)


def _changed(now_has: Sequence[Plain], reminders: Sequence[Plain] | None, mode: Mode) -> list[Plain] | None:
    if mode == "replace":
        return None if reminders is None else list(reminders)
    if mode == "add":
        return [*now_has, *(reminders or [])]
    if reminders is None:
        return []
    return [one for one in now_has if not any(_is_same(one, other) for other in reminders)]


def _is_same(one: Plain, other: Plain) -> bool:
    return all(one.get(name) == other.get(name) for name in ("before", "at"))


def missed(changes: Iterable[Change], now: datetime) -> dict[str, list[Plain]]:
    """By task id, the reminders of its own that a change set or moved and that will not come; none is left out.

    ``now`` is a UTC instant. Default reminders are not told of: nobody asked for them with this task.
    """
    found: dict[str, list[Plain]] = {}
    for change in changes:
        before, after = change.before or {}, change.after
        if not after or not after["reminders"]:
            continue
        moved = any(before.get(name) != after[name] for name in _MOVES)
        old = before.get("reminders") or []
        touched = [one for one in after["reminders"] if one not in old or (moved and "before" in one)]
        found[change.task_id] = skipped({**after, "reminders": touched}, default=[], now=now)
    return {task_id: reminders for task_id, reminders in found.items() if reminders}


async def never_to_come(session: AsyncSession, actor: Actor, task: Task) -> list[Plain]:
    """Those of its reminders that will not come: their moments have passed, or there is no time to count from."""
    default = (await read_settings(session, actor.user_id, actor.timezone)).default
    return skipped(to_document(task), default=default, now=utc_now())
