"""The worst that one user is allowed to do, as loads that run until they are told to stop."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle

from cli.bench.client import HOST, Request, answer_of, request
from cli.bench.seed import Account

ALLOWED = {200, 201, 204, 401, 409, 429}  # what a user who goes too far may be told; anything else is a fault
CONNECTIONS, STREAMS = 80, 500


@dataclass(frozen=True, kw_only=True)
class Adversary:
    """What is done, by how many connections at once, and the bodies or paths that they send in turn."""

    name: str
    requests: tuple[Request, ...]
    connections: int = CONNECTIONS
    streams: bool = False


def adversaries(account: Account, *, words: tuple[str, ...]) -> list[Adversary]:
    """Every kind of load, by the account that does them all."""

    def get(path: str) -> Request:
        return request("GET", path, token=account.token)

    def post(path: str, **fields: object) -> Request:
        return request("POST", path, token=account.token, body=json.dumps(fields).encode())

    searches = [get(f"/api/tasks?search={word.replace(' ', '%20')}&count=true&status=all") for word in words]
    titles = [post("/api/tasks", title=f"imported {number}", tags=["imported"]) for number in range(50)]
    chats = [post("/api/chat", message=f"remind me to call anna about item {number} tomorrow") for number in range(20)]
    bulk = [post("/api/chat", message="move all tasks in project1 to friday"), post("/api/undo")]
    guesses = [
        request(
            "POST", "/api/auth/sign-in/email", body=json.dumps({"email": email, "password": "wrong guess"}).encode()
        )
        for email in (f"nobody{number}@example.com" for number in range(200))
    ]
    return [
        Adversary(
            name="list", requests=(get("/api/tasks?limit=200&status=all"), get("/api/tags"), get("/api/projects"))
        ),
        Adversary(name="search", requests=tuple(searches)),
        Adversary(name="streams", requests=tuple(titles), connections=4, streams=True),
        Adversary(name="chat", requests=tuple(chats)),
        Adversary(name="bulk", requests=tuple(bulk), connections=8),
        Adversary(name="sign-in", requests=tuple(guesses), connections=24),
        Adversary(name="import", requests=tuple(titles)),
    ]


async def attack(port: int, adversary: Adversary, *, stop: asyncio.Event) -> int:
    """Send the adversary's requests over and over until ``stop``; how many were answered.

    Raises RuntimeError for an answer that no user should get, such as a 500 or a 503.
    """
    turns = cycle(adversary.requests)
    loads = [_repeat(port, turns, stop) for _ in range(adversary.connections)]
    if adversary.streams:
        token = adversary.requests[0].token
        loads += [_listen(port, request("GET", "/api/events", token=token), stop) for _ in range(STREAMS)]
    return sum(await asyncio.gather(*loads))


async def _repeat(port: int, turns: Iterator[Request], stop: asyncio.Event) -> int:
    answered = 0
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        while not stop.is_set():
            wanted = next(turns)
            writer.write(wanted.text)
            status, body = await answer_of(reader)
            if status not in ALLOWED:
                raise RuntimeError(f"{wanted.text.split(b' HTTP')[0].decode()} answered {status}: {body[:300]!r}")
            answered += 1
    finally:
        writer.close()
    return answered


async def _listen(port: int, wanted: Request, stop: asyncio.Event) -> int:
    """Hold a stream open, and open it anew at once where it is ended: as badly as a page could."""
    while not stop.is_set():
        with suppress(ConnectionError):
            await _until(stop, lambda: _read_stream(port, wanted))
        await asyncio.sleep(0.05)
    return 0


async def _read_stream(port: int, wanted: Request) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(wanted.text)
        while await reader.read(65536):
            pass
    finally:
        writer.close()


async def _until(stop: asyncio.Event, act: Callable[[], Awaitable[None]]) -> None:
    """Do it, or leave off once ``stop`` is set."""
    doing, stopping = asyncio.ensure_future(act()), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        doing.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
    if doing.done() and not doing.cancelled() and (error := doing.exception()):
        raise error
