"""A few tasks among many are found by their ids: nothing that is done to them reads a user's whole list."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event

from backend.settings import Settings
from tests.calendars.test_dav import TODO, Program
from tests.support.people import Person
from tests.support.tokens import make_token

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # Postgres plans by its statistics


@contextmanager
def told(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that runs in the block, with what it was given."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        found.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def read_whole(settings: Settings, statements: list[tuple[str, Any]]) -> list[str]:
    """Those that name tasks, by their ids or addresses, and read more than these."""
    assert settings.sqlite_file
    with closing(sqlite3.connect(str(settings.sqlite_file))) as connection:
        return [
            f"{detail}: {statement}"
            for statement, given in statements
            if "task.id IN (" in statement or "JOIN calendar_object" in statement
            for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            if detail.startswith(("SEARCH task USING", "SCAN task")) and "(id=?)" not in detail
        ]


@pytest.fixture
async def program(app: FastAPI, person: Person) -> AsyncIterator[Program]:
    token = (await make_token(person))["token"]
    async with Program(app, person, token, url="https://page.example") as program:
        yield program


async def test_what_is_done_to_many_reads_no_others(app: FastAPI, person: Person, settings: Settings) -> None:
    ids = [str((await person.add(f"task {number}"))["id"]) for number in range(12)]
    with told(app.state.database.engine.sync_engine) as statements:
        for act in ({"act": "update", "add_tags": ["x"]}, {"act": "complete"}, {"act": "reopen"}, {"act": "delete"}):
            answer = await person.post("/api/tasks/bulk", json={"ids": ids[:6], **act})
            assert answer.status_code == 200, answer.text
            assert (await person.post("/api/undo", json={})).status_code == 200
    assert len([one for one, _ in statements if "task.id IN (" in one]) > 6
    assert read_whole(settings, statements) == []


async def test_a_calendar_programs_object_is_found_by_its_name(
    app: FastAPI, person: Person, settings: Settings, program: Program
) -> None:
    one = str((await person.add("task"))["id"])
    with told(app.state.database.engine.sync_engine) as statements:
        assert (await program.put("inbox/a.ics", TODO)).status_code == 201
        for name in ("a", one):
            assert (await program.get(f"{program.home}inbox/{name}.ics")).status_code == 200
    assert len([one for one, _ in statements if "task.id IN (" in one]) > 2
    assert read_whole(settings, statements) == []
