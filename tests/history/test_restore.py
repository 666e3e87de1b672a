"""The list put back to a moment: exactly what it was, as one turn, which undo takes back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from backend.journal.models import JournalRow
from backend.journal.values import Actor
from backend.models import new_id, utc_now
from backend.tasks import service
from backend.tasks.schemas import TaskCreate
from tests.history.clock import set_beginning, set_time
from tests.journal.test_undo import state
from tests.support.people import Person


async def revision(person: Person) -> int:
    items = (await person.get("/api/history", params={"limit": 1})).json()["items"]
    return int(items[0]["revision"]) if items else 0


async def put_back(person: Person, **to: Any) -> dict[str, Any]:
    answer = await person.post("/api/undo", json=to)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def states(person: Person) -> list[dict[str, Any]]:
    return sorted((state(task) for task in await person.all()), key=lambda task: task["number"])


async def test_all_since_a_moment_is_taken_back_at_once(person: Person) -> None:
    kept, gone, changed = [await person.add(title, tags=[title]) for title in ("kept", "gone", "changed")]
    before, then = await states(person), await revision(person)
    await person.delete(f"/api/tasks/{gone['id']}")
    await person.patch(f"/api/tasks/{changed['id']}", json={"title": "other", "due": "2031-01-05", "priority": "high"})
    await person.post(f"/api/tasks/{changed['id']}/complete")
    await person.add("new")
    after = await states(person)
    seen = (await person.get("/api/history/preview", params={"to_revision": then})).json()
    counts = {name: seen[name] for name in ("total", "brought_back", "removed", "changed")}
    assert counts == {"total": 3, "brought_back": 1, "removed": 1, "changed": 1}
    assert {(one["kind"], (one["after"] or one["before"])["title"]) for one in seen["changes"]} == {
        ("create", "gone"),
        ("reopen", "changed"),
        ("delete", "new"),
    }
    assert await states(person) == after, "a preview changes nothing"
    done = await put_back(person, to_revision=then, if_revision=seen["revision"])
    assert await states(person) == before and done["total"] == 3 and done["undone"] is None
    [back] = [task for task in await person.all() if task["number"] == gone["number"]]
    assert back["id"] == gone["id"] and int(str(back["version"])) > int(str(gone["version"]))
    assert (await person.add("next"))["number"] == 5, "a number is never given twice"
    assert kept["id"] in {task["id"] for task in await person.all()}


async def test_it_is_one_turn_that_undo_takes_back_and_redo_does_again(person: Person) -> None:
    task = await person.add("a")
    then, before = await revision(person), await states(person)
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "b"})
    await person.add("c")
    after = await states(person)
    await put_back(person, to_revision=then)
    assert await states(person) == before
    await put_back(person)
    assert await states(person) == after
    assert (await person.post("/api/redo")).status_code == 200
    assert await states(person) == before


async def test_a_completed_occurrence_counts_no_more_and_again(person: Person) -> None:
    day = utc_now().date()
    task = await person.add("standup", due=(day - timedelta(days=1)).isoformat(), recurrence="FREQ=DAILY")
    then = await revision(person)
    await person.post(f"/api/tasks/{task['id']}/complete")
    window = {
        "completed_from": (day - timedelta(days=1)).isoformat(),
        "completed_to": (day + timedelta(days=1)).isoformat(),
    }
    assert len(await person.all(**window)) == 1
    middle = await revision(person)
    await put_back(person, to_revision=then)
    assert await person.all(**window) == []
    await put_back(person)
    assert len(await person.all(**window)) == 1
    await put_back(person, to_revision=then)
    await put_back(person, to_revision=middle)
    assert len(await person.all(**window)) == 1, "also across an earlier putting back"


async def test_a_preview_that_is_not_true_any_more_is_refused(person: Person) -> None:
    await person.add("a")
    await person.add("b")
    seen = (await person.get("/api/history/preview", params={"to_revision": 1})).json()
    await person.add("c")
    answer = await person.post("/api/undo", json={"to_revision": 1, "if_revision": seen["revision"]})
    assert answer.status_code == 412 and "changed since" in answer.json()["detail"]
    assert len(await person.all()) == 3


async def test_nothing_to_change_says_so(person: Person) -> None:
    await person.add("a")
    answer = await person.post("/api/undo", json={"to_revision": 1})
    assert answer.status_code == 409 and "as it was then" in answer.json()["detail"]


async def test_a_time_is_on_the_clocks_of_who_asks(app: FastAPI, person: Person) -> None:
    await set_beginning(app, person.id, datetime(2026, 1, 1, tzinfo=UTC))
    for number, hour in enumerate((9, 10, 11), 1):
        await person.add(f"at {hour}")
        await set_time(app, person.id, number, datetime(2026, 3, 4, hour, tzinfo=UTC))
    zone = {"X-Timezone": "Europe/Berlin"}
    for text, kept in (
        ("2026-03-04T11:30", 2),
        ("2026-03-04T10:00:00", 1),
        ("2026-03-04T10:30Z", 2),
        ("2026-03-04 09:59", 0),
    ):
        seen = await person.get("/api/history/preview", params={"to": text}, headers=zone)
        assert (seen.json()["to_revision"], seen.json()["removed"]) == (kept, 3 - kept), text
    answer = await person.post("/api/undo", json={"to": "2026-03-04T12:30+02:00"}, headers=zone)
    assert answer.json()["restored_to"] == "2026-03-04T10:30:00.000Z" and answer.json()["total"] == 1
    assert [task["title"] for task in await person.all()] == ["at 9", "at 10"]


async def test_a_clock_that_was_set_back_takes_nothing_out_of_order(app: FastAPI, person: Person) -> None:
    """The third change has an earlier time than the second: the list at that time is the one after the third."""
    await set_beginning(app, person.id, datetime(2026, 1, 1, tzinfo=UTC))
    for number, minute in enumerate((0, 50, 30, 40), 1):
        await person.add(f"{number}")
        await set_time(app, person.id, number, datetime(2026, 3, 4, 9, minute, tzinfo=UTC))
    for text, kept in (("2026-03-04T09:10Z", 1), ("2026-03-04T09:35Z", 3), ("2026-03-04T09:45Z", 4)):
        seen = await person.get("/api/history/preview", params={"to": text})
        assert seen.json()["to_revision"] == kept, text


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("yesterday", "date and time"),
        ("2026-02-30T10:00", "date and time"),
        ("2026-03-04", "date and time"),
        ("2026-03-04T25:00", "date and time"),
        ("0001-01-01T00:00+14:00", "date and time"),
        ("\uff12026-03-04T10:00", "date and time"),
        ("", "date and time"),
        ("2999-01-01T00:00", "future"),
        ("1999-01-01T00:00", "before this list"),
        ("2026-03-29T02:30", "went forward"),
        ("2025-10-26T02:30", "twice"),
    ],
)
async def test_what_is_no_moment_of_the_list_is_refused(person: Person, to: str, reason: str) -> None:
    await person.add("a")
    for answer in (
        await person.post("/api/undo", json={"to": to}, headers={"X-Timezone": "Europe/Berlin"}),
        await person.get("/api/history/preview", params={"to": to}, headers={"X-Timezone": "Europe/Berlin"}),
    ):
        assert answer.status_code == 422 and reason in answer.json()["detail"], answer.text
        assert answer.json()["errors"][0]["field"] == "to"
    assert len(await person.all()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"to": "2026-03-04T10:00", "to_revision": 1},
        {"undo_token": "x", "to_revision": 1},
        {"if_revision": 1},
        {"to_revision": -1},
        {"to_revision": 77},
        {"to_revision": 2**40},
    ],
)
async def test_contradictions_and_foreign_revisions_are_refused(person: Person, body: dict[str, Any]) -> None:
    await person.add("a")
    assert (await person.post("/api/undo", json=body)).status_code == 422


async def test_a_repeated_request_puts_back_once(person: Person) -> None:
    await person.add("a")
    await person.add("b")
    headers = {"Idempotency-Key": "k"}
    first = await person.post("/api/undo", json={"to_revision": 1}, headers=headers)
    again = await person.post("/api/undo", json={"to_revision": 1}, headers=headers)
    assert first.json() == again.json() and await revision(person) == 3


async def test_what_others_do_does_not_matter(person: Person, stranger: Person) -> None:
    await person.add("mine")
    theirs = await stranger.add("theirs")
    await put_back(person, to_revision=0)
    assert await person.all() == [] and await stranger.all() == [theirs]


async def test_many_tasks_come_back_in_one_turn(app: FastAPI, person: Person) -> None:
    """Whole, and undone whole; how long it takes is measured elsewhere."""
    many = 1500
    async with app.state.database.write() as session:
        actor = Actor(user_id=person.id, surface="api", turn_id=new_id())
        made = [await service.create(session, actor, TaskCreate(title=f"t{number}")) for number in range(many)]
        ids = [task.id for task in made]
    async with app.state.database.write() as session:
        await service.delete_many(session, Actor(user_id=person.id, surface="api", turn_id=new_id()), ids)
    done = await put_back(person, to_revision=many)
    assert done["total"] == many and len(done["changes"]) == 500
    async with app.state.database.read() as session:
        turns = {row.turn_id for row in [await session.get(JournalRow, (person.id, 2 * many + n)) for n in (1, many)]}
    assert turns == {done["undo_token"]}
    assert (await put_back(person))["total"] == many
    assert await person.all() == []
