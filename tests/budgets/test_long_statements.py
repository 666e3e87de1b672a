"""Statements that take too long: ended, said so with a status that fits, and nothing is held up meanwhile."""

import asyncio
import time
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend.settings import Settings
from backend.tasks.listing.conditions import spelt
from backend.tasks.listing.index import Index
from backend.tasks.listing.statements import Way, count_statement, documents_statement
from backend.tasks.schemas import TaskQuery
from tests.support.people import Person

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"todo_search_seconds": 0.5, "todo_statement_seconds": 1.0})


@pytest.fixture
def endless_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.tasks.query.documents_statement", lambda *_, **__: text(ENDLESS))


@pytest.mark.usefixtures("endless_search")
async def test_a_search_ends_at_its_limit_and_holds_up_nobody(app: FastAPI, person: Person, stranger: Person) -> None:
    await stranger.get("/api/me")
    searching = asyncio.create_task(person.get("/api/tasks?search=a"))
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    assert (await stranger.get("/api/me")).status_code == 200
    assert time.monotonic() - begun < 0.4
    answer = await searching
    assert (answer.status_code, answer.headers["content-type"]) == (429, "application/problem+json")
    assert answer.headers["retry-after"] == "2"
    assert "took the database too long" in answer.json()["detail"]


@pytest.mark.usefixtures("endless_search")
async def test_a_search_whose_client_leaves_gives_its_connection_back(app: FastAPI, person: Person) -> None:
    await person.get("/api/me")
    searching = asyncio.create_task(person.get("/api/tasks?search=a"))
    await asyncio.sleep(0.2)
    searching.cancel()
    await asyncio.gather(searching, return_exceptions=True)
    for _ in range(30):
        assert (await person.get("/api/me")).status_code == 200


@pytest.mark.parametrize("session", ["read", "write"])
async def test_any_statement_ends_at_its_limit(app: FastAPI, session: str) -> None:
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        async with getattr(app.state.database, session)() as opened:
            await opened.execute(text(ENDLESS))
    assert time.monotonic() - begun < 5


async def test_a_migration_has_no_limit(app: FastAPI) -> None:
    long, begun = ENDLESS.replace("FROM n)", "FROM n WHERE i < 9000000)"), time.monotonic()
    async with app.state.database.connect() as connection:
        await connection.run_sync(lambda inner: inner.execute(text(long)).all())
    assert time.monotonic() - begun > 1.0  # longer than any other statement may take


async def test_a_transaction_that_stands_idle_is_ended_on_postgres(app: FastAPI) -> None:
    if app.state.database.is_sqlite:
        pytest.skip("SQLite's transactions are this process's own")
    async with app.state.database.read() as session:
        limits = {
            name: (await session.execute(text(f"SHOW {name}"))).scalar_one()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }
    assert limits == {"statement_timeout": "1s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"}
    async with app.state.database.engine.connect() as connection:
        await connection.execution_options(unbounded=True)
        after = (await connection.execute(text("SHOW statement_timeout"))).scalar_one()
    assert after == "0"  # the connection itself keeps no limit, so a pooler has nothing to hand on


async def test_a_search_on_postgres_reads_each_task_once(app: FastAPI, person: Person) -> None:
    """Whatever the statistics know: no part of the plan is run anew for every task."""
    if app.state.database.is_sqlite:
        pytest.skip("how SQLite reads is tested with the list's plans")
    query = TaskQuery(search="a", tag="b", status="open")
    way = Way(index=Index.NONE, sqlite=False, sought=spelt(query.search))
    for make in (documents_statement, count_statement):
        plan = await _plan(app, make(query, way).params(user_id=person.id))
        assert plan.count(" on task") == 1, plan
        assert "Loop" not in plan
        assert "SubPlan" not in plan


async def _plan(app: FastAPI, statement: Any) -> str:
    database = app.state.database
    compiled = statement.compile(dialect=database.engine.dialect, compile_kwargs={"literal_binds": True})
    async with database.read() as session:
        rows = await (await session.connection()).exec_driver_sql(f"EXPLAIN {compiled}")
        return "\n".join(row[0] for row in rows)
