"""What it costs that a change is on the disk when it is answered: SQLite's synchronous=FULL beside NORMAL."""

import json
from pathlib import Path

from cli.bench.client import Request, apply_load, request
from cli.bench.figures import Figure, figure
from cli.bench.seed import sign_up
from cli.bench.speed import BACKEND, running
from cli.progress import row
from cli.servers.folder import Server

ROUNDS = 3
CONNECTIONS = 8


def measure_durability(*, folder: Path, count: int) -> Figure:
    """Add tasks to two databases in turn, one of each kind. `ratio` is FULL's throughput over NORMAL's."""
    with (
        running(BACKEND, folder=folder / "full", SQLITE_SYNCHRONOUS="FULL") as full,
        running(BACKEND, folder=folder / "normal", SQLITE_SYNCHRONOUS="NORMAL") as normal,
        row("Measuring: adding, with FULL and NORMAL"),
    ):
        surely, quickly = additions(full, count=count), additions(normal, count=count)
        alone = apply_load(full.port, surely, connections=1)
        apply_load(normal.port, quickly, connections=1)
        pairs = [
            (
                apply_load(normal.port, quickly, connections=CONNECTIONS),
                apply_load(full.port, surely, connections=CONNECTIONS),
            )
            for _ in range(ROUNDS)
        ]
    return figure(
        "adding: FULL of NORMAL", busy=[load for _, load in pairs], alone=alone, bare=[load for load, _ in pairs]
    )


def additions(server: Server, *, count: int) -> list[Request]:
    """As many requests of a new account that add a task each."""
    body = json.dumps({"title": "water the plants"}).encode()
    return [
        request("POST", "/api/tasks", token=sign_up(server.address, name="writer").token, body=body, status=201)
    ] * count
