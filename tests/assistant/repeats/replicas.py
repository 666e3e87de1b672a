"""Two replicas of the backend as processes of their own, over one database, and what is found there."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from tests.support.servers import Server, serving

Json = dict[str, Any]


@dataclass
class Replicas:
    """Servers that share a database; `start` adds one."""

    data: Path
    database_url: str
    variables: dict[str, str]
    servers: list[Server] = field(default_factory=list)
    _running: list[Any] = field(default_factory=list)

    def start(self) -> Server:
        context = serving(self.data, self.database_url, **self.variables)
        server = context.__enter__()
        self._running.append(context)
        self.servers.append(server)
        return server

    def stop(self) -> None:
        for context in self._running:
            context.__exit__(None, None, None)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read from the database, beside the program."""
        if self.database_url.startswith("sqlite"):
            with sqlite3.connect(f"file:{self.database_url.removeprefix('sqlite:///')}?mode=ro", uri=True) as file:
                return file.execute(query).fetchall()
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def watched(self) -> Iterator[Any]:
        """One connection for a query that is asked over and over."""
        if self.database_url.startswith("sqlite"):
            file = sqlite3.connect(
                f"file:{self.database_url.removeprefix('sqlite:///')}?mode=ro", uri=True, isolation_level=None
            )
            yield file
            file.close()
        else:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                yield connection

    async def until(self, query: str) -> None:
        """Return as soon as the query's first value is true; fails after 20 seconds."""
        with self.watched() as connection:
            await until(lambda: bool(connection.execute(query).fetchone()[0]))


async def until(come: Callable[[], bool]) -> None:
    """Return as soon as ``come`` says so; fails after 20 seconds."""
    async with asyncio.timeout(20):
        while not come():  # noqa: ASYNC110  (another process has no event for it)
            await asyncio.sleep(0.001)


async def say(client: httpx.AsyncClient, server: Server, message: str, *, key: str, **fields: object) -> httpx.Response:
    """One message under an idempotency key, to one of the replicas."""
    body = {"message": message, "timezone": "Europe/Berlin", **fields}
    return await client.post(f"{server.address}/api/chat", json=body, headers={"Idempotency-Key": key}, timeout=60)


async def titles(client: httpx.AsyncClient, server: Server, **query: object) -> list[str]:
    answer = await client.get(f"{server.address}/api/tasks", params={"status": "all", "limit": 200, **query})
    return sorted(task["title"] for task in answer.json()["items"])
