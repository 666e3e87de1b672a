"""`./todo edit`: change fields of a task."""

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
from cli.tasks.reference import find_tasks
from cli.tasks.words import Fields, changes, moment, said

STREAM = "-"
CLEARED = {
    "due": ("due", "recurrence"), "repeat": ("recurrence",), "priority": ("priority",), "project": ("project",),
    "tags": ("tags",), "notes": ("notes",),
}  # fmt: skip


def command(
    task: Annotated[str, typer.Argument(help="Its number, its id, or words of its title in quotes.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(help="What to change, in plain words: friday at 3 #work. Other words are the new title."),
    ] = None,
    *,
    title: Annotated[str | None, typer.Option(help="The new title, taken as it is.")] = None,
    due: Annotated[str | None, typer.Option(help="When, in words or as 2026-03-05T17:00.")] = None,
    repeat: Annotated[str | None, typer.Option(help='How it comes back: "every monday".')] = None,
    priority: Annotated[str | None, typer.Option(help="high, medium or low.")] = None,
    project: Annotated[str | None, typer.Option("--project", "-p", help="The project it goes to.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag to add; may be given again.")] = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", help="A tag to take away; may be given again.")] = None,
    notes: Annotated[str | None, typer.Option(help="Notes; - reads them from standard input.")] = None,
    clear: Annotated[list[str] | None, typer.Option(help=f"A field to empty: {', '.join(CLEARED)}.")] = None,
    timezone: ZoneOption = None,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change a task: by plain words, or field by field. ./todo undo takes it back."""
    given = {"title": title, "priority": priority, "project": project, "notes": _notes(notes)}
    fields: Fields = {name: value for name, value in given.items() if value is not None} | _emptied(clear or [])
    with opened(url=url, email=email, token=token, data=data, timezone=timezone) as client:
        found = find_tasks(client, [task], status="all")
        if len(found) != 1:
            raise CommandError("Change one task at a time.", code=Exit.USAGE)
        read = changes(client, " ".join(words)) if words else {}
        when = {
            **(moment(client, repeat) if repeat is not None else {}),
            **(moment(client, due) if due is not None else {}),
        }
        fields = {**read, **fields, **when}
        fields |= _tags(found[0]["tags"], [*read.get("tags", []), *(tag or [])], untag or [])
        if not fields:
            raise CommandError("There is nothing to change: say what, in words or by an option.", code=Exit.USAGE)
        _change(client, found[0], fields, as_json=as_json)


def _change(client: TaskClient, task: dict[str, Any], fields: Fields, *, as_json: bool) -> None:
    """Change it if it is still what was read. Raises CommandError where it is not."""
    etag = {"If-Match": f'"{task["version"]}"'}
    changed = client.send("PATCH", f"/api/tasks/{task['id']}", json=fields, headers=etag).json()
    client.keep_names_of([changed])
    print(json.dumps(changed, ensure_ascii=False, indent=2) if as_json else f"{changed['number']}: {said(changed)}")


def _notes(notes: str | None) -> str | None:
    return sys.stdin.read() if notes == STREAM else notes


def _emptied(names: list[str]) -> Fields:
    """Null for each field to empty. Raises CommandError (USAGE) for one that is none."""
    unknown = [name for name in names if name not in CLEARED]
    if unknown:
        message = f"{unknown[0]} is no field that can be emptied: {', '.join(CLEARED)} are."
        raise CommandError(message, code=Exit.USAGE)
    return {field: None for name in names for field in CLEARED[name]}


def _tags(now: list[str], added: list[str], removed: list[str]) -> Fields:
    """The task's tags with some more and some fewer; nothing where neither was asked for."""
    if not added and not removed:
        return {}
    gone = {tag.removeprefix("#").casefold() for tag in removed}
    return {"tags": [tag for tag in [*now, *added] if tag.removeprefix("#").casefold() not in gone]}
