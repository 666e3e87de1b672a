"""What people reported of other programs' webhooks: an event too few, one too many, one of another time."""

import asyncio
import time
from collections import Counter

import pytest
from fastapi import FastAPI

from tests.channels.receiver import receiver
from tests.support.backend import running_app
from tests.support.people import Person
from tests.webhooks.listener import Listener, content_of


async def test_what_is_taken_away_is_told_as_what_is_added(person: Person, listener: Listener) -> None:
    task = await person.add("sweep", tags=["home", "floor"], notes="with the broom", due="2099-01-05")
    await listener.hear(1)
    path = f"/api/tasks/{task['id']}"
    changes: list[dict[str, object]] = [{"tags": ["home"]}, {"notes": None}, {"due": None}, {"order": 7.5}]
    for change in changes:
        await person.patch(path, json=change)
        (told,) = await listener.hear(1)
        assert told["type"] == "task.updated"
        assert set(change) <= set(told["data"]["previous"])
    assert (await person.patch(path, json={"notes": None})).status_code == 200  # changes nothing
    await asyncio.sleep(0.3)
    assert listener.receiver.requests == []


async def test_done_is_told_once(person: Person, listener: Listener) -> None:
    task = await person.add("sweep", recurrence="FREQ=DAILY", due="2099-01-05", timezone="UTC")
    await listener.hear(1)
    await person.post(f"/api/tasks/{task['id']}/complete")
    (told,) = await listener.hear(1)
    assert (told["type"], told["data"]["task"]["due"]) == ("task.completed", "2099-01-06")


async def test_each_of_a_family_is_told(person: Person, listener: Listener) -> None:
    parent = await person.add("spring cleaning")
    for title in ("windows", "floor"):
        await person.add(title, parent_id=parent["id"])
    await listener.hear(3)
    await person.post(f"/api/tasks/{parent['id']}/complete", json={"subtasks": "complete"})
    told = await listener.hear(3)
    assert Counter(one["type"] for one in told) == {"task.completed": 3}


async def test_tells_the_state_of_its_own_change(person: Person, listener: Listener) -> None:
    task = await person.add("sweep")
    path = f"/api/tasks/{task['id']}"
    for _ in range(10):
        await person.post(f"{path}/complete")
        await person.post(f"{path}/reopen")
    told = await listener.hear(21)
    assert [one["data"]["task"]["status"] for one in told] == ["open", *["done", "open"] * 10]
    assert [one["data"]["task"]["version"] for one in told] == list(range(1, 22))


@pytest.mark.parametrize(
    "title",
    ["\u2028 line \u2029 ends", "👩‍👩‍👧 with 🧹", "ﬁn — “quotes” \\ / \" '", "שלום \u200e\u202bmixed", "𝄞 é e\u0301"],
)
async def test_a_signature_is_of_the_bytes_that_are_sent(person: Person, listener: Listener, title: str) -> None:
    task = await person.add(title)
    (told,) = await listener.hear(1)
    assert told["data"]["task"]["title"] == task["title"]


async def test_one_that_is_slow_holds_no_other_up(person: Person, listener: Listener) -> None:
    with receiver() as slow:
        slow.pause = 3
        other = Listener(person, listener.app, slow)
        await other.connect()
        begun = time.monotonic()
        for number in range(20):
            await person.add(f"task {number}")
        await listener.hear(20)
        assert time.monotonic() - begun < 3 or len(slow.requests) < 20
        assert len(slow.requests) <= 16
        await person.delete(other.path)


async def test_one_that_is_removed_is_tried_no_more(person: Person, listener: Listener) -> None:
    listener.receiver.status = 500
    await person.add("sweep")
    await listener.come(1)
    await listener.logged("waiting")
    await person.delete(listener.path)
    await listener.pass_by()
    await asyncio.sleep(0.3)
    assert listener.receiver.requests == []


async def test_two_replicas_send_each_event_once(person: Person, listener: Listener, app: FastAPI) -> None:
    async with running_app(app.state.settings) as replica:
        for number in range(30):
            await person.add(f"task {number}")
            replica.state.database.wakeups.alarm.ring()
        told = await listener.come(30)
        await asyncio.sleep(0.5)
        assert listener.receiver.requests == []
    assert {content_of(one)["data"]["revision"] for one in told} == set(range(1, 31))
    assert len({one.headers["webhook-id"] for one in told}) == 30
