"""A disk that is full, or that can only be read: said as what it is, and over when it is over."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.assistant.chatting import read_stream, stream_body
from tests.support import postgres
from tests.support.backend import running_app, settings_for
from tests.support.people import Person, new_person
from tests.support.servers import serving, signed_up
from tests.support.tokens import Program, make_token

BIG = "x" * 20_000


@dataclass
class Disk:
    """A folder on a disk of its own, how to fill it, and how to make room again."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of four megabytes, as root; elsewhere the process' own limit on the size of a file."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(folder)]
    mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0 if os.geteuid() == 0 else False
    if not mounted:
        yield from limited(folder)
        return
    try:
        filling = folder / "filling"
        yield Disk(folder, fill=lambda: fill(filling), free=lambda: filling.unlink(missing_ok=True))
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as output:
        for size in (4096 * 64, 4096, 512, 1):
            try:
                while True:
                    output.write(bytes(size))
            except OSError:
                continue


def limited(folder: Path) -> Iterator[Disk]:
    """Files may not grow beyond what they are: SQLite gets EFBIG where it would get ENOSPC."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        yield Disk(
            folder,
            fill=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1])),
            free=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before),
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


async def refused(person: Person) -> httpx.Response:
    """Write until a write is refused: a database has some room of its own."""
    for _ in range(200):
        answer = await person.post("/api/tasks", json={"title": "a", "notes": BIG[:9000]})
        if answer.status_code != 201:
            return answer
    raise AssertionError("nothing was refused")


async def ready_again(person: Person) -> None:
    for _ in range(50):
        if (await person.get("/ready")).status_code == 200:
            return
        await asyncio.sleep(0.1)
    raise AssertionError((await person.get("/ready")).text)


async def test_a_full_disk_is_said_and_is_over_when_there_is_room(disk: Disk, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data", f"sqlite:///{disk.folder / 'todo.db'}")
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("kept")
        program = Program(app, (await make_token(person))["token"])
        disk.fill()
        answer = await refused(person)
        assert answer.status_code == 507 and answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] in {"disk_full", "disk_error"} and "disk" in answer.json()["detail"]
        assert answer.headers["retry-after"]
        await still_reads_and_says_so(person, program)
        disk.free()
        await ready_again(person)
        before = len(await person.all())
        await person.add("after")
        assert len(await person.all()) == before + 1


async def still_reads_and_says_so(person: Person, program: Program) -> None:
    unready = await person.get("/ready")
    assert (unready.status_code, "disk" in unready.json()["detail"]) == (503, True)
    assert "kept" in {task["title"] for task in await person.all()}
    assert (await person.get("/health")).status_code == 200
    chat = await person.post("/api/chat", json={"message": f"add milk: {BIG[:3000]}"})
    assert (chat.status_code, "disk" in chat.json()["detail"]) == (507, True)
    page = await person.post("/api/chat/stream", json=stream_body("add milk " + BIG[:3000], conversation="c"))
    said = page.json()["detail"] if page.status_code == 507 else str(read_stream(page.text))
    assert "disk" in said and "cannot be reached" not in said
    call = {"name": "add_task", "arguments": {"title": "a", "description": BIG[:9000]}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    accepts = {"Accept": "application/json, text/event-stream"}
    result = (await program.post("/mcp", json=body, headers=accepts)).json()["result"]
    assert result["isError"] and "disk" in result["content"][0]["text"]


async def test_a_database_that_can_only_be_read(tmp_path: Path) -> None:
    """Postgres, as after a failover: https://www.postgresql.org/docs/current/errcodes-appendix.html, 25006."""
    address = postgres.new_database()
    name = address.partition("?")[0].rpartition("/")[2]
    async with running_app(settings_for(tmp_path, address)) as app, await new_person(app) as person:
        await person.add("kept")
        change_database(address, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        await app.state.database.engine.dispose()
        answer = await person.post("/api/tasks", json={"title": "a"})
        assert (answer.status_code, answer.json()["code"]) == (507, "read_only")
        assert (await person.get("/ready")).json()["code"] == "read_only"
        assert len(await person.all()) == 1
        change_database(address, f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        await app.state.database.engine.dispose()
        await ready_again(person)
        await person.add("b")


async def test_a_full_disk_of_postgres(tmp_path: Path) -> None:
    """A trigger stands for the server's disk: it raises what Postgres raises, where the journal is written."""
    address = postgres.new_database()
    async with running_app(settings_for(tmp_path, address)) as app, await new_person(app) as person:
        await person.add("kept")
        change_database(
            address,
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
        )
        for table in ("journal", "alembic_version"):
            trigger = f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()"
            change_database(address, trigger)
        answer = await person.post("/api/tasks", json={"title": "a"})
        assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
        assert (await person.get("/ready")).status_code == 503
        assert len(await person.all()) == 1
        change_database(address, "DROP FUNCTION full_disk CASCADE")
        await ready_again(person)
        await person.add("b")


def change_database(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(statement.encode())


async def test_a_log_on_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    """/dev/full refuses each byte with ENOSPC."""
    data = tmp_path / "data"
    with serving(data, f"sqlite:///{tmp_path / 'todo.db'}", output=Path("/dev/full")) as server:
        async with signed_up(server.address) as person:
            for _ in range(100):
                assert (await person.get("/api/tasks")).status_code == 200
            assert lost(await person.get("/metrics"))


def lost(answer: httpx.Response) -> bool:
    lines = [line for line in answer.text.splitlines() if line.startswith("todo_log_lines_lost_total")]
    return float(lines[0].split()[1]) > 50


async def test_a_full_disk_at_the_very_first_start_is_one_sentence(disk: Disk) -> None:
    """The file is there, empty; its first tables do not fit."""
    database = disk.folder / "todo.db"
    database.touch(mode=0o600)
    disk.fill()
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "BETTER_AUTH_SECRET": "x" * 40}
    try:
        ended = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "uvicorn", "backend.main:app", "--port", "0"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        disk.free()
    assert ended.returncode == 34, ended.stderr
    said = [line for line in ended.stderr.splitlines() if not line.startswith("INFO")]
    assert len(said) == 1 and said[0].startswith("Cannot start: the disk that keeps the list"), ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
