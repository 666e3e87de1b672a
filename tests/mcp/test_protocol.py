"""The protocol itself, request by request, as its inspector and its conformance tests ask for it."""

import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from mcp.shared.exceptions import MCPError

from tests.mcp.calling import calling
from tests.support.people import Person
from tests.support.tokens import Program

HEADERS = {"Accept": "application/json, text/event-stream"}
INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, PARSE_ERROR = -32600, -32601, -32602, -32700
ERAS = ["legacy", "auto"]


async def post(app: FastAPI, token: str, body: Any, **headers: str) -> httpx.Response:
    async with Program(app, token) as program:
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        return await program.post("/mcp", headers={"Content-Type": "application/json", **HEADERS, **headers}, **content)


async def request(app: FastAPI, token: str, method: str, params: Any = None, **headers: str) -> dict[str, Any]:
    body = {"jsonrpc": "2.0", "id": 7, "method": method} | ({} if params is None else {"params": params})
    answer = await post(app, token, body, **headers)
    assert answer.headers["content-type"] == "application/json"
    return dict(answer.json())


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
async def test_initialize(app: FastAPI, token: str, version: str) -> None:
    client = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    answer = await request(app, token, "initialize", client)
    assert answer["id"] == 7
    assert answer["result"]["protocolVersion"] == version
    assert answer["result"]["serverInfo"]["name"] == "todo-chatbot"
    assert set(answer["result"]["capabilities"]) == {"tools", "resources", "prompts", "completions"}
    assert "undo_token" in answer["result"]["instructions"]
    initialized = await post(app, token, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (initialized.status_code, initialized.content) == (202, b"")


async def test_an_unknown_version_is_answered_by_one_that_is_known(app: FastAPI, token: str) -> None:
    client = {"protocolVersion": "1999-01-01", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    answer = await request(app, token, "initialize", client)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", answer["result"]["protocolVersion"])


@pytest.mark.parametrize("version", ["1999-01-01", "nonsense"])
async def test_an_unsupported_version_header(app: FastAPI, token: str, version: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer = await post(app, token, body, **{"MCP-Protocol-Version": version})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("mode", ERAS)
async def test_each_era_is_spoken(app: FastAPI, token: str, mode: str) -> None:
    async with calling(app, token, mode=mode) as client:
        assert client.protocol_version == {"legacy": "2025-11-25", "auto": "2026-07-28"}[mode]
        assert (await client.do("add_task", title=mode))["status"] == "created"


@pytest.mark.parametrize("mode", ERAS)
async def test_an_unknown_tool(app: FastAPI, token: str, mode: str) -> None:
    async with calling(app, token, mode=mode) as client:
        with pytest.raises(MCPError, match="Unknown tool: nope") as raised:
            await client.call_tool("nope", {})
    assert raised.value.code == INVALID_PARAMS


async def test_an_unknown_method(app: FastAPI, token: str) -> None:
    answer = await request(app, token, "tools/unknown")
    assert answer["error"]["code"] == METHOD_NOT_FOUND


@pytest.mark.parametrize("params", [{}, {"name": 5}, {"name": "list_tasks", "arguments": [1]}])
async def test_bad_params(app: FastAPI, token: str, params: dict[str, Any]) -> None:
    answer = await request(app, token, "tools/call", params)
    assert answer["error"]["code"] == INVALID_PARAMS


@pytest.mark.parametrize(
    ("body", "code"), [(b"{", PARSE_ERROR), (b'"text"', INVALID_REQUEST), (b"[]", INVALID_REQUEST)]
)
async def test_what_is_no_request(app: FastAPI, token: str, body: bytes, code: int) -> None:
    answer = await post(app, token, body)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {code, INVALID_PARAMS}


async def test_what_is_no_json_by_its_type(app: FastAPI, token: str) -> None:
    answer = await post(app, token, b"{}", **{"Content-Type": "text/plain"})
    assert answer.status_code in {400, 415}


async def test_who_does_not_take_json(app: FastAPI, token: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert (await post(app, token, body, Accept="text/html")).status_code == 406


@pytest.mark.parametrize(
    "wrong",
    [
        ("add_task", {}, "title: is required"),
        ("add_task", {"title": " "}, "title: must not be empty"),
        ("add_task", {"title": "x" * 501}, "at most 500"),
        ("add_task", {"title": "t", "due": "tomorrow"}, "due: must be a date"),
        ("add_task", {"title": "t", "timezone": "Mars"}, "timezone: must be the name of an IANA"),
        ("add_task", {"title": "t", "recurrence": "often"}, "recurrence:"),
        ("add_task", {"title": "t", "priority": "urgent"}, "priority:"),
        ("add_task", {"title": "t", "colour": "red"}, "colour: is not an argument of this tool"),
        ("add_tasks", {"tasks": []}, "tasks:"),
        ("add_tasks", {"tasks": [{"title": "t"}] * 101}, "tasks:"),
        ("complete_task", {"task_id": "milk"}, "task_id: must be a task's number or UUID"),
        ("complete_task", {"task_id": True}, "task_id: must be"),
        ("complete_task", {"task_id": 2**40}, "task_id: must be"),
        ("complete_task", {"task_id": 77}, "There is no task 77. Find its task_id with search_tasks"),
        ("update_task", {"task_id": 77}, "say what should change"),
        ("reschedule_task", {"task_id": 77}, "give either due or shift"),
        ("reschedule_task", {"task_id": 77, "due": "2030-01-01", "shift": "P1D"}, "give either due or shift"),
        ("list_tasks", {"limit": 0}, "limit:"),
        ("search_tasks", {"due_from": "2030-02-30"}, "due_from:"),
    ],
)  # fmt: skip
async def test_an_error_says_what_to_do(
    app: FastAPI, person: Person, token: str, wrong: tuple[str, dict[str, Any], str]
) -> None:
    tool, arguments, said = wrong
    async with calling(app, token) as client:
        assert said in await client.refused(tool, **arguments)
    assert await person.all() == []


async def test_moving_what_has_no_due(app: FastAPI, person: Person, token: str) -> None:
    await person.add("t")
    async with calling(app, token) as client:
        assert "has no due date" in await client.refused("reschedule_task", task_id=1, shift="P1D")


@pytest.mark.parametrize("method", ["tools/list", "resources/list", "resources/templates/list"])
async def test_a_made_up_cursor(app: FastAPI, token: str, method: str) -> None:
    answer = await request(app, token, method, {"cursor": "made up"})
    assert answer["error"]["code"] == INVALID_PARAMS
    assert "result" in await request(app, token, method, {})


async def test_a_failure_inside_is_not_shown(app: FastAPI, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_arguments: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("backend.mcp.read_tools.list_documents", fail)
    async with calling(app, token) as client:
        assert await client.refused("list_tasks") == "Something went wrong here; nothing was changed."
        with pytest.raises(MCPError, match="Something went wrong here"):
            await client.read_resource("todo://pending")


async def test_the_tools_say_what_they_do(app: FastAPI, token: str) -> None:
    async with calling(app, token) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    for name in ("list_tasks", "search_tasks", "list_projects", "list_changes"):
        assert tools[name].annotations.read_only_hint is True
    assert {name for name, tool in tools.items() if tool.annotations.destructive_hint} == {
        "delete_task", "update_task", "undo", "redo",
    }  # fmt: skip
    assert tools["update_task"].annotations.idempotent_hint is True
    assert tools["add_task"].annotations.idempotent_hint is False
    for name in ("add_task", "list_tasks", "complete_task", "delete_task", "update_task"):
        assert "user_id" in tools[name].input_schema["properties"]
        assert "user_id" not in tools[name].input_schema.get("required", [])


async def test_the_list_of_tools_is_under_4000_tokens(app: FastAPI, token: str) -> None:
    """Without a tokenizer, whose data is fetched from the network: JSON takes more than 3 characters a token."""
    async with Program(app, token) as program:
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        answer = await program.post("/mcp", json=body, headers=HEADERS)
    assert len(answer.text) / 3 < 4000
