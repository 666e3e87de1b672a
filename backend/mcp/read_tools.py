"""The tools that read."""

import json

from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import InvalidError
from backend.history.pages import Question, read_entries
from backend.journal.routes import LARGEST
from backend.mcp import arguments
from backend.mcp.answers import Answer, answer_changes, show
from backend.mcp.caller import Caller
from backend.models import utc_now
from backend.tasks.query import list_documents
from backend.tasks.query import list_projects as find_projects
from backend.tasks.schemas import TaskQuery
from backend.tasks.service import by_number

_STATUSES = {"all": "all", "pending": "open", "completed": "done"}


async def list_tasks(caller: Caller, call: arguments.ListTasks) -> Answer:
    given: dict[str, object] = {"status": _STATUSES[call.status], "limit": call.limit, "cursor": call.cursor}
    if call.parent_id is not None:
        async with caller.database.read() as session:
            given["parent_id"] = await _find_id(session, caller.user_id, call.parent_id)
    query = TaskQuery.model_validate({**given, "count": True})
    return await find(caller, query, verbose=call.verbose)


async def search_tasks(caller: Caller, call: arguments.SearchTasks) -> Answer:
    given = call.model_dump(exclude={"user_id", "verbose", "query", "status"})
    query = TaskQuery.model_validate({**given, "search": call.query, "status": _STATUSES[call.status], "count": True})
    return await find(caller, query, verbose=call.verbose)


async def list_projects(caller: Caller, _call: arguments.Arguments) -> Answer:
    async with caller.database.read() as session:
        groups = await find_projects(session, caller.user_id)
    return {"projects": [{"name": group.name, "pending": group.open, "completed": group.done} for group in groups]}


async def list_changes(caller: Caller, call: arguments.ListChanges) -> Answer:
    """Raises InvalidError for a cursor that is none, NotFoundError for a task that never was."""
    async with caller.database.read() as session:
        task_id = await _find_id(session, caller.user_id, call.task_id) if call.task_id is not None else None
        question = Question(before=_read_cursor(call.cursor), task_id=task_id, limit=call.limit)
        entries, following = await read_entries(session, caller.user_id, question)
    return answer_changes(entries, following, verbose=call.verbose)


async def _find_id(session: AsyncSession, user_id: str, task_id: int | str) -> str:
    """A deleted task has a history too, under its UUID."""
    return task_id if isinstance(task_id, str) else (await by_number(session, user_id, task_id)).id


def _read_cursor(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and 0 < int(cursor[:11]) <= LARGEST):
        raise InvalidError("cursor: give next_cursor of the page before, or none.")
    return int(cursor)


async def find(caller: Caller, query: TaskQuery, *, verbose: bool) -> Answer:
    """A page of the caller's tasks, and how many there are in all."""
    async with caller.database.reading() as reader:
        page = json.loads(await list_documents(reader, caller.user_id, query, utc_now()))
    tasks = [show(document, verbose=verbose) for document in page["items"]]
    cursor = {"next_cursor": page["next_cursor"]} if page["next_cursor"] else {}
    similar = {"similar": page["similar"]} if "similar" in page else {}
    return {"tasks": tasks, "total": page["total"], **cursor, **similar}
