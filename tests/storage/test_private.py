"""What is kept is kept from the machine's other users, also what stood open before."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from backend import private
from backend.settings import Settings
from cli.servers.private import make_folder
from tests.support.backend import SECRET, VARIABLES, running_app, settings_for
from tests.support.people import new_person
from tests.support.servers import ROOT

NOBODY = 65534
DATABASE = ("todo.db", "todo.db-wal", "todo.db-shm")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to another user")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def open_modes(folder: Path) -> list[str]:
    """What others could look at."""
    return [str(path) for path in [folder, *folder.rglob("*")] if mode(path) & 0o077]


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


async def use(folder: Path) -> None:
    settings = Settings.model_validate({"TODO_DATA": folder, "log_level": "WARNING"})
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("a")
        assert settings.secret
        assert [mode(folder / name) for name in DATABASE] == [0o600] * 3
    assert open_modes(folder) == []


async def test_a_new_folder_and_its_files_are_ours_alone(tmp_path: Path) -> None:
    await use(tmp_path / "data")


async def test_what_stood_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await use(folder)
    (folder / "logs").mkdir()
    for name in ("logs/backend.log", "logs/page.log.1", "servers.json", "todo.db-wal"):
        (folder / name).touch()
    (folder / "backups").mkdir()
    (folder / "backups" / "old").touch()
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    await use(folder)


async def test_files_that_come_later_are_ours_alone(tmp_path: Path) -> None:
    """SQLite removes `-wal` and `-shm` with the last connection and makes them anew."""
    folder = tmp_path / "data"
    for _ in range(2):
        await use(folder)
        assert not (folder / "todo.db-wal").exists()


async def test_a_folder_with_others_things_keeps_its_mode(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o755)  # noqa: PTH101, S103
    (tmp_path / "letter.txt").touch()
    settings = Settings.model_validate({"TODO_DATA": tmp_path, "log_level": "WARNING"})
    async with running_app(settings) as app, await new_person(app) as person:
        await person.add("a")
        assert [mode(tmp_path / name) for name in DATABASE] == [0o600] * 3
    assert (mode(tmp_path), mode(tmp_path / "letter.txt")) == (0o755, 0o644)
    assert private.open_folder(tmp_path) is False


async def test_a_folder_that_all_share_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    private.open_folder(shared)
    make_folder(shared)
    assert shared.stat().st_mode & 0o7777 == 0o1777


async def test_a_database_elsewhere_is_ours_alone_too(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    file = tmp_path / "place" / "list.sqlite"
    async with (
        running_app(settings_for(tmp_path / "data", f"sqlite:///{file}")) as app,
        await new_person(app) as person,
    ):
        await person.add("a")
        assert [mode(path) for path in sorted(file.parent.iterdir())] == [0o600] * 3
    assert mode(file.parent) == 0o755


def start_as(user: int | None, **variables: str) -> subprocess.CompletedProcess[str]:
    """The backend's settings read as another user would; one sentence or none on standard error."""
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    env |= {"BETTER_AUTH_SECRET": SECRET, "PYTHONPATH": str(ROOT), **variables}
    become = f"os.setgroups([]); os.setuid({user}); " if user else ""  # after the import: the checkout may be closed
    code = f"import os; from backend.settings import settings_or_exit; {become}settings_or_exit()"
    argv = [sys.executable, "-c", code]
    return subprocess.run(argv, env=env, cwd="/", capture_output=True, text=True, timeout=60, check=False)


@as_root
@pytest.mark.parametrize("kept", ["folder", "todo.db", "todo.db-wal"])
def test_what_belongs_to_another_is_said_with_the_way_out(kept: str) -> None:
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other users
    folder.chmod(0o755)
    try:
        if kept != "folder":
            shutil.chown(folder, NOBODY)
            for name in {"todo.db", kept}:
                (folder / name).touch(0o644)
            shutil.chown(folder / "todo.db", NOBODY if kept != "todo.db" else 0)
        answer = start_as(NOBODY, TODO_DATA=str(folder))
    finally:
        shutil.rmtree(folder)
    assert answer.returncode == 1 and "Traceback" not in answer.stderr, answer.stderr
    assert "belongs to root" in answer.stderr and "chown" in answer.stderr and "TODO_DATA" in answer.stderr


def test_a_database_in_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'nowhere' / 'todo.db'}"
    answer = start_as(None, TODO_DATA=str(tmp_path), DATABASE_URL=address)
    assert answer.returncode == 1 and "Traceback" not in answer.stderr
    assert "nowhere" in answer.stderr


@pytest.mark.parametrize(("chosen", "pragma"), [("FULL", 2), ("NORMAL", 1)])
async def test_how_surely_sqlite_writes_is_chosen(tmp_path: Path, chosen: str, pragma: int) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'todo.db'}", sqlite_synchronous=chosen)
    async with running_app(settings) as app, app.state.database.read() as session:
        assert (await session.execute(text("PRAGMA synchronous"))).scalar_one() == pragma


async def test_full_is_what_nobody_has_to_choose(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'todo.db'}")
    async with running_app(settings) as app, app.state.database.read() as session:
        assert (await session.execute(text("PRAGMA synchronous"))).scalar_one() == 2
