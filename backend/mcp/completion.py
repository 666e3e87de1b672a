"""Names of the user's projects and tags, while somebody types them into a client."""

from datetime import date, timedelta

import mcp_types as types
from mcp.shared.exceptions import MCPError

from backend.mcp.caller import Caller
from backend.mcp.prompts import PROMPTS
from backend.mcp.resources import local_day, template_paths
from backend.tasks.query import list_projects, list_tags
from backend.tasks.text import fold

MOST = 100  # the protocol's


async def complete(caller: Caller, params: types.CompleteRequestParams) -> types.CompleteResult:
    """Those that begin with what was typed, then those that have it elsewhere. Raises MCPError (invalid params)."""
    typed = fold(params.argument.value[:200]).strip()
    names = await _names(caller, _kind(params))
    found = [name for name in names if fold(name).startswith(typed)]
    found += [name for name in names if typed in fold(name) and name not in set(found)]
    shown = found[:MOST]
    return types.CompleteResult(
        completion=types.Completion(values=shown, total=len(found), has_more=len(found) > len(shown))
    )


def _kind(params: types.CompleteRequestParams) -> str:
    """What is typed: a project, tag, day or task. Raises MCPError for a prompt, template or argument that is none."""
    reference, name = params.ref, params.argument.name
    if isinstance(reference, types.PromptReference):
        prompt = PROMPTS.get(reference.name)
        if prompt is None or name not in prompt.arguments:
            raise MCPError(types.INVALID_PARAMS, f"There is no prompt {reference.name[:100]} that takes {name[:100]}.")
        return name
    path = reference.uri.removeprefix("todo://")
    if path not in template_paths() or f"{{{name}}}" not in path:
        raise MCPError(types.INVALID_PARAMS, f"There is no resource {reference.uri[:100]} that takes {name[:100]}.")
    return path.partition("/")[0]


async def _names(caller: Caller, kind: str) -> list[str]:
    if kind == "day":
        today = date.fromisoformat(await local_day(caller))
        return [(today + timedelta(days=days)).isoformat() for days in range(14)]
    if kind == "task":
        return []  # numbers: search_tasks finds them by what a person knows
    async with caller.database.read() as session:
        groups = await (list_projects if kind == "project" else list_tags)(session, caller.user_id)
    return [group.name for group in groups]
