"""Tasks over HTTP."""

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from backend.auth.dependencies import CurrentUserDep, signed_in
from backend.forms import form
from backend.journal.service import changes_here
from backend.journal.values import instant
from backend.journal.write import VersionDep, Write, WriteDep, timezone_of
from backend.models import utc_now
from backend.openapi import LeanRoute, problems, refuse_query, taking
from backend.reminders.lists import missed
from backend.session import ReadSessionDep, get_database
from backend.settings import get_settings
from backend.tasks import service
from backend.tasks.listing.completions import list_completions
from backend.tasks.models import Task
from backend.tasks.schemas import (
    CompletedOut,
    CompletionChoice,
    CompletionOut,
    CompletionQuery,
    CompletionsOut,
    PageOut,
    TaskCreate,
    TaskOut,
    TaskPatch,
    TaskQuery,
    WrittenOut,
    read_query,
)

router = APIRouter(prefix="/api", tags=["tasks"], responses=problems(401, 422, 503))
TaskId = Annotated[str, Path(description="The task's id, a UUID")]
TaskName = Annotated[str, Path(description="The task's id, a UUID, or its number; a change names the id")]
LONGEST_NUMBER = 10  # digits; a number that Postgres holds has fewer
_CREATE = problems(400, 403, 404, 413)
_READ = problems(404)
_WRITE = problems(400, 403, 404, 412, 413)


async def list_tasks(request: Request) -> Response:
    """The tasks that pass every filter given, a page at a time."""
    # The most frequent request by far: without FastAPI's injection it costs a third (docs/decisions/005-lean-list.md).
    database, settings = await get_database(request), await get_settings(request)
    query, timezone = read_query(request.scope["query_string"]), await timezone_of(request.headers.get("x-timezone"))
    zoned = query if query.timezone or not timezone else query.model_copy(update={"timezone": timezone})
    async with database.reading() as reader:
        user, later = await signed_in(request, settings, database, reader)
        page = await request.app.state.pages.read(reader, user.id, zoned, utc_now(), revision=user.revision)
    return Response(page, media_type="application/json", background=later)


router.add_api_route(
    "/tasks",
    list_tasks,
    response_model=PageOut,
    responses=problems(404),
    openapi_extra=taking(TaskQuery, headers={"X-Timezone": {"type": "string", **form("iana-zone")}}),
    route_class_override=LeanRoute,
)


@router.post("/tasks", status_code=201, response_model=WrittenOut, responses=_CREATE, dependencies=[refuse_query])
async def create_task(new: TaskCreate, write: WriteDep) -> Response:
    """Make a task."""

    async def act() -> Response:
        task = await service.create(write.session, write.actor, new)
        return answer_task(write, task, status=201, more=_will_not_come(write, task))

    return await write.once(act)


@router.get("/tasks/{task_id}", response_model=TaskOut, responses=_READ, dependencies=[refuse_query])
async def read_task(task_id: TaskName, user: CurrentUserDep, session: ReadSessionDep) -> Response:
    """One task."""
    is_number = task_id.isascii() and task_id.isdigit() and len(task_id) < LONGEST_NUMBER
    task = await (
        service.by_number(session, user.id, int(task_id)) if is_number else service.get(session, user.id, task_id)
    )
    return Response(task.document, headers=_etag(task), media_type="application/json")


@router.patch("/tasks/{task_id}", response_model=WrittenOut, responses=_WRITE, dependencies=[refuse_query])
async def update_task(task_id: TaskId, changes: TaskPatch, version: VersionDep, write: WriteDep) -> Response:
    """Change the fields that are given; null clears one."""

    async def act() -> Response:
        task = await service.update(write.session, write.actor, task_id, changes, version=version)
        return answer_task(write, task, more=_will_not_come(write, task))

    return await write.once(act)


@router.delete("/tasks/{task_id}", status_code=204, responses=_WRITE, dependencies=[refuse_query])
async def delete_task(task_id: TaskId, version: VersionDep, write: WriteDep) -> Response:
    """Delete a task and its subtasks; undo brings them back with their ids and numbers."""

    async def act() -> Response:
        await service.delete(write.session, write.actor, task_id, version=version)
        return Response(status_code=204, headers=write.undo_header)

    return await write.once(act)


@router.post("/tasks/{task_id}/complete", response_model=CompletedOut, responses=_WRITE, dependencies=[refuse_query])
async def complete_task(
    task_id: TaskId, version: VersionDep, write: WriteDep, choice: CompletionChoice | None = None
) -> Response:
    """Tick a task off; a recurring one moves to its next occurrence after now.

    Its open subtasks stay open unless the body says otherwise; `open_subtasks` tells how many.
    """
    rest = choice.subtasks if choice else "keep"

    async def act() -> Response:
        task = await service.complete(write.session, write.actor, task_id, version=version, subtasks=rest)
        ended = bool(write.undo_header) and task.done and task.recurrence is not None
        more = ',"series":"ended"' if ended else ""
        if task.done and (left := await service.open_subtasks(write.session, task)):
            more += f',"open_subtasks":{left}'
        return answer_task(write, task, more=more)

    return await write.once(act)


@router.post("/tasks/{task_id}/reopen", response_model=TaskOut, responses=_WRITE, dependencies=[refuse_query])
async def reopen_task(task_id: TaskId, version: VersionDep, write: WriteDep) -> Response:
    """Make a done task open again."""

    async def act() -> Response:
        return answer_task(write, await service.reopen(write.session, write.actor, task_id, version=version))

    return await write.once(act)


@router.get("/completions")
async def list_completed(
    query: Annotated[CompletionQuery, Query()], user: CurrentUserDep, session: ReadSessionDep
) -> CompletionsOut:
    """Occurrences of recurring tasks that were completed, the latest first; undone ones are not among them."""
    found = await list_completions(session, user.id, query)
    items = [
        CompletionOut(id=id_, due=due, completed_at=instant(at), task=TaskOut.model_validate_json(document))
        for id_, due, at, document in found
    ]
    return CompletionsOut(items=items)


def _etag(task: Task) -> dict[str, str]:
    return {"ETag": f'"{task.version}"'}


def _will_not_come(write: Write, task: Task) -> str:
    """A member of the answer as JSON text; empty where every reminder that was set will come."""
    if not task.reminders:
        return ""
    reminders = missed(changes_here(write.session), utc_now()).get(task.id)
    return f',"will_not_come":{json.dumps(reminders)}' if reminders else ""


def answer_task(write: Write, task: Task, *, status: int = 200, more: str = "") -> Response:
    """The task's document, with ``more`` members of it as JSON text."""
    document = f"{task.document[:-1]}{more}}}" if more else task.document
    headers = {**_etag(task), **write.undo_header}
    return Response(document, status_code=status, headers=headers, media_type="application/json")
