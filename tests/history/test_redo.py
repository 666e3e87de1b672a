"""Redo: any number of undos taken back, newest first, until something stands in the way."""

from fastapi import FastAPI

from tests.support.people import Person


async def titles(person: Person) -> list[object]:
    return [task["title"] for task in await person.all(sort="created")]


async def test_as_many_steps_forward_as_back(person: Person) -> None:
    task = await person.add("a")
    for title in ("b", "c"):
        await person.patch(f"/api/tasks/{task['id']}", json={"title": title})
    for _ in range(3):
        await person.post("/api/undo")
    assert await titles(person) == []
    seen = []
    for _ in range(3):
        assert (await person.post("/api/redo")).status_code == 200
        seen.append(await titles(person))
    assert seen == [["a"], ["b"], ["c"]]
    nothing = await person.post("/api/redo")
    assert nothing.status_code == 409 and "nothing to redo" in nothing.json()["detail"]
    await person.post("/api/undo")
    assert await titles(person) == ["b"], "what was redone can be undone"


async def test_a_change_elsewhere_does_not_end_it_and_one_in_the_way_says_so(person: Person) -> None:
    task = await person.add("a")
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "b"})
    await person.post("/api/undo")
    await person.add("other")
    assert (await person.post("/api/redo")).status_code == 200
    assert await titles(person) == ["b", "other"]
    await person.post("/api/undo", json={"undo_token": (await history(person))[-1]})
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "c"})
    blocked = await person.post("/api/redo")
    assert blocked.status_code == 409 and "was changed since" in blocked.json()["detail"]
    assert await titles(person) == ["c", "other"]


async def test_undo_of_a_redo_leaves_the_change_undone(person: Person) -> None:
    await person.add("first")
    await person.add("second")
    await person.post("/api/undo")
    redone = (await person.post("/api/redo")).json()
    assert (await person.post("/api/undo", json={"undo_token": redone["undo_token"]})).status_code == 200
    assert await titles(person) == ["first"]
    assert (await person.post("/api/undo")).status_code == 200
    assert await titles(person) == [], "not the second again, which is gone already"
    for expected in (["first"], ["first", "second"]):
        await person.post("/api/redo")
        assert await titles(person) == expected


async def history(person: Person) -> list[str]:
    """The turns of the changes to the first task, the latest last."""
    items = (await person.get("/api/history")).json()["items"]
    return [item["turn"] for item in reversed(items) if item["task_id"] == items[-1]["task_id"]]


async def test_the_history_says_through_what_and_what_has_become_of_it(app: FastAPI, person: Person) -> None:
    await person.post("/api/chat", json={"message": "add milk"})
    await person.add("bread")
    await person.post("/api/undo")
    answer = await person.get("/api/history", params={"limit": 2})
    page = answer.json()
    assert [(item["surface"], item["kind"], item["said"]) for item in page["items"]] == [
        ("api", "delete", None),
        ("api", "create", None),
    ]
    undo, made = page["items"]
    assert undo["undoes"] == made["turn"] and made["undone_by"] == undo["turn"]
    last = (await person.get("/api/history", params={"cursor": page["next_cursor"]})).json()
    assert [item["said"] for item in last["items"]] == ["add milk"] and last["next_cursor"] is None
    of_one = (await person.get("/api/history", params={"task": made["task_id"]})).json()["items"]
    assert [item["kind"] for item in of_one] == ["delete", "create"]


async def test_another_user_s_history_is_none(person: Person, stranger: Person) -> None:
    task = await stranger.add("theirs")
    assert (await person.get("/api/history")).json()["items"] == []
    assert (await person.get("/api/history", params={"task": str(task["id"])})).status_code == 404
    for bad in ({"task": "x"}, {"cursor": 0}, {"limit": 0}, {"limit": 201}):
        assert (await person.get("/api/history", params=bad)).status_code == 422
