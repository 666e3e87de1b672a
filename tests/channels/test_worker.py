"""A reminder whose time has come reaches the channels that are on: once, and with links that act on the task."""

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from sqlalchemy import update

from backend.models import utc_now
from backend.reminders.models import ReminderDue
from tests.support.mailbox import Mailbox, links
from tests.support.people import Person


async def _come(app: FastAPI, task_id: object) -> None:
    """The time of the task's reminder has come."""
    past = utc_now() - timedelta(seconds=1)
    async with app.state.database.write() as session:
        await session.execute(
            update(ReminderDue).where(ReminderDue.task_id == task_id).values(due_at=past, next_at=past)
        )
    app.state.database.wakeups.alarm.ring(past)


async def _until(box: Mailbox, count: int) -> None:
    for _ in range(200):
        if len(box.mails) >= count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{len(box.mails)} of {count} mails came")


async def test_sends_one_mail_and_its_links_act(person: Person, app: FastAPI, box: Mailbox) -> None:
    assert (await person.post("/api/channels", json={"kind": "email"})).status_code == 201
    due = (utc_now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    task = await person.add("Stretch", due=due, timezone="UTC")
    await _come(app, task["id"])
    await _until(box, 1)
    await asyncio.sleep(1)
    told = links(box.take())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:3999") as reader:
        for name, status in (
            ("In 10 minutes", "open"),
            ("Tomorrow", "open"),
            ("Done", "done"),
            ("In 10 minutes", "done"),
        ):
            parts = urlsplit(told[name])
            answer = await reader.post(f"{parts.path}?{parts.query}")
            assert answer.status_code == (409 if status == "done" and name != "Done" else 200), (name, answer.text)
            assert (await person.all())[0]["status"] == status
    (channel,) = [item for item in (await person.get("/api/channels")).json() if item["kind"] == "email"]
    assert channel["last_sent_at"] is not None


async def test_a_box_that_is_gone_shuts_the_channel_off(person: Person, app: FastAPI, box: Mailbox) -> None:
    channel = (await person.post("/api/channels", json={"kind": "email"})).json()
    box.at_recipient = "550 5.1.1 No such user"
    due = (utc_now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    task = await person.add("Stretch", due=due, timezone="UTC")
    await _come(app, task["id"])
    for _ in range(200):
        (told,) = [item for item in (await person.get("/api/channels")).json() if item["id"] == channel["id"]]
        if told["state"] == "off":
            break
        await asyncio.sleep(0.1)
    assert (told["state"], "550" in told["reason"]) == ("off", True)
