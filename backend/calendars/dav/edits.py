"""Changes of tasks that calendar programs make, through `tasks/service.py`."""

import json
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import Headers

from backend.calendars.dav.address import task_path
from backend.calendars.dav.conditions import check_conditions
from backend.calendars.dav.entries import Text, sequence_of, text_named, texts_by_uid, uid_of_task
from backend.calendars.dav.families import adopt, place
from backend.calendars.dav.lists import TaskList, list_at, lists_of
from backend.calendars.models import CalendarObject
from backend.calendars.todo.errors import RefusedCalendarError, unreadable
from backend.calendars.todo.input import Todo, read_calendar, read_todo
from backend.calendars.todo.kept import basis_of, kept_calendar
from backend.errors import InvalidError, NotFoundError
from backend.journal.values import Actor, Document
from backend.models import utc_now
from backend.profile.service import lock_profile
from backend.tasks import service as tasks
from backend.tasks.documents import to_document
from backend.tasks.models import Task
from backend.tasks.schemas import TaskCreate, TaskPatch


class Put:
    """A text put at an address: which task it is of, and what becomes of that.

    ``is_new`` is whether there was none at the address; ``etag`` is the tag of what was put, where it is given back
    as it came.
    """

    def __init__(self, session: AsyncSession, actor: Actor, task_list: TaskList, name: str) -> None:
        self.session, self.actor, self.task_list, self.name = session, actor, task_list, name
        self.is_new = False
        self.etag: str | None = None
        self.former: str | None = None

    async def run(self, body: bytes, headers: Headers) -> None:
        """Raises RefusedCalendarError for what no task can be, and StaleVersionError for one that has changed."""
        profile = await lock_profile(self.session, self.actor.user_id)
        there = await text_named(self.session, self.actor.user_id, self.task_list, self.name)
        self.is_new = there is None
        check_conditions(headers, there.entry.etag if there else None)
        text, calendar = read_calendar(body)
        zone = profile.timezone or self.actor.timezone or "UTC"
        current = there.document if there else None
        todo = read_todo(calendar, current=current, zone=zone, now=utc_now())
        known = await self._known(there, todo.uid)
        if known and not there:
            todo = read_todo(calendar, current=known.document, zone=zone, now=utc_now())
        try:
            task = await (self._changed(known, todo) if known else self._created(todo))
        except InvalidError as error:
            raise RefusedCalendarError("valid-calendar-object-resource", error.detail) from error
        except ValidationError as error:
            raise unreadable(str(error.errors()[0]["msg"])) from error
        await place(self.session, self.actor, task, todo.parent_uid, project=self.task_list.project)
        await self._keep(task, todo, text)
        await adopt(self.session, self.actor, task, todo.uid)

    async def _known(self, there: Text | None, uid: str) -> Text | None:
        """The task that is meant: the one at the address, or one of this UID in another list, which is moved here."""
        if there:
            if there.uid != uid:
                detail = "The task at this address has another UID; put a new task at a new address."
                raise RefusedCalendarError("no-uid-conflict", detail)
            return there
        for known, project_key in await texts_by_uid(self.session, self.actor.user_id, uid):
            if project_key == self.task_list.key:
                at = task_path(self.actor.user_id, self.task_list.segment, known.entry.name)
                raise RefusedCalendarError("no-uid-conflict", f"This UID is that of the task at {at}; change that one.")
            lists = await lists_of(self.session, self.actor.user_id)
            segment = next((one.segment for one in lists if one.key == project_key), "")
            self.former = f"{segment}/{known.entry.name}"
            return known
        return None

    async def _created(self, todo: Todo) -> Task:
        fields = dict(todo.fields)
        if todo.is_done:  # a series that has ended stays ended
            fields["recurrence"] = fields["recurrence_from"] = None
        new = TaskCreate(**fields, project=self.task_list.project)
        task = await tasks.create(self.session, self.actor, new)
        return await tasks.complete(self.session, self.actor, task.id) if todo.is_done else task

    async def _changed(self, known: Text, todo: Todo) -> Task:
        task_id, document = known.entry.task_id, known.document
        patch = _differences(document, todo)
        if self.former:
            patch["project"] = self.task_list.project
        task = await tasks.update(self.session, self.actor, task_id, TaskPatch(**patch))
        if document["status"] == "done" and not todo.is_done:
            task = await tasks.reopen(self.session, self.actor, task_id)
        elif document["status"] != "done" and (todo.is_done or todo.is_occurrence_done):
            task = await tasks.complete(self.session, self.actor, task_id)
        return task

    async def _keep(self, task: Task, todo: Todo, text: str) -> None:
        row = await self.session.get(CalendarObject, task.id)
        row = row or CalendarObject(task_id=task.id, user_id=self.actor.user_id)
        row.former = self.former or row.former
        parent_uid = await uid_of_task(self.session, task.parent_id)
        document = {**to_document(task), "parent_uid": parent_uid}
        # What cannot stand where its text says keeps the text, until it is put elsewhere here.
        row.waits_for = todo.parent_uid if parent_uid is None else None
        basis = _told(todo, document)
        row.name, row.uid, row.raw, row.basis = self.name, todo.uid, text, json.dumps(basis)
        row.sequence = await sequence_of(self.session, self.actor.user_id) + 1
        self.session.add(row)
        await self.session.flush()
        if kept_calendar(text, basis, document) == text:
            self.etag = f'"{task.version}-{row.sequence}"'


