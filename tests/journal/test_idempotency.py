"""A write that is repeated under its key happens once, also when both requests arrive together."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from backend.journal.models import IdempotencyKey
from backend.journal.write import KEY_LIFETIME
from backend.models import utc_now
from tests.support.people import Person


async def test_a_repeated_request_gets_the_same_answer(person: Person) -> None:
    headers = {"Idempotency-Key": "one"}
    first = await person.post("/api/tasks", json={"title": "a"}, headers=headers)
    again = await person.post("/api/tasks", json={"title": "a"}, headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    assert [again.headers[name] for name in ("etag", "undo-token", "content-type")] == [
        first.headers[name] for name in ("etag", "undo-token", "content-type")
    ]
    assert len(await person.all()) == 1


async def test_every_kind_of_write_can_be_repeated(person: Person) -> None:
    task = await person.add("a", due="2099-03-05", recurrence="FREQ=DAILY")
    path = f"/api/tasks/{task['id']}"
    for method, where, body in [
        ("PATCH", path, {"notes": "n"}),
        ("POST", f"{path}/complete", None),
        ("POST", f"{path}/reopen", None),
        ("POST", "/api/undo", {}),
        ("PATCH", "/api/me", {"timezone": "Asia/Tokyo"}),
        ("DELETE", path, None),
    ]:
        headers = {"Idempotency-Key": f"{method} {where}".replace(" ", "-")}
        answers = [await person.request(method, where, json=body, headers=headers) for _ in range(3)]
        assert len({(answer.status_code, answer.content) for answer in answers}) == 1, where
        assert answers[0].status_code in {200, 204}, answers[0].text
    assert await person.all() == []


async def test_a_key_belongs_to_one_request(person: Person) -> None:
    headers = {"Idempotency-Key": "one"}
    made = (await person.post("/api/tasks", json={"title": "a"}, headers=headers)).json()
    others = [
        await person.post("/api/tasks", json={"title": "b"}, headers=headers),
        await person.patch(f"/api/tasks/{made['id']}", json={"title": "a"}, headers=headers),
        await person.post(f"/api/tasks/{made['id']}/complete", headers=headers),
    ]
    assert [answer.status_code for answer in others] == [422] * 3
    assert "Idempotency-Key" in others[0].json()["detail"]
    assert [(task["title"], task["version"]) for task in await person.all()] == [("a", 1)]


async def test_keys_are_each_users_own(person: Person, stranger: Person) -> None:
    headers = {"Idempotency-Key": "one"}
    first = await person.post("/api/tasks", json={"title": "a"}, headers=headers)
    second = await stranger.post("/api/tasks", json={"title": "b"}, headers=headers)
    assert (first.json()["title"], second.json()["title"]) == ("a", "b")


async def test_a_refused_write_keeps_no_key(person: Person) -> None:
    headers = {"Idempotency-Key": "one"}
    refused = await person.post("/api/tasks", json={"title": ""}, headers=headers)
    assert refused.status_code == 422
    assert (await person.post("/api/tasks", json={"title": "a"}, headers=headers)).status_code == 201


async def test_two_at_once_are_one(person: Person) -> None:
    headers = {"Idempotency-Key": "race"}
    answers = await asyncio.gather(*(person.post("/api/tasks", json={"title": "a"}, headers=headers) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len(await person.all()) == 1


async def test_writes_at_once_are_numbered_without_gaps(person: Person) -> None:
    await asyncio.gather(*(person.add(f"t{index}") for index in range(12)))
    assert sorted(task["number"] for task in await person.all()) == list(range(1, 13))


async def test_of_two_changes_of_one_version_one_wins(person: Person) -> None:
    task = await person.add("a")
    headers = {"If-Match": '"1"'}
    answers = await asyncio.gather(
        *(person.patch(f"/api/tasks/{task['id']}", json={"title": f"t{i}"}, headers=headers) for i in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]


async def test_keys_are_forgotten_after_a_day(app: FastAPI, person: Person) -> None:
    headers = {"Idempotency-Key": "old"}
    await person.post("/api/tasks", json={"title": "a"}, headers=headers)
    async with app.state.database.write() as session:
        long_ago = utc_now() - KEY_LIFETIME - timedelta(minutes=1)
        await session.execute(update(IdempotencyKey).where(IdempotencyKey.user_id == person.id).values(at=long_ago))
    assert (await person.post("/api/tasks", json={"title": "b"}, headers=headers)).json()["title"] == "b"


@pytest.mark.parametrize("key", ["", "x" * 256, "two words"])
async def test_keys_that_are_none(person: Person, key: str) -> None:
    answer = await person.post("/api/tasks", json={"title": "a"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert await person.all() == []
