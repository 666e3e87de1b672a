"""A restore never overwrites without a word, waits for nobody, and leaves things as they were when it fails."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url

from backend import migrations
from backend.backup import content, sqlite
from backend.backup.creation import create_file
from backend.backup.errors import BackupError, InUseError, OccupiedError, UnreachableError, UnwritableError
from backend.backup.snapshot import connected
from backend.settings import Settings
from tests.backup.conftest import address, empty_database, put_back
from tests.support import postgres
from tests.support.servers import serving


def users(url: URL) -> list[str]:
    with connected(url) as connection:
        return [name for (name,) in connection.execute(text('SELECT name FROM "user" ORDER BY name'))]


def rename_user(url: URL, name: str) -> None:
    with connected(url) as connection:
        connection.execute(text('UPDATE "user" SET name = :name'), {"name": name})
        connection.commit()


def test_rows_that_are_there_are_kept_unless_replacing_is_asked_for(
    elsewhere: Settings, small: Path, tmp_path: Path
) -> None:
    url = address(elsewhere)
    put_back(url, small)
    rename_user(url, "Eve")
    with pytest.raises(OccupiedError, match=r"1 rows.*--replace"):
        put_back(url, small)
    assert users(url) == ["Eve"]
    restored = put_back(url, small, replace=True, keep=tmp_path / "kept")
    assert users(url) == ["Ann"]
    assert restored.kept is not None and restored.kept.stat().st_mode & 0o777 == 0o600
    put_back(url, restored.kept, replace=True, keep=tmp_path / "kept2")  # and what was kept can be restored
    assert users(url) == ["Eve"]


def test_tables_without_rows_are_no_hindrance(elsewhere: Settings, small: Path) -> None:
    with connected(address(elsewhere)) as connection:
        migrations.upgrade_to(connection)
        connection.commit()
    put_back(address(elsewhere), small)
    assert users(address(elsewhere)) == ["Ann"]


def test_no_restore_while_the_app_runs(elsewhere: Settings, small: Path, tmp_path: Path) -> None:
    given = elsewhere.database_url
    assert given is not None
    with serving(tmp_path / "elsewhere", given.get_secret_value()), pytest.raises(InUseError, match="app"):
        put_back(address(elsewhere), small, replace=True, keep=tmp_path / "kept")
    put_back(address(elsewhere), small)
    assert users(address(elsewhere)) == ["Ann"]


def test_a_stale_log_beside_the_old_file_does_not_reach_the_new_one(small: Path, tmp_path: Path) -> None:
    url = empty_database(tmp_path / "there")
    path = Path(str(url.database))
    writer = "import sqlite3,os;c=sqlite3.connect({!r});c.execute('PRAGMA journal_mode=WAL');{};c.commit();os._exit(9)"
    statement = "c.execute(\"UPDATE user SET name = 'Eve'\")"
    subprocess.run([sys.executable, "-c", writer.format(str(path), statement)], check=False)
    assert path.with_name("todo.db-wal").stat().st_size > 0  # as a kill leaves it
    restored = put_back(url, small, replace=True, keep=tmp_path / "kept")
    assert users(url) == ["Ann"]
    assert restored.kept is not None
    put_back(url, restored.kept, replace=True, keep=tmp_path / "kept2")
    assert users(url) == ["Eve"]  # what stood only in the log was backed up


@pytest.mark.parametrize("step", ["insert", "compare", "migrate"])
def test_a_restore_that_fails_in_the_middle_changes_nothing(
    step: str, elsewhere: Settings, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = address(elsewhere)
    put_back(url, small)
    rename_user(url, "Eve")

    def fail(*_arguments: Any, **_named: Any) -> Any:
        raise OSError(28, "No space left on device")

    real = migrations.upgrade_to

    def upgrade(connection: Any, revision: str = "head") -> None:
        fail() if revision == "head" else real(connection, revision)

    if step == "insert":
        monkeypatch.setattr(content.Backup, "parts", fail)
        monkeypatch.setattr(content.Backup, "check", lambda *_: None)
    elif step == "compare":
        monkeypatch.setattr(content, "_compare", fail)
    else:
        monkeypatch.setattr(migrations, "upgrade_to", upgrade)
    with pytest.raises(UnwritableError, match="disk is full"):
        put_back(url, small, replace=True, keep=tmp_path / "kept")
    monkeypatch.undo()
    assert users(url) == ["Eve"]
    assert not list((tmp_path / "elsewhere").glob(".restore-*"))


def test_a_full_disk_while_restoring_changes_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_database(tmp_path / "there")
    rename_user(url, "Eve")
    real = sqlite._insert

    def insert(connection: Any, table: Any, chunks: Iterable[Any]) -> int:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE filler (x)")
        return real(connection, table, chunks)

    monkeypatch.setattr(sqlite, "_insert", insert)
    with pytest.raises(UnwritableError, match="disk is full"):
        put_back(url, small, replace=True, keep=tmp_path / "kept")
    assert users(url) == ["Eve"]


def test_a_full_disk_while_backing_up_is_told(tmp_path: Path) -> None:
    url = empty_database(tmp_path / "there")
    script = """
import sys
from sqlalchemy.engine import make_url
from backend.backup.creation import create
from backend.backup.errors import UnwritableError
try:
    with open("/dev/full", "wb", buffering=0) as file:
        create(make_url(sys.argv[1]), file)
