"""Lists of tasks as calendars: the user's projects, those that a program has made, and the tasks of no project."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.calendars.dav.xml import dav, text
from backend.calendars.models import CalendarList
from backend.calendars.todo.errors import DAV, RefusedCalendarError
from backend.errors import ForbiddenError
from backend.journal.values import Actor
from backend.profile.service import lock_profile
from backend.tasks import service as tasks
from backend.tasks.models import Task
from backend.tasks.query import BESIDE
from backend.tasks.schemas import TaskPatch
from backend.tasks.text import PROJECT_LENGTH, clean_project, fold_project

INBOX = "inbox"
MOST_LISTS = 1000
NAME = dav("displayname")


@dataclass(frozen=True, kw_only=True)
class TaskList:
    """A list: the segment of its address, its project (none for the inbox) and what programs have set of it."""

    segment: str
    project: str | None
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str | None:
        return fold_project(self.project) if self.project else None

    @property
    def name(self) -> str:
        """As XML."""
        return text(self.project) if self.project else self.properties.get(NAME, "Inbox")


async def lists_of(session: AsyncSession, user_id: str) -> list[TaskList]:
    """The user's lists, the inbox first, then by the names of their projects."""
    stored = list(await session.scalars(select(CalendarList).where(CalendarList.user_id == user_id)))
    lists = {row.project_key: _of_row(row) for row in stored}
    lists.setdefault("", TaskList(segment=INBOX, project=None))
    named = select(func.max(Task.project), Task.project_key).where(
        Task.user_id == user_id, Task.project_key.is_not(None)
    )
    rows = await session.execute(named.group_by(Task.project_key), execution_options=BESIDE)
    for name, key in ((row[0], str(row[1])) for row in rows):
        lists.setdefault(key, TaskList(segment=_segment(key), project=name))
    return [lists[key] for key in sorted(lists)]


async def list_at(session: AsyncSession, user_id: str, segment: str) -> TaskList | None:
    return next((one for one in await lists_of(session, user_id) if one.segment == segment), None)


def _of_row(row: CalendarList) -> TaskList:
    return TaskList(segment=row.segment, project=row.project, properties=row.properties)


def _segment(key: str) -> str:
    """The address of a project that no program has named: the same as long as it is called so."""
    return sha256(key.encode()).hexdigest()[:20]


async def make_list(session: AsyncSession, user_id: str, segment: str, properties: dict[str, str], name: str) -> None:
    """A list of a project of its own: where the name is taken, with a number behind it.

    Raises RefusedCalendarError for an address that is taken, and ForbiddenError where there are too many.
    """
    await lock_profile(session, user_id)
    there = await lists_of(session, user_id)
    if any(one.segment == segment for one in there):
        detail = "There is a list at this address; choose another."
        raise RefusedCalendarError("resource-must-be-null", detail, namespace=DAV)
    if len(there) >= MOST_LISTS:
        raise ForbiddenError(f"You have {MOST_LISTS} lists, which is the most; delete one that you no longer use.")
    project = _free_name(project_name(name or segment), there)
    session.add(_row(user_id, TaskList(segment=segment, project=project, properties=properties)))
    await session.flush()


def project_name(name: str) -> str:
    """The project of that name. Raises RefusedCalendarError for what can be none."""
    try:
        return clean_project(name[:PROJECT_LENGTH])
    except ValueError as error:
        detail = f"A list's name {error}; give it another."
        raise RefusedCalendarError("cannot-modify-protected-property", detail, namespace=DAV) from error


def _free_name(name: str, there: Sequence[TaskList]) -> str:
    taken = {one.key for one in there}
    names = [name, *(f"{name[: PROJECT_LENGTH - 5]} {number}" for number in range(2, MOST_LISTS + 3))]
    return next(one for one in names if fold_project(one) not in taken)


async def change_list(
    session: AsyncSession, actor: Actor, task_list: TaskList, properties: dict[str, str], name: str | None
) -> None:
    """Keep what a program sets of a list; another ``name`` renames its project, in one turn.

    Raises RefusedCalendarError where another list has that name.
    """
    await lock_profile(session, actor.user_id)
    project = task_list.project
    if name is not None and project is not None:
        project = project_name(name)
        others = [one for one in await lists_of(session, actor.user_id) if one.segment != task_list.segment]
        if fold_project(project) in {one.key for one in others}:
            detail = f"There is a list named “{project}” already; choose another name."
            raise RefusedCalendarError("cannot-modify-protected-property", detail, namespace=DAV)
        await tasks.update_many(session, actor, await _task_ids(session, actor, task_list), TaskPatch(project=project))
    changed = TaskList(segment=task_list.segment, project=project, properties=properties)
    await _forget(session, actor.user_id, task_list)
    session.add(_row(actor.user_id, changed))
    await session.flush()


async def delete_list(session: AsyncSession, actor: Actor, task_list: TaskList) -> None:
    """Delete a list and its tasks, in one turn. Raises ForbiddenError for the inbox, which is always there."""
    if task_list.project is None:
        raise ForbiddenError("The inbox cannot be deleted; delete the tasks in it.")
    await lock_profile(session, actor.user_id)
    await tasks.delete_many(session, actor, await _task_ids(session, actor, task_list))
    await _forget(session, actor.user_id, task_list)


async def _task_ids(session: AsyncSession, actor: Actor, task_list: TaskList) -> list[str]:
    statement = select(Task.id).where(Task.user_id == actor.user_id, Task.project_key == task_list.key)
    return list(await session.scalars(statement.order_by(Task.number)))


async def _forget(session: AsyncSession, user_id: str, task_list: TaskList) -> None:
    where = (CalendarList.user_id == user_id, CalendarList.segment == task_list.segment)
    await session.execute(delete(CalendarList).where(*where))


def _row(user_id: str, task_list: TaskList) -> CalendarList:
    return CalendarList(
        user_id=user_id,
        segment=task_list.segment,
        project=task_list.project,
        project_key=task_list.key or "",
        properties=task_list.properties,
    )
