"""Deleting one's account takes everything of one's own along, and nothing of anyone else's."""

from collections import Counter
from datetime import timedelta

import httpx
from fastapi import FastAPI
from sqlalchemy import select, update

from backend.auth.models import Session
from backend.migrations import metadata
from backend.models import utc_now
from tests.auth.conftest import browser_of
from tests.auth.people import PASSWORD, sign_up


async def test_nothing_is_left_of_the_account(app: FastAPI, browser: httpx.AsyncClient) -> None:
    async with browser_of(app) as other:
        leaving, staying = await sign_up(browser), await sign_up(other)
        for one in (browser, other):
            await _live(one)
        before = await _rows(app)
        assert {table for table, row in before if leaving.id in row} >= {
            "user",
            "session",
            "account",
            "task",
            "journal",
        }
        answer = await browser.post("/api/auth/delete-user", json={"password": PASSWORD})
        assert answer.json() == {"success": True, "message": "User deleted"}
        after = await _rows(app)
    assert [row for row in after if leaving.id in row[1]] == []
    assert {row for row in after if staying.id in row[1]} == {row for row in before if staying.id in row[1]}
    # Both have lived alike, so half of each table is left, of rows that name no user (messages) too.
    assert Counter(table for table, _ in after for _ in "12") == Counter(table for table, _ in before)


async def test_an_old_session_cannot_do_it_without_the_password(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    async with app.state.database.write() as session:
        await session.execute(update(Session).values(created_at=utc_now() - timedelta(days=1)))
    for body, code in (({}, "SESSION_EXPIRED"), ({"password": "wrong"}, "INVALID_PASSWORD")):
        answer = await browser.post("/api/auth/delete-user", json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert (await browser.get("/api/auth/get-session")).json()["user"]["id"] == person.id


async def _live(browser: httpx.AsyncClient) -> None:
    """Leave something of each kind behind."""
    assert (await browser.post("/api/tasks", json={"title": "a task", "tags": ["home"]})).is_success
    assert (await browser.post("/api/chat", json={"message": "add another task"})).is_success
    assert (await browser.patch("/api/me", json={"timezone": "Europe/Berlin"})).is_success


async def _rows(app: FastAPI) -> list[tuple[str, str]]:
    """Every row of every table, as text; the counters of attempts are nobody's."""
    found = []
    async with app.state.database.read() as session:
        for table in metadata().sorted_tables:
            if table.name != "rateLimit":
                found += [(table.name, str(tuple(row))) for row in await session.execute(select(table))]
    return found
