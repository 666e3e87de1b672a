"""An export holds everything of one user, nothing of another's, and no secret."""

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from backend.account.content import SECRET, tables
from backend.assistant.models import Spending
from backend.models import Base
from tests.auth.conftest import browser_of
from tests.auth.people import PASSWORD, Person, sign_up


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(app) as client:
        yield client


async def _export(browser: httpx.AsyncClient, person: Person) -> dict[str, Any]:
    answer = await browser.get("/api/account/export", headers=person.bearer)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith('attachment; filename="todo-2')
    found: dict[str, Any] = json.loads(answer.text)
    return found


async def test_holds_the_list_the_chat_and_the_settings(app: FastAPI) -> None:
    async with browser_of(app) as browser, browser_of(app) as other:
        person, stranger = await sign_up(browser), await sign_up(other)
        await other.post("/api/tasks", json={"title": "inconceivable tangerine"}, headers=stranger.bearer)
        await browser.post("/api/chat", json={"message": "buy Grüße tomorrow at 5pm #shop"}, headers=person.bearer)
        await browser.patch("/api/me", json={"settings": {"theme": "dark"}}, headers=person.bearer)
        found = await _export(browser, person)
    assert (found["format"], found["version"], found["user"]["email"]) == ("todo-chatbot-account", 1, person.email)
    [task] = found["tasks"]
    assert (task["title"], task["tags"], task["status"]) == ("buy Grüße", ["shop"], "open")
    assert found["history"][0]["after"]["title"] == "buy Grüße"
    assert [message["role"] for message in found["messages"]] == ["user", "assistant"]
    assert found["profile"][0]["settings"] == {"theme": "dark"}
    assert found["reminders"]
    assert "inconceivable" not in json.dumps(found)
    assert stranger.id not in json.dumps(found)


async def test_holds_no_secret(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    made = await browser.post("/api/tokens", json={"name": "script", "scope": "read"}, headers=person.bearer)
    enabled = await browser.post("/api/auth/two-factor/enable", json={"password": PASSWORD}, headers=person.bearer)
    assert made.is_success
    found = await _export(browser, person)
    written = json.dumps(found)
    assert person.token not in written
    async with app.state.database.read() as session:
        hashed = await session.scalar(text("SELECT password FROM account"))
    assert str(hashed) not in written
    assert enabled.is_success
    assert found["two_factor"] == [{"id": found["two_factor"][0]["id"], "userId": person.id, "verified": False}]
    assert not SECRET & {name for rows in found.values() if isinstance(rows, list) for row in rows for name in row}


async def test_many_rows_come_page_by_page_each_once(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(1990, 1995) for month in range(1, 13) for day in range(1, 22)
    ]
    async with app.state.database.write() as session:
        for day in days:
            session.add(Spending(user_id=person.id, day=date.fromisoformat(day), turns=1, tokens=1, cost=1))
    assert [entry["day"] for entry in (await _export(browser, person))["model_use"]] == days


async def test_a_personal_token_reads_the_list_not_the_account(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    made = await browser.post("/api/tokens", json={"name": "script", "scope": "write"}, headers=person.bearer)
    browser.cookies.clear()
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    assert (await browser.get("/api/account/export", headers=bearer)).status_code == 401


def test_every_table_of_a_users_is_in_it_or_left_out_with_a_reason() -> None:
    held = {table.name for _, table in tables()}
    nobodys = {"user", "verification", "rateLimit", "used_link"}  # the user is told apart; the others name nobody
    nobodys |= {"oauth_client", "oauth_token"}  # what apps say of themselves; tokens' digests
    passing = {"idempotency", "turn", "approval", "oauth_code", "letter_seen"}
    assert {table.name for table in Base.metadata.sorted_tables} - held == nobodys | passing
