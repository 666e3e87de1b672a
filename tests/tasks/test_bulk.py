"""One thing done to many tasks over HTTP: in one turn, to all or to none, and taken back by one undo."""

from typing import Any

import httpx
import pytest

from tests.support.people import Person


async def made(person: Person, *titles: str, **fields: object) -> list[str]:
    return [str((await person.add(title, **fields))["id"]) for title in titles]


async def do(person: Person, act: str, ids: list[str], **more: object) -> httpx.Response:
    return await person.post("/api/tasks/bulk", json={"act": act, "ids": ids, **more})


async def fields(person: Person, *names: str) -> list[Any]:
    tasks = await person.all(sort="created")
    return [task[names[0]] if len(names) == 1 else [task[name] for name in names] for task in tasks]


async def undo(person: Person) -> None:
    answer = await person.post("/api/undo", json={})
    assert answer.status_code == 200, answer.text


async def test_many_are_completed_reopened_and_deleted_each_by_one_undo(person: Person) -> None:
    ids = await made(person, "a", "b", "c")
    answer = await do(person, "complete", ids[:2])
    assert (answer.json()["changed"], [item["title"] for item in answer.json()["items"]]) == (2, ["a", "b"])
    assert await fields(person, "status") == ["done", "done", "open"]
    await undo(person)
    assert await fields(person, "status") == ["open", "open", "open"]
    await do(person, "complete", ids)
    await do(person, "reopen", ids)
    assert await fields(person, "status") == ["open", "open", "open"]
    assert (await do(person, "delete", ids)).json() == {"items": [], "changed": 3}
    assert await person.all() == []
    await undo(person)
    assert await fields(person, "id") == ids


async def test_a_date_alone_keeps_the_times(person: Person) -> None:
    timed = await made(person, "timed", due="2027-03-05T17:00")
    whole = await made(person, "whole", due="2027-03-05")
    none = await made(person, "none")
    ids = timed + whole + none
    await do(person, "update", ids, due="2027-03-08", timezone="Europe/Berlin")
    assert await fields(person, "due") == ["2027-03-08T17:00", "2027-03-08", "2027-03-08"]
    await do(person, "update", ids, due=None)
    assert await fields(person, "due") == [None, None, None]
    await undo(person)
    assert await fields(person, "due") == ["2027-03-08T17:00", "2027-03-08", "2027-03-08"]


async def test_tags_are_added_and_taken_off_and_the_others_stay(person: Person) -> None:
    ids = [*await made(person, "a", tags=["Home", "x"]), *await made(person, "b", tags=["y"])]
    await do(person, "update", ids, add_tags=["home", "new"], remove_tags=["X"])
    assert await fields(person, "tags") == [["Home", "new"], ["y", "home", "new"]]
    await do(person, "update", ids, priority="high", project="Office")
    assert await fields(person, "priority", "project", "tags") == [
        ["high", "Office", ["Home", "new"]],
        ["high", "Office", ["y", "home", "new"]],
    ]


async def test_where_one_cannot_be_changed_none_is_and_it_is_named(person: Person) -> None:
    ids = await made(person, "first")
    ids += await made(person, "standup", due="2027-03-05", recurrence="FREQ=DAILY")
    answer = await do(person, "update", ids, due=None, priority="high")
    assert answer.status_code == 422
    assert "“standup”" in answer.json()["detail"]
    assert await fields(person, "priority") == [None, None]
    ids += await made(person, "full", tags=[f"t{place}" for place in range(20)])
    answer = await do(person, "update", ids, add_tags=["one more"])
    assert (answer.status_code, "“full”" in answer.json()["detail"]) == (422, True)
    assert await fields(person, "tags") == [[], [], [f"t{place}" for place in range(20)]]


async def test_what_is_not_there_or_anothers_stops_all(person: Person, stranger: Person) -> None:
    (mine,), (theirs,) = await made(person, "mine"), await made(stranger, "theirs")
    gone = "01a227ae-c801-7275-983f-9a11ce2d861c"
    for act in ("complete", "reopen", "delete", "update"):
        for id_ in (theirs, gone):
            assert (await do(person, act, [mine, id_])).status_code == 404
    assert await fields(person, "status", "version") == [["open", 1]]
    assert await fields(stranger, "status") == ["open"]


@pytest.mark.parametrize("body", [
    {"act": "complete", "ids": []},
    {"act": "complete", "ids": ["1"]},
    {"act": "burn", "ids": ["01a227ae-c801-7275-983f-9a11ce2d861c"]},
    {"act": "delete", "ids": ["01a227ae-c801-7275-983f-9a11ce2d861c"], "due": "2027-03-05"},
    {"act": "update", "ids": ["01a227ae-c801-7275-983f-9a11ce2d861c"], "title": "the same for all"},
    {"act": "delete", "ids": [f"01a227ae-c801-7275-983f-9a11ce{place:06x}" for place in range(1001)]},
    {"ids": ["01a227ae-c801-7275-983f-9a11ce2d861c"]},
])  # fmt: skip
async def test_what_cannot_be_meant_is_refused(person: Person, body: dict[str, object]) -> None:
    answer = await person.post("/api/tasks/bulk", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_a_parent_and_its_subtask_chosen_together(person: Person) -> None:
    (parent,) = await made(person, "parent")
    below = await made(person, "one", "two", parent_id=parent)
    answer = await do(person, "complete", [parent], subtasks="complete")
    assert answer.json()["changed"] == 3
    await undo(person)
    assert (await do(person, "delete", [below[0], parent, below[0]])).json()["changed"] == 3
    await undo(person)
    assert await fields(person, "title", "status") == [["parent", "open"], ["one", "open"], ["two", "open"]]


async def test_what_is_so_already_leaves_no_trace(person: Person) -> None:
    ids = await made(person, "a", "b")
    answer = await do(person, "reopen", ids)
    assert (answer.json()["changed"], "Undo-Token" in answer.headers) == (0, False)