except UnwritableError as error:
    sys.exit(error.message)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(url)], capture_output=True, text=True, check=False, cwd=Path.cwd()
    )
    assert (done.returncode, "The disk is full" in done.stderr) == (1, True), done.stderr


def test_a_backup_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    url = empty_database(tmp_path / "there")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UnwritableError, match="cannot be written"):
        create_file(url, tmp_path / "file" / "made.jsonl.gz")
    path = tmp_path / "made.jsonl.gz"
    path.write_text("mine")
    with pytest.raises(OccupiedError, match="exists already"):
        create_file(url, path)
    assert path.read_text() == "mine"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "made.jsonl.gz", "there"]


def test_nothing_to_back_up_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="no database"):
        create_file(make_url(f"sqlite:///{tmp_path / 'none.db'}"), tmp_path / "made.jsonl.gz")
    sqlite3.connect(tmp_path / "empty.db").close()
    with pytest.raises(UnreachableError, match="no tables"):
        create_file(make_url(f"sqlite:///{tmp_path / 'empty.db'}"), tmp_path / "made.jsonl.gz")
    nowhere = make_url("postgresql+psycopg://todo:hidden@127.0.0.1:9/none")
    with pytest.raises(UnreachableError, match="cannot be reached") as caught:
        create_file(nowhere, tmp_path / "made.jsonl.gz")
    assert "hidden" not in caught.value.message
    assert not (tmp_path / "made.jsonl.gz").exists()


def test_tables_of_the_same_name_that_another_program_made_are_left_alone(small: Path, tmp_path: Path) -> None:
    url = make_url(postgres.new_database()).set(drivername="postgresql+psycopg")
    with connected(url) as connection:
        connection.exec_driver_sql('CREATE TABLE "user" (id text PRIMARY KEY, name text)')
        connection.exec_driver_sql("INSERT INTO \"user\" VALUES ('x', 'of another program')")
        connection.commit()
    with pytest.raises(OccupiedError, match="another program"):
        put_back(url, small, replace=True, keep=tmp_path / "kept")
    assert users(url) == ["of another program"]


def test_a_table_that_somebody_holds_is_waited_for_and_then_told(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.backup.postgres._LOCK_SECONDS", 1)
    name = postgres.new_database()
    url = make_url(name).set(drivername="postgresql+psycopg")
    put_back(url, small)
    with psycopg.connect(name) as other:
        other.execute('SELECT * FROM "user"')
        started = time.monotonic()
        with pytest.raises(InUseError, match="uses the tables"):
            put_back(url, small, replace=True, keep=tmp_path / "kept")
        assert time.monotonic() - started < 10
    assert users(url) == ["Ann"]


def test_rows_of_another_number_than_the_manifest_says_are_never_committed(
    elsewhere: Settings, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.backup.sqlite._insert", lambda _c, _t, chunks: len(list(chunks)) * 0)
    monkeypatch.setattr("backend.backup.postgres._insert", lambda _c, _t, chunks: len(list(chunks)) * 0)
    with pytest.raises(BackupError, match="other rows than the backup"):
        put_back(address(elsewhere), small)
    monkeypatch.undo()
    put_back(address(elsewhere), small)  # the place is as empty as before


def test_a_link_to_the_database_stays_one(small: Path, tmp_path: Path) -> None:
    url = empty_database(tmp_path / "real")
    (tmp_path / "d").mkdir()
    link = tmp_path / "d" / "todo.db"
    link.symlink_to(str(url.database))
    rename_user(url, "Eve")
    put_back(make_url(f"sqlite:///{link}"), small, replace=True, keep=tmp_path / "kept")
    assert link.is_symlink() and users(url) == ["Ann"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files that are somebody else's")
def test_what_root_restores_belongs_to_whom_the_folder_belongs_to(small: Path, tmp_path: Path) -> None:
    url = empty_database(tmp_path / "d")
    for path in (tmp_path / "d", tmp_path / "d" / "todo.db"):
        os.chown(path, 1234, 1234)
    put_back(url, small, replace=True, keep=tmp_path / "d" / "backups")
    made = [tmp_path / "d" / "todo.db", tmp_path / "d" / "backups", *(tmp_path / "d" / "backups").iterdir()]
    assert {path.stat().st_uid for path in made} == {1234}


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_a_restore_that_is_ended_midway_leaves_what_was_there(signal_name: str, small: Path, tmp_path: Path) -> None:
    url = empty_database(tmp_path / "there")
    rename_user(url, "Eve")
    script = f"""
import os, signal, sys
from pathlib import Path
from sqlalchemy.engine import make_url
from backend.backup import content
from backend.backup.restoration import restore
content._compare = lambda *_a, **_k: os.kill(os.getpid(), signal.{signal_name})
with open(sys.argv[2], "rb") as file:
    restore(make_url(sys.argv[1]), file, keep=Path(sys.argv[3]), confirm=lambda _w: True)
"""
    argv = [sys.executable, "-c", script, str(url), str(small), str(tmp_path / "kept")]
    assert subprocess.run(argv, check=False, capture_output=True, timeout=60).returncode != 0
    assert users(url) == ["Eve"]
    put_back(url, small, replace=True, keep=tmp_path / "kept2")
    assert users(url) == ["Ann"]
    assert [entry.name for entry in (tmp_path / "there").iterdir()] == ["todo.db"]
