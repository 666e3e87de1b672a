"""`./todo bench reminders`: the figures of reminders beside their aims, on each database."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from cli.exits import Exit


def command(
    *,
    count: Annotated[int, typer.Option(min=100, max=100_000, help="Reminders due at one instant.")] = 10_000,
    sqlite: Annotated[bool, typer.Option("--sqlite", help="Over SQLite alone.")] = False,
    postgres: Annotated[bool, typer.Option("--postgres", help="Over Postgres alone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure how late reminders come, alone and with many due at once, and what the schedule costs when it is idle.

    A minute is waited for each of three measurements, and the aims are for a machine that does nothing else. Exit code
    1 if an aim was not met. Everything is made in folders that are thrown away after.
    """
    from cli.bench.reminders.measure import measure  # noqa: PLC0415  (it imports the backend)
    from cli.bench.reminders.rows import table  # noqa: PLC0415

    names = [name for name, wanted in (("sqlite", sqlite), ("postgres", postgres)) if wanted]
    rows = measure(names or ["sqlite", "postgres"], count=count)
    print(json.dumps([asdict(row) for row in rows], indent=2) if as_json else table(rows))
    if not all(row.met for row in rows):
        raise typer.Exit(int(Exit.FAILED))
