"""`./todo add`: tasks in plain words."""

import json
import sys
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
from cli.tasks.words import Fields, moment, new_tasks, said

STREAM = "-"


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
        when = {**(moment(client, repeat) if repeat else {}), **(moment(client, due) if due else {})}
        fields = {name: value for name, value in given.items() if value} | when
        read = [task | fields for text in texts for task in ([{"title": text}] if plain else new_tasks(client, text))]
        made = [_create(client, task, as_json=as_json) for task in read]
        client.keep_names_of(made)
    if as_json:
        print(json.dumps(made, ensure_ascii=False, indent=2))


def _texts(words: list[str], *, reads_notes: bool) -> list[str]:
    """What each task is made of. Raises CommandError (USAGE) where there is nothing."""
    if words == [STREAM] and reads_notes:
        raise CommandError("Standard input can hold the tasks or the notes, not both.", code=Exit.USAGE)
    texts = sys.stdin.read().splitlines() if words == [STREAM] else [" ".join(words)]
    found = [text.strip() for text in texts if text.strip()]
    if not found:
        raise CommandError("There is nothing to add: say what is to be done.", code=Exit.USAGE)
    return found


def _create(client: TaskClient, fields: Fields, *, as_json: bool) -> dict[str, Any]:
    """The task as it was made; told at once, so that what stands before a line that is refused is known."""
    made: dict[str, Any] = client.send("POST", "/api/tasks", json=fields).json()
    if not as_json:
        print(f"Added {made['number']}: {said(made)}", flush=True)
    return made
