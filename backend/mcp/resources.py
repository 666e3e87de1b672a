"""The user's lists as resources: `todo://today`, `todo://project/Home`, `todo://task/3`."""

import json
from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

import mcp_types as types
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from backend.errors import NotFoundError
from backend.mcp.answers import Answer, show
from backend.mcp.caller import Caller
from backend.mcp.read_tools import find
from backend.models import utc_now
from backend.profile.service import read_preferences
from backend.tasks import service
from backend.tasks.documents import to_document
from backend.tasks.due import local_now
from backend.tasks.query import list_projects
from backend.tasks.schemas import TaskQuery

JSON = "application/json"
PAGE = 100
MOST_TASKS = 200
_LISTS = {
    "today": "Pending tasks due today or before",
    "overdue": "Pending tasks whose time has passed",
    "pending": "All pending tasks",
    "completed": "Completed tasks, the latest first",
}
_TEMPLATES = {
    "project/{name}": "A project's pending tasks",
    "tag/{name}": "A tag's pending tasks",
    "task/{task_id}": "One whole task, by its number",
}


async def list_resources(caller: Caller, cursor: str | None) -> types.ListResourcesResult:
    """The fixed lists, then one for each project by name, a page at a time."""
    async with caller.database.read() as session:
        names = [group.name for group in await list_projects(session, caller.user_id)]
    start = _start(cursor, names)
    fixed = [_resource(name, name, description) for name, description in _LISTS.items()] if start == 0 else []
    shown = names[start : start + PAGE]
    projects = [_resource(f"project/{quote(name, safe='')}", name, "The project's pending tasks") for name in shown]
    following = f"after:{shown[-1]}" if start + PAGE < len(names) else None
    return types.ListResourcesResult(resources=fixed + projects, next_cursor=following)


def template_paths() -> list[str]:
    """Those of the resources' addresses that take a name."""
    return list(_TEMPLATES)


def list_templates() -> types.ListResourceTemplatesResult:
    templates = [
        types.ResourceTemplate(
            name=path.partition("/")[0], uri_template=f"todo://{path}", description=description, mime_type=JSON
        )
        for path, description in _TEMPLATES.items()
    ]
    return types.ListResourceTemplatesResult(resource_templates=templates)


async def read_resource(caller: Caller, uri: str) -> types.ReadResourceResult:
    """Raises MCPError (invalid params) for an address that leads nowhere."""
    try:
        answer = await _read(caller, uri)
    except (NotFoundError, ValidationError, ValueError) as error:
        known = ", ".join(f"todo://{path}" for path in (*_LISTS, *_TEMPLATES))
        message = f"There is no such resource. There are: {known}"
        raise MCPError(types.INVALID_PARAMS, message, {"uri": uri[:500]}) from error
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type=JSON, text=text)])


async def _read(caller: Caller, uri: str) -> Answer:
    parts = urlsplit(uri)
    kind, name = parts.netloc, unquote(parts.path.removeprefix("/"))
    if parts.scheme != "todo" or parts.query or (not name and kind not in _LISTS) or (name and kind in _LISTS):
        raise ValueError(uri)
    if kind == "task":
        return await _task(caller, name)
    query = await _query(caller, kind, name)
    return await find(caller, query, verbose=False)


async def _query(caller: Caller, kind: str, name: str) -> TaskQuery:
    filters: dict[str, dict[str, object]] = {
        "today": {"due_to": await local_day(caller)},
        "overdue": {"overdue": True},
        "pending": {},
        "completed": {"status": "done", "sort": "-updated"},
        "project": {"project": name},
        "tag": {"tag": name},
    }
    if kind not in filters:
        raise ValueError(kind)
    return TaskQuery.model_validate({**filters[kind], "limit": MOST_TASKS, "count": True})


async def _task(caller: Caller, number: str) -> Answer:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise ValueError(number)
    async with caller.database.read() as session:
        task = await service.by_number(session, caller.user_id, int(number))
        return show(to_document(task), verbose=True)


async def local_day(caller: Caller) -> str:
    """The local day where the program says it is, or else by the user's settings."""
    zone = caller.timezone
    if zone is None:
        async with caller.database.read() as session:
            zone = (await read_preferences(session, caller.user_id)).timezone or "UTC"
    return local_now(utc_now(), zone).date().isoformat()


def _resource(path: str, name: str, description: str) -> types.Resource:
    return types.Resource(uri=f"todo://{path}", name=name, description=description, mime_type=JSON)


def _start(cursor: str | None, names: Sequence[str]) -> int:
    """Where the page begins: after the name that the cursor holds. Raises MCPError (invalid params)."""
    if cursor is None:
        return 0
    name = cursor.removeprefix("after:")
    if name == cursor or name not in names:
        raise MCPError(types.INVALID_PARAMS, "This cursor is not one of this list's; begin again without one.")
    return names.index(name) + 1
