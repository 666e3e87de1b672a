"""The tools that read."""

import json

from backend.mcp import arguments
from backend.mcp.answers import Answer, show
from backend.mcp.caller import Caller
from backend.models import utc_now
from backend.tasks.query import list_documents
from backend.tasks.query import list_projects as find_projects
from backend.tasks.schemas import TaskQuery

_STATUSES = {"all": "all", "pending": "open", "completed": "done"}


async def list_tasks(caller: Caller, call: arguments.ListTasks) -> Answer:
    query = TaskQuery.model_validate(
        {"status": _STATUSES[call.status], "limit": call.limit, "cursor": call.cursor, "count": True}
    )
    return await find(caller, query, verbose=call.verbose)


async def search_tasks(caller: Caller, call: arguments.SearchTasks) -> Answer:
    given = call.model_dump(exclude={"user_id", "verbose", "query", "status"})
    query = TaskQuery.model_validate({**given, "search": call.query, "status": _STATUSES[call.status], "count": True})
    return await find(caller, query, verbose=call.verbose)


async def list_projects(caller: Caller, _call: arguments.Arguments) -> Answer:
    async with caller.database.read() as session:
        groups = await find_projects(session, caller.user_id)
    return {"projects": [{"name": group.name, "pending": group.open, "completed": group.done} for group in groups]}


async def find(caller: Caller, query: TaskQuery, *, verbose: bool) -> Answer:
    """A page of the caller's tasks, and how many there are in all."""
    async with caller.database.reading() as reader:
        page = json.loads(await list_documents(reader, caller.user_id, query, utc_now()))
    tasks = [show(document, verbose=verbose) for document in page["items"]]
    cursor = {"next_cursor": page["next_cursor"]} if page["next_cursor"] else {}
    return {"tasks": tasks, "total": page["total"], **cursor}
