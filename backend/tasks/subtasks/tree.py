"""The tree that a user's tasks are: who stands under whom, and how far that may go."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, InvalidError, NotFoundError
from backend.journal.rows import chunks
from backend.tasks.models import Task
from backend.tasks.selection import picked

LEVELS = 3  # a task, its subtasks, and theirs
MOST_SUBTASKS = 200  # of one task, on both levels together
_AT_ONCE = 50
TOO_DEEP = f"subtasks go {LEVELS - 1} levels deep; put this under a task that is higher up"
TOO_MANY = f"a task holds at most {MOST_SUBTASKS} subtasks, theirs counted; make another task for the rest"


async def subtasks_of(session: AsyncSession, user_id: str, task_ids: Iterable[str]) -> list[Task]:
    """All that stands under these tasks, at whatever level: the upper ones first, each level in its order."""
    found: list[Task] = []
    level = list(dict.fromkeys(task_ids))
    for _ in range(LEVELS):
        under = await _children(session, user_id, level)
        found += under
        level = [task.id for task in under]
    return found


async def check_place(session: AsyncSession, task: Task, parent_id: str) -> Task:
    """The parent, if the task and all that is under it may stand there.

    Raises NotFoundError for a parent that is not the user's, InvalidError for the task itself or one under it, for
    more than two levels of subtasks, and for more than 200 under one task.
    """
    parent = await session.get(Task, parent_id)
    if parent is None or parent.user_id != task.user_id:
        raise NotFoundError("There is no task with that parent_id; it may have been deleted.")
    below = await subtasks_of(session, task.user_id, [task.id])
    above = await _line(session, parent)
    if task.id in {one.id for one in above}:
        raise _invalid("a task cannot stand under itself or under one of its own subtasks")
    if len(above) + 1 + _height(task.id, below) > LEVELS:
        raise _invalid(TOO_DEEP)
    beside = {one.id for one in await subtasks_of(session, task.user_id, [above[-1].id])}
    if len(beside | {task.id, *(one.id for one in below)}) > MOST_SUBTASKS:
        raise _invalid(TOO_MANY)
    return parent


async def check_sound(session: AsyncSession, user_id: str, task_ids: Iterable[str]) -> None:
    """That what was put back fits what is there now. Two queries, however many tasks there are.

    Raises ConflictError, naming a task, where one of these is gone and has subtasks, or stands where it cannot.
    """
    touched = set(task_ids)
    await session.flush()
    standing = select(Task.id, Task.parent_id).where(Task.user_id == user_id, Task.parent_id.is_not(None))
    parents = {task_id: str(parent) for task_id, parent in await session.execute(standing)}
    if not parents:
        return
    there = await _existing(session, user_id, sorted({*parents.values()} & {*touched, *_above(touched, parents)}))
    under: Counter[str] = Counter()
    for task_id, parent in parents.items():
        line = _climb(task_id, parents)
        under[line[-1]] += 1
        if touched.isdisjoint(line):
            continue
        if parent in touched and parent not in there:
            raise ConflictError(f"“{await _title(session, task_id)}” was put under that task since; undo that first.")
        if parent not in there and task_id in touched:
            title = await _title(session, task_id)
            raise ConflictError(f"The task that “{title}” stood under is gone; undo its deletion first.")
        if len(line) > LEVELS or under[line[-1]] > MOST_SUBTASKS:
            title, reason = await _title(session, task_id), TOO_DEEP if len(line) > LEVELS else TOO_MANY
            raise ConflictError(f"“{title}” cannot go back to where it stood ({reason}); undo later changes first.")


def _above(task_ids: Iterable[str], parents: Mapping[str, str]) -> set[str]:
    return {parents[task_id] for task_id in task_ids if task_id in parents}


def _climb(task_id: str, parents: Mapping[str, str]) -> list[str]:
    """The task, the one it stands under, and so on up; of what runs in a circle, one step too many."""
    line = [task_id]
    while (above := parents.get(line[-1])) and len(line) <= LEVELS:
        line.append(above)
    return line


async def _existing(session: AsyncSession, user_id: str, task_ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(task_ids):
        found |= set(await session.scalars(select(Task.id).where(*picked(user_id, some))))
    return found


async def _title(session: AsyncSession, task_id: str) -> str:
    return str(await session.scalar(select(Task.title).where(Task.id == task_id)))


async def _children(session: AsyncSession, user_id: str, task_ids: Sequence[str]) -> list[Task]:
    found: list[Task] = []
    for some in chunks(task_ids, _AT_ONCE):
        statement = _mine(user_id).where(Task.parent_id.in_(some)).order_by(Task.order, Task.number)
        found += await session.scalars(statement)
    return found


async def _line(session: AsyncSession, task: Task) -> list[Task]:
    """The task, the one it stands under, and so on up; what runs in a circle ends where it began."""
    line = [task]
    while line[-1].parent_id and len(line) <= LEVELS:
        above = await session.get(Task, line[-1].parent_id)
        if above is None or above in line:
            break
        line.append(above)
    return line


def _height(task_id: str, below: Sequence[Task]) -> int:
    """How many levels there are under a task."""
    level, height = {task_id}, 0
    while level := {one.id for one in below if one.parent_id in level}:
        height += 1
        if height >= LEVELS:
            break
    return height


def _mine(user_id: str) -> Select[Task]:
    return select(Task).where(Task.user_id == user_id)


def _invalid(message: str) -> InvalidError:
    return InvalidError(f"parent_id: {message}", errors=[{"field": "parent_id", "message": message}])
