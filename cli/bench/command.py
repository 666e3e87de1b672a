"""`./todo bench`: the backend's speed; `bench language` and the others stand in modules of their own."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.lazy import Entry, lazy_app

ENTRIES = (
    Entry(
        name="language",
        module="cli.bench.language.command",
        summary="How well the built-in engine understands English.",
    ),
    Entry(name="chat", module="cli.bench.chat.command", summary="The assistant with a hosted model, against its aims."),
    Entry(name="reading", module="cli.bench.reader.command", summary="How long any text takes to read."),
    Entry(
        name="fairness",
        module="cli.bench.fairness.command",
        summary="What one user's worst load costs another.",
    ),
    Entry(name="page", module="cli.bench.page.command", summary="What the page weighs, and how soon it paints."),
    Entry(name="deploy", module="cli.bench.deployment", summary="How long a deployment takes beside helm alone."),
    Entry(name="backup", module="cli.bench.backup", summary="How long a backup and a restore of many tasks take."),
    Entry(name="faults", module="cli.bench.faults.command", summary="How surely the diagnosis names a fault's cause."),
    Entry(
        name="reminders", module="cli.bench.reminders.command", summary="How late reminders come, and what they cost."
    ),
    Entry(
        name="disasters",
        module="cli.bench.disasters.command",
        summary="Whether anything is lost, doubled or claimed falsely while processes are killed.",
    ),
)
app = lazy_app(ENTRIES, invoke_without_command=True)


@app.callback()
def speed(
    context: typer.Context,
    *,
    count: Annotated[int, typer.Option("--requests", min=50, max=20_000, help="Requests in a round.")] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the backend's speed beside a bare FastAPI route under the same server and load.

    Starts both on free ports of this machine, over an SQLite database that is thrown away after. Throughput is taken
    under 8 connections at once; p50 and p95, before that, from one request after another. The last line is how fast
    tasks are added with SQLite's synchronous=FULL, `of` the same with NORMAL.
    """
    if context.invoked_subcommand is not None:
        return
    from cli.bench.durability import measure_durability  # noqa: PLC0415
    from cli.bench.figures import table  # noqa: PLC0415
    from cli.bench.speed import measure  # noqa: PLC0415  (it imports the backend, which other benchmarks do not need)

    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder:
        figures = measure(folder=Path(folder), count=count)
        figures.append(measure_durability(folder=Path(folder), count=count))
    print(json.dumps([asdict(figure) for figure in figures], indent=2) if as_json else table(figures))
