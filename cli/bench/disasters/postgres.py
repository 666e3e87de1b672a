"""A Postgres of one's own that keeps what it acknowledged (fsync on), and can be restarted without any care."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from cli.checks.needs import find_postgres
from cli.exits import CommandError, Exit

ACCOUNT = "postgres"  # Postgres refuses to run as root


class Postgres:
    """A server in `folder`, reached through a socket there. Raises CommandError: it is not installed, or fails."""

    def __init__(self, folder: Path) -> None:
        found = find_postgres()
        if found is None:
            raise CommandError("PostgreSQL is not installed: apt-get install postgresql.", code=Exit.MISSING_TOOL)
        self._programs, self._folder = Path(found).parent, folder
        folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(folder, ACCOUNT)
        options = ("--username=todo", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", str(folder / "data"), *options)
        self.start()
        with psycopg.connect(f"postgresql://todo@/postgres?host={folder}", autocommit=True) as connection:
            connection.execute("CREATE DATABASE todo")

    @property
    def address(self) -> str:
        return f"postgresql://todo@/todo?host={self._folder}"

    def start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses= -c max_connections=100"
        self._control("-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def restart_at_once(self) -> None:
        """As after a crash: no checkpoint, connections cut; the log of changes is replayed at the start."""
        self.stop()
        self.start()

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-w", *words)

    def _run(self, program: str, *words: str) -> None:
        identity: dict[str, Any] = {}
        if os.getuid() == 0:
            pwd.getpwnam(ACCOUNT)
            identity = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
        log = self._folder / "commands.log"
        with log.open("a") as output:
            command = [str(self._programs / program), *words]
            code = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False, **identity).returncode
        if code != 0:
            raise CommandError(f"{program} failed:\n{log.read_text()[-2000:]}", code=Exit.FAILED)
