"""Live events from real servers: two replicas over one database, resuming, signing out, stopping."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.servers import PASSWORD, Server, serving, signed_up

Event = tuple[str, int, dict[str, Any]]
NO_PLACE = -1  # of an event that is no change of the list


@pytest.fixture(scope="module")
def replicas(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    with serving(first, database_url) as one, serving(second, database_url) as two:
        yield one, two


@pytest.fixture
async def client(replicas: tuple[Server, Server]) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_up(replicas[0].address) as client:
        yield client


@asynccontextmanager
async def listening(
    client: httpx.AsyncClient, address: str, query: str = "", headers: dict[str, str] | None = None
) -> AsyncIterator[AsyncIterator[Event]]:
    async with client.stream("GET", f"{address}/api/events{query}", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield fields["event"], int(fields.get("id", NO_PLACE)), json.loads(fields["data"])
            fields = {}


async def soon(events: AsyncIterator[Event], seconds: float = 10) -> Event:
    return await asyncio.wait_for(anext(events), seconds)


async def test_a_change_arrives_from_either_replica(client: httpx.AsyncClient, replicas: tuple[Server, Server]) -> None:
    for writer in replicas:
        for reader in replicas:
            async with listening(client, reader.address) as events:
                name, revision, data = await soon(events)
                assert (name, data) == ("ready", {"revision": revision})
                made = await client.post(f"{writer.address}/api/tasks", json={"title": "a"})
                name, number, change = await soon(events)
                assert (name, number, change["revision"]) == ("change", revision + 1, revision + 1)
                assert (change["kind"], change["surface"], change["before"]) == ("create", "api", None)
                assert (change["turn"], change["after"]) == (made.headers["undo-token"], made.json())


async def test_filters_and_looks_are_to_be_read_again(
    client: httpx.AsyncClient, replicas: tuple[Server, Server]
) -> None:
    zone = {"X-Timezone": "Europe/Berlin"}
    await client.post("/api/tasks", json={"title": "a", "project": "work"})
    async with listening(client, replicas[1].address) as events:
        assert (await soon(events))[0] == "ready"
        filters = f"{replicas[0].address}/api/filters"
        made = (await client.post(filters, json={"name": "Focus", "words": "today"}, headers=zone)).json()
        assert await soon(events) == ("sidebar", NO_PLACE, {})
        for body in ({"name": "Now"}, {"words": "this week"}):
            await client.patch(f"{filters}/{made['id']}", json=body)
            assert (await soon(events))[0] == "sidebar"
        await client.post(f"{filters}/order", json={"ids": [made["id"]]})
        assert (await soon(events))[0] == "sidebar"
        await client.delete(f"{filters}/{made['id']}")
        assert (await soon(events))[0] == "sidebar"
        await client.patch("/api/projects", json={"name": "work", "colour": "teal"})
        assert (await soon(events))[0] == "sidebar"
        refused = await client.patch(f"{filters}/{made['id']}", json={"name": "Gone"})
        assert refused.status_code == 404
        await client.post("/api/tasks", json={"title": "b"})
        assert (await soon(events))[0] == "change"


@pytest.mark.parametrize(
    ("query", "headers"), [("?since=1", {}), ("", {"Last-Event-ID": "1"}), ("?since=0", {"Last-Event-ID": "1"})]
)
async def test_what_was_missed_comes_first_in_order(
    client: httpx.AsyncClient, replicas: tuple[Server, Server], query: str, headers: dict[str, str]
) -> None:
    made = (await client.post("/api/tasks", json={"title": "a"})).json()
    await client.post(f"/api/tasks/{made['id']}/complete")
    await client.delete(f"/api/tasks/{made['id']}")
    async with listening(client, replicas[1].address, query, headers) as events:
        assert await soon(events) == ("ready", 1, {"revision": 3})
        found = [await soon(events) for _ in range(2)]
        assert [(number, data["kind"]) for _, number, data in found] == [(2, "complete"), (3, "delete")]
        await client.post("/api/undo")
        assert (await soon(events))[1] == 4


async def test_a_stream_is_its_users_own(client: httpx.AsyncClient, replicas: tuple[Server, Server]) -> None:
    async with signed_up(replicas[0].address) as other, listening(client, replicas[0].address) as events:
        await soon(events)
        await other.post("/api/tasks", json={"title": "theirs"})
        await client.post("/api/tasks", json={"title": "mine"})
        assert (await soon(events))[2]["after"]["title"] == "mine"


async def test_a_revision_that_never_was_counts_as_the_newest(
    client: httpx.AsyncClient, replicas: tuple[Server, Server]
) -> None:
    async with listening(client, replicas[0].address, "?since=2147483647") as events:
        assert await soon(events) == ("ready", 0, {"revision": 0})
        await client.post("/api/tasks", json={"title": "a"})
        assert (await soon(events))[1] == 1


async def test_a_stream_ends_with_its_session(client: httpx.AsyncClient, replicas: tuple[Server, Server]) -> None:
    who = (await client.get("/api/me")).json()["email"]
    body = {"email": who, "password": PASSWORD}
    token = (await client.post("/api/auth/sign-in/email", json=body, headers={"Authorization": ""})).json()["token"]
    async with listening(client, replicas[0].address) as events:
        await soon(events)
        assert (await client.post("/api/auth/sign-out")).status_code == 200
        other = {"Authorization": f"Bearer {token}"}
        await client.post("/api/tasks", json={"title": "not for the one who left"}, headers=other)
        name, *_ = await soon(events)
        assert name == "signed-out"
        with pytest.raises(StopAsyncIteration):
            await soon(events)
    assert (await client.get("/api/events")).status_code == 401


@pytest.mark.parametrize("query", ["?since=-1", "?since=x", "?since=99999999999"])
async def test_revisions_that_are_none(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/api/events{query}")).status_code == 422


async def test_a_server_stops_at_once_with_streams_open(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url) as server:
        async with signed_up(server.address) as client, listening(client, server.address) as events:
            await soon(events)
            begun = time.monotonic()
            server.process.terminate()
            await asyncio.to_thread(server.process.wait, 10)
            assert time.monotonic() - begun < 5  # far less than a heartbeat; a second on an idle machine
        assert "Traceback" not in server.text(), server.text()
