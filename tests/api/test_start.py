"""How the backend starts, what stops it from starting, and what it does while its database is away."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from backend import migrations
from backend.session import Database
from backend.settings import Settings
from tests.support import postgres
from tests.support.backend import SECRET, VARIABLES, running_app, settings_for
from tests.support.people import Person, new_person
from tests.support.servers import ROOT, serving, signed_up, starting, wait_for


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DATABASE_URL": "mysql://root@localhost/x"}, "DATABASE_URL must start with"),
        ({"DATABASE_URL": "postgresql://u:secret@h/x?pgbouncer=true"}, "pgbouncer"),
        ({"DATABASE_URL": "postgresql://u:secret@h:port/x"}, "DATABASE_URL is not an address"),
        ({"DATABASE_URL": "postgresql://u:secret@h/x", "BETTER_AUTH_SECRET": ""}, "BETTER_AUTH_SECRET is not set"),
        ({"BETTER_AUTH_SECRET": "short"}, "32 characters"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"BODY_LIMIT": "many"}, "BODY_LIMIT"),
        ({"TODO_DATA": "/dev/null/x"}, "data folder"),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_a_sentence(
    tmp_path: Path, variables: dict[str, str], words: str
) -> None:
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    env |= {"TODO_DATA": str(tmp_path), "BETTER_AUTH_SECRET": SECRET, "PYTHONPATH": str(ROOT), **variables}
    argv = [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", "1"]
    done = subprocess.run(argv, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert words in done.stderr and "Traceback" not in done.stderr
    assert "u:secret" not in done.stderr


@pytest.mark.parametrize(
    "address",
    [
        "postgres://u:p@host/db",
        "postgresql://u:p@host:5433/db?sslmode=require&channel_binding=require",
        "postgresql+asyncpg://u:p@host/db",
        "postgresql://u:p%40ss@ep-x-pooler.eu.aws.neon.tech/db?sslmode=require&options=endpoint%3Dep-x",
    ],
)
def test_addresses_of_postgres_as_hosts_give_them(tmp_path: Path, address: str) -> None:
    url = settings_for(tmp_path, address).sqlalchemy_url
    assert url.drivername == "postgresql+psycopg"
    assert (url.query.get("sslmode"), url.query.get("channel_binding")) in {
        (None, None),
        ("require", "require"),
        ("require", None),
    }


async def test_replicas_that_start_at_once_migrate_once(settings: Settings) -> None:
    databases = [Database(settings) for _ in range(4)]
    await asyncio.gather(*(migrations.upgrade(database) for database in databases))
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("a")
    for database in databases:
        await database.dispose()


async def test_processes_that_start_at_once_all_serve(database_url: str, tmp_path: Path) -> None:
    with (
        starting(tmp_path / "a", database_url) as one,
        starting(tmp_path / "b", database_url) as two,
        starting(tmp_path / "c", database_url) as three,
    ):
        for server in (one, two, three):
            await asyncio.to_thread(wait_for, server, "/ready")


async def test_a_database_that_goes_and_comes_back() -> None:
    """Postgres is stopped under a request's feet, and started again: 503, then as before, with no restart."""
    postgres.new_database()  # skips where there is none
    first = Path(os.environ[postgres.FOLDER_VARIABLE])
    postgres.make_folder()
    own = Path(os.environ[postgres.FOLDER_VARIABLE])
    try:
        address = postgres.new_database()
        async with running_app(settings_for(own, address)) as app, await new_person(app) as person:
            await person.add("a")
            postgres.stop(own)
            for answer in (await person.get("/api/tasks"), await person.post("/api/tasks", json={"title": "b"})):
                assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
                assert answer.headers["retry-after"]
            assert (await person.get("/health")).status_code == 200
            assert (await person.get("/ready")).status_code == 503
            postgres.start(own)
            assert (await person.get("/ready")).status_code == 200
            await person.add("c")
            assert [task["title"] for task in await person.all()] == ["a", "c"]
    finally:
        os.environ[postgres.FOLDER_VARIABLE] = str(own)
        postgres.remove_folder()
        os.environ[postgres.FOLDER_VARIABLE] = str(first)


async def test_a_backend_that_is_earlier_than_its_database(tmp_path: Path) -> None:
    address = postgres.new_database()
    name = urlsplit(address).path[1:]
    with serving(tmp_path, address.replace(name, f"{name}_late"), path="/health") as server:
        async with httpx.AsyncClient(base_url=server.address, timeout=30) as client:
            assert (await client.get("/ready")).status_code == 503
            assert (await client.get("/api/tasks", headers={"Authorization": "Bearer x"})).status_code == 503
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}_late"'.encode())
        await asyncio.to_thread(wait_for, server, "/ready")
        async with signed_up(server.address) as client:
            assert (await client.post("/api/tasks", json={"title": "a"})).status_code == 201


async def test_a_database_that_is_emptied_under_the_app_gets_its_tables_again() -> None:
    address = postgres.new_database()
    async with running_app(settings_for(Path(), address)) as app, await new_person(app) as person:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        lost = await person.get("/api/tasks")
        assert (lost.status_code, "emptied" in lost.json()["detail"]) == (503, True)
        for _ in range(200):
            if (await person.get("/ready")).status_code == 200:
                break
            await asyncio.sleep(0.05)
        async with await new_person(app) as another:
            await another.add("a")


async def test_another_process_holds_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading goes on; a write waits without holding others up, and gives up with 503 after a while."""
    monkeypatch.setattr("backend.session.BUSY_SECONDS", 1.0)
    file = tmp_path / "todo.db"
    async with running_app(settings_for(tmp_path, f"sqlite:///{file}")) as app, await new_person(app) as person:
        await person.add("a")
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        refused, read = await asyncio.gather(person.post("/api/tasks", json={"title": "b"}), person.all())
        assert (refused.status_code, len(read)) == (503, 1)
        waiting = asyncio.create_task(person.post("/api/tasks", json={"title": "c"}))
        await asyncio.sleep(0.2)
        other.execute("ROLLBACK")
        assert (await waiting).status_code == 201
        other.close()


async def test_the_folder_is_all_there_is(tmp_path: Path) -> None:
    """Without settings: SQLite and a secret, kept in the data folder, which can be moved as a whole."""
    first = Settings.model_validate({"TODO_DATA": tmp_path / "first", "log_level": "WARNING"})
    async with running_app(first) as app, await new_person(app) as person:
        await person.add("a")
        secret, token = first.secret, person.token
    shutil.move(tmp_path / "first", tmp_path / "second")
    second = Settings.model_validate({"TODO_DATA": tmp_path / "second", "log_level": "WARNING"})
    async with running_app(second) as app, Person(app, id=person.id, token=token) as same:
        assert [task["title"] for task in await same.all()] == ["a"]
    assert second.secret == secret
    assert (tmp_path / "second" / "auth-secret").stat().st_mode & 0o077 == 0
