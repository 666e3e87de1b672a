"""`./todo bench chat`: the assistant with a hosted model, against its aims."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.bench.chat.bars import table
from cli.exits import Exit


def command(
    *,
    alone: Annotated[int, typer.Option(min=5, max=1000, help="Turns that run one after another.")] = 50,
    together: Annotated[int, typer.Option(min=1, max=500, help="Turns that run at once.")] = 200,
    rounds: Annotated[int, typer.Option(min=2, max=20, help="How often they do.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the chat with a scripted model behind it: delay, tools, many turns at once, memory, the MCP tools' size.

    Starts the model and the backend on free ports of this machine, over an SQLite database that is thrown away after.
    """
    from cli.bench.chat.measure import measure  # noqa: PLC0415  (it imports the backend, which takes a second)

    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder:
        bars = measure(folder=Path(folder), alone=alone, together=together, rounds=rounds)
    print(json.dumps([{**asdict(bar), "met": bar.met} for bar in bars], indent=2) if as_json else table(bars))
    if any(bar.met is False for bar in bars):
        raise typer.Exit(Exit.FAILED)
