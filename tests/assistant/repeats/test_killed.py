"""A process is killed in the middle of a turn, and the message is sent again: nothing is lost, nothing done twice."""

import asyncio
import signal
import time

import httpx
import psycopg
import pytest

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, says, stalls
from tests.assistant.repeats.replicas import Replicas, say, titles, until

SIX = "add milk, add bread, add eggs, add salt, add rice and add tea"
ALL_SIX = sorted(["milk", "bread", "eggs", "salt", "rice", "tea"])
NOTHING_YET = "SELECT count(*) FROM turn WHERE state = 'running'"


async def _killed(replicas: Replicas, request: asyncio.Task[httpx.Response], *, when: str) -> None:
    """Kill the first replica as soon as the query says so; its request must fail."""
    await replicas.until(when)
    replicas.servers[0].process.kill()
    with pytest.raises(httpx.HTTPError):
        await request


@pytest.mark.parametrize("changes", [0, 1, 2, 4])
async def test_the_rest_is_done_and_nothing_twice(replicas: Replicas, client: httpx.AsyncClient, changes: int) -> None:
    """Killed right after some of six changes; which ones the kill still lets through is up to the machine."""
    first, second = replicas.servers
    request = asyncio.create_task(say(client, first, SIX, key="k"))
    await replicas.until(f"SELECT count(*) > {changes - 1} FROM journal" if changes else NOTHING_YET)  # noqa: S608
    first.process.kill()
    await asyncio.gather(request, return_exceptions=True)
    began = time.monotonic()
    answer = await say(client, second, SIX, key="k")
    assert time.monotonic() - began < 15
    assert answer.status_code == 200, answer.text
    assert await titles(client, second) == ALL_SIX
    said = answer.json()
    assert len(said["changes"]) == 6 and all(f'"{title}"' in said["response"] for title in ALL_SIX)
    assert (await say(client, second, SIX, key="k")).json() == said
    undone = await client.post(f"{second.address}/api/undo", json={"undo_token": said["undo_token"]})
    assert undone.status_code == 200 and await titles(client, second) == []


async def test_killed_before_a_model_had_said_anything(
    modelled: Replicas, client: httpx.AsyncClient, slow_model: ScriptedModel
) -> None:
    slow_model.plays(stalls(), calls(("add_task", {"title": "milk"})), says("Added milk."))
    request = asyncio.create_task(say(client, modelled.servers[0], "milk please", key="k"))
    await until(lambda: bool(slow_model.requests))
    await _killed(modelled, request, when=NOTHING_YET)
    answer = await say(client, modelled.servers[1], "milk please", key="k")
    assert answer.json()["response"] == "Added milk." and await titles(client, modelled.servers[1]) == ["milk"]


async def test_what_a_model_had_done_is_said_and_not_done_again(
    modelled: Replicas, client: httpx.AsyncClient, slow_model: ScriptedModel
) -> None:
    slow_model.plays(calls(("add_task", {"title": "milk"})), stalls())
    request = asyncio.create_task(say(client, modelled.servers[0], "milk and bread please", key="k"))
    await _killed(modelled, request, when="SELECT count(*) FROM journal")
    second = modelled.servers[1]
    answer = await say(client, second, "milk and bread please", key="k")
    said = answer.json()
    assert said["response"].startswith('This answer was cut short. Added "milk".')
    assert await titles(client, second) == ["milk"] and len(said["changes"]) == 1
    assert (await say(client, second, "milk and bread please", key="k")).json() == said
    kept = (await client.get(f"{second.address}/api/conversations/{said['conversation_id']}")).json()
    assert kept["messages"][-1]["parts"][-1]["text"] == said["response"]
    undone = await client.post(f"{second.address}/api/undo", json={"undo_token": said["undo_token"]})
    assert undone.status_code == 200 and await titles(client, second) == []


async def test_a_frozen_process_that_wakes_does_nothing_more(
    modelled: Replicas, client: httpx.AsyncClient, slow_model: ScriptedModel
) -> None:
    """Both requests get the one answer, of the run that took over."""
    slow_model.plays(stalls(), calls(("add_task", {"title": "milk"})), says("Added milk."))
    first, second = modelled.servers
    request = asyncio.create_task(say(client, first, "milk please", key="k"))
    await until(lambda: bool(slow_model.requests))
    first.process.send_signal(signal.SIGSTOP)
    try:
        answer = await say(client, second, "milk please", key="k")
    finally:
        first.process.send_signal(signal.SIGCONT)
    assert answer.json()["response"] == "Added milk."
    assert (await request).json() == answer.json()
    assert await titles(client, second) == ["milk"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # SQLite's one lock would hold the yes back too
async def test_a_yes_that_was_cut_still_holds(replicas: Replicas, client: httpx.AsyncClient, database_url: str) -> None:
    """Held back at the user's lock, the yes is stored and its change is not."""
    first, second = replicas.servers
    asked = (await say(client, first, SIX, key="a")).json()
    conversation = asked["conversation_id"]
    question = (await say(client, first, "delete all my tasks", key="b", conversation_id=conversation)).json()
    assert question["approval"]
    with psycopg.connect(database_url) as lock:
        lock.execute("SELECT * FROM profile FOR UPDATE")
        request = asyncio.create_task(say(client, first, "yes", key="c", conversation_id=conversation))
        await _killed(replicas, request, when="SELECT count(*) FROM approval WHERE status = 'approved'")
    answer = await say(client, second, "yes", key="c", conversation_id=conversation)
    assert answer.status_code == 200 and "Deleted 6 tasks" in answer.json()["response"], answer.text
    assert await titles(client, second) == []
    assert (await say(client, second, "yes", key="c", conversation_id=conversation)).json() == answer.json()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # SQLite's would hold back the first change too
async def test_stopped_between_two_changes_by_a_lock(
    replicas: Replicas, client: httpx.AsyncClient, database_url: str
) -> None:
    first, second = replicas.servers
    words = "add buy milk and mark gym done"
    gym = {"title": "gym", "due": "2030-01-01", "recurrence": "FREQ=DAILY"}
    assert (await client.post(f"{first.address}/api/tasks", json=gym)).status_code == 201
    with psycopg.connect(database_url) as lock:
        lock.execute("LOCK TABLE completion IN EXCLUSIVE MODE")
        request = asyncio.create_task(say(client, first, words, key="k"))
        await _killed(replicas, request, when="SELECT count(*) = 2 FROM journal")
    said = (await say(client, second, words, key="k")).json()
    assert [change["kind"] for change in said["changes"]] == ["create", "complete"]
    found = (await client.get(f"{second.address}/api/tasks", params={"search": "gym"})).json()["items"]
    assert [task["due"] for task in found] == ["2030-01-02"]
