"""`./todo bench reading`: how long any text takes, and whether reading it holds others up."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit


def command(
    *,
    count: Annotated[int, typer.Option("--mixtures", min=10, max=10_000, help="Texts of random phrases.")] = 1000,
    seconds: Annotated[float, typer.Option(min=1, max=600, help="How long the adversaries send their worst.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the reading of texts of up to 4,000 characters, and /health beside 24 people who send the worst of them.

    Reading is timed in this process, by processor time. The server runs on a free port of this machine, over an SQLite
    database that is thrown away after.
    """
    from cli.bench.reader.measure import measure, table  # noqa: PLC0415  (it imports the backend, which takes a second)

    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder:
        result = measure(folder=Path(folder), count=count, seconds=seconds)
    print(json.dumps({**asdict(result), "bars": result.bars}) if as_json else table(result))
    if not all(result.bars.values()):
        raise typer.Exit(Exit.FAILED)
