"""A week of daily backups: one a day, pruned, and never without a good one."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.backup.daily import good, keep_daily, newest_good
from backend.backup.errors import BackupError
from tests.backup.conftest import empty_database

START = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_ten_days_leave_the_last_seven(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    for day in range(10):
        assert keep_daily(url, folder, START + timedelta(days=day)).made
    assert names(folder) == [f"daily-2026-03-{day:02}.jsonl.gz" for day in range(4, 11)]
    assert (folder / "daily-2026-03-10.jsonl.gz").stat().st_mode & 0o777 == 0o600


def test_one_a_day(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    assert keep_daily(url, folder, START).made
    assert not keep_daily(url, folder, START + timedelta(minutes=20)).made
    assert keep_daily(url, folder, START + timedelta(minutes=40)).made


def test_a_bad_one_of_today_is_made_again(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    path = keep_daily(url, folder, START).path
    path.write_bytes(path.read_bytes()[:-40])
    assert keep_daily(url, folder, START).made
    assert good(path)


def test_a_month_away_and_a_clock_that_jumped_remove_no_more_than_one(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    for day in range(7):
        keep_daily(url, folder, START + timedelta(days=day))
    assert keep_daily(url, folder, START + timedelta(days=4000)).pruned == ("daily-2026-03-01.jsonl.gz",)
    kept = keep_daily(url, folder, START + timedelta(days=8))  # the clock is right again
    assert kept.path.exists() and len(names(folder)) == 7


def test_a_database_that_lost_its_rows_pushes_no_backup_out(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    keep_daily(url, folder, START)
    with sqlite3.connect(str(url.database)) as connection:
        connection.execute("DELETE FROM user")
    for day in range(1, 20):
        assert keep_daily(url, folder, START + timedelta(days=day)).pruned == ()
    assert "daily-2026-03-01.jsonl.gz" in names(folder)


def test_a_damaged_database_prunes_nothing(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    for day in range(7):
        keep_daily(url, folder, START + timedelta(days=day))
    before = names(folder)
    Path(str(url.database)).write_bytes(b"rubbish" * 2000)
    with pytest.raises(BackupError):
        keep_daily(url, folder, START + timedelta(days=8))
    assert names(folder) == before


def test_files_of_others_stay(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    folder.mkdir()
    mine = ["before-restore-20260101T000000Z.jsonl.gz", "daily-notes.txt", "todo-20260101T000000Z.jsonl.gz"]
    for name in mine:
        (folder / name).write_text("mine")
    for day in range(9):
        keep_daily(url, folder, START + timedelta(days=day), keep=1)
    assert names(folder) == sorted([*mine, "daily-2026-03-09.jsonl.gz"])


def test_the_newest_good_one_is_found_among_bad_ones(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    assert newest_good(folder) is None
    first = keep_daily(url, folder, START).path
    second = keep_daily(url, folder, START + timedelta(days=1)).path
    found = newest_good(folder)
    assert found and found[0] == second
    second.write_bytes(second.read_bytes()[:-40])
    (folder / "zzz.jsonl.gz").write_bytes(b"rubbish")
    found = newest_good(folder)
    assert found and found[0] == first


def test_files_that_cannot_be_restored_push_no_good_one_out(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    for day in range(5):
        keep_daily(url, folder, START + timedelta(days=day))
    for day in range(5, 12):
        (folder / f"daily-2026-03-{day + 1:02}.jsonl.gz").write_bytes(b"")
    keep_daily(url, folder, START + timedelta(days=12))
    assert sum(1 for entry in folder.iterdir() if good(entry)) == 6


def test_what_a_killed_backup_left_goes_after_a_day(tmp_path: Path) -> None:
    url, folder = empty_database(tmp_path / "d"), tmp_path / "backups"
    (tmp_path / "d" / ".backup-killed").mkdir()
    (tmp_path / "d" / ".backup-killed" / "copy.db").write_bytes(b"x")
    keep_daily(url, folder, datetime.now(UTC))
    assert (tmp_path / "d" / ".backup-killed").exists()  # it may be at work still
    keep_daily(url, folder, datetime.now(UTC) + timedelta(days=2))
    assert not (tmp_path / "d" / ".backup-killed").exists()
