"""Import and export over HTTP, on both databases: shown first, made once, taken back whole."""

# ruff: noqa: E501  (rows of files stay as they are)

import asyncio
import json
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from fastapi import FastAPI

from tests.exchange.test_readers import TICKTICK, TODOIST
from tests.support.people import Person, new_person

ZONE = {"X-Timezone": "Europe/Berlin"}


@pytest.fixture
async def person(app: FastAPI) -> AsyncIterator[Person]:
    async with await new_person(app) as person:
        yield person


async def send(person: Person, content: bytes | str, path: str = "/api/import", **query: str) -> dict[str, object]:
    sent = content.encode() if isinstance(content, str) else content
    answer = await person.post(path, params=query, content=sent, headers=ZONE)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(("content", "name", "number"), [(TODOIST, "Home.csv", 4), (TICKTICK, "backup.csv", 5)])
async def test_import_undo_and_import_again(person: Person, content: str, name: str, number: int) -> None:
    shown = await send(person, content, "/api/import/preview", name=name)
    assert (shown["new"], shown["undo_token"], await person.all()) == (number, None, [])
    made = await send(person, content, name=name)
    assert (made["new"], len(await person.all())) == (number, number)
    again = await send(person, content, name=name)
    assert (again["new"], again["duplicates"], again["undo_token"]) == (0, number, None)
    undone = await person.post("/api/undo", json={"undo_token": made["undo_token"]})
    assert (undone.json()["total"], await person.all()) == (number, [])
    assert (await send(person, content, name=name))["new"] == number
    tasks = await person.all()
    assert len(tasks) == number
    assert all(task["version"] == 3 for task in tasks)  # no version is given twice


async def test_what_was_changed_since_is_not_made_again(person: Person) -> None:
    await send(person, TODOIST, name="Home.csv")
    task = (await person.all())[0]
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "changed"})
    await person.post(f"/api/tasks/{task['id']}/complete")
    assert (await send(person, TODOIST, name="Home.csv"))["new"] == 0


async def test_what_looks_the_same_is_not_made_twice_but_twins_are_two(person: Person) -> None:
    await person.add("Buy milk")
    first = await send(person, "- [ ] buy  milk\n- [ ] Buy milk\n- [ ] Buy bread\n", name="a.md")
    assert (first["new"], first["duplicates"]) == (2, 1)
    assert sorted(str(task["title"]) for task in await person.all()) == ["Buy bread", "Buy milk", "Buy milk"]


async def test_strangers_have_lists_of_their_own(app: FastAPI, person: Person) -> None:
    await send(person, TODOIST, name="Home.csv")
    async with await new_person(app) as stranger:
        assert (await send(stranger, TODOIST, name="Home.csv"))["new"] == 4


async def test_the_json_comes_back_equal_into_an_empty_list(app: FastAPI, person: Person) -> None:
    await person.add("gone")
    await person.delete(f"/api/tasks/{(await person.all())[0]['id']}")
    await send(person, TICKTICK, name="backup.csv")
    await person.add("Meet", due="2099-01-05T09:00", recurrence="FREQ=WEEKLY", tags=["a", "b"], project="P", notes="=1\n2",
                     reminders=[{"before": "PT30M"}, {"at": "2098-12-01T08:00"}])  # fmt: skip
    exported = (await person.get("/api/export", headers=ZONE)).json()
    assert (exported["format"], exported["version"], len(exported["tasks"])) == ("todo-chatbot", 1, 6)
    async with await new_person(app) as other:
        made = await send(other, json.dumps(exported), name="todo.json")
        assert (made["new"], made["remarks"]) == (6, [])
        same = {"id", "version", "updated_at", "parent_id"}
        lists = [
            [{k: v for k, v in task.items() if k not in same} for task in await who.all(sort="created")]
            for who in (person, other)
        ]
        assert lists[0] == lists[1]
    assert (await send(person, json.dumps(exported), name="todo.json"))["new"] == 0


async def test_a_view_is_exported_in_each_format(person: Person) -> None:
    await person.add("=HYPERLINK(1)", project="Home", tags=["x"])
    await person.add("Elsewhere")
    heads = {"csv": "text/csv", "icalendar": "text/calendar", "todotxt": "text/plain", "markdown": "text/markdown"}
    for name, media_type in heads.items():
        answer = await person.get("/api/export", params={"format": name, "project": "home"})
        assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert "attachment; filename=" in answer.headers["content-disposition"]
        assert "HYPERLINK" in answer.text
        assert "Elsewhere" not in answer.text
    csv = (await person.get("/api/export", params={"format": "csv"})).text
    assert "'=HYPERLINK(1)" in csv
    assert (await person.get("/api/export", params={"format": "doc"})).status_code == 422


