"""Commands that change something."""

from typing import Annotated

import typer

from orchestrator.cli import shown
from orchestrator.cli.group import app
from orchestrator.cli.telling import progress, told
from orchestrator.progress.choose import reporter


@app.command()
def up(context: typer.Context) -> None:
    """Run the plan: build, install, verify and use the release; what is unchanged is skipped."""
    from orchestrator.commands.up import up as run  # noqa: PLC0415 - each command imports only its own parts

    with told():
        result = run(context.obj, reporter(context.meta["style"]))
        print(shown.summary(result))


@app.command()
def rollback(
    context: typer.Context,
    revision: Annotated[int | None, typer.Argument(min=1, help="Default: the last good one before this.")] = None,
) -> None:
    """Go back to an earlier revision and wait for it."""
    from orchestrator.commands.operate import rollback as back  # noqa: PLC0415

    with told():
        print(f"rolled back to revision {back(context.obj, progress(), revision=revision)}")


@app.command()
def down(
    context: typer.Context,
    delete_data: Annotated[bool, typer.Option("--delete-data", help="Also the bundled Postgres' data.")] = False,
) -> None:
    """Take away what the tool made, and only that, and see that it is gone."""
    from orchestrator.commands.down import down as remove  # noqa: PLC0415

    with told():
        gone = remove(context.obj, progress(), delete_data=delete_data)
        print(
            "\n".join(
                [f"removed: {', '.join(gone.removed) or 'nothing was there'}", *(f"kept: {one}" for one in gone.kept)]
            )
        )


@app.command()
def commit(
    context: typer.Context,
    message: Annotated[
        str, typer.Option("--message", "-m", help="The commit's message.")
    ] = "Record the deployment's artefacts",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Stage and commit the artefacts and the audit log, and nothing else (T037)."""
    from orchestrator.commands import commit as command  # noqa: PLC0415

    with told():
        paths = command.changed(context.obj)
        if not paths:
            print("nothing to commit")
            return
        print("\n".join(paths))
        if not yes:
            typer.confirm("Commit these?", abort=True, err=True)
        print(f"committed as {command.commit(context.obj, message=message)}")
