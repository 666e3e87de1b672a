"""`python -m backend.backup`: what the backend's image offers where there is no `./todo`. Exit codes: errors.py."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from backend.backup.address import database_at
from backend.backup.creation import create, create_file
from backend.backup.daily import keep_daily
from backend.backup.errors import BackupError
from backend.backup.faults import of_file
from backend.backup.restoration import check, restore

STREAM = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a failure is one sentence on standard error and its exit code."""
    options = _parser().parse_args(arguments)
    try:
        told: dict[str, Any] = options.run(options)
    except BackupError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"{of_file(error).message}\n")
        return of_file(error).exit_code
    is_stream = options.run is _create and options.file == STREAM  # the backup itself went to standard output
    print(json.dumps(told), file=sys.stderr if is_stream else sys.stdout)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend.backup", description=__doc__)
    commands = parser.add_subparsers(required=True)
    made = _command(commands, "create", _create, "Back up the database that the settings name.")
    made.add_argument("file", help="where to; - for standard output")
    back = _command(commands, "restore", _restore, "Put a backup in the place of the database.")
    back.add_argument("file", help="from where; - for standard input")
    back.add_argument("--replace", action="store_true", help="also if rows are there; they are backed up first")
    back.add_argument("--discard", action="store_true", help="with --replace: do not back them up")
    looked = _command(commands, "check", _check, "Read a backup whole and change nothing.")
    looked.add_argument("file", help="from where; - for standard input")
    kept = _command(commands, "keep", _keep, "Make today's backup in a folder, unless it is there; prune.")
    kept.add_argument("folder", type=Path)
    kept.add_argument("--keep", type=int, default=7, help="how many days to keep")
    return parser


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], dict[str, Any]], help_: str) -> Any:
    made = commands.add_parser(name, help=help_, description=help_)
    made.set_defaults(run=run)
    return made


def _create(options: argparse.Namespace) -> dict[str, Any]:
    url, _data = database_at()
    if options.file != STREAM:
        return create_file(url, Path(options.file)).as_dict()
    made = create(url, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return made.as_dict()


def _restore(options: argparse.Namespace) -> dict[str, Any]:
    url, data = database_at()
    keep = None if options.discard else data / "backups"
    with opened(options.file) as file:
        return restore(url, file, keep=keep, confirm=lambda _what: bool(options.replace)).as_dict()


def _check(options: argparse.Namespace) -> dict[str, Any]:
    with opened(options.file) as file:
        manifest, sealed = check(file)
    return {"manifest": manifest.as_dict(), **sealed.as_dict()}


def _keep(options: argparse.Namespace) -> dict[str, Any]:
    os.nice(10)  # nobody waits for it
    url, _data = database_at()
    return keep_daily(url, options.folder, keep=options.keep).as_dict()


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file of that name, or a copy of standard input: a backup is read twice, and must be the same both times."""
    if name != STREAM:
        with Path(name).open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        yield copy


if __name__ == "__main__":
    sys.exit(main())
