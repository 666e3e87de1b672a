"""Commands that keep the release's database, and bring it back."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.group import app
from orchestrator.cli.output import AsJson, as_text, progress, told


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A new file. Default: one in .todo/backups.")] = None,
    as_json: AsJson = False,
) -> None:
    """Back the release's database up into a file of this machine, while it serves. Exit codes 30 to 35."""
    from orchestrator.commands.backup import backup as make  # noqa: PLC0415 - each command imports only its own parts

    with told():
        made = make(context.obj, progress(), file)
        print(as_text(made.as_dict()) if as_json else f"{made.path}: {made}")


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A backup, of a release or of ./todo backup.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Also if rows are there: they are backed up to this machine first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of the release's database; the backend is down meanwhile. Exit codes 30 to 35."""
    from orchestrator.commands.backup import restore as bring_back  # noqa: PLC0415

    with told():
        done = bring_back(context.obj, progress(), file, replace=replace)
        if as_json:
            print(as_text(done.as_dict()))
            return
        print(f"restored {done.backup}")
        if done.kept:
            print(f"what was there before is kept: {done.kept.path}")
