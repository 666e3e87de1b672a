"""Tasks within tasks over HTTP: how far they go, what becomes of them with their parent, and undo."""

from typing import Any

import pytest

from tests.support.people import Person

Task = dict[str, Any]


async def checklist(person: Person, *titles: str, **fields: object) -> tuple[Task, list[Task]]:
    parent = await person.add("buy milk", **fields)
    return parent, [await person.add(title, parent_id=parent["id"]) for title in titles]


async def read(person: Person, task: Task) -> Task:
    answer = await person.get(f"/api/tasks/{task['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def titles(person: Person, **query: object) -> list[object]:
    return [task["title"] for task in await person.all(sort="order", **query)]


async def undo(person: Person, token: str | None = None) -> None:
    answer = await person.post("/api/undo", json={"undo_token": token} if token else {})
    assert answer.status_code == 200, answer.text


async def test_a_subtask_is_a_task_that_its_parent_counts(person: Person) -> None:
    parent, (first, second) = await checklist(person, "check the price", "go", project="Home")
    assert (first["parent_id"], first["project"], first["subtasks"]) == (parent["id"], "Home", None)
    await person.post(f"/api/tasks/{second['id']}/complete")
    now = await read(person, parent)
    assert now["subtasks"] == {"open": 1, "done": 1}
    assert (now["version"], now["updated_at"]) == (parent["version"], parent["updated_at"])
    assert await titles(person, parent_id=parent["id"]) == ["check the price", "go"]
    assert await titles(person, parent_id=parent["id"], status="open", search="price") == ["check the price"]
    assert len(await person.all()) == 3


async def test_subtasks_go_two_levels_deep(person: Person) -> None:
    parent, (child,) = await checklist(person, "check the price")
    grandchild = await person.add("of oat milk", parent_id=child["id"])
    answer = await person.post("/api/tasks", json={"title": "too deep", "parent_id": grandchild["id"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "parent_id"
    other = await person.add("other")
    answer = await person.patch(f"/api/tasks/{parent['id']}", json={"parent_id": other["id"]})
    assert answer.status_code == 422
    assert len(await person.all()) == 4


@pytest.mark.parametrize("under", [0, 1, 2])
async def test_nothing_stands_under_itself(person: Person, under: int) -> None:
    parent, (child,) = await checklist(person, "child")
    line = [parent, child, await person.add("grandchild", parent_id=child["id"])]
    answer = await person.patch(f"/api/tasks/{parent['id']}", json={"parent_id": line[under]["id"]})
    assert answer.status_code == 422
    assert "under itself" in answer.json()["detail"]


async def test_a_parent_is_the_users_own_and_there(person: Person, stranger: Person) -> None:
    theirs, mine = await stranger.add("theirs"), await person.add("mine")
    gone = await person.add("gone")
    await person.delete(f"/api/tasks/{gone['id']}")
    for parent_id in (theirs["id"], gone["id"]):
        made = await person.post("/api/tasks", json={"title": "x", "parent_id": parent_id})
        moved = await person.patch(f"/api/tasks/{mine['id']}", json={"parent_id": parent_id})
        assert (made.status_code, moved.status_code) == (404, 404)
    assert (await read(stranger, theirs))["subtasks"] is None
    assert await person.all(parent_id=theirs["id"]) == []
    answer = await person.post("/api/tasks", json={"title": "x", "parent_id": "buy milk"})
    assert answer.status_code == 422


async def test_so_many_subtasks_and_no_more(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.tasks.subtasks.tree.MOST_SUBTASKS", 3)
    parent, (first, _) = await checklist(person, "a", "b")
    await person.add("c", parent_id=first["id"])
    for under in (parent, first):
        answer = await person.post("/api/tasks", json={"title": "d", "parent_id": under["id"]})
        assert answer.status_code == 422
        assert "at most" in answer.json()["detail"]
    answer = await person.patch(f"/api/tasks/{first['id']}", json={"parent_id": parent["id"], "notes": "n"})
    assert answer.status_code == 200, "what stays where it stands is not counted twice"


async def test_a_deleted_parent_takes_its_subtasks_along_and_undo_brings_all_back(person: Person) -> None:
    parent, (child, _) = await checklist(person, "a", "b")
    await person.add("c", parent_id=child["id"])
    before = await person.all(sort="created")
    gone = await person.delete(f"/api/tasks/{parent['id']}")
    assert await person.all() == []
    token = gone.headers["undo-token"]
    await undo(person, token)
    same = ("id", "number", "parent_id", "subtasks", "title")
    after = await person.all(sort="created")
    assert [[task[name] for name in same] for task in after] == [[task[name] for name in same] for task in before]
    redone = await person.post("/api/redo")
    assert redone.status_code == 200, redone.text
    assert await person.all() == []


async def test_an_undo_that_would_orphan_a_subtask_is_refused(person: Person) -> None:
    answer = await person.post("/api/tasks", json={"title": "parent"})
    parent = answer.json()
    child = await person.add("child", parent_id=parent["id"])
    refused = await person.post("/api/undo", json={"undo_token": answer.headers["undo-token"]})
    assert refused.status_code == 409
    assert "child" in refused.json()["detail"]
    assert (await read(person, child))["parent_id"] == parent["id"]


async def test_an_undo_that_would_close_a_circle_is_refused(person: Person) -> None:
    first, second = await person.add("first"), await person.add("second")
    await person.patch(f"/api/tasks/{second['id']}", json={"parent_id": first["id"]})
    out = await person.patch(f"/api/tasks/{second['id']}", json={"parent_id": None})
    await person.patch(f"/api/tasks/{first['id']}", json={"parent_id": second["id"]})
    refused = await person.post("/api/undo", json={"undo_token": out.headers["undo-token"]})
    assert refused.status_code == 409
    assert (await read(person, second))["subtasks"] == {"open": 1, "done": 0}


@pytest.mark.parametrize(
    ("body", "left", "statuses"),
    [
        (None, 3, ["open", "open", "open"]),
        ({"subtasks": "keep"}, 3, ["open", "open", "open"]),
        ({"subtasks": "complete"}, None, ["done", "done", "done"]),
    ],
)
async def test_who_ticks_off_a_task_says_what_becomes_of_its_subtasks(
    person: Person, body: Task | None, left: int | None, statuses: list[str]
) -> None:
    parent, (child, _) = await checklist(person, "a", "b")
    await person.add("c", parent_id=child["id"])
    answer = await person.post(f"/api/tasks/{parent['id']}/complete", json=body)
    assert (answer.status_code, answer.json().get("open_subtasks")) == (200, left)
    assert answer.json()["status"] == "done"
    under = [task["status"] for task in await person.all() if task["parent_id"]]
    assert under == statuses
    await undo(person, answer.headers["undo-token"])
    assert {task["status"] for task in await person.all()} == {"open"}


async def test_a_choice_that_there_is_not_is_refused(person: Person) -> None:
    parent, _ = await checklist(person, "a")
    answer = await person.post(f"/api/tasks/{parent['id']}/complete", json={"subtasks": "delete"})
    assert answer.status_code == 422
    assert (await read(person, parent))["status"] == "open"


async def test_a_repeating_parent_opens_its_checklist_anew(person: Person) -> None:
    parent, (first, second) = await checklist(person, "a", "b", due="2031-03-05", recurrence="FREQ=WEEKLY")
    await person.patch(f"/api/tasks/{second['id']}", json={"due": "2031-03-04"})
    for task in (first, second):
        await person.post(f"/api/tasks/{task['id']}/complete")
    done = await person.post(f"/api/tasks/{parent['id']}/complete")
    assert (done.json()["due"], done.json()["subtasks"]) == ("2031-03-12", {"open": 2, "done": 0})
    assert (await read(person, second))["due"] == "2031-03-11"
    await undo(person, done.headers["undo-token"])
    assert (await read(person, parent))["subtasks"] == {"open": 0, "done": 2}
    assert (await read(person, second))["due"] == "2031-03-04"


async def test_a_later_time_of_a_repeating_subtask_is_left(person: Person) -> None:
    parent, (later,) = await checklist(person, "water")
    await person.patch(f"/api/tasks/{later['id']}", json={"due": "2031-03-05", "recurrence": "FREQ=DAILY"})
    await person.post(f"/api/tasks/{parent['id']}/complete", json={"subtasks": "complete"})
    assert (await read(person, later))["due"] == "2031-03-05"


async def test_subtasks_go_along_into_another_project_and_their_own_stays(person: Person) -> None:
    parent, (follows, _) = await checklist(person, "follows", "own", project="Home")
    own = (await person.all(search="own"))[0]
    await person.patch(f"/api/tasks/{own['id']}", json={"project": "Work"})
    moved = await person.patch(f"/api/tasks/{parent['id']}", json={"project": "Shop"})
    assert [(await read(person, task))["project"] for task in (follows, own)] == ["Shop", "Work"]
    await undo(person, moved.headers["undo-token"])
    assert [(await read(person, task))["project"] for task in (follows, own)] == ["Home", "Work"]


async def test_a_task_moves_under_another_with_all_it_has_and_out_again(person: Person) -> None:
    home = await person.add("home", project="Home")
    parent, (child,) = await checklist(person, "child")
    await person.patch(f"/api/tasks/{parent['id']}", json={"parent_id": home["id"]})
    assert [(await read(person, task))["project"] for task in (parent, child)] == ["Home", "Home"]
    assert (await read(person, home))["subtasks"] == {"open": 1, "done": 0}
    out = await person.patch(f"/api/tasks/{parent['id']}", json={"parent_id": None})
    assert (out.json()["parent_id"], out.json()["subtasks"]) == (None, {"open": 1, "done": 0})
    assert (await read(person, home))["subtasks"] is None


async def test_the_order_is_that_of_adding_and_stays_when_one_is_ticked_off(person: Person) -> None:
    parent, made = await checklist(person, "c", "a", "b")
    await person.post(f"/api/tasks/{made[1]['id']}/complete")
    await person.patch(f"/api/tasks/{made[2]['id']}", json={"order": made[0]["order"] - 0.5})
    assert await titles(person, parent_id=parent["id"]) == ["b", "c", "a"]


async def test_the_past_is_put_back_with_its_subtasks(person: Person) -> None:
    parent, (child,) = await checklist(person, "child")
    revision = (await person.get("/api/history", params={"limit": 1})).json()["items"][0]["revision"]
    await person.patch(f"/api/tasks/{child['id']}", json={"parent_id": None})
    await person.delete(f"/api/tasks/{parent['id']}")
    answer = await person.post("/api/undo", json={"to_revision": revision})
    assert answer.status_code == 200, answer.text
    assert (await read(person, child))["parent_id"] == parent["id"]
    assert (await read(person, parent))["subtasks"] == {"open": 1, "done": 0}


async def test_a_subtask_of_a_done_task_is_opened_by_itself(person: Person) -> None:
    parent, (child,) = await checklist(person, "child")
    await person.post(f"/api/tasks/{parent['id']}/complete", json={"subtasks": "complete"})
    await person.post(f"/api/tasks/{child['id']}/reopen")
    now = await read(person, parent)
    assert (now["status"], now["subtasks"]) == ("done", {"open": 1, "done": 0})
    assert await titles(person, status="open") == ["child"]
