"""`./todo bench backup`: how long a backup and a restore of many tasks take, on this machine, beside their bars."""

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import URL

from backend.backup.creation import create_file
from backend.backup.restoration import restore
from cli.bench.seed import add_tasks, sign_up
from cli.bench.speed import BACKEND, running
from cli.exits import Exit
from cli.progress import row

TASKS = 100_000
BARS = {"backup": 5.0, "restore": 10.0}  # seconds for so many tasks with their journal, on a quiet machine
LEAST = 1.0  # seconds: starting costs its part however few tasks there are
ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One act: its best time of some rounds in seconds, and the bar that it is held to."""

    name: str
    seconds: float
    bar: float
    met: bool


def command(
    *,
    tasks: Annotated[int, typer.Option(min=100, max=1_000_000, help="How many tasks.")] = TASKS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure a backup and a restore of an SQLite database; the bars grow and shrink with the number of tasks.

    Exit code 1 if a bar was not met. Everything is made in a folder that is thrown away after.
    """
    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder:
        figures = measure(Path(folder), tasks=tasks)
    if as_json:
        print(json.dumps([asdict(figure) for figure in figures], indent=2))
    else:
        print("\n".join(line(figure, tasks=tasks) for figure in figures))
    if not all(figure.met for figure in figures):
        raise typer.Exit(int(Exit.FAILED))


def measure(folder: Path, *, tasks: int) -> list[Figure]:
    """Fill a database through the app's own service, then back it up and restore it, some times each."""
    data = folder / "data"
    data.mkdir()
    with running(BACKEND, folder=data) as server:
        account = sign_up(server.address, name="many")
        with row(f"Writing {tasks:,} tasks"):
            add_tasks(account, count=tasks, data=data)
    source = URL.create("sqlite", database=str(data / "todo.db"))
    made = folder / "made.jsonl.gz"
    return [
        figure("backup", lambda _n: create_file(source, made, replace=True), tasks=tasks),
        figure("restore", lambda number: put_back(made, folder / f"restored-{number}"), tasks=tasks),
    ]


def put_back(file: Path, folder: Path) -> None:
    folder.mkdir()
    with file.open("rb") as source:
        url = URL.create("sqlite", database=str(folder / "todo.db"))
        restore(url, source, keep=None, confirm=lambda _what: False)


def figure(name: str, act: Callable[[int], object], *, tasks: int) -> Figure:
    """The best of some rounds: what else the machine does only ever adds to one."""
    best = float("inf")
    with row(f"Measuring: {name}"):
        for number in range(ROUNDS):
            started = time.perf_counter()
            act(number)
            best = min(best, time.perf_counter() - started)
    bar = max(BARS[name] * tasks / TASKS, LEAST)
    return Figure(name=name, seconds=round(best, 3), bar=round(bar, 3), met=best <= bar)


def line(figure: Figure, *, tasks: int) -> str:
    verdict = "met" if figure.met else "NOT met"
    return f"{figure.name:<8} of {tasks:,} tasks  {figure.seconds:>7.2f} s  under {figure.bar:g} s: {verdict}"
