"""A Postgres server for one run of the tests, in a folder of its own; the first test that needs it starts it."""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

FOLDER_VARIABLE = "TODO_TEST_POSTGRES"  # the run's folder, made by the first process and inherited by xdist's workers
REQUIRE_VARIABLE = "TODO_REQUIRE_POSTGRES"
_DEBIAN = Path("/usr/lib/postgresql")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


def make_folder() -> None:
    folder = tempfile.mkdtemp(prefix="todo-postgres-")
    if os.getuid() == 0 and (user := _user()):
        shutil.chown(folder, user)
    os.environ[FOLDER_VARIABLE] = folder


def remove_folder() -> None:
    folder = Path(os.environ.pop(FOLDER_VARIABLE))
    if (folder / "data" / "postmaster.pid").exists():
        stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


def new_database() -> str:
    """The address of an empty database. Where there is no server the test is skipped, or fails if one is required."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    with _locked(folder):
        if not (folder / "data" / "postmaster.pid").exists():
            initialise(folder)
            start(folder)
    name = f"test_{uuid4().hex}"
    with psycopg.connect(_address(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return _address(folder, name)


def initialise(folder: Path) -> None:
    options = ("--username=todo", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    _run(folder, "initdb", "-D", str(folder / "data"), *options)


def start(folder: Path) -> None:
    """Start the server; returns once it answers."""
    settings = " ".join(f"-c {setting}" for setting in _FAST)
    options = f"-k {folder} {settings}"
    _run(folder, "pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-o", options, "-w", "start")


def stop(folder: Path) -> None:
    """Stop the server, its connections cut off."""
    _run(folder, "pg_ctl", "-D", str(folder / "data"), "-m", "fast", "-w", "stop")


def _address(folder: Path, name: str) -> str:
    return f"postgresql://todo@/{name}?host={folder}"


def _run(folder: Path, program: str, *arguments: str) -> None:
    identity: dict[str, Any] = {}
    if os.getuid() == 0:  # Postgres refuses to run as root
        identity = {"user": _user(), "group": _user(), "extra_groups": []}
    with (folder / f"{program}.log").open("a") as log:
        done = subprocess.run([_program(program), *arguments], stdout=log, stderr=log, cwd="/", check=False, **identity)
    if done.returncode != 0:
        pytest.fail(f"{program} failed:\n{(folder / f'{program}.log').read_text()[-2000:]}")


def _program(name: str) -> str:
    found = shutil.which(name) or next((str(path) for path in sorted(_DEBIAN.glob(f"*/bin/{name}"))), None)
    if found is None or (os.getuid() == 0 and _user() is None):
        _refuse("Postgres is not installed (Debian, Ubuntu: apt install postgresql)")
    return str(found)


def _user() -> str | None:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None


def _refuse(reason: str) -> None:
    if os.environ.get(REQUIRE_VARIABLE) == "1":
        pytest.fail(reason)
    pytest.skip(f"{reason}; {REQUIRE_VARIABLE}=1 makes this a failure")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
