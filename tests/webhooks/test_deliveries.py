"""What a receiver answers decides: taken, tried again under the same id, or shut off for good and told."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from backend.models import utc_now
from backend.reminders.channels import post
from backend.reminders.models import ReminderDue
from backend.webhooks.deliveries import FOR_A_USER
from backend.webhooks.models import Webhook, WebhookDelivery
from backend.webhooks.secrets import seal
from tests.support.backend import SECRET
from tests.support.people import Person
from tests.webhooks.listener import Listener, content_of


async def test_what_was_taken_is_logged(person: Person, listener: Listener) -> None:
    await person.add("sweep")
    (request,) = await listener.come(1)
    (row,) = await listener.logged("sent")
    assert (row["event"], row["event_id"], row["status"]) == ("task.created", request.headers["webhook-id"], 201)
    assert (row["attempts"], row["next_at"], row["reason"]) == (1, None, None)
    whole = await person.get(f"{listener.path}/deliveries/{row['id']}")
    assert whole.json()["body"] == content_of(request)
    assert (await listener.shown())["last_sent_at"] is not None
    assert request.headers["content-type"] == "application/json"
    assert request.path == "/hook?key=1"


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
async def test_what_was_not_taken_comes_again_under_its_id(person: Person, listener: Listener, status: int) -> None:
    listener.receiver.status = status
    await person.add("sweep")
    (first,) = await listener.come(1)
    (row,) = await listener.logged("waiting")
    assert (row["status"], str(status) in row["reason"]) == (status, True)
    assert (await listener.shown())["state"] == "failing"
    listener.receiver.status = 204
    await listener.pass_by()
    (again,) = await listener.come(1)
    assert (again.headers["webhook-id"], again.body) == (first.headers["webhook-id"], first.body)
    listener.verified(again)
    await listener.logged("sent")
    shown = await listener.shown()
    assert (shown["state"], shown["reason"], shown["waiting"]) == ("ok", None, 0)


async def test_waits_as_long_as_the_receiver_asks(person: Person, listener: Listener) -> None:
    listener.receiver.status, listener.receiver.headers = 503, {"Retry-After": "7200"}
    await person.add("sweep")
    await listener.come(1)
    (row,) = await listener.logged("waiting")
    assert row["next_at"] > (utc_now() + timedelta(minutes=110)).isoformat()


async def test_pauses_grow(person: Person, listener: Listener) -> None:
    listener.receiver.status = 500
    await person.add("sweep")
    await listener.come(1)
    await listener.logged("waiting")
    await listener.pass_by(attempts=5)
    await listener.come(1)
    for _ in range(100):
        (row,) = await listener.log()
        if row["attempts"] == 6 and row["state"] == "waiting":
            break
        await asyncio.sleep(0.05)
    assert row["next_at"] > (utc_now() + timedelta(minutes=7)).isoformat()


async def test_a_receiver_that_is_down_is_asked_by_one_at_a_time(person: Person, listener: Listener) -> None:
    listener.receiver.status = 500
    await person.add("the first")
    await listener.come(1)
    await listener.logged("waiting")
    lines = "\n".join(f"task number {number}" for number in range(9))
    await person.post("/api/import?format=todotxt", content=lines, headers={"content-type": "text/plain"})
    await asyncio.sleep(0.5)
    assert len(listener.receiver.requests) == 1
    listener.receiver.requests.clear()
    listener.receiver.status = 200
    await listener.pass_by()
    assert len(await listener.hear(10)) == 10  # the first that was taken let the rest go


async def test_slow_receivers_of_one_user_leave_room_for_everybody_else(
    person: Person, stranger: Person, app: FastAPI, listener: Listener
) -> None:
    others = [Listener(person, app, listener.receiver) for _ in range(3)]
    for other in others:
        await other.connect()
    listener.receiver.pause = 4  # seconds: far longer than the others' events take to come
    lines = "\n".join(f"task number {number}" for number in range(12))
    await person.post("/api/import?format=todotxt", content=lines, headers={"content-type": "text/plain"})
    await listener.come(FOR_A_USER)
    theirs = Listener(stranger, app, listener.receiver)
    await theirs.connect(events=["task.created"])
    await stranger.add("urgent")
    (request,) = await theirs.come(1)  # and nothing more of the first user's
    assert theirs.verified(request)["type"] == "task.created"
    for one in (*others, theirs):
        await one.person.delete(one.path)


async def test_gone_shuts_it_off_and_tells(person: Person, listener: Listener) -> None:
    listener.receiver.status = 410
    await person.add("sweep")
    await listener.come(1)
    (row,) = await listener.logged("failed")
    shown = await listener.shown()
    assert (shown["state"], "410" in shown["reason"]) == ("off", True)
    async with listener.app.state.database.read() as session:
        mine = (ReminderDue.user_id == person.id, ReminderDue.kind == "channel")
        (told,) = (await session.scalars(select(ReminderDue).where(*mine))).all()
    assert "My program" in told.title
    await person.add("not told")
    listener.receiver.status = 200
    refused = await person.post(f"{listener.path}/deliveries/{row['id']}/redeliver")
    assert (refused.status_code, "switch it on" in refused.json()["detail"]) == (409, True)
    await person.patch(listener.path, json={"on": True})
    again = await person.post(f"{listener.path}/deliveries/{row['id']}/redeliver")
    assert again.status_code == 202, again.text
    (request,) = await listener.come(1)
    assert request.headers["webhook-id"] == row["event_id"]


async def test_a_redirect_is_not_followed(person: Person, listener: Listener) -> None:
    inward = f"{listener.receiver.url}/inward"
    listener.receiver.status, listener.receiver.headers = 307, {"Location": inward}
    await person.add("sweep")
    (request,) = await listener.come(1)
    assert request.path == "/hook?key=1"
    (row,) = await listener.logged("waiting")
    assert (row["status"], "redirect was not followed" in row["reason"]) == (307, True)


async def test_an_address_that_leads_inside_by_now_is_shut_off(person: Person, listener: Listener) -> None:
    webhook_id = listener.path.rpartition("/")[2]
    async with listener.app.state.database.write() as session:
        inside = {"address": seal("https://10.0.0.1/hook", SECRET)}
        await session.execute(update(Webhook).where(Webhook.id == webhook_id).values(**inside))
    await person.add("sweep")
    await listener.logged("failed")
    shown = await listener.shown()
    assert (shown["state"], "private network" in shown["reason"]) == ("off", True)


async def test_an_address_sealed_under_another_secret_says_so(person: Person, listener: Listener) -> None:
    webhook_id = listener.path.rpartition("/")[2]
    async with listener.app.state.database.write() as session:
        other = {"address": seal("https://example.com/", "another secret")}
        await session.execute(update(Webhook).where(Webhook.id == webhook_id).values(**other))
    await person.add("sweep")
    await listener.logged("failed")
    assert "BETTER_AUTH_SECRET" in (await listener.shown())["reason"]


async def test_a_crash_before_recording_sends_it_again_under_its_id(person: Person, listener: Listener) -> None:
    await person.add("sweep")
    (first,) = await listener.come(1)
    await listener.logged("sent")
    async with listener.app.state.database.write() as session:  # as the process that sent it left it
        lost = {"state": "claimed", "claimed_by": "one that died", "next_at": utc_now() - timedelta(seconds=1)}
        await session.execute(update(WebhookDelivery).where(WebhookDelivery.user_id == person.id).values(**lost))
    listener.app.state.database.wakeups.alarm.ring()
    (again,) = await listener.come(1)
    assert (again.headers["webhook-id"], again.body) == (first.headers["webhook-id"], first.body)
    (row,) = await listener.logged("sent")
    assert row["attempts"] == 2


async def test_one_that_does_not_answer_is_tried_again(
    person: Person, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "SECONDS", 0.4)
    listener.receiver.pause = 1
    await person.add("sweep")
    (row,) = await listener.logged("waiting")
    for _ in range(100):
        if row["attempts"] and row["reason"]:
            break
        await asyncio.sleep(0.05)
        (row,) = await listener.log()
    assert (row["status"], "did not answer" in row["reason"]) == (None, True)


async def test_a_body_that_never_ends_is_not_waited_for(person: Person, listener: Listener) -> None:
    listener.receiver.drip = True
    await person.add("sweep")
    await listener.come(1)
    (row,) = await listener.logged("sent")
    assert row["took"] < 5000


async def test_an_event_is_given_up_after_three_days(person: Person, listener: Listener) -> None:
    listener.receiver.status = 500
    await person.add("sweep")
    await listener.come(1)
    await listener.logged("waiting")
    await listener.pass_by(queued_at=utc_now() - timedelta(days=3, minutes=1))
    await listener.come(1)
    await listener.logged("failed")
    assert (await listener.shown())["state"] == "failing"


async def test_one_that_takes_nothing_for_five_days_is_shut_off(person: Person, listener: Listener) -> None:
    listener.receiver.status = 500
    await person.add("sweep")
    await listener.come(1)
    await listener.logged("waiting")
    webhook_id = listener.path.rpartition("/")[2]
    async with listener.app.state.database.write() as session:
        since = {"failing_since": utc_now() - timedelta(days=5, minutes=1)}
        await session.execute(update(Webhook).where(Webhook.id == webhook_id).values(**since))
    await listener.pass_by()
    await listener.logged("failed")
    shown = await listener.shown()
    assert (shown["state"], "for 5 days" in shown["reason"]) == ("off", True)


async def test_what_is_over_leaves_the_log_after_a_week(person: Person, listener: Listener) -> None:
    await person.add("old")
    await listener.hear(1)
    (old,) = await listener.logged("sent")
    async with listener.app.state.database.write() as session:
        aged = {"queued_at": utc_now() - timedelta(days=7, minutes=1)}
        await session.execute(update(WebhookDelivery).where(WebhookDelivery.id == old["id"]).values(**aged))
    await person.add("new")
    await listener.hear(1)
    (row,) = await listener.logged("sent")
    assert row["id"] != old["id"]
    assert (await person.get(f"{listener.path}/deliveries/{old['id']}")).status_code == 404
