"""The backend's speed beside a bare FastAPI route under the same server and load, on this machine, over SQLite."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from cli.bench.client import Request, apply_load, request
from cli.bench.figures import Figure, figure
from cli.bench.seed import add_tasks, sign_up
from cli.progress import row
from cli.servers import processes
from cli.servers.folder import DataFolder, Server
from cli.servers.ports import any_free
from cli.servers.readiness import wait_until_answering
from cli.servers.start import plan_backend, start_one

BACKEND, BARE, MODEL = "backend.main:app", "cli.bench.bare:app", "cli.bench.chat.model:app"
NAMES = {BACKEND: "backend", BARE: "bare", MODEL: "model"}
ROUNDS = 3
CONNECTIONS = 8
LISTED = 50
SEARCHED = 10_000
WORDS = ("dentist", "report", "kitchen 1", "anna", "water the plants", "repair", "9999", "nothing of the kind")
LIST_SHARE, CHAT_MS, SEARCH_MS = 0.35, 20.0, 20.0


@dataclass(frozen=True, kw_only=True)
class Use:
    """Something that people do, as the requests that are sent in turn."""

    name: str
    requests: tuple[Request, ...]


def measure(*, folder: Path, count: int) -> list[Figure]:
    """Measure each use with `count` requests a round; `folder` is empty, and of no use after.

    Raises CommandError if a server does not start, RuntimeError if one answers what it should not.
    """
    with running(BACKEND, folder=folder) as backend, running(BARE, folder=folder) as bare:
        uses = prepare(backend, data=folder)
        return [judged(compare(use, backend=backend, bare=bare, count=count)) for use in uses]


@contextmanager
def running(application: str, *, folder: Path, **variables: str) -> Iterator[Server]:
    """An application under the very server that `./todo up` starts, with more variables of the environment."""
    plan = plan_backend(data=folder, port=any_free(), application=application)
    plan = replace(plan, name=NAMES.get(application, "backend"), environment={**plan.environment, **variables})
    server = start_one(plan, folder=DataFolder(path=folder))
    try:
        wait_until_answering(server)
        yield server
    finally:
        processes.stop([server.process])


def prepare(backend: Server, *, data: Path) -> list[Use]:
    """Two accounts, one with few tasks and one with many, and what they will ask."""
    few, many = (sign_up(backend.address, name=name) for name in ("few", "many"))
    with row(f"Writing {LISTED} and {SEARCHED} tasks"):
        add_tasks(few, count=LISTED, data=data)
        add_tasks(many, count=SEARCHED, data=data)
    message = json.dumps({"message": "remind me to buy milk tomorrow at 5pm", "timezone": "Europe/Berlin"}).encode()
    searches = (request("GET", f"/api/tasks?search={word.replace(' ', '%20')}", token=many.token) for word in WORDS)
    return [
        Use(name=f"list of {LISTED} tasks", requests=(request("GET", f"/api/tasks?limit={LISTED}", token=few.token),)),
        Use(name=f"search among {SEARCHED:,} tasks", requests=tuple(searches)),
        Use(name="chat turn that adds", requests=(request("POST", "/api/chat", token=few.token, body=message),)),
    ]


def compare(use: Use, *, backend: Server, bare: Server, count: int) -> Figure:
    """One round with a single connection, then rounds under load, each right after one of the bare route.

    In this order: a use that adds leaves lists behind that are longer than people's.
    """
    requests = list(islice(cycle(use.requests), count))
    nothing = [request("GET", "/bare")] * count
    with row(f"Measuring: {use.name}"):
        apply_load(backend.port, requests[: count // 5], connections=1)  # warm caches, imports and connections
        apply_load(bare.port, nothing[: count // 5], connections=1)
        alone = apply_load(backend.port, requests, connections=1)
        pairs = [
            (
                apply_load(bare.port, nothing, connections=CONNECTIONS),
                apply_load(backend.port, requests, connections=CONNECTIONS),
            )
            for _ in range(ROUNDS)
        ]
    return figure(use.name, busy=[load for _, load in pairs], alone=alone, bare=[load for load, _ in pairs])


def judged(result: Figure) -> Figure:
    """The figure with its aim, and whether it was met on this machine."""
    if result.name.startswith("list"):
        return replace(result, aim=f"{LIST_SHARE} of bare or more", met=result.ratio >= LIST_SHARE)
    if result.name.startswith("search"):
        return replace(result, aim=f"p95 under {SEARCH_MS:.0f} ms", met=result.p95 < SEARCH_MS)
    return replace(result, aim=f"p50 under {CHAT_MS:.0f} ms", met=result.p50 < CHAT_MS)