def _differences(document: Document, todo: Todo) -> dict[str, Any]:
    """The fields that the text changes. A done task's recurrence, and a date that its rule gave, stay."""
    fields = dict(todo.fields)
    if todo.is_done:
        fields["recurrence"], fields["recurrence_from"] = document["recurrence"], document["recurrence_from"]
    if fields["recurrence"] and not fields["due"]:
        del fields["due"]
    is_same = fields.get("due", document["due"]) == document["due"] and fields["timezone"] == document["timezone"]
    if is_same or fields.get("due") is None:
        del fields["timezone"]
    differing = {name: value for name, value in fields.items() if value != document[name]}
    together = [("timezone", "due"), ("recurrence", "recurrence_from")]
    return differing | {other: fields[other] for name, other in together if name in differing}


def _told(todo: Todo, document: Document) -> Document:
    """The fields as the text tells them: where the task is otherwise now, the text is written anew."""
    told = {**basis_of(document), "status": "done" if todo.is_done else "open"}
    for name in ("due", "timezone", "recurrence"):
        if not (name == "recurrence" and todo.is_done) and document[name] != todo.fields[name]:
            told[name] = todo.fields[name]
    return told


async def delete_task(session: AsyncSession, actor: Actor, task_list: TaskList, name: str, headers: Headers) -> None:
    """Delete the task at an address; one that a program has just moved away from it counts as deleted there.

    Raises NotFoundError, and StaleVersionError for one that has changed.
    """
    await lock_profile(session, actor.user_id)
    there = await text_named(session, actor.user_id, task_list, name)
    if there is None:
        moved = select(CalendarObject.task_id).where(
            CalendarObject.user_id == actor.user_id, CalendarObject.former == f"{task_list.segment}/{name}"
        )
        if await session.scalar(moved.limit(1)) is None:
            raise NotFoundError("There is no such task.")
        return
    check_conditions(headers, there.entry.etag)
    await tasks.delete(session, actor, there.entry.task_id)


async def move_task(
    session: AsyncSession, actor: Actor, source: tuple[TaskList, str], target: tuple[str, str], *, overwrite: bool
) -> bool:
    """Move the task at ``source`` to the segment and name ``target``; whether there was none.

    Raises NotFoundError where either is not there, and RefusedCalendarError where the target is taken.
    """
    await lock_profile(session, actor.user_id)
    there = await text_named(session, actor.user_id, *source)
    into = await list_at(session, actor.user_id, target[0])
    if there is None or into is None:
        raise NotFoundError("There is no such task." if there is None else "There is no such list.")
    taken = await text_named(session, actor.user_id, into, target[1])
    if taken and taken.entry.task_id != there.entry.task_id:
        if not overwrite:
            raise RefusedCalendarError("no-uid-conflict", "There is a task at the destination; move it elsewhere.")
        await tasks.delete(session, actor, taken.entry.task_id)
    patch = TaskPatch(project=into.project)
    await tasks.update(session, actor, there.entry.task_id, patch)
    row = await session.get(CalendarObject, there.entry.task_id) or CalendarObject(
        task_id=there.entry.task_id, user_id=actor.user_id, uid=there.uid
    )
    row.name, row.former = target[1], f"{source[0].segment}/{source[1]}"
    row.sequence = await sequence_of(session, actor.user_id) + 1
    session.add(row)
    await session.flush()
    return taken is None
