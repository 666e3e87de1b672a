"""`./todo bench fairness`: what one user's load costs another."""

import json
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.bench.fairness.figures import NAMES, table
from cli.bench.fairness.postgres import temporary_postgres
from cli.exits import CommandError, Exit


def command(
    only: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(NAMES)}; default: all.")] = None,
    *,
    count: Annotated[int, typer.Option("--requests", min=20, max=5000, help="The other's lists in a round.")] = 200,
    rounds: Annotated[int, typer.Option(min=1, max=20, help="Rounds, each alone and then beside.")] = 3,
    sqlite_only: Annotated[bool, typer.Option("--sqlite", help="Leave Postgres out.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure what one user who does the worst allowed thing costs another, who lists.

    The p99 of the other's list, alone and right after that beside the first, as a ratio: at most 3. Starts the backend
    and Postgres on this machine, over databases that are thrown away after.
    """
    from cli.bench.fairness.measure import measure  # noqa: PLC0415  (it imports the backend, which takes a second)

    if unknown := sorted(set(only or ()) - set(NAMES)):
        raise CommandError(f"There is no load named {unknown[0]}: choose of {', '.join(NAMES)}.", code=Exit.USAGE)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="todo-bench-")))
        databases = {"sqlite": ""}
        if not sqlite_only:
            databases["postgres"] = stack.enter_context(temporary_postgres())
        rows = measure(folder=folder, databases=databases, count=count, rounds=rounds, only=only or ())
    print(json.dumps([{**asdict(row), "met": row.met} for row in rows], indent=2) if as_json else table(rows))
    if not all(row.met for row in rows):
        raise typer.Exit(Exit.FAILED)
