"""`./todo export`: the list, or a view of it, as a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.exchange.connection import Account, DataOption, EmailOption, TokenOption, UrlOption, checked, connected
from cli.exits import CommandError, Exit

STREAM = Path("-")
FORMATS = {".json": "json", ".csv": "csv", ".ics": "icalendar", ".txt": "todotxt", ".md": "markdown"}


def command(
    file: Annotated[Path, typer.Argument(help="Where to; - for standard output.")] = STREAM,
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", help=f"{', '.join(FORMATS.values())}. Default: the file's suffix tells it, or json."),
    ] = None,
    status: Annotated[str, typer.Option(help="open, done or all.")] = "all",
    project: Annotated[str | None, typer.Option(help="Only the tasks of this project.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only the tasks with this tag.")] = None,
    priority: Annotated[str | None, typer.Option(help="Only the tasks of this priority: high, medium or low.")] = None,
    search: Annotated[str | None, typer.Option(help="Only the tasks in which these words occur.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
) -> None:
    """Write the list into a file: JSON (everything), CSV, iCalendar, todo.txt or Markdown."""
    if file != STREAM and file.exists() and not replace:
        raise CommandError(f"{file} is there already: name another file, or add --replace.", code=Exit.OCCUPIED)
    filters = {"status": status, "project": project, "tag": tag, "priority": priority, "search": search}
    query = {name: value for name, value in filters.items() if value} | {
        "format": form or FORMATS.get(file.suffix.lower(), "json")
    }
    with connected(Account(url=url, email=email, token=token, data=data)) as client:
        content = checked(client.get("/api/export", params=query), "Nothing was exported").content
    if file == STREAM:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror or error}.", code=Exit.UNWRITABLE) from error
    print(f"{file}: {len(content):,} bytes")
