"""Setting webhooks up: which addresses, who may, the secret that is shown once."""

import asyncio
import json

import pytest
from sqlalchemy import select

from backend.profile.models import Profile
from backend.webhooks.models import Webhook
from tests.support.people import Person
from tests.support.tokens import Program, make_token
from tests.webhooks.listener import Listener

HERE = "http://127.0.0.1:9/hook"


@pytest.fixture(scope="module", params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"


@pytest.mark.parametrize("events", [[], ["task.made"], ["*"], [""], ["task.created", 1], "task.created", None])
async def test_events_that_there_are_not_are_refused(person: Person, events: object) -> None:
    answer = await person.post("/api/webhooks", json={"url": HERE, "events": events})
    assert (answer.status_code, answer.json()["errors"][0]["field"].startswith("events")) == (422, True)


async def test_the_secret_is_shown_once_and_kept_sealed(person: Person, listener: Listener) -> None:
    assert listener.secret.startswith("whsec_")
    assert "secret" not in await listener.shown()
    exported = await person.get("/api/account/export")
    async with listener.app.state.database.read() as session:
        row = await session.scalar(select(Webhook).where(Webhook.user_id == person.id))
    assert row is not None
    for kept in (json.dumps([row.secret, row.address]), exported.text):
        assert listener.secret not in kept
        assert "hook?key=1" not in kept
    assert "My program" in exported.text


async def test_a_new_secret_signs_beside_the_one_before(person: Person, listener: Listener) -> None:
    before = listener.secret
    made = (await person.post(f"{listener.path}/secret")).json()
    assert made["secret"] != before
    assert made["earlier_until"] is not None
    await person.add("sweep")
    (request,) = await listener.come(1)
    for secret in (before, made["secret"]):
        listener.secret = secret
        assert listener.verified(request)["type"] == "task.created"
    assert len(request.headers["webhook-signature"].split(" ")) == 2


async def test_a_test_goes_out_whatever_is_listened_to(person: Person, listener: Listener) -> None:
    await person.patch(listener.path, json={"events": ["task.deleted"]})
    queued = await person.post(f"{listener.path}/test")
    assert queued.status_code == 202, queued.text
    assert [one["type"] for one in await listener.hear(1)] == ["webhook.test"]
    (row,) = await listener.logged("sent")
    assert row["id"] == queued.json()["id"]


async def test_tests_are_limited(person: Person, listener: Listener) -> None:
    answers = await asyncio.gather(*(person.post(f"{listener.path}/test") for _ in range(61)))
    assert sorted({answer.status_code for answer in answers}) == [202, 429]
    await person.delete(listener.path)
    await asyncio.sleep(0.2)
    listener.receiver.requests.clear()


async def test_switched_off_it_is_told_nothing(person: Person, listener: Listener) -> None:
    listener.receiver.status = 500
    await person.add("before")
    await listener.come(1)
    await listener.logged("waiting")
    assert (await person.patch(listener.path, json={"on": False})).json()["waiting"] == 0
    assert (await listener.logged("ended"))[0]["reason"] == "The webhook was switched off."
    await person.add("while it is off")
    assert (await person.post(f"{listener.path}/test")).status_code == 409
    listener.receiver.status = 200
    await person.patch(listener.path, json={"on": True})
    await person.add("after")
    assert [one["data"]["task"]["title"] for one in await listener.hear(1)] == ["after"]


async def test_a_new_address_is_used_from_then_on(person: Person, listener: Listener) -> None:
    changed = await person.patch(listener.path, json={"url": f"{listener.receiver.url}/other", "label": "Elsewhere"})
    assert (changed.status_code, changed.json()["label"]) == (200, "Elsewhere")
    await person.add("sweep")
    (request,) = await listener.come(1)
    assert request.path == "/other"
    refused = await person.patch(listener.path, json={"url": "https://10.0.0.1/"})
    assert refused.status_code == 422


async def test_the_log_comes_in_pages(person: Person, listener: Listener) -> None:
    for number in range(5):
        await person.add(f"task {number}")
    await listener.hear(5)
    await listener.logged("sent", 5)
    seen, cursor = [], None
    for _ in range(3):
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await person.get(f"{listener.path}/deliveries", params=query)).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert (len(set(seen)), seen, cursor) == (5, sorted(seen, reverse=True), None)
    assert (await person.get(f"{listener.path}/deliveries?cursor=x")).status_code == 422


async def test_removed_it_costs_nothing_again(person: Person, listener: Listener) -> None:
    assert (await person.delete(listener.path)).status_code == 204
    async with listener.app.state.database.read() as session:
        assert await session.scalar(select(Profile.webhooks).where(Profile.user_id == person.id)) == 0
    await person.add("sweep")
    await asyncio.sleep(0.2)
    assert listener.receiver.requests == []
    assert (await person.get(f"{listener.path}/deliveries")).status_code == 404


async def test_there_are_ten_at_most(person: Person) -> None:
    new = {"url": HERE, "events": ["task.created"]}
    answers = await asyncio.gather(*(person.post("/api/webhooks", json=new) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 2


async def test_another_users_is_not_there(stranger: Person, person: Person, listener: Listener) -> None:
    await person.add("sweep")
    await listener.hear(1)
    (row,) = await listener.logged("sent")
    delivery = f"{listener.path}/deliveries/{row['id']}"
    for method, path in (
        ("PATCH", listener.path),
        ("DELETE", listener.path),
        ("POST", f"{listener.path}/secret"),
        ("POST", f"{listener.path}/test"),
        ("GET", f"{listener.path}/deliveries"),
        ("GET", delivery),
        ("POST", f"{delivery}/redeliver"),
    ):
        body = {"json": {"on": False}} if method == "PATCH" else {}
        assert (await stranger.request(method, path, **body)).status_code == 404, (method, path)


async def test_a_token_may_not(person: Person, listener: Listener) -> None:
    made = await make_token(person, scope="write")
    async with Program(listener.app, made["token"]) as program:
        answer = await program.get("/api/webhooks")
    assert (answer.status_code, "sign in" in answer.json()["detail"]) == (403, True)
