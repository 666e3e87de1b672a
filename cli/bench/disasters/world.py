"""The program that disasters come over: one backend over SQLite, or two over one Postgres."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, create_engine, make_url

from backend.migrations import downgrade_to
from cli.bench.disasters.history import Row
from cli.bench.disasters.postgres import Postgres
from cli.environment import ROOT
from cli.exits import CommandError, Exit
from cli.servers.ports import any_free
from cli.servers.start import plan_backend

SECRET = "a secret of the disasters, thrown away with them"  # noqa: S105
START_SECONDS = 60.0
PAGE_BYTES = 4096
QUERY = "SELECT revision, kind, task_id, before, after, undoes FROM journal WHERE user_id = {} ORDER BY revision"


class World:
    """Backends on ports of their own, in a folder that keeps their logs and data."""

    def __init__(self, folder: Path, *, postgres: bool) -> None:
        self.folder = folder
        folder.mkdir()
        self.postgres = Postgres(folder / "postgres") if postgres else None
        self.ports = [any_free() for _ in range(2 if postgres else 1)]
        began = time.monotonic()
        self.processes = [self._launch(index) for index in range(len(self.ports))]
        try:
            for index in range(len(self.ports)):
                self.wait_until_ready(index)
        except CommandError:
            self.close()  # nobody else knows of these processes yet
            raise
        self.start_seconds = time.monotonic() - began  # all at once, with nothing else to do

    @property
    def addresses(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    def kill(self, index: int) -> float:
        """kill -9 and a start at once; the seconds until it is ready again."""
        began = time.monotonic()
        self.processes[index].kill()
        self.processes[index].wait()
        self.processes[index] = self._launch(index)
        self.wait_until_ready(index)
        return time.monotonic() - began

    def replace(self, index: int, *, clock: str = "") -> None:
        """End it as an upgrade does, and start it anew; with `clock` its time is that much off (`+1h`, by faketime)."""
        self.processes[index].terminate()
        self.processes[index].wait(timeout=30)
        self.processes[index] = self._launch(index, clock=clock)
        self.wait_until_ready(index)

    def replace_all(self) -> None:
        """One after another, as a rollout does."""
        for index in range(len(self.ports)):
            self.replace(index)

    def change_schema(self) -> None:
        """End all, go one revision back, and start them: the schema is brought up beneath the data that is there."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=30)
        engine = create_engine(self._sqlalchemy_address)
        with engine.begin() as connection:
            downgrade_to(connection)
        engine.dispose()
        self.processes = [self._launch(index) for index in range(len(self.ports))]
        for index in range(len(self.ports)):
            self.wait_until_ready(index)

    def fill_disk(self, seconds: float) -> None:
        """No backend may write a file beyond its first page: what SQLite and the log do then, a full disk does too."""
        before = [resource.prlimit(process.pid, resource.RLIMIT_FSIZE) for process in self.processes]
        for process, (_, hard) in zip(self.processes, before, strict=True):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (PAGE_BYTES, hard))
        time.sleep(seconds)
        for process, limits in zip(self.processes, before, strict=True):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)

    def freeze(self, index: int, seconds: float) -> None:
        self.processes[index].send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.processes[index].send_signal(signal.SIGCONT)

    def wait_until_ready(self, index: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not is_ready(self.addresses[index]):
            if self.processes[index].poll() is not None or time.monotonic() > deadline:
                raise CommandError(f"A backend did not come up; its log: {self._log(index)}", code=Exit.SERVER_DIED)
            time.sleep(0.05)

    def journal(self, user: str) -> list[Row]:
        """The user's rows, read from the database itself."""
        if self.postgres:
            with psycopg.connect(self.postgres.address) as connection:
                return [_row(fields) for fields in connection.execute(QUERY.format("%s").encode(), (user,))]
        with closing(sqlite3.connect(self.folder / "todo.db")) as database:
            return [_row(fields) for fields in database.execute(QUERY.format("?"), (user,))]

    @property
    def _sqlalchemy_address(self) -> URL:
        if self.postgres:
            return make_url(self.postgres.address).set(drivername="postgresql+psycopg")
        return make_url(f"sqlite:///{self.folder / 'todo.db'}")

    def close(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        if self.postgres:
            self.postgres.stop()

    def _log(self, index: int) -> Path:
        return self.folder / f"backend-{index}.log"

    def _launch(self, index: int, *, clock: str = "") -> "subprocess.Popen[bytes]":
        plan = plan_backend(data=self.folder, port=self.ports[index])
        environment = {**os.environ, **plan.environment, "BETTER_AUTH_SECRET": SECRET}
        address = self.postgres.address if self.postgres else f"sqlite:///{self.folder / 'todo.db'}"
        environment |= {"DATABASE_URL": address, "OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}
        command = ["faketime", "-f", clock, *plan.command] if clock else plan.command
        with self._log(index).open("ab") as output:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)


def has_faketime() -> bool:
    return shutil.which("faketime") is not None


def is_ready(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/ready", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _row(fields: tuple[Any, ...]) -> Row:
    revision, kind, task, before, after, undoes = fields
    documents = [json.loads(text) if text else None for text in (before, after)]
    return Row(revision=revision, kind=kind, task=task, before=documents[0], after=documents[1], undoes=undoes)
