"""`./todo backup`, `restore`, and what `./todo up` does about both, in a checkout of their own."""

import gzip
import json
import os
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.backups.daily import DailyBackup
from cli.servers.folder import DataFolder
from tests.backup.conftest import empty_database
from tests.cli.conftest import Checkout


@pytest.fixture
def checkout(checkout_with_backend: Checkout) -> Checkout:
    """One whose data folder holds a database with a user."""
    empty_database(checkout_with_backend.data)
    return checkout_with_backend


def data_of(checkout: Checkout) -> tuple[str, str]:
    return ("--data", str(checkout.data))


def test_a_backup_by_default_stands_in_the_data_folder(checkout: Checkout) -> None:
    done = checkout.run("backup", *data_of(checkout), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (path,) = (checkout.data / "backups").iterdir()
    assert told["file"] == str(path)
    assert {"manifest", "seal", "bytes", "file"} == set(told)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_restored_into_a_new_folder_through_a_pipe(checkout: Checkout, tmp_path: Path) -> None:
    made = subprocess.run(
        checkout.command(["backup", "-", *data_of(checkout)]),
        env=checkout.environment(None), capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert gzip.decompress(made.stdout).startswith(b'{"format":"todo-chatbot-backup"')
    back = subprocess.run(
        checkout.command(["restore", "-", "--data", str(tmp_path / "new"), "--json"]),
        env=checkout.environment(None), input=made.stdout, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert back.returncode == 0, back.stderr
    told = json.loads(back.stdout)
    assert (told["kept"], told["database"]) == (None, str(tmp_path / "new" / "todo.db"))


NEWER = b'{"format":"todo-chatbot-backup","format_version":7,"app_version":"9.0"}\n'


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", 30, "empty"),
        (b"age-encryption.org/v1\n", 30, "age -d"),
        (b"PK\x03\x04\x14\x00\x01\x00", 30, "password"),
        (gzip.compress(NEWER, mtime=0), 30, "9.0"),
        (gzip.compress(b'{"format":"todo-cha', mtime=0), 30, "cut"),
    ],
)
def test_a_bad_file_is_one_sentence_and_a_code(content: bytes, code: int, words: str, checkout: Checkout) -> None:
    path = checkout.data.parent / "bad"
    path.write_bytes(content)
    before = (checkout.data / "todo.db").read_bytes()
    done = checkout.run("restore", str(path), *data_of(checkout), "--replace")
    assert done.returncode == code, done.stderr
    sentence = done.stderr.splitlines()[-1]
    assert words in sentence and "Traceback" not in done.stderr
    assert (checkout.data / "todo.db").read_bytes() == before


def test_what_is_there_is_not_replaced_without_a_word(checkout: Checkout) -> None:
    path = checkout.data.parent / "made.jsonl.gz"
    assert checkout.run("backup", str(path), *data_of(checkout)).returncode == 0
    assert checkout.run("backup", str(path), *data_of(checkout)).returncode == 31
    refused = checkout.run("restore", str(path), *data_of(checkout))
    assert (refused.returncode, "--replace" in refused.stderr) == (31, True)
    done = checkout.run("restore", str(path), *data_of(checkout), "--replace")
    assert done.returncode == 0, done.stderr
    assert "before-restore-" in done.stdout
    assert checkout.run("restore", "nothing-there", *data_of(checkout)).returncode == 2
    assert checkout.run("backup", "--data", str(checkout.data / "none")).returncode == 35
    assert checkout.run("backup", "/proc/nowhere/made.jsonl.gz", *data_of(checkout)).returncode == 34


def test_nothing_is_restored_under_a_running_app(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    path = checkout.data.parent / "made.jsonl.gz"
    made = checkout.run("backup", str(path), *data_of(checkout))
    assert made.returncode == 0, made.stderr
    refused = checkout.run("restore", str(path), *data_of(checkout), "--replace")
    assert refused.returncode == 32, refused.stderr
    assert f"./todo down --data {checkout.data}" in refused.stderr
    checkout.run("down", *data_of(checkout))
    assert checkout.run("restore", str(path), *data_of(checkout), "--replace").returncode == 0


def test_a_damaged_database_is_named_with_the_command_that_mends_it(checkout: Checkout) -> None:
    assert checkout.run("backup", *data_of(checkout)).returncode == 0
    database = checkout.data / "todo.db"
    database.write_bytes(os.urandom(20_000))
    refused = checkout.run(*checkout.up, "--detach")
    assert refused.returncode == 33, refused.stderr
    assert "Traceback" not in refused.stderr and str(database) in refused.stderr
    command = next(line for line in refused.stderr.splitlines() if line.startswith("  ./todo restore"))
    words = command.split()[1:]
    assert checkout.run(*words).returncode == 0
    assert checkout.run(*checkout.up, "--detach").returncode == 0


def test_a_damaged_database_without_a_backup_is_named_too(checkout: Checkout) -> None:
    (checkout.data / "todo.db").write_bytes(b"buy milk\n" * 900)
    refused = checkout.run(*checkout.up, "--detach")
    assert (refused.returncode, "There is no good backup" in refused.stderr) == (33, True)


def test_a_running_app_keeps_the_days_backup(checkout: Checkout) -> None:
    running = checkout.start(*checkout.up)
    assert running.stdout is not None
    running.stdout.readline()
    path = checkout.data / "backups" / f"daily-{datetime.now(UTC):%Y-%m-%d}.jsonl.gz"
    wait_until(path)
    assert checkout.run("down", *data_of(checkout)).returncode == 0
    running.wait(timeout=30)
    assert gzip.decompress(path.read_bytes()).startswith(b'{"format"')


def test_an_app_that_was_left_running_keeps_it_too(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    wait_until(checkout.data / "backups" / f"daily-{datetime.now(UTC):%Y-%m-%d}.jsonl.gz")


def wait_until(path: Path) -> None:

    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} was never made"
        time.sleep(0.2)


def test_a_daily_backup_that_fails_is_said_and_logged(tmp_path: Path) -> None:

    (tmp_path / "todo.db").write_bytes(b"rubbish" * 3000)
    said: list[str] = []
    daily = DailyBackup(DataFolder(path=tmp_path), said.append)
    deadline = time.monotonic() + 60
    while not said and time.monotonic() < deadline:
        daily()
        time.sleep(0.1)
    assert "Today's backup was not made" in said[0] and "damaged" in said[0]
    assert said[0].strip() in (tmp_path / "logs" / "backups.log").read_text()
