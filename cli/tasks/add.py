"""`./todo add`: tasks in plain words."""

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.exits import CommandError, Exit
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
from cli.tasks.reference import find_tasks
from cli.tasks.words import Fields, moment, new_tasks, said

STREAM = "-"
MOST_LINES = 200  # of one request


def command(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="What to do, and when; - reads a task from each line.")
    ],
    *,
    plain: Annotated[
        bool, typer.Option("--plain", help="Read nothing in the words: all of them are the title.")
    ] = False,
    due: Annotated[str | None, typer.Option(help="When, in words or as 2026-03-05T17:00.")] = None,
    repeat: Annotated[str | None, typer.Option(help='How it comes back: "every monday".')] = None,
    priority: Annotated[str | None, typer.Option(help="high, medium or low.")] = None,
    project: Annotated[str | None, typer.Option("--project", "-p", help="The project it goes to.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag; may be given again.")] = None,
    notes: Annotated[str | None, typer.Option(help="Notes; - reads them from standard input.")] = None,
    under: Annotated[
        str | None, typer.Option("--under", help="The open task that it is a part of: its number, id, or words.")
    ] = None,
    timezone: ZoneOption = None,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a task in plain words, and tell what was read in them.

    For example: ./todo add call mom tomorrow at 5pm "#family" high priority
    """
    texts = _texts(words, reads_notes=notes == STREAM)
    given = {
        "priority": priority,
        "project": project,
        "tags": tag,
        "notes": sys.stdin.read() if notes == STREAM else notes,
    }
    with opened(url=url, email=email, token=token, data=data, timezone=timezone) as client:
        parent = find_tasks(client, [under], status="open")[0]["id"] if under else None
        when = {**(moment(client, repeat) if repeat else {}), **(moment(client, due) if due else {})}
        fields = {name: value for name, value in (given | {"parent_id": parent}).items() if value} | when
        separate = plain or bool(fields)
        batches = _one_by_one(client, texts, fields, plain=plain) if separate else _together(client, texts)
        made = [task for tasks in batches for task in _told(tasks, silent=as_json)]
        client.keep_names_of(made)
    if as_json:
        print(json.dumps(made, ensure_ascii=False, indent=2))


def _together(client: TaskClient, texts: list[str]) -> Iterator[list[dict[str, Any]]]:
    """As many lines as a request takes: it makes all of their tasks or none, and one undo takes them back."""
    for start in range(0, len(texts), MOST_LINES):
        body = {"lines": [{"text": text} for text in texts[start : start + MOST_LINES]]}
        yield client.send("POST", "/api/tasks/lines", json=body).json()["items"]


def _one_by_one(client: TaskClient, texts: list[str], fields: Fields, *, plain: bool) -> Iterator[list[dict[str, Any]]]:
    """The tasks that the texts ask for, each with the fields that options say."""
    for text in texts:
        for task in [{"title": text}] if plain else new_tasks(client, text):
            yield [client.send("POST", "/api/tasks", json=task | fields).json()]


def _told(made: list[dict[str, Any]], *, silent: bool) -> list[dict[str, Any]]:
    """The tasks; told at once, so that what stands before a line that is refused is known."""
    for task in [] if silent else made:
        print(f"Added {task['number']}: {said(task)}", flush=True)
    return made


def _texts(words: list[str], *, reads_notes: bool) -> list[str]:
    """What each task is made of. Raises CommandError (USAGE) where there is nothing."""
    if words == [STREAM] and reads_notes:
        raise CommandError("Standard input can hold the tasks or the notes, not both.", code=Exit.USAGE)
    texts = sys.stdin.read().splitlines() if words == [STREAM] else [" ".join(words)]
    found = [text.strip() for text in texts if text.strip()]
    if not found:
        raise CommandError("There is nothing to add: say what is to be done.", code=Exit.USAGE)
    return found
