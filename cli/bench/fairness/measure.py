"""Measures what one user's load costs another: both against a server of its own, over each database."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from cli.bench.client import HOST, Request, answer_of, request
from cli.bench.fairness.adversary import Adversary, adversaries
from cli.bench.fairness.attacker import attacking
from cli.bench.fairness.figures import Round, Row, row_of
from cli.bench.seed import Account, add_tasks, sign_up
from cli.bench.speed import BACKEND, WORDS, running
from cli.progress import row
from cli.servers.folder import Server

MANY, FEW = 10_000, 50
PAUSE_SECONDS = 0.02
SETTLE_SECONDS = 1.0


def measure(
    *,
    folder: Path,
    databases: dict[str, str],
    count: int,
    rounds: int,
    only: Sequence[str] = (),
    tasks: int = MANY,
) -> list[Row]:
    """A row an adversary and database; ``databases`` are addresses by name, empty for SQLite in the folder.

    ``tasks`` is how many the adversary has, ``count`` how many lists of the other's are timed in a round.

    Raises CommandError if a server does not start, RuntimeError if it answers what no user should get.
    """
    return [
        found
        for name, address in databases.items()
        for found in _on_database(
            name, address, folder=folder / name, count=count, rounds=rounds, only=only, tasks=tasks
        )
    ]


def _on_database(
    name: str, address: str, *, folder: Path, count: int, rounds: int, only: Sequence[str], tasks: int
) -> list[Row]:
    folder.mkdir(parents=True)
    secret = {"BETTER_AUTH_SECRET": "only-for-this-measurement-0123456789"}
    variables = {"DATABASE_URL": address, **secret} if address else {"DATABASE_URL": ""}
    with running(BACKEND, folder=folder, **variables) as server:
        one, other = (sign_up(server.address, name=who) for who in ("one", "other"))
        with row(f"{name}: writing {tasks} and {FEW} tasks"):
            add_tasks(one, count=tasks, data=folder, address=address or None)
            add_tasks(other, count=FEW, data=folder, address=address or None)
        chosen = [found for found in adversaries(one, words=WORDS) if not only or found.name in only]
        return [_against(server, name, adversary, other, count=count, rounds=rounds) for adversary in chosen]


def _against(server: Server, name: str, adversary: Adversary, other: Account, *, count: int, rounds: int) -> Row:
    listing = request("GET", f"/api/tasks?limit={FEW}", token=other.token)
    made, answered = [], 0
    with row(f"{name}: another user beside {adversary.name}"):
        for _ in range(rounds):
            found, number = _round(server.port, adversary, listing, count)
            made.append(found)
            answered += number
    return row_of(name, adversary.name, made, answered=answered)


def _round(port: int, adversary: Adversary, listing: Request, count: int) -> tuple[Round, int]:
    """List alone, then beside the adversary, who is at it for a second before, in a process of its own."""
    asyncio.run(_list(port, listing, max(5, count // 10)))  # warm
    alone = asyncio.run(_list(port, listing, count))
    with attacking(port, adversary) as attacker:
        time.sleep(SETTLE_SECONDS)
        beside = asyncio.run(_list(port, listing, count))
    return Round(alone=alone, beside=beside), attacker.answered


async def _list(port: int, listing: Request, count: int) -> tuple[float, ...]:
    """The milliseconds that each list took, one after another with a pause, as a person's page asks."""
    reader, writer = await asyncio.open_connection(HOST, port)
    taken = []
    try:
        for _ in range(count):
            begun = time.perf_counter()
            writer.write(listing.text)
            status, body = await answer_of(reader)
            taken.append((time.perf_counter() - begun) * 1000)
            if status != 200:
                raise RuntimeError(f"the other user's list answered {status}: {body[:300]!r}")
            await asyncio.sleep(PAUSE_SECONDS)
    finally:
        writer.close()
    return tuple(taken)
