"""`./todo list`: the tasks that pass every filter."""

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.tasks.account import (
    DataOption,
    EmailOption,
    JsonOption,
    TaskClient,
    TokenOption,
    UrlOption,
    ZoneOption,
    opened,
)
from cli.tasks.table import is_styled, rows, terminal_width
from cli.tasks.words import period

PAGE = 200


def command(
    words: Annotated[list[str] | None, typer.Argument(help="Only tasks in which all these words occur.")] = None,
    *,
    status: Annotated[str, typer.Option(help="open, done or all.")] = "open",
    project: Annotated[str | None, typer.Option("--project", "-p", help="Only this project's.")] = None,
    tag: Annotated[str | None, typer.Option("--tag", "-t", help="Only those with this tag.")] = None,
    priority: Annotated[str | None, typer.Option(help="Only these: high, medium or low.")] = None,
    due: Annotated[
        str | None, typer.Option(help='Only those due then, in words: today, "this week", 2026-03-05.')
    ] = None,
    due_from: Annotated[str | None, typer.Option(metavar="DAY", help="Due on that day or later.")] = None,
    due_to: Annotated[str | None, typer.Option(metavar="DAY", help="Due on that day or before.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose time has passed.")] = False,
    no_due: Annotated[bool, typer.Option("--no-due", help="Only those without a due date.")] = False,
    completed_from: Annotated[str | None, typer.Option(metavar="DAY", help="Done on that day or later.")] = None,
    completed_to: Annotated[str | None, typer.Option(metavar="DAY", help="Done on that day or before.")] = None,
    sort: Annotated[
        str, typer.Option(help="due, created, updated, priority, title or order; with - before it, backwards.")
    ] = "due",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many. Default: all.")] = None,
    count: Annotated[bool, typer.Option("--count", help="Only tell how many there are.")] = False,
    timezone: ZoneOption = None,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """List tasks, the next due first. Days are YYYY-MM-DD, inclusive.

    Columns fit the terminal; through a pipe nothing is cut and nothing is coloured.
    """
    filters: dict[str, Any] = {
        "search": " ".join(words or []) or None,
        "status": None if status == "open" and (completed_from or completed_to) else status,
        "project": project, "tag": tag, "priority": priority, "due_from": due_from, "due_to": due_to,
        "overdue": overdue, "no_due": no_due, "completed_from": completed_from, "completed_to": completed_to,
        "sort": sort,
    }  # fmt: skip
    with opened(url=url, email=email, token=token, data=data, timezone=timezone) as client:
        filters |= period(client, due) if due else {}
        if count:
            total = client.get("/api/tasks", **filters, count=True, limit=1)["total"]
            print(json.dumps({"total": total}) if as_json else total)
            return
        tasks = list(_pages(client, filters, limit=limit))
    if as_json:
        print(json.dumps(tasks, ensure_ascii=False, indent=2))
        return
    for row in rows(tasks, width=terminal_width(), styled=is_styled()):
        print(row)


def _pages(client: TaskClient, filters: dict[str, Any], *, limit: int | None) -> Iterator[dict[str, Any]]:
    """Each task of the pages, up to the limit."""
    cursor, left = None, limit
    while left is None or left > 0:
        page = client.get("/api/tasks", **filters, limit=min(PAGE, left or PAGE), cursor=cursor)
        if cursor is None:
            say_similar(page.get("similar", {}))
        yield from page["items"]
        left = None if left is None else left - len(page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return


def say_similar(similar: dict[str, list[str]]) -> None:
    """Which words were looked for in place of mistyped ones; beside the list, which a program may read."""
    for word, near in similar.items():
        sys.stderr.write(f"No task holds “{word}”. These hold {' or '.join(f'“{other}”' for other in near)}.\n")
