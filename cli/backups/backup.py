"""`./todo backup`: the whole list, of all its users, in one file."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import URL

from backend.backup.address import database_at
from backend.backup.creation import Made, create, create_file
from backend.backup.daily import SUFFIX
from backend.backup.faults import of_file
from cli.backups.words import content, translated
from cli.exits import CommandError, Exit
from cli.progress import row
from cli.servers.folder import open_folder

STREAM = Path("-")


def command(
    file: Annotated[
        Path | None, typer.Argument(help="A new file; - for standard output. Default: one in DATA/backups.")
    ] = None,
    *,
    data: Annotated[Path | None, typer.Option(help="The data folder. Default: .todo in the checkout.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest and checksums as JSON.")] = False,
) -> None:
    """Back up the database of the data folder, or the one that DATABASE_URL names, also while the app runs.

    The file holds everything of all users, password hashes too: keep it as you would keep those. `./todo restore`
    reads it, into SQLite or Postgres.
    """
    with translated():
        url, folder = database_at(open_folder(data).path)
        if file == STREAM:
            report(_to_stream(url), STREAM, as_json=as_json)
            return
        path = (file or folder / "backups" / f"todo-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}").expanduser()
        with row("Backing up"):
            made = create_file(url, path)
        report(made, path, as_json=as_json)


def _to_stream(url: URL) -> Made:
    if sys.stdout.isatty():
        raise CommandError("A backup is no text for a terminal: name a file, or pipe it on.", code=Exit.USAGE)
    try:
        made = create(url, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise of_file(error) from error
    return made


def report(made: Made, path: Path, *, as_json: bool) -> None:
    """The result: to standard error where the backup itself went to standard output."""
    out = sys.stderr if path == STREAM else sys.stdout
    if as_json:
        print(json.dumps({"file": str(path), **made.as_dict()}, indent=2), file=out)
    else:
        print(f"{path}: {content(made.manifest)} ({made.size:,} bytes)", file=out)
