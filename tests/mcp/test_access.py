"""Who gets through to /mcp, and how the others are told."""

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.auth.conftest import settings_like
from tests.support.backend import running_app
from tests.support.people import PAGE, Person, new_person
from tests.support.tokens import Program, make_token

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
ACCEPT = {"Accept": "application/json, text/event-stream"}


async def ping(client: httpx.AsyncClient, **headers: str) -> httpx.Response:
    return await client.post("/mcp", json=PING, headers={**ACCEPT, **headers})


def nobody(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE, headers=headers)


async def test_with_a_token(app: FastAPI, token: str) -> None:
    async with Program(app, token) as program:
        answer = await ping(program)
    assert (answer.status_code, answer.json()) == (200, {"jsonrpc": "2.0", "id": 1, "result": {}})


async def test_without_one(app: FastAPI) -> None:
    async with nobody(app) as client:
        answer = await ping(client)
    begin = f"{PAGE}/.well-known/oauth-protected-resource/mcp"
    challenge = f'Bearer realm="todo", resource_metadata="{begin}", scope="read write"'
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, challenge)
    assert "in the settings" in answer.json()["error"]["message"]


@pytest.mark.parametrize("shown", ["Bearer todo_wrong", "Bearer x", "bearer todo_", "Bearer todo_" + "ü" * 40])
async def test_with_a_wrong_one(app: FastAPI, shown: str) -> None:
    async with nobody(app) as client:
        answer = await client.post("/mcp", json=PING, headers=[(b"Authorization", shown.encode("latin-1"))])
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_a_session_is_no_token(app: FastAPI, person: Person) -> None:
    assert (await ping(person)).status_code == 401


async def test_a_cookie_is_not_looked_at(app: FastAPI) -> None:
    async with nobody(app) as browser:
        body = {"name": "N", "email": "cookie@example.com", "password": "long enough"}
        await browser.post("/api/auth/sign-up/email", json=body)
        assert (await browser.get("/api/me")).status_code == 200
        assert (await ping(browser, Origin=PAGE)).status_code == 401


async def test_revoked(app: FastAPI, person: Person) -> None:
    made = await make_token(person)
    async with Program(app, made["token"]) as program:
        assert (await ping(program)).status_code == 200
        await person.delete(f"/api/tokens/{made['id']}")
        assert (await ping(program)).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost:3000", "Host": "localhost:3000"}, 200),
        ({"Origin": "http://127.0.0.1:3000", "X-Forwarded-Host": "127.0.0.1:3000"}, 200),
        ({"Origin": "http://[::1]:3000", "Host": "[::1]:3000"}, 200),
        # Over http a name that nobody vouched for may be one that was made to lead here (DNS rebinding).
        ({"Origin": PAGE}, 403),
        ({"Origin": "http://evil.example", "Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        # Behind the page, which says what the browser asked for.
        ({"Origin": "https://todo.example", "X-Forwarded-Host": "todo.example", "X-Forwarded-Proto": "https"}, 200),
        ({"Origin": "http://todo.example", "X-Forwarded-Host": "todo.example", "X-Forwarded-Proto": "https"}, 403),
        ({"Host": "todo-backend:8000"}, 200),
    ],
)
async def test_origins(app: FastAPI, token: str, headers: dict[str, str], status: int) -> None:
    async with Program(app, token) as program:
        assert (await ping(program, **headers)).status_code == status


async def test_a_trusted_origin(settings: Settings) -> None:
    trusting = settings_like(settings, trusted_origins="https://inspector.example")
    async with (
        running_app(trusting) as app,
        await new_person(app) as person,
        Program(app, (await make_token(person))["token"]) as program,
    ):
        assert (await ping(program, Origin="https://inspector.example")).status_code == 200
        assert (await ping(program, Origin="https://other.example")).status_code == 403


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "PATCH"])
async def test_there_is_no_stream_and_no_session(app: FastAPI, token: str, method: str) -> None:
    async with Program(app, token) as program:
        answer = await program.request(method, "/mcp", headers={"Accept": "text/event-stream"})
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert "mcp-session-id" not in (await ping(program)).headers


async def test_any_replica_answers(settings: Settings) -> None:
    """Two backends over one database: each request may reach either."""
    async with running_app(settings) as one, running_app(settings) as two, await new_person(one) as person:
        token = (await make_token(person))["token"]

        async def call(app: FastAPI, tool: str, **arguments: Any) -> Any:
            body = {**PING, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
            async with Program(app, token) as program:
                answer = await program.post("/mcp", json=body, headers=ACCEPT)
            return json.loads(answer.json()["result"]["content"][0]["text"])

        added = await call(one, "add_task", title="made by one")
        assert (await call(two, "list_tasks"))["tasks"][0]["title"] == "made by one"
        await call(two, "undo", undo_token=added["undo_token"])
        assert (await call(one, "list_tasks"))["tasks"] == []


async def test_a_large_body_is_refused(app: FastAPI, token: str) -> None:
    async with Program(app, token) as program:
        answer = await program.post("/mcp", content=b"x" * (300 * 1024), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


async def test_an_unknown_zone_is_refused(app: FastAPI, token: str) -> None:
    async with Program(app, token) as program:
        assert (await ping(program, **{"X-Timezone": "Mars/Base"})).status_code == 422
