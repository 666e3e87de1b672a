"""Databases with something in them, and backups of them."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from backend import migrations
from backend.backup.creation import create_file
from backend.backup.restoration import Restored, restore
from backend.backup.snapshot import connected
from backend.settings import Settings
from tests.support import postgres
from tests.support.backend import settings_for
from tests.support.people import Person


def address(settings: Settings) -> URL:
    """The database's address for a backup."""
    url = settings.sqlalchemy_url
    return url if settings.is_postgres else url.set(drivername="sqlite")


def put_back(url: URL, path: Path, *, replace: bool = False, keep: Path | None = None) -> Restored:
    with path.open("rb") as file:
        return restore(url, file, keep=keep, confirm=lambda _what: replace)


async def fill(person: Person) -> None:
    """Tasks of every kind, a conversation, changes, an undo."""
    await person.add(
        "Zwölf Brötchen für 北京 🥨", notes='a "quoted" \\ line\nand another', tags=["Ä", "b"], priority="high"
    )
    daily = await person.add("standup", due="2026-03-05T09:15", timezone="Europe/Berlin", recurrence="FREQ=DAILY")
    await person.add("on a day", due="2999-12-31", project="Küche")
    assert (await person.post(f"/api/tasks/{daily['id']}/complete")).status_code == 200
    told = await person.post("/api/chat", json={"message": "add milk tomorrow at 5pm", "timezone": "Europe/Berlin"})
    assert told.status_code == 200, told.text
    assert (await person.post("/api/undo", json={})).status_code == 200


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A backup of an SQLite database that has its tables and one user."""
    return small_backup(tmp_path)


def small_backup(folder: Path) -> Path:
    url = empty_database(folder / "small")
    path = folder / "small.jsonl.gz"
    create_file(url, path)
    return path


def empty_database(folder: Path) -> URL:
    """A database at the newest revision, with one user."""
    folder.mkdir()
    url = URL.create("sqlite", database=str(folder / "todo.db"))
    (folder / "todo.db").write_bytes(_template())
    return url


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "todo.db"
        with connected(URL.create("sqlite", database=str(path))) as connection:
            migrations.upgrade_to(connection)
            moment = "2026-03-05 16:00:00.123000"
            values = ("u1", "Ann", "ann@example.com", 1, None, moment, moment)
            connection.exec_driver_sql("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, 0)", values)
            connection.commit()
        return path.read_bytes()


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty database of either kind, in another folder."""
    folder = tmp_path / "elsewhere"
    url = f"sqlite:///{folder / 'todo.db'}" if request.param == "sqlite" else postgres.new_database()
    folder.mkdir()
    yield settings_for(folder, url)
