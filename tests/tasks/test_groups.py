"""Projects and tags renamed and merged over HTTP: one turn, told before it mixes, and taken back by one undo."""

from typing import Any

import httpx
import pytest

from tests.support.people import Person


async def rename(person: Person, kind: str, name: str, to: str, **more: object) -> httpx.Response:
    return await person.post(f"/api/{kind}s/rename", json={"name": name, "to": to, **more})


async def projects(person: Person) -> dict[str, int]:
    return {group["name"]: group["open"] + group["done"] for group in (await person.get("/api/projects")).json()}


async def fields(person: Person, name: str) -> dict[str, Any]:
    return {str(task["title"]): task[name] for task in await person.all(sort="created")}


async def undo(person: Person, token: str | None = None) -> httpx.Response:
    return await person.post("/api/undo", json={"undo_token": token} if token else {})


async def test_a_project_is_renamed_on_open_and_done_tasks_in_one_turn(person: Person) -> None:
    await person.add("report", project="work")
    done = await person.add("slides", project="Work")
    await person.add("milk", project="home")
    await person.post(f"/api/tasks/{done['id']}/complete")
    answer = await rename(person, "project", "WORK", "Büro ✎")
    assert answer.json() == {"name": "Büro ✎", "changed": 2, "merged": False}
    assert await fields(person, "project") == {"report": "Büro ✎", "slides": "Büro ✎", "milk": "home"}
    undone = await undo(person, answer.headers["Undo-Token"])
    assert undone.json()["total"] == 2
    assert await fields(person, "project") == {"report": "work", "slides": "Work", "milk": "home"}


async def test_subtasks_go_along_wherever_they_stand(person: Person) -> None:
    parent = await person.add("trip", project="travel")
    await person.add("tickets", parent_id=parent["id"])
    await person.add("sun cream", parent_id=parent["id"], project="shopping")
    await rename(person, "project", "travel", "journeys")
    assert await fields(person, "project") == {"trip": "journeys", "tickets": "journeys", "sun cream": "shopping"}


async def test_a_merge_is_told_with_its_counts_before_it_is_done(person: Person) -> None:
    await person.add("bread", project="errands")
    for title in ("milk", "eggs"):
        await person.add(title, project="Shopping")
    told = await rename(person, "project", "errands", "shopping")
    assert told.status_code == 409
    assert "with 2 tasks" in told.json()["detail"]
    assert "with 1 task," in told.json()["detail"]
    assert await projects(person) == {"errands": 1, "Shopping": 2}
    merged = await rename(person, "project", "errands", "shopping", merge=True)
    assert merged.json() == {"name": "Shopping", "changed": 1, "merged": True}
    assert await projects(person) == {"Shopping": 3}
    await undo(person)
    assert await projects(person) == {"errands": 1, "Shopping": 2}


@pytest.mark.parametrize(("before", "name", "to", "after"), [
    (["a", "old", "z"], "old", "new", ["a", "new", "z"]),
    (["old", "new"], "OLD", "New", ["new"]),
    (["new", "x", "old"], "old", "new", ["new", "x"]),
    (["old", "older", "old-er"], "old", "new", ["new", "older", "old-er"]),
    (["\uff4f\uff4c\uff44"], "old", "new", ["new"]),
    (["100%", "1000"], "100%", "all", ["all", "1000"]),
    (["a_b", "axb"], "a_b", "new", ["new", "axb"]),
])  # fmt: skip
async def test_a_tag_keeps_its_place_and_stands_once(
    person: Person, before: list[str], name: str, to: str, after: list[str]
) -> None:
    task = await person.add("x", tags=before)
    await person.add("other", tags=["new", "all"])
    await rename(person, "tag", name, to, merge=True)
    assert (await person.get(f"/api/tasks/{task['id']}")).json()["tags"] == after
    await undo(person)
    assert (await person.get(f"/api/tasks/{task['id']}")).json()["tags"] == before


async def test_only_the_case_changes_without_a_merge(person: Person) -> None:
    await person.add("x", project="work", tags=["Fam"])
    assert (await rename(person, "project", "work", "Work")).json() == {"name": "Work", "changed": 1, "merged": False}
    assert (await rename(person, "tag", "fam", "#fam")).json() == {"name": "fam", "changed": 1, "merged": False}
    same = await rename(person, "tag", "fam", "fam")
    assert (same.json()["changed"], "Undo-Token" in same.headers) == (0, False)


@pytest.mark.parametrize("kind", ["project", "tag"])
@pytest.mark.parametrize(("name", "to", "status"), [
    ("nowhere", "x", 404),
    ("work", "", 422),
    ("work", "   ", 422),
    ("work", "x" * 101, 422),
    ("work", "a\nb\x00", 422),
    ("work", "\u200b", 422),
])  # fmt: skip
async def test_what_is_no_name_is_refused_and_changes_nothing(
    person: Person, kind: str, name: str, to: str, status: int
) -> None:
    await person.add("x", project="work", tags=["work"])
    answer = await rename(person, kind, name, to)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert await fields(person, "project") == {"x": "work"}
    assert await fields(person, "tags") == {"x": ["work"]}


async def test_anothers_project_of_that_name_stays(person: Person, stranger: Person) -> None:
    await stranger.add("theirs", project="work")
    await person.add("mine", project="work")
    await rename(person, "project", "work", "office")
    assert await projects(stranger) == {"work": 1}
    assert (await rename(stranger, "project", "office", "x")).status_code == 404


async def test_a_task_that_changed_since_stops_the_undo_as_a_whole(person: Person) -> None:
    first = await person.add("a", project="work")
    await person.add("b", project="work")
    renamed = await rename(person, "project", "work", "office")
    await person.patch(f"/api/tasks/{first['id']}", json={"project": "home"})
    assert (await undo(person, renamed.headers["Undo-Token"])).status_code == 409
    assert await fields(person, "project") == {"a": "home", "b": "office"}


async def test_sent_again_it_is_done_once(person: Person) -> None:
    await person.add("a", project="work")
    body = {"name": "work", "to": "office"}
    once = {"Idempotency-Key": "rename-1"}
    first = await person.post("/api/projects/rename", json=body, headers=once)
    again = await person.post("/api/projects/rename", json=body, headers=once)
    assert (first.json(), first.headers["Undo-Token"]) == (again.json(), again.headers["Undo-Token"])
