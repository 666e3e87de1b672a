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


async def look(person: Person, kind: str, name: str, **chosen: object) -> httpx.Response:
    return await person.patch(f"/api/{kind}s", json={"name": name, **chosen})


async def labels(person: Person) -> list[Any]:
    return list((await person.get("/api/labels")).json())


def label(name: str, kind: str = "project", **more: object) -> dict[str, object]:
    return {"kind": kind, "name": name, "colour": None, "position": None, "archived": False, **more}


async def test_a_colour_and_the_archive_are_each_undone_and_redone(person: Person) -> None:
    await person.add("x", project="Work", tags=["fam"])
    assert await labels(person) == []
    coloured = await look(person, "project", "WORK", colour="teal")
    assert coloured.json() == [label("Work", colour="teal")] == await labels(person)
    await look(person, "tag", "fam", colour="red")
    archived = await look(person, "project", "work", archived=True)
    assert await labels(person) == [label("fam", "tag", colour="red"), label("Work", colour="teal", archived=True)]
    undone = await undo(person, archived.headers["Undo-Token"])
    assert (undone.status_code, undone.json()["total"], undone.json()["reminder_settings"]) == (200, 0, None)
    assert label("Work", colour="teal") in await labels(person)
    await undo(person, undone.json()["undo_token"])
    assert label("Work", colour="teal", archived=True) in await labels(person)
    assert (await undo(person, coloured.headers["Undo-Token"])).status_code == 200
    assert label("Work", archived=True) in await labels(person)


async def test_undo_goes_back_over_tasks_and_looks_in_their_order(person: Person) -> None:
    await person.add("x", project="work")
    await look(person, "project", "work", colour="teal")
    await person.add("y", project="work")
    await look(person, "project", "work", colour="red")
    for left in ([label("work", colour="teal")], [label("work", colour="teal")], []):
        await undo(person)
        assert await labels(person) == left
    assert [task["title"] for task in await person.all()] == ["x"]
    redone = await person.post("/api/redo")
    assert redone.status_code == 200
    assert await labels(person) == [label("work", colour="teal")]


async def test_a_look_that_was_changed_since_stops_the_undo(person: Person) -> None:
    await person.add("x", project="work")
    first = await look(person, "project", "work", colour="teal")
    await look(person, "project", "work", colour="red")
    assert (await undo(person, first.headers["Undo-Token"])).status_code == 409
    assert await labels(person) == [label("work", colour="red")]


async def test_the_look_goes_along_with_the_name_and_a_merge_keeps_that_of_the_other(person: Person) -> None:
    await person.add("x", project="work")
    await person.add("y", project="office")
    await look(person, "project", "work", colour="teal", archived=True)
    renamed = await rename(person, "project", "work", "Job")
    assert await labels(person) == [label("Job", colour="teal", archived=True)]
    await undo(person, renamed.headers["Undo-Token"])
    assert await labels(person) == [label("work", colour="teal", archived=True)]
    await look(person, "project", "office", colour="pink")
    merged = await rename(person, "project", "work", "office", merge=True)
    assert await labels(person) == [label("office", colour="pink")]
    await undo(person, merged.headers["Undo-Token"])
    assert await labels(person) == [label("office", colour="pink"), label("work", colour="teal", archived=True)]


async def test_projects_are_put_in_an_order(person: Person) -> None:
    for name in ("a", "b", "c"):
        await person.add(f"in {name}", project=name)
    await person.post("/api/projects/order", json={"names": ["c", "A", "c"]})
    assert await labels(person) == [label("c", position=1), label("a", position=2)]
    await person.post("/api/projects/order", json={"names": ["b"]})
    assert await labels(person) == [label("b", position=1)]
    await undo(person)
    assert await labels(person) == [label("c", position=1), label("a", position=2)]


@pytest.mark.parametrize(("path", "body", "status"), [
    ("projects", {"name": "work", "colour": "beige"}, 422),
    ("projects", {"name": "work", "archived": "yes"}, 422),
    ("projects", {"name": "nowhere", "colour": "red"}, 404),
    ("tags", {"name": "work", "archived": True}, 422),
    ("tags", {"name": "work", "colour": "red"}, 404),
])  # fmt: skip
async def test_what_is_no_look_is_refused(person: Person, path: str, body: dict[str, object], status: int) -> None:
    await person.add("x", project="work")
    answer = await person.patch(f"/api/{path}", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert await labels(person) == []
    assert (await person.post("/api/projects/order", json={"names": ["work", "gone"]})).status_code == 404
    assert await labels(person) == []


async def test_looks_are_the_users_own_and_in_the_export(person: Person, stranger: Person) -> None:
    for one in (person, stranger):
        await one.add("x", project="work")
    await look(person, "project", "work", colour="teal")
    assert await labels(stranger) == []
    exported = (await person.get("/api/account/export")).json()["labels"]
    assert [(entry["name"], entry["colour"]) for entry in exported] == [("work", "teal")]


async def test_the_chat_takes_a_look_back_and_says_so(person: Person) -> None:
    await person.add("x", project="work")
    await look(person, "project", "work", colour="teal")
    answer = await person.post("/api/chat", json={"message": "undo"})
    assert "look is put back" in answer.json()["response"]
    assert await labels(person) == []
