"""Each change of a task is told to the webhooks of its user, once, in the transaction that made it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import event, select, update

from backend.models import utc_now
from backend.reminders.models import ReminderDue
from backend.webhooks.models import WebhookDelivery
from tests.support.people import Person
from tests.webhooks.listener import Listener


async def test_tells_of_every_change(person: Person, listener: Listener) -> None:
    task = await person.add("Größe 📏 messen")
    path = f"/api/tasks/{task['id']}"
    await person.patch(path, json={"priority": "high"})
    await person.post(f"{path}/complete")
    await person.post(f"{path}/reopen")
    await person.delete(path)
    told = await listener.hear(5)
    names = ["task.created", "task.updated", "task.completed", "task.reopened", "task.deleted"]
    assert [one["type"] for one in told] == names
    assert [one["data"]["revision"] for one in told] == [1, 2, 3, 4, 5]
    assert {one["data"]["task"]["title"] for one in told} == {"Größe 📏 messen"}
    assert told[1]["data"]["previous"] == {"priority": None}
    assert told[1]["data"]["task"]["priority"] == "high"
    assert told[2]["data"]["previous"]["status"] == "open"


async def test_an_undo_is_a_change(person: Person, listener: Listener) -> None:
    made = await person.post("/api/tasks", json={"title": "water the plants"})
    await person.post("/api/undo", json={"undo_token": made.headers["undo-token"]})
    created, deleted = await listener.hear(2)
    assert (deleted["type"], deleted["data"]["undoes"]) == ("task.deleted", created["data"]["turn"])


async def test_a_chat_tells_what_it_changed(person: Person, listener: Listener) -> None:
    await person.post("/api/chat", json={"message": "buy milk and call mom"})
    told = await listener.hear(2)
    assert {(one["type"], one["data"]["surface"]) for one in told} == {("task.created", "chat")}


async def test_tells_only_what_is_listened_to(person: Person, listener: Listener) -> None:
    await person.patch(listener.path, json={"events": ["task.deleted"]})
    task = await person.add("sweep")
    await person.delete(f"/api/tasks/{task['id']}")
    assert [one["type"] for one in await listener.hear(1)] == ["task.deleted"]


async def test_what_was_refused_is_not_told(person: Person, listener: Listener) -> None:
    task = await person.add("sweep")
    answer = await person.patch(f"/api/tasks/{task['id']}", json={"title": "mop"}, headers={"If-Match": '"9"'})
    assert answer.status_code == 412
    assert [one["type"] for one in await listener.hear(1)] == ["task.created"]


async def test_another_users_changes_are_not_told(stranger: Person, person: Person, listener: Listener) -> None:
    await stranger.add("theirs")
    await person.add("mine")
    assert [one["data"]["task"]["title"] for one in await listener.hear(1)] == ["mine"]


async def test_each_webhook_is_told_under_one_id(person: Person, listener: Listener) -> None:
    second = Listener(person, listener.app, listener.receiver)
    await second.connect()
    await person.add("sweep")
    first, other = await listener.come(2)
    assert first.headers["webhook-id"] == other.headers["webhook-id"]
    assert first.body == other.body
    await person.delete(second.path)


async def test_tells_of_a_reminder(person: Person, listener: Listener) -> None:
    due = (utc_now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    task = await person.add("Stretch", due=due, timezone="UTC")
    await listener.hear(1)
    past = utc_now() - timedelta(seconds=1)
    mine = update(ReminderDue).where(ReminderDue.task_id == task["id"])
    async with listener.app.state.database.write() as session:
        await session.execute(mine.values(due_at=past, next_at=past))
    listener.app.state.database.wakeups.alarm.ring()
    (told,) = await listener.hear(1)
    assert (told["type"], told["data"]["task"]["id"]) == ("reminder.due", task["id"])
    assert (told["data"]["reminder"]["zone"], told["data"]["reminder"]["urgent"]) == ("UTC", False)


async def test_an_import_tells_of_each_task(person: Person, listener: Listener) -> None:
    content = "\n".join(f"task number {number}" for number in range(250))
    answer = await person.post("/api/import?format=todotxt", content=content, headers={"content-type": "text/plain"})
    assert answer.status_code == 200, answer.text
    told = await listener.hear(250)
    assert len({one["data"]["task"]["id"] for one in told}) == 250


async def test_without_a_webhook_a_change_asks_for_none(app: FastAPI, person: Person) -> None:
    await person.add("warm up")
    with _statements(app) as seen:
        await person.add("sweep")
        await asyncio.sleep(0)
    assert seen
    assert [text for text in seen if "webhook_delivery" in text or "FROM webhook" in text] == []
    async with app.state.database.read() as session:
        mine = select(WebhookDelivery.id).where(WebhookDelivery.user_id == person.id)
        assert (await session.scalars(mine)).all() == []


@contextmanager
def _statements(app: FastAPI) -> Iterator[list[str]]:
    """The statements of writing transactions while the block runs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
