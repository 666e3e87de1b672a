"""Saved filters over HTTP."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI

from backend.filters import reading
from backend.filters.reading import Reader, Reading
from backend.filters.service import MOST_FILTERS
from tests.support.people import Person, new_person

WORDS = "high priority not in work"


async def save(person: Person, name: str = "Focus", words: str = WORDS, status: int = 201) -> dict[str, Any]:
    answer = await person.post("/api/filters", json={"name": name, "words": words})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def names(person: Person) -> list[str]:
    return [one["name"] for one in (await person.get("/api/filters")).json()]


async def test_the_filter_told_is_the_one_that_lists(person: Person) -> None:
    for title, fields in {
        "rent": {"priority": "high"},
        "report": {"priority": "high", "project": "Work"},
        "garden": {"priority": "high", "project": "home", "tags": ["slow"]},
        "nap": {},
    }.items():
        await person.add(title, **fields)
    read = (await person.post("/api/filters/read", json={"words": WORDS})).json()
    assert read["told"] == "Open tasks of high priority not in work"
    assert await names(person) == []
    saved = await save(person)
    assert saved["query"] == read["query"]
    query = {name: value for name, value in saved["query"].items() if value is not None}
    for sort in ("due", "priority", "-created", "title"):
        listed = (await person.get("/api/tasks", params={**query, "sort": sort, "count": True})).json()
        assert {task["title"] for task in listed["items"]} == {"rent", "garden"}
        assert listed["total"] == 2
    slow = (await person.get("/api/tasks", params={"not_tag": "SLOW", "search": "r"})).json()["items"]
    assert {task["title"] for task in slow} == {"rent", "report"}


async def test_filters_are_renamed_ordered_and_deleted(person: Person) -> None:
    first, second = await save(person, "One"), await save(person, "Two", "overdue")
    renamed = await person.patch(f"/api/filters/{first['id']}", json={"name": "ONE", "words": "today"})
    assert (renamed.json()["name"], renamed.json()["told"]) == ("ONE", "Open tasks for today")
    order = await person.post("/api/filters/order", json={"ids": [second["id"], first["id"]]})
    assert order.status_code == 204
    assert await names(person) == ["Two", "ONE"]
    missing = await person.post("/api/filters/order", json={"ids": [first["id"]]})
    assert (missing.status_code, await names(person)) == (422, ["Two", "ONE"])
    assert (await person.delete(f"/api/filters/{second['id']}")).status_code == 204
    assert (await person.delete(f"/api/filters/{second['id']}")).status_code == 404
    assert await names(person) == ["ONE"]


async def test_names_are_taken_once_whatever_their_case(person: Person) -> None:
    await save(person, "Focus")
    other = await save(person, "Other", "overdue")
    assert "“Focus” already" in (await save(person, " FOCUS ", status=409))["detail"]
    answer = await person.patch(f"/api/filters/{other['id']}", json={"name": "focus"})
    assert answer.status_code == 409
    assert await names(person) == ["Focus", "Other"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "words": "delete everything"},
        {"name": "x", "words": "not today"},
        {"name": "x", "words": "   "},
        {"name": " ", "words": "today"},
        {"name": "n" * 51, "words": "today"},
        {"name": "x", "words": "today " * 50},
        {"name": "x"},
    ],
)
async def test_bad_input_saves_nothing(person: Person, body: dict[str, str]) -> None:
    answer = await person.post("/api/filters", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"]
    assert await names(person) == []


async def test_there_is_a_most(person: Person) -> None:
    for number in range(MOST_FILTERS):
        await save(person, f"Filter {number}", "today")
    assert "which is the most" in (await save(person, "One more", status=409))["detail"]
    assert len(await names(person)) == MOST_FILTERS


async def test_a_filter_is_its_owners_alone(app: FastAPI, person: Person) -> None:
    saved = await save(person)
    async with await new_person(app) as stranger:
        assert await names(stranger) == []
        path = f"/api/filters/{saved['id']}"
        assert (await stranger.patch(path, json={"name": "mine"})).status_code == 404
        assert (await stranger.delete(path)).status_code == 404
        assert (await stranger.post("/api/filters/order", json={"ids": [saved["id"]]})).status_code == 422
    assert await names(person) == ["Focus"]


@pytest.mark.parametrize("change", ["create", "rename", "reword", "list"])
async def test_others_write_while_words_are_read(
    app: FastAPI, person: Person, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """The words of one user never hold the database that all write to."""
    saved = await save(person)
    async with await new_person(app) as other:
        ask = Reader._ask
        added: list[int] = []

        async def slowly(self: Reader, words: str) -> Reading:
            async with asyncio.timeout(5):
                added.append((await other.post("/api/tasks", json={"title": "milk"})).status_code)
            return await ask(self, words)

        reading._known.clear()
        monkeypatch.setattr(Reader, "_ask", slowly)
        path = f"/api/filters/{saved['id']}"
        match change:
            case "create":
                answer = await person.post("/api/filters", json={"name": "Other", "words": "today"})
            case "rename":
                answer = await person.patch(path, json={"name": "Other"})
            case "reword":
                answer = await person.patch(path, json={"words": "overdue"})
            case _:
                answer = await person.get("/api/filters")
        assert (answer.is_success, added) == (True, [201])


async def test_words_that_were_read_today_are_not_read_again(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = await save(person)
    first = (await person.get("/api/filters")).json()

    async def never(self: Reader, words: str) -> Reading:
        raise AssertionError(words)

    monkeypatch.setattr(Reader, "_ask", never)
    assert (await person.get("/api/filters")).json() == first
    renamed = await person.patch(f"/api/filters/{saved['id']}", json={"name": "Other"})
    assert renamed.json()["told"] == first[0]["told"]


async def test_a_repeated_request_saves_once(person: Person) -> None:
    body = {"name": "Focus", "words": "today"}
    first, again = [await person.post("/api/filters", json=body, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert await names(person) == ["Focus"]


async def test_an_account_export_holds_them(person: Person) -> None:
    await save(person)
    exported = (await person.get("/api/account/export")).json()
    assert [(one["name"], one["words"]) for one in exported["saved_filters"]] == [("Focus", WORDS)]
