"""Event streams of one user: one query a change, the oldest ends, the slow one is let go; over each database."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from sqlalchemy import event

from backend.journal import wakeups
from backend.journal.events import follow
from backend.journal.wakeups import Wakeups
from tests.journal.test_events import listening, soon
from tests.support.people import Person
from tests.support.servers import serving, signed_up


async def test_the_newest_streams_stay_and_the_oldest_ends(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url, TODO_STREAMS="3") as server:
        async with signed_up(server.address) as client:
            opened = [listening(client, server.address) for _ in range(4)]
            events = []
            for one in opened:
                events.append(await one.__aenter__())
                assert (await soon(events[-1]))[0] == "ready"
            assert (await soon(events[0]))[0] == "replaced"
            with pytest.raises(StopAsyncIteration):
                await soon(events[0])
            await client.post("/api/tasks", json={"title": "seen"})
            for live in events[1:]:
                assert (await soon(live))[2]["after"]["title"] == "seen"
            for one in opened:
                await one.__aexit__(None, None, None)
            assert "todo_event_streams 0.0" in await _metrics_when(client, "todo_event_streams 0.0")


async def _metrics_when(client: httpx.AsyncClient, line: str) -> str:
    for _ in range(50):
        text = (await client.get("/metrics")).text
        if line in text:
            return text
        await asyncio.sleep(0.1)
    return text


async def test_what_a_replaced_stream_says_keeps_a_browser_away(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url, TODO_STREAMS="1") as server:
        async with signed_up(server.address) as client, client.stream("GET", "/api/events") as first:
            lines = first.aiter_lines()
            assert (await anext(lines)).startswith("id: ")
            async with listening(client, server.address) as second:
                await soon(second)
                rest = [line async for line in lines]
    assert rest[-6:] == ["", "retry: 60000", "id: 0", "event: replaced", "data: {}", ""]


async def test_a_change_costs_the_same_for_one_stream_and_for_many(app: FastAPI, person: Person) -> None:
    costs = [await _statements_of_a_change(app, person, streams=count) for count in (1, 15)]
    assert costs[0] == costs[1]


async def _statements_of_a_change(app: FastAPI, person: Person, *, streams: int) -> int:
    """How many statements reading one change takes, once so many streams stand."""
    database = app.state.database
    scope = {"type": "http", "headers": [(b"authorization", f"Bearer {person.token}".encode())]}
    open_streams = [
        follow(Request(scope), database, person.id, settings=app.state.settings, since=None) for _ in range(streams)
    ]
    for stream in open_streams:
        assert "event: ready" in await anext(stream)
    waiting = [asyncio.ensure_future(anext(stream)) for stream in open_streams]
    await asyncio.sleep(0.2)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM journal" in statement or ("FROM session" in statement and "UNION" in statement):
            seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        await person.add(f"beside {streams}")
        texts = await asyncio.wait_for(asyncio.gather(*waiting), 10)
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        for stream in open_streams:
            await stream.aclose()
    assert all(f"beside {streams}" in found for found in texts)
    return len(seen)


async def test_a_stream_that_lags_is_let_go_and_resumes(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = Wakeups()
    feed, slow = lines.join("user", "token")
    _, quick = lines.join("user", "token")
    for revision in range(1, wakeups.QUEUED + 2):
        feed.pass_on(revision, str(revision))
        assert quick.events.get_nowait() == (revision, str(revision))
    assert (slow.ended, quick.ended) == ("slow", None)
    assert slow.events.get_nowait() is None


async def test_a_full_process_ends_a_stream_of_who_has_the_most() -> None:
    lines = Wakeups(each=5, most=6)
    greedy = [lines.join("greedy", None)[1] for _ in range(5)]
    modest = [lines.join("modest", None)[1] for _ in range(2)]
    late = lines.join("late", None)[1]
    assert [one.ended for one in greedy] == ["replaced", "replaced", None, None, None]
    assert [one.ended for one in (*modest, late)] == [None] * 3


async def test_streams_by_hundreds_leave_the_files_and_the_log_alone(tmp_path: Path) -> None:
    """300 of one user, opened again at once whenever they end: 20 stand, and the log grows by lines, not megabytes."""
    with serving(tmp_path, "") as server:
        async with signed_up(server.address) as client, httpx.AsyncClient(headers=client.headers) as eager:
            stop = asyncio.Event()

            async def hold(_: int) -> None:
                while not stop.is_set():
                    async with eager.stream("GET", f"{server.address}/api/events") as answer:
                        async for _line in answer.aiter_lines():
                            if stop.is_set():
                                return

            eager._transport._pool._max_connections = 1000  # type: ignore[attr-defined]
            holding: list[asyncio.Task[Any]] = [asyncio.create_task(hold(n)) for n in range(300)]
            await asyncio.sleep(2)
            opened = await asyncio.to_thread(_open_files, server.process.pid)
            assert (await client.get("/api/tasks")).status_code in {200, 429}  # of the same user: its budget is used up
            stop.set()
            for task in holding:
                task.cancel()
            await asyncio.gather(*holding, return_exceptions=True)
        assert opened < 450
        assert "Traceback" not in server.text()


def _open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
