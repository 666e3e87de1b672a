"""Undo: any turn, any number of steps back, redo, and what stands in its way; on both databases."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from backend.errors import ConflictError
from backend.journal import service as journal
from backend.journal.tokens import call_token
from backend.journal.values import Actor
from backend.models import new_id
from backend.tasks import service
from backend.tasks.schemas import TaskCreate, TaskPatch
from tests.support.people import Person

MOVING = ("version", "updated_at")


def state(task: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in task.items() if name not in MOVING}


async def undo(person: Person, token: str | None = None) -> httpx.Response:
    return await person.post("/api/undo", json={"undo_token": token} if token else {})


async def test_a_creation_is_undone_and_redone_with_id_and_number(person: Person) -> None:
    made = await person.post("/api/tasks", json={"title": "a", "tags": ["x"], "due": "2026-03-05", "notes": "n"})
    undone = (await undo(person, made.headers["undo-token"])).json()
    assert undone["undone"] == made.headers["undo-token"]
    assert [(change["kind"], change["after"]) for change in undone["changes"]] == [("delete", None)]
    assert await person.all() == []
    redone = (await undo(person, undone["undo_token"])).json()
    assert redone["changes"][0]["kind"] == "create"
    [task] = await person.all()
    assert state(task) == state(made.json()) and task["version"] == 2


async def test_a_deleted_task_comes_back_with_the_next_version(person: Person) -> None:
    task = await person.add("a", project="P", priority="low", recurrence="FREQ=DAILY", due="2026-03-05T09:00")
    deleted = await person.delete(f"/api/tasks/{task['id']}")
    answer = await undo(person, deleted.headers["undo-token"])
    assert answer.headers["undo-token"] == answer.json()["undo_token"]
    [back] = await person.all()
    assert state(back) == state(task) and back["version"] == 2
    assert (await person.get("/api/tasks", params={"search": "a p"})).json()["items"] == [back]


async def test_without_a_token_the_latest_standing_turn_goes_first(person: Person) -> None:
    task = await person.add("a")
    for title in ("b", "c"):
        await person.patch(f"/api/tasks/{task['id']}", json={"title": title})
    found = []
    for _ in range(3):
        assert (await undo(person)).status_code == 200
        found.append([item["title"] for item in await person.all()])
    assert found == [["b"], ["a"], []]
    nothing = await undo(person)
    assert nothing.status_code == 409 and "nothing to undo" in nothing.json()["detail"]


async def test_an_undo_that_was_redone_can_be_undone_again(person: Person) -> None:
    task = await person.add("a")
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "b"})
    first = (await undo(person)).json()
    await undo(person, first["undo_token"])
    assert [item["title"] for item in await person.all()] == ["b"]
    await undo(person)
    assert [item["title"] for item in await person.all()] == ["a"]
    again = await undo(person, first["undone"])
    assert again.status_code == 409 and "already" in again.json()["detail"]


async def test_a_field_changed_since_stands_in_the_way_by_name(person: Person) -> None:
    task = await person.add("report", priority="low")
    path = f"/api/tasks/{task['id']}"
    first = await person.patch(path, json={"priority": "high"})
    await person.patch(path, json={"priority": "medium"})
    refused = await undo(person, first.headers["undo-token"])
    assert refused.status_code == 409 and "report" in refused.json()["detail"]
    assert (await person.get(path)).json()["priority"] == "medium"


async def test_other_fields_changed_since_are_kept(person: Person) -> None:
    task = await person.add("report", priority="low")
    path = f"/api/tasks/{task['id']}"
    first = await person.patch(path, json={"priority": "high"})
    await person.patch(path, json={"title": "final report", "notes": "n"})
    assert (await undo(person, first.headers["undo-token"])).status_code == 200
    now = (await person.get(path)).json()
    assert (now["title"], now["notes"], now["priority"]) == ("final report", "n", "low")


async def test_a_task_deleted_since_stands_in_the_way(person: Person) -> None:
    task = await person.add("report")
    changed = await person.patch(f"/api/tasks/{task['id']}", json={"title": "b"})
    await person.delete(f"/api/tasks/{task['id']}")
    answer = await undo(person, changed.headers["undo-token"])
    assert answer.status_code == 409 and "deleted" in answer.json()["detail"]


async def test_a_completed_occurrence_is_taken_back(person: Person) -> None:
    task = await person.add("stretch", due="2026-03-05", recurrence="FREQ=DAILY;COUNT=9999")
    done = await person.post(f"/api/tasks/{task['id']}/complete")
    assert done.json()["due"] != task["due"]
    finished = {"completed_from": "2026-01-01", "status": "all"}
    assert len(await person.all(**finished)) == 1
    undone = (await undo(person, done.headers["undo-token"])).json()
    assert [state(item) for item in await person.all()] == [state(task)]
    assert await person.all(**finished) == []
    await undo(person, undone["undo_token"])
    assert len(await person.all(**finished)) == 1


async def test_tokens_of_others_and_of_nobody_are_not_found(person: Person, stranger: Person) -> None:
    made = await stranger.post("/api/tasks", json={"title": "theirs"})
    for token in (made.headers["undo-token"], new_id(), "x", "\x00", "ä" * 64):
        assert (await undo(person, token)).status_code == 404, token
    assert len(await stranger.all()) == 1


@pytest.mark.parametrize("body", [b'{"undo_token": 1}', b'{"token": "x"}', b'{"undo_token": "' + b"x" * 65 + b'"}'])
async def test_bodies_that_name_no_turn(person: Person, body: bytes) -> None:
    await person.add("a")
    answer = await person.post("/api/undo", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert len(await person.all()) == 1


async def test_an_undo_needs_no_body(person: Person) -> None:
    await person.add("a")
    assert (await person.post("/api/undo")).status_code == 200


async def test_many_tasks_in_one_turn_are_undone_together(app: FastAPI, person: Person) -> None:
    before = [await person.add(f"t{index}", due="2026-03-05") for index in range(20)]
    ids = [str(task["id"]) for task in before]
    actor = Actor(user_id=person.id, surface="chat", turn_id=new_id())
    async with app.state.database.write() as session:
        await service.update_many(session, actor, ids[:10], TaskPatch(priority="high"))
        await service.shift_many(session, actor, ids[5:15], "P1D")
        await service.complete_many(session, actor, ids[10:18])
        await service.delete_many(session, actor, ids[15:])
    changes = (await undo(person, actor.turn_id)).json()["changes"]
    assert len(changes) == 33 and {change["turn"] for change in changes} == {changes[0]["turn"]}
    assert [state(task) for task in await person.all(sort="created")] == [state(task) for task in before]


async def test_several_steps_in_one_turn_and_their_redo(app: FastAPI, person: Person) -> None:
    for title in ("a", "b", "c"):
        await person.add(title)
    actor = Actor(user_id=person.id, surface="chat", turn_id=new_id())
    async with app.state.database.write() as session:
        result = await journal.undo_steps(session, actor, 2)
    assert [item["title"] for item in await person.all()] == ["a"]
    assert (await undo(person, result.undo_token)).status_code == 200
    assert [item["title"] for item in await person.all(sort="title")] == ["a", "b", "c"]
    with pytest.raises(ConflictError):
        async with app.state.database.write() as session:
            await journal.undo_steps(session, Actor(user_id=person.id, surface="chat", turn_id=new_id()), 9)
            raise ConflictError("all three were undone; nothing of it is kept")
    assert len(await person.all()) == 3


async def test_a_refused_undo_changes_nothing_of_its_turn(app: FastAPI, person: Person) -> None:
    tasks = [await person.add(f"t{index}") for index in range(3)]
    actor = Actor(user_id=person.id, surface="chat", turn_id=new_id())
    async with app.state.database.write() as session:
        await service.update_many(session, actor, [str(task["id"]) for task in tasks], TaskPatch(priority="high"))
    await person.patch(f"/api/tasks/{tasks[0]['id']}", json={"priority": "low"})
    assert (await undo(person, actor.turn_id)).status_code == 409
    assert [task["priority"] for task in await person.all(sort="created")] == ["low", "high", "high"]


async def _two_calls(app: FastAPI, person: Person) -> tuple[str, str, str]:
    """A turn of two calls, of one and of two changes; the tokens of the turn and of each."""
    actor = Actor(user_id=person.id, surface="chat", turn_id=new_id())
    tokens = []
    for titles in (("a",), ("b", "c")):
        async with app.state.database.write() as session:
            for title in titles:
                await service.create(session, actor, TaskCreate(title=title))
            tokens.append(call_token(journal.changes_here(session)))
    return actor.turn_id, *tokens


async def _titles(person: Person) -> set[object]:
    return {task["title"] for task in await person.all()}


async def test_one_call_of_a_turn_is_undone_and_redone_alone(app: FastAPI, person: Person) -> None:
    turn, first, second = await _two_calls(app, person)
    undone = (await undo(person, second)).json()
    assert undone["undone"] == second and {change["undoes"] for change in undone["changes"]} == {turn}
    assert await _titles(person) == {"a"}
    again = await undo(person, second)
    assert again.status_code == 409 and "already" in again.json()["detail"]
    await undo(person, undone["undo_token"])
    assert await _titles(person) == {"a", "b", "c"}
    await undo(person, first)
    assert await _titles(person) == {"b", "c"}


async def test_a_turns_token_takes_back_what_of_it_still_stands(app: FastAPI, person: Person) -> None:
    turn, first, _ = await _two_calls(app, person)
    await undo(person, first)
    rest = (await undo(person, turn)).json()
    assert len(rest["changes"]) == 2 and await _titles(person) == set()
    await undo(person, rest["undo_token"])
    assert await _titles(person) == {"b", "c"}


async def test_a_later_call_on_the_same_field_stands_in_the_way(app: FastAPI, person: Person) -> None:
    task = await person.add("report", priority="low")
    actor, tokens = Actor(user_id=person.id, surface="chat", turn_id=new_id()), []
    for priority in ("high", "medium"):
        async with app.state.database.write() as session:
            await service.update(session, actor, str(task["id"]), TaskPatch(priority=priority))
            tokens.append(call_token(journal.changes_here(session)))
    assert (await undo(person, tokens[0])).status_code == 409
    for token in reversed(tokens):
        assert (await undo(person, token)).status_code == 200
    [now] = await person.all()
    assert now["priority"] == "low"


async def test_a_calls_token_of_another_user_or_beyond_the_turn_is_not_found(
    app: FastAPI, person: Person, stranger: Person
) -> None:
    turn, first, _ = await _two_calls(app, person)
    for token in (f"{turn}.90-99", f"{turn}.3-1", f"{turn}.-", f"{turn}.1", f"{turn}.1-1.1-1", ".1-9"):
        assert (await undo(person, token)).status_code == 404, token
    assert (await undo(stranger, first)).status_code == 404
    assert await _titles(person) == {"a", "b", "c"}
