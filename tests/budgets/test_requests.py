"""One user's requests over HTTP, far too many of them, and another user beside: over each database."""

import asyncio
import re
import time
from collections import Counter

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from backend.settings import Settings
from tests.support.people import PAGE, Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A small pool, so that few requests would empty it."""
    return settings.model_copy(update={"database_pool_size": 4, "log_level": "ERROR"})


async def _statuses(*requests: asyncio.Future[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in await asyncio.gather(*requests))


async def test_eighty_searches_leave_the_others_the_database(app: FastAPI, person: Person, stranger: Person) -> None:
    for number in range(20):
        await person.add(f"needle {number}")
    await stranger.get("/api/tasks")
    many = [asyncio.ensure_future(person.get(f"/api/tasks?search=needle&limit={n + 1}")) for n in range(80)]
    await asyncio.sleep(0)
    answers = [await stranger.get("/api/tasks") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    found = await _statuses(*many)
    assert set(found) == {200, 429}
    assert found[200] >= 60


async def test_a_refusal_says_what_to_do(app: FastAPI, person: Person) -> None:
    await person.get("/api/me")  # from here on their token is known
    many = await asyncio.gather(*(person.get("/api/tags") for _ in range(200)))
    refused = next(answer for answer in many if answer.status_code == 429)
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["detail"].startswith("You have too many requests open at once; this one was not begun.")
    assert (await person.get("/api/tags")).status_code == 200


async def test_many_sessions_and_tokens_of_a_user_are_one_user(app: FastAPI, person: Person) -> None:
    made = [(await person.post("/api/tokens", json={"name": str(n)})).json()["token"] for n in range(4)]
    bearers = [{"Authorization": f"Bearer {token}"} for token in made]
    for headers in bearers:
        assert (await person.get("/api/tags", headers=headers)).status_code == 200
    many = [asyncio.ensure_future(person.get("/api/tags", headers=bearers[n % 4])) for n in range(120)]
    assert (await _statuses(*many))[429] >= 50


async def test_a_probe_answers_beside_a_flood_from_its_own_address(app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as nobody:
        flood = [asyncio.ensure_future(nobody.get("/api/tasks")) for _ in range(200)]
        await asyncio.sleep(0)
        begun = time.monotonic()
        assert (await nobody.get("/health")).status_code == 200
        assert time.monotonic() - begun < 2
        assert set(await _statuses(*flood)) <= {401, 429}


async def test_a_garbage_token_goes_on_its_address_and_not_on_a_user(app: FastAPI, person: Person) -> None:
    await person.get("/api/me")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as nobody:
        flood = [
            asyncio.ensure_future(nobody.get("/api/tasks", headers={"Authorization": f"Bearer {n}"})) for n in range(90)
        ]
        await asyncio.sleep(0)
        assert (await person.get("/api/tasks")).status_code == 200
        assert set(await _statuses(*flood)) <= {401, 429}


async def test_writes_that_wait_for_their_own_lock_cost_another_nothing(
    app: FastAPI, person: Person, stranger: Person
) -> None:
    """Another replica holds the user's lock: their writes wait in line, with a connection for one of them alone."""
    if app.state.database.is_sqlite:
        pytest.skip("SQLite has one lock for all")
    await person.add("first")
    async with app.state.database.engine.connect() as replica:
        await replica.execute(text("SELECT 1 FROM profile WHERE user_id = :id FOR UPDATE"), {"id": person.id})
        many = [asyncio.ensure_future(person.post("/api/tasks", json={"title": str(n)})) for n in range(24)]
        await asyncio.sleep(0.3)
        begun = time.monotonic()
        await stranger.add("mine")
        assert time.monotonic() - begun < 2
        assert app.state.database.engine.pool.checkedout() == 2  # the replica's, and the one that waits
        await replica.rollback()
    assert await _statuses(*many) == {201: 24}


async def test_a_lock_that_is_not_given_back_ends_a_write(
    app: FastAPI, person: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if app.state.database.is_sqlite:
        pytest.skip("SQLite has one lock for all")
    await person.add("first")
    async with app.state.database.engine.connect() as replica:
        await replica.execute(text("SELECT 1 FROM profile WHERE user_id = :id FOR UPDATE"), {"id": person.id})
        answer = await person.post("/api/tasks", json={"title": "second"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "Another change of yours is still being made" in answer.json()["detail"]
    assert [task["title"] for task in await person.all()] == ["first"]


async def test_the_metrics_tell_of_refusals(app: FastAPI, person: Person) -> None:
    def refused(text: str) -> float:
        found = re.search(r'^todo_budget_refused_total\{budget="requests"\} (\S+)$', text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    await person.get("/api/me")
    before = refused((await person.get("/metrics")).text)
    many = await _statuses(*(asyncio.ensure_future(person.get("/api/tags")) for _ in range(100)))
    assert refused((await person.get("/metrics")).text) - before == many[429] > 0
