"""Lines of text as new tasks, each read as the chat reads it."""

import asyncio

import pytest
from fastapi import FastAPI

from backend.assistant.language.types import Interpretation, Request
from backend.assistant.reader import reader
from tests.support.people import Person, new_person

NOW = {"timezone": "Europe/Berlin"}


def lines(*texts: str) -> list[dict[str, object]]:
    return [{"text": text} for text in texts]


async def test_each_line_becomes_a_task_as_the_chat_reads_it(person: Person) -> None:
    texts = ("water the plants every monday at 6pm #garden p1", "  ", "buy milk")
    answer = await person.post("/api/tasks/lines", json={"lines": lines(*texts), **NOW})
    assert answer.status_code == 201
    plants, milk = answer.json()["items"]
    assert (plants["title"], plants["tags"], plants["priority"]) == ("water the plants", ["garden"], "high")
    assert plants["recurrence"] == "FREQ=WEEKLY;BYDAY=MO" and plants["due"].endswith("T18:00")
    assert (milk["title"], milk["due"]) == ("buy milk", None)


@pytest.mark.parametrize(
    "text", ["delete old photos", "undo", "yes", "what is love?", "done", "hold on", "complete the form", "hello"]
)
async def test_what_would_be_an_order_or_a_question_is_a_task_here(person: Person, text: str) -> None:
    answer = await person.post("/api/tasks/lines", json={"lines": lines(text), **NOW})
    (task,) = answer.json()["items"]
    assert task["title"].rstrip("?") == text.rstrip("?")


async def test_the_places_fields_are_for_lines_that_do_not_say_their_own(person: Person) -> None:
    body = {
        "lines": lines("one", "two on 2031-05-06 #b", "three in project home"),
        "due": "2031-01-01",
        "tags": ["a"],
        **NOW,
    }
    one, two, three = (await person.post("/api/tasks/lines", json={**body, "project": "work"})).json()["items"]
    assert (one["due"], one["tags"], one["project"]) == ("2031-01-01", ["a"], "work")
    assert (two["due"], two["tags"]) == ("2031-05-06", ["a", "b"])
    assert (three["title"], three["project"]) == ("three", "home")


async def test_the_places_priority_is_for_lines_that_do_not_say_their_own(person: Person) -> None:
    body = {"lines": [*lines("one", "two p3"), {"text": "three", "level": 1}], "priority": "high", **NOW}
    made = (await person.post("/api/tasks/lines", json=body)).json()["items"]
    assert [task["priority"] for task in made] == ["high", "low", None]
    bad = await person.post("/api/tasks/lines", json={**body, "priority": "urgent"})
    assert (bad.status_code, len(await person.all())) == (422, 3)


async def test_others_write_while_lines_are_read(app: FastAPI, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred lines that take long to read never hold the database that all write to."""
    read = reader.read
    async with await new_person(app) as other:
        await person.all(), await other.all()  # until then both are known by one address
        added: list[int] = []

        async def slowly(request: Request) -> Interpretation:
            async with asyncio.timeout(5):
                added.append((await other.post("/api/tasks", json={"title": "milk"})).status_code)
            return await read(request)

        monkeypatch.setattr(reader, "read", slowly)
        answer = await person.post("/api/tasks/lines", json={"lines": lines("one", "two"), **NOW})
        assert (answer.status_code, set(added)) == (201, {201})


async def test_a_range_clicked_away_stays_words(person: Person) -> None:
    body = {"lines": [{"text": "🎬 delete tomorrow", "plain": [[9, 17]]}], **NOW}
    (task,) = (await person.post("/api/tasks/lines", json=body)).json()["items"]
    assert (task["title"], task["due"]) == ("🎬 delete tomorrow", None)


async def test_all_or_none_and_the_line_is_named(person: Person) -> None:
    answer = await person.post("/api/tasks/lines", json={"lines": lines("fine", "x" * 501), **NOW})
    assert answer.status_code == 422
    assert "Line 2" in answer.json()["detail"] and "500" in answer.json()["detail"]
    assert await person.all() == []


async def test_one_undo_takes_all_back_and_a_repeat_adds_nothing(person: Person) -> None:
    body, headers = {"lines": lines("a", "b", "c"), **NOW}, {"Idempotency-Key": "once"}
    answer = await person.post("/api/tasks/lines", json=body, headers=headers)
    again = await person.post("/api/tasks/lines", json=body, headers=headers)
    assert again.json() == answer.json() and len(await person.all()) == 3
    await person.post("/api/undo", json={"undo_token": answer.headers["Undo-Token"]})
    assert await person.all() == []


@pytest.mark.parametrize(
    "body",
    [
        {"lines": []},
        {"lines": lines(" ", "\t")},
        {"lines": lines(*"x" * 201)},
        {"lines": ["x"]},
        {"lines": lines("x"), "due": "soon"},
    ],
)
async def test_bad_requests_are_refused(person: Person, body: dict[str, object]) -> None:
    assert (await person.post("/api/tasks/lines", json=body)).status_code == 422


async def test_interpret_reads_a_text_as_tasks_with_its_own_offsets(person: Person) -> None:
    body = {"text": "delete old photos tomorrow #home", "as_tasks": True, "now": "2026-03-04T09:30", "timezone": "UTC"}
    read = (await person.post("/api/interpret", json=body)).json()
    assert read["actions"][0]["arguments"] == {"title": "delete old photos", "due": "2026-03-05", "tags": ["home"]}
    marked = {body["text"][span["start"] : span["end"]].strip() for span in read["spans"]}  # type: ignore[index]
    assert marked == {"tomorrow", "#home"}