async def test_refusals(person: Person) -> None:
    async def status(content: bytes, **query: str) -> tuple[int, str]:
        answer = await person.post("/api/import", params=query, content=content)
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, answer.json()["detail"]

    assert await status(b"") == (
        422,
        "The file is empty; nothing was changed. Export it anew, and choose the new file.",
    )
    assert (await status(b"hello"))[0] == 422
    assert (await status(b"a,b\n1,2\n", name="t.csv"))[1].startswith("No column of the table is known")
    assert (await status(b"title\nx\n", name="t.csv", columns="title,wrong"))[0] == 422
    assert (await status(b"title\nx\n", format="excel"))[0] == 422
    too_large, sentence = await status(b"x" * (50 * 1024 * 1024))
    assert (too_large, "16 MB" in sentence) == (413, True)
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"t" * (40 * 1024 * 1024))
    assert (await status(bomb.getvalue(), name="bomb.zip"))[0] == 413
    assert await person.all() == []
    assert (await person.post("/api/tasks", content=b"x" * 300_000)).status_code == 413


async def test_a_repeated_request_is_answered_as_the_first(person: Person) -> None:
    headers = {"Idempotency-Key": "import-1"}
    answers = [await person.post("/api/import", content=b"- [ ] once\n", headers=headers) for _ in range(2)]
    assert [answer.json()["new"] for answer in answers] == [1, 1]
    assert len(await person.all()) == 1


async def test_progress_is_told(person: Person) -> None:
    content = "title\n" + "".join(f"task {number}\n" for number in range(1500))
    answer = await person.post("/api/import/stream", params={"name": "t.csv"}, content=content.encode(), headers=ZONE)
    events = [json.loads(line) for line in answer.text.splitlines()]
    assert {event["event"] for event in events} >= {"made", "done"}
    assert events[-1]["new"] == 1500
    assert (await person.post("/api/import/stream", content=b"")).status_code == 422
    refused = json.loads((await person.post("/api/import/stream", content=b"hello")).text)
    assert (refused["event"], refused["status"]) == ("problem", 422)


async def test_others_are_served_meanwhile(person: Person) -> None:
    content = "title\n" + "".join(f"task {number}\n" for number in range(3000))
    importing = asyncio.create_task(person.post("/api/import", params={"name": "t.csv"}, content=content.encode()))
    served = 0
    while not importing.done():
        assert (await person.get("/health")).status_code == 200
        served += 1
        await asyncio.sleep(0)  # within one process nothing else gives the event loop back
    assert importing.result().json()["new"] == 3000
    assert served > 20


async def test_how_projects_look_comes_back_and_what_is_chosen_there_stays(person: Person, stranger: Person) -> None:
    await person.add("report", project="Work", tags=["fam"])
    await person.add("milk", project="shopping")
    for path, body in (
        ("projects", {"name": "work", "colour": "teal", "archived": True}),
        ("projects", {"name": "shopping", "colour": "red"}),
        ("tags", {"name": "fam", "colour": "pink"}),
    ):
        assert (await person.patch(f"/api/{path}", json=body)).status_code == 200
    await person.post("/api/projects/order", json={"names": ["shopping", "work"]})
    exported = await person.get("/api/export")
    await stranger.add("theirs", project="Shopping")
    await stranger.patch("/api/projects", json={"name": "shopping", "colour": "blue"})
    before = (await stranger.get("/api/labels")).json()
    imported = await stranger.post("/api/import", content=exported.content)
    assert (imported.json()["new"], imported.json()["labels"]) == (2, 2)
    mine = {label["name"]: label for label in (await person.get("/api/labels")).json()}
    theirs = {label["name"]: label for label in (await stranger.get("/api/labels")).json()}
    assert theirs == {"Work": mine["Work"], "fam": mine["fam"], "Shopping": before[0]}
    part = (await person.get("/api/export", params={"project": "shopping"})).json()["labels"]
    assert [label["name"] for label in part] == ["shopping"]
    await stranger.post("/api/undo", json={"undo_token": imported.json()["undo_token"]})
    assert (await stranger.get("/api/labels")).json() == before


@pytest.mark.parametrize("labels", [
    "work",
    [3, None, "x"],
    [{"kind": "project", "name": "work", "colour": "beige", "position": None, "archived": False}],
    [{"kind": "filter", "name": "work", "colour": "red", "position": None, "archived": False}],
    [{"kind": "project", "name": "  ", "colour": "red", "position": None, "archived": False}],
    [{"kind": "project", "name": "work", "colour": "red", "position": 10**12, "archived": False}],
])  # fmt: skip
async def test_looks_that_are_none_are_passed_over(person: Person, labels: object) -> None:
    file = {"format": "todo-chatbot", "version": 1, "labels": labels, "tasks": [{"title": "x", "project": "work"}]}
    imported = await person.post("/api/import", content=json.dumps(file))
    assert (imported.status_code, imported.json()["new"], imported.json()["labels"]) == (200, 1, 0)
    assert (await person.get("/api/labels")).json() == []
