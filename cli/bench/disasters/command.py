"""`./todo bench disasters`: what was acknowledged, kept and streamed, while processes and databases are killed."""

import json
import secrets
import shutil
import tempfile
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit


class Databases(StrEnum):
    """Which world, or both."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"
    BOTH = "both"


def command(
    *,
    rounds: Annotated[int, typer.Option(min=1, max=100_000, help="Rounds; with both databases, half on each.")] = 50,
    seed: Annotated[int | None, typer.Option(min=0, help="Repeats the choices of an earlier run.")] = None,
    database: Annotated[Databases, typer.Option(help="One backend over SQLite, two over Postgres.")] = Databases.BOTH,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write, paste, chat, undo and follow events while backends are killed, frozen, replaced, and run out of disk.

    Postgres restarts at once, and the schema goes a revision back and up.

    After each round the answers, the journal, the tasks and the streams are compared. Exit code 1: something was lost,
    doubled or claimed falsely, or a killed backend took more than 5 s (or
    twice a plain start, on a machine too busy for that); the seed, the steps and the logs are told.
    """
    from cli.bench.disasters.rounds import run  # noqa: PLC0415  (it imports what other benchmarks do not need)

    seed = secrets.randbelow(2**31) if seed is None else seed
    kinds = [Databases.SQLITE, Databases.POSTGRES] if database is Databases.BOTH else [database]
    folder = Path(tempfile.mkdtemp(prefix="todo-disasters-"))
    folder.chmod(0o755)  # Postgres runs as another user
    shares = [rounds // len(kinds) + (index < rounds % len(kinds)) for index in range(len(kinds))]
    reports = [
        run(folder=folder / kind, postgres=kind is Databases.POSTGRES, rounds=share, seed=seed)
        for kind, share in zip(kinds, shares, strict=True)
        if share
    ]
    print(json.dumps([asdict(one) for one in reports], indent=2) if as_json else "\n".join(map(_told, reports)))
    if any(report.violations for report in reports):
        raise typer.Exit(int(Exit.FAILED))
    shutil.rmtree(folder)


def _told(report: object) -> str:
    from cli.bench.disasters.rounds import READY_SECONDS, Report  # noqa: PLC0415

    assert isinstance(report, Report)  # noqa: S101
    counts = ", ".join(f"{name}: {count}" for name, count in sorted(report.disasters.items()))
    lines = [
        f"{report.database}: {report.rounds} rounds, {report.writes} writes ({report.repeats} repeated, "
        f"{report.unanswered} never answered), {len(report.violations)} violations",
        f"  ready {report.at_rest:.1f} s after a kill at rest (aim {READY_SECONDS:.0f} s: "
        f"{'met' if report.at_rest <= READY_SECONDS else 'NOT met'}), at most {report.slowest:.1f} s amid writes; "
        f"a plain start took {report.plain:.1f} s",
        f"  {counts}",
    ]
    if report.violations:
        lines += [f"  {violation}" for violation in report.violations]
        lines += [f"  seed {report.seed}; the last rounds: " + "; ".join(report.steps), f"  logs: {report.logs}"]
    return "\n".join(lines)
