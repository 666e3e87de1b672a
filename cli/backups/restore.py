"""`./todo restore`: a backup in the place of what is there, checked whole before anything changes."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from backend.backup.__main__ import STREAM, opened
from backend.backup.address import database_at
from backend.backup.errors import OccupiedError
from backend.backup.faults import of_file
from backend.backup.restoration import Restored, restore
from cli.backups.words import content, translated
from cli.environment import locked
from cli.exits import CommandError, Exit
from cli.progress import row
from cli.servers.folder import DataFolder, open_folder, read_servers
from cli.servers.processes import is_running


def command(
    file: Annotated[Path, typer.Argument(help="A backup of ./todo backup; - for standard input.")],
    *,
    data: Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also if there are rows: they are backed up first, into DATA/backups.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was restored as JSON.")] = False,
) -> None:
    """Restore a backup into the data folder, or into the database that DATABASE_URL names; stop the app first.

    The backup is read whole and checked before anything changes, then takes its place all at once. One of an older
    version is brought up to date; one of a newer version is refused.
    """
    if str(file) != STREAM and not file.is_file():
        raise CommandError(f"There is no file {file}.", code=Exit.USAGE)
    folder = open_folder(data)
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with translated(), locked(folder.path, waiting=f"Waiting for another ./todo on {folder.path} …"):
            require_stopped(folder)
            done = _restore(folder, str(file), replace=replace)
    except OSError as error:
        raise CommandError(of_file(error).message, code=Exit.UNWRITABLE) from error
    report(done, as_json=as_json)


def require_stopped(folder: DataFolder) -> None:
    """Raise CommandError while `./todo up` runs on the folder."""
    if any(is_running(server.process) for server in read_servers(folder)):
        option = "" if folder == open_folder(None) else f" --data {folder.path}"
        raise CommandError(
            f"The app runs on {folder.path}; nothing was changed. Stop it (`./todo down{option}`), then restore again.",
            code=Exit.IN_USE,
        )


def _restore(folder: DataFolder, file: str, *, replace: bool) -> Restored:
    """Restore; at a terminal, ask about rows that are there, and then restore after all."""
    try:
        return _attempt(folder, file, replace=replace)
    except OccupiedError as error:
        if file == STREAM or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        sys.stderr.write(f"{error.message}\n")
        if not typer.confirm("Back up what is there, and replace it?", err=True):
            raise
    return _attempt(folder, file, replace=True)


def _attempt(folder: DataFolder, file: str, *, replace: bool) -> Restored:
    url, _data = database_at(folder.path)
    with opened(file) as source, row("Checking the backup and restoring it"):
        return restore(url, source, keep=folder.path / "backups", confirm=lambda _what: replace)


def report(done: Restored, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(done.as_dict(), indent=2))
        return
    print(f"Restored into {done.place}: {content(done.manifest)}.")
    if done.kept:
        print(f"What was there before is kept: {done.kept}")
    if done.replaced_values:
        print(f"{done.replaced_values:,} values held characters that Postgres cannot keep; U+FFFD stands for those.")
    sys.stderr.write(
        "Passwords and access tokens work as before. Browsers stay signed in if the auth secret is the same.\n"
    )
