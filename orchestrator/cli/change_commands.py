"""Commands that change something."""

from typing import Annotated

import typer

from orchestrator.cli import shown
from orchestrator.cli.group import app
from orchestrator.cli.output import AsJson, as_text, progress, told
from orchestrator.progress.choose import reporter


@app.command()
def up(context: typer.Context) -> None:
    """Run the plan: build, install, verify and use the release; what is unchanged is skipped."""
    from orchestrator.commands.up import up as run  # noqa: PLC0415 - each command imports only its own parts

    with told():
        result = run(context.obj, reporter(context.meta["style"]))
        print(shown.summary(result))


@app.command()
def optimise(
    context: typer.Context,
    *,
    duration: Annotated[float, typer.Option(min=15, max=1800, help="Seconds of load.")] = 120.0,
    rate: Annotated[float, typer.Option(min=0.5, max=50, help="Requests a second: your busy moment.")] = 1.0,
    settle: Annotated[float, typer.Option(min=0, max=600, help="Seconds that the release gets to settle.")] = 120.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Measure and print the table; change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Size requests and limits by use under load, apply, verify; exit code 28 if that made it worse and was undone."""
    from orchestrator.cli import sizes  # noqa: PLC0415
    from orchestrator.sizing.measuring.measure import Choices  # noqa: PLC0415

    with told():
        found = sizes.run(context.obj, Choices(duration, rate, settle, dry_run), progress())
        print(as_text(found.as_dict())) if as_json else sizes.show(found)
        if found.exit_code:
            raise typer.Exit(found.exit_code)


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
    sizes: Annotated[
        bool, typer.Option("--sizes", help="Also write the sizes that were measured here into values.yaml.")
    ] = False,
) -> None:
    """Stage and commit the artefacts and the audit log, and nothing else (T037)."""
    from orchestrator.commands import commit as command  # noqa: PLC0415

    with told():
        paths = command.changed(context.obj, sizes=sizes)
        if not paths:
            print("nothing to commit")
            return
        print("\n".join(paths))
        if not yes:
            typer.confirm("Commit these?", abort=True, err=True)
        print(f"committed as {command.commit(context.obj, message=message)}")
