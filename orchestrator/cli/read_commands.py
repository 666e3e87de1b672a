"""Commands that only look."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli import shown
from orchestrator.cli.group import app
from orchestrator.cli.output import AsJson, as_text, line, progress, told


@app.command()
def plan(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the steps, what each would do and why, with commands and prompts. Touches nothing."""
    from orchestrator.commands.plan import plan as make  # noqa: PLC0415

    with told():
        planned = make(context.obj)
        print(as_text([one.as_dict() for one in planned]) if as_json else shown.plan(planned))


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show cluster, chart and log side by side; exit code 22 if the release is not healthy or was changed by hand."""
    from orchestrator.commands.status import status as look  # noqa: PLC0415

    with told():
        found = look(context.obj)
        print(as_text(found.as_dict()) if as_json else shown.status(found))
        if not found.healthy:
            raise typer.Exit(22)


@app.command()
def verify(
    context: typer.Context,
    only: Annotated[str | None, typer.Argument(metavar="[KIND/NAME]", help="Only this, and what it needs.")] = None,
    *,
    snapshot: Annotated[
        Path | None, typer.Option(help="Diagnose these files instead: kubectl's JSON, describe, events, logs.")
    ] = None,
    everywhere: Annotated[bool, typer.Option("--all", help="Every namespace, not only the release's.")] = False,
    wait: Annotated[
        float, typer.Option("--settle", min=0, max=600, help="Seconds that what may pass gets to pass.")
    ] = 8.0,
    as_json: AsJson = False,
) -> None:
    """Diagnose the release: each root cause with evidence and fix. Exit code 25 for findings, 26 if it cannot read.

    Where the namespace has no release todo-app, whatever runs there is diagnosed. --snapshot asks no cluster.
    """
    from orchestrator.commands.verify import Scope, verify_any  # noqa: PLC0415

    named = shown.is_named(context, "namespace")
    scope = Scope(only=only, snapshot=snapshot, everywhere=everywhere, is_named=named)
    with told():
        found = verify_any(context.obj, progress(), patience=wait, scope=scope)
        print(as_text(found.as_dict())) if as_json else shown.diagnosis(found)
        if found.exit_code:
            raise typer.Exit(found.exit_code)


@app.command()
def bundle(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A new folder, or a .tar.gz. Default: one in .todo-deploy/bundles.")
    ] = None,
    *,
    everywhere: Annotated[bool, typer.Option("--all", help="Every namespace.")] = False,
) -> None:
    """Write what a diagnosis reads, secrets masked, for `verify --snapshot` on another machine."""
    from orchestrator.commands.look import bundle as write  # noqa: PLC0415

    with told():
        place, count = write(context.obj, file, everywhere=everywhere)
        print(f"{place}: {count} files")


@app.command(name="open")
def open_(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Local port of a port-forward; 0: any.")] = 0,
) -> None:
    """Print a URL of the page that answers; where only a port-forward does, hold it until Ctrl-C."""
    from orchestrator.commands.operate import open_page  # noqa: PLC0415

    with told():
        open_page(context.obj, line, port=port)


@app.command()
def logs(
    context: typer.Context,
    part: Annotated[shown.Part, typer.Argument(help="backend, frontend or postgres.")] = "backend",
    lines: Annotated[int, typer.Option("--lines", min=1, help="Last lines of each pod.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", help="Stay and print new ones.")] = False,
) -> None:
    """Print the last log lines of a part's pods, secrets masked."""
    from orchestrator.commands.operate import logs as read  # noqa: PLC0415

    with told():
        read(context.obj, line, part=part, lines=lines, follow=follow)


@app.command()
def audit(
    context: typer.Context,
    published: Annotated[bool, typer.Option("--published", help="The committed log, of all places.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check the audit log of this checkout's runs at this place: complete, unbroken, of the artefacts in the tree.

    Its head is compared with the one that the release keeps. Exit code 24 if anything is wrong or was never done.
    """
    from orchestrator.commands.audit import check  # noqa: PLC0415

    with told():
        report = check(context.obj, published=published)
        print(as_text(report.as_dict()) if as_json else shown.audit(report))
        if not report.ok:
            raise typer.Exit(24)
