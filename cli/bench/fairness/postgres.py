"""A Postgres server for one measurement: on a socket of its own, in a folder that is thrown away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cli.checks.needs import find_postgres
from cli.exits import CommandError, Exit

_USER = "postgres"  # whom the server runs as where we are root, which it refuses to be
_MISSING = "Postgres is not installed, or has no user to run as: apt-get install postgresql, or use --sqlite."


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """The address of an empty database until the block ends. Raises CommandError where no Postgres can be started."""
    program = find_postgres()
    identity = _identity()
    if program is None or identity is None:
        raise CommandError(_MISSING, code=Exit.MISSING_TOOL)
    folder = Path(tempfile.mkdtemp(prefix="todo-bench-postgres-"))
    data, control = str(folder / "data"), str(Path(os.path.realpath(program)).parent / "pg_ctl")
    try:
        if identity:
            shutil.chown(folder, _USER)
        _run([str(Path(control).parent / "initdb"), "-D", data, "-U", "todo", "-A", "trust", "--no-sync"], identity)
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _run([control, "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start"], identity)
        try:
            yield f"postgresql://todo@/postgres?host={folder}"
        finally:
            _run([control, "-D", data, "-m", "immediate", "-w", "stop"], identity)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, Any] | None:
    """As whom to run it: as ourselves, or as its own user where we are root; None where that one does not exist."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam(_USER)
    except KeyError:
        return None
    return {"user": _USER, "group": _USER, "extra_groups": []}


def _run(command: list[str], identity: dict[str, Any]) -> None:
    # To a file, not a pipe: the server inherits it, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False, **identity
        )
        output.seek(0)
        if done.returncode != 0:
            raise CommandError(f"{command[0]} failed: {output.read()[-500:].strip()}", code=Exit.SERVER_DIED)
