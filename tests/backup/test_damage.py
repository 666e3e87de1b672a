"""Damage in the database is told as such: at the start, while the app runs, by every surface."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from backend.backup import integrity
from backend.backup.creation import create_file
from backend.backup.errors import DamagedError
from backend.backup.integrity import look
from backend.damage import is_damage
from backend.main import create_app
from tests.backup.conftest import empty_database, put_back
from tests.support.backend import running_app, settings_for
from tests.support.people import new_person


def filled(folder: Path) -> Path:
    """A database of some hundred pages, its log settled."""
    path = Path(str(empty_database(folder).database))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE filler (x)")
        connection.executemany("INSERT INTO filler VALUES (?)", [(os.urandom(900),) for _ in range(1000)])
    return path


def spoil(path: Path, *, start: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(os.urandom(size))


def spoil_all_but_the_first_page(path: Path) -> None:
    spoil(path, start=4096, size=path.stat().st_size - 4096)
    path.with_name("todo.db-wal").unlink(missing_ok=True)
    path.with_name("todo.db-shm").unlink(missing_ok=True)


def swap(path: Path, away: Path, *, replaced: bool) -> None:
    path.rename(away)
    if replaced:
        path.write_bytes(away.read_bytes())


def test_a_whole_database_is_whole(tmp_path: Path) -> None:
    assert look(filled(tmp_path / "d")) == integrity.Finding()
    assert look(tmp_path / "none.db") == integrity.Finding()


@pytest.mark.parametrize(
    ("start", "size"),
    [(0, 4096), (0, 16), (4096 * 30, 4096 * 3), (4096 * 2, 200), (4096 * 100, 4096 * 20)],
)
def test_damaged_pages_are_found(start: int, size: int, tmp_path: Path) -> None:
    path = filled(tmp_path / "d")
    spoil(path, start=start, size=size)
    assert look(path).damage


@pytest.mark.parametrize("content", [b"buy milk\n" * 500, b"\0" * 8192, b"\x1f\x8b" * 600])
def test_a_file_that_is_no_database_is_found(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "todo.db"
    path.write_bytes(content)
    assert look(path).damage


def test_a_cut_database_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "d")
    os.truncate(path, path.stat().st_size // 2)
    assert look(path).damage


def test_a_check_that_takes_too_long_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "_STEPS", 10)
    path = filled(tmp_path / "d")
    assert look(path, seconds=0) == integrity.Finding(finished=False)


def killed_writer(path: Path, *, commits: int) -> Path:
    """A database whose last commits stand in its log alone, as after a kill; the log."""
    script = (
        "import sqlite3, os, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA journal_mode=WAL'); c.execute('PRAGMA wal_autocheckpoint=0');"
        "add = 'INSERT INTO filler VALUES (?)';"
        "[c.execute(add, (os.urandom(3000),)) for _ in range(int(sys.argv[2]))]; os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(path), str(commits)], check=False)
    return path.with_name("todo.db-wal")


def test_a_whole_log_and_a_torn_one_are_no_damage(tmp_path: Path) -> None:
    path = filled(tmp_path / "d")
    log = killed_writer(path, commits=20)
    data = log.read_bytes()
    assert len(data) > 50_000
    for size in (len(data), len(data) - 1000, len(data) - 4120, 40, 20, 0):
        log.write_bytes(data[:size])
        copy = tmp_path / f"copy-{size}"
        copy.mkdir()
        (copy / "todo.db").write_bytes(path.read_bytes())
        (copy / "todo.db-wal").write_bytes(data[:size])
        assert not look(copy / "todo.db").damage, size


def test_a_damaged_log_is_found_though_sqlite_passes_over_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "d")
    log = killed_writer(path, commits=20)
    spoil(log, start=20_000, size=4)
    with sqlite3.connect(path) as unaware:
        assert unaware.execute("PRAGMA quick_check").fetchone() == ("ok",)
    unaware.close()

    second = filled(tmp_path / "e")
    spoil(killed_writer(second, commits=20), start=20_000, size=4)
    assert "write-ahead log is damaged, and a commit follows" in look(second).damage
    third = filled(tmp_path / "f")
    spoil(killed_writer(third, commits=20), start=4, size=4)
    assert "header of its write-ahead log" in look(third).damage


def test_a_backup_of_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "d")
    spoil(path, start=4096, size=4096 * 20)
    with pytest.raises(DamagedError, match="is damaged"):
        create_file(make_url(f"sqlite:///{path}"), tmp_path / "made.jsonl.gz")
    assert not (tmp_path / "made.jsonl.gz").exists()


def test_a_damaged_file_is_moved_aside_by_a_restore(small: Path, tmp_path: Path) -> None:
    for number, content in enumerate((b"rubbish" * 3000, None)):
        path = filled(tmp_path / f"d{number}")
        if content:
            path.write_bytes(content)
        else:
            spoil(path, start=4096, size=4096 * 20)
        before = path.read_bytes()
        restored = put_back(make_url(f"sqlite:///{path}"), small, replace=True, keep=tmp_path / f"kept{number}")
        assert restored.kept is not None
        assert (restored.kept / "todo.db").read_bytes()[100:] == before[100:]
        assert not look(path).damage


async def test_damage_met_while_running_is_told_by_every_surface(tmp_path: Path) -> None:
    path = Path(str(empty_database(tmp_path / "d").database))
    settings = settings_for(tmp_path / "d", f"sqlite:///{path}")
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("one")
        assert (await person.get("/ready")).status_code == 200
        await app.state.database.dispose()
        spoil_all_but_the_first_page(path)
        for answer in (
            await person.get("/api/tasks"),
            await person.post("/api/tasks", json={"title": "two"}),
            await person.post("/api/chat", json={"message": "add milk"}),
            await person.get("/ready"),
        ):
            assert answer.status_code == 503, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            assert "database is damaged" in answer.json()["detail"] and "./todo up" in answer.json()["detail"]
        assert (await person.get("/health")).status_code == 200


async def test_an_app_that_starts_on_no_database_serves_the_reason(tmp_path: Path) -> None:
    (tmp_path / "todo.db").write_bytes(b"rubbish" * 3000)
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'todo.db'}"))
    transport = httpx.ASGITransport(app=app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        assert (await client.get("/health")).status_code == 200
        answer = await client.get("/ready")
        assert (answer.status_code, "database is damaged" in answer.json()["detail"]) == (503, True)


@pytest.mark.parametrize("how", ["replaced", "removed"])
async def test_a_swapped_file_is_not_written_to(how: str, tmp_path: Path) -> None:
    path = Path(str(empty_database(tmp_path / "d").database))
    settings = settings_for(tmp_path / "d", f"sqlite:///{path}")
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("one")
        swap(path, path.with_name("elsewhere.db"), replaced=how == "replaced")
        for answer in (
            await person.post("/api/tasks", json={"title": "lost"}),
            await person.get("/api/tasks"),
            await person.get("/ready"),
        ):
            assert answer.status_code == 503, answer.text
            assert "replaced or removed" in answer.json()["detail"]
        (tmp_path / "d" / "elsewhere.db").replace(path)
        assert [task["title"] for task in await person.all()] == ["one"]


def test_postgres_damage_is_known_by_its_codes() -> None:
    class PostgresError(Exception):
        def __init__(self, sqlstate: str) -> None:
            self.sqlstate = sqlstate

    assert is_damage(PostgresError("XX001")) and is_damage(PostgresError("XX002"))
    assert not is_damage(PostgresError("23505")) and not is_damage(None)
