"""What surrounds every route: limits on bodies, ids of requests, metrics, logs, probes, and the form of errors."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from backend import health
from backend.serving import body_limit
from tests.support.people import PAGE, Person
from tests.support.servers import serving, signed_up


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """None of this depends on the kind of database."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"


async def chunks(size: int) -> AsyncIterator[bytes]:
    yield b'{"title": "a", "notes": "'
    for _ in range(size // 1024):
        yield b"x" * 1024
    yield b'"}'


async def test_a_body_over_the_limit_is_not_read(person: Person) -> None:
    json_type = {"Content-Type": "application/json"}
    for body in (b" " * 300_000, chunks(300_000)):
        answer = await person.post("/api/tasks", content=body, headers=json_type)
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert (await person.post("/api/tasks", content=chunks(5000), headers=json_type)).status_code == 201


async def test_a_body_of_another_type_is_no_task(person: Person) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await person.post("/api/tasks", content=b'{"title": "a"}', headers={"Content-Type": kind})
        assert answer.status_code == 422
    assert await person.all() == []


async def test_requests_have_ids(person: Person) -> None:
    given = await person.get("/health", headers={"X-Request-ID": "abc-123"})
    assert given.headers["x-request-id"] == "abc-123"
    for odd in ("", "a b", "x" * 65, "<script>"):
        made = (await person.get("/health", headers={"X-Request-ID": odd})).headers["x-request-id"]
        assert made != odd and len(made) == 36


async def test_requests_are_counted_by_route_not_by_path(person: Person) -> None:
    task = await person.add("a")
    await person.get(f"/api/tasks/{task['id']}")
    await person.get("/api/nothing/here")
    text = (await person.get("/metrics")).text
    assert 'todo_http_requests_total{method="GET",route="/api/tasks/{task_id}",status="200"}' in text
    assert 'route="unmatched",status="404"' in text
    assert 'todo_http_request_seconds_bucket{le="0.005",method="POST",route="/api/tasks"}' in text
    assert str(task["id"]) not in text and "nothing" not in text


async def test_errors_are_problems(person: Person, app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as nobody:
        for answer, status in (
            (await nobody.get("/api/tasks"), 401),
            (await nobody.get("/api/tasks", headers={"Authorization": "Bearer nonsense"}), 401),
            (await nobody.post("/api/undo", headers={"Origin": "http://evil.example"}), 403),
            (await person.get("/api/nothing"), 404),
            (await person.put("/api/tasks"), 405),
        ):
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            problem = answer.json()
            assert problem["status"] == status and problem["title"] and problem["detail"] and problem["type"]


async def test_an_unforeseen_error_tells_nothing_of_the_inside(app: FastAPI) -> None:
    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret")

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PAGE) as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500 and "secret" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_logs_hold_no_content_and_no_token(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url, LOG_LEVEL="INFO") as server:
        async with signed_up(server.address) as client:
            await client.post("/api/tasks", json={"title": "a private matter"})
            await client.get("/api/tasks?search=private")
        text = server.text()
        token = client.headers["authorization"].removeprefix("Bearer ")
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [line["route"] for line in lines if line["event"] == "request"][-2:] == ["/api/tasks", "/api/tasks"]
    assert all(line["request_id"] for line in lines)
    assert "private" not in text and token not in text and "correct horse" not in text


async def test_ready_says_that_the_rules_alone_serve(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "loaded", lambda: (None, "the file of weights is missing"))
    answer = await person.get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "judge": "The rules alone serve: the file of weights is missing."}


async def test_probes_and_the_document(person: Person) -> None:
    assert (await person.get("/health")).json() == {"status": "ok"}
    assert (await person.get("/ready")).json() == {"status": "ready"}
    document = (await person.get("/openapi.json")).json()
    assert {"Problem", "TaskOut", "ChangeOut"} <= set(document["components"]["schemas"])
    names = {item["name"] for item in document["paths"]["/api/tasks"]["get"]["parameters"]}
    assert {"due_from", "overdue", "completed_to", "search", "cursor", "X-Timezone"} <= names


async def test_a_body_that_trickles_is_ended(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limit, "SECONDS", 0.2)

    async def trickle() -> AsyncIterator[bytes]:
        yield b'{"title": '
        await asyncio.sleep(30)
        yield b'"a"}'

    answer = await person.post("/api/tasks", content=trickle(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (408, "application/problem+json")
    assert await person.all() == []


async def test_of_thousands_of_mistakes_the_first_are_told(person: Person) -> None:
    answer = await person.post("/api/tasks", json={"title": "a", **{f"k{number}": 1 for number in range(5000)}})
    told = answer.json()
    assert answer.status_code == 422 and len(told["errors"]) == 20 and told["detail"].endswith("; and 4980 more")
