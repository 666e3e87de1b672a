"""`./todo delete`: delete tasks."""

import sys
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.tasks.account import DataOption, EmailOption, JsonOption, TaskClient, TokenOption, UrlOption, opened
from cli.tasks.acts import Act, act_on_each
from cli.tasks.reference import TasksArgument, find_tasks
from cli.tasks.table import rows


def command(
    tasks: TasksArgument,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask before several. Nobody is asked where there is no terminal.")
    ] = False,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete tasks; ./todo undo brings each back, with its number."""
    with opened(url=url, email=email, token=token, data=data) as client:
        found = find_tasks(client, tasks, status="all")
        if len(found) > 1 and sys.stdin.isatty() and not yes and not _agreed(found):
            raise typer.Exit(int(Exit.FAILED))
        act_on_each(found, lambda task: _delete(client, task), as_json=as_json)


def _agreed(found: list[dict[str, Any]]) -> bool:
    for row in rows(found, width=None, styled=False):
        typer.echo(row, err=True)
    return typer.confirm(f"Delete these {len(found)}?", err=True)


def _delete(client: TaskClient, task: dict[str, Any]) -> Act:
    client.send("DELETE", f"/api/tasks/{task['id']}")
    answer = {"id": task["id"], "number": task["number"], "title": task["title"], "deleted": True}
    return Act(answer=answer, sentence="Deleted")
