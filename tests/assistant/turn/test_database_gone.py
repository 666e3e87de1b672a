"""The database goes away in the middle of a turn."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.assistant.chatting import Chat, read_stream, stream_body, text_of, titles
from tests.support.people import Person


async def _quiet(*_: object) -> None:
    """Stands for the signs of life, which a slow machine would count among the turn's own transactions."""


@pytest.fixture
async def fails_at(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The places, counted from now, at which a write transaction of the turn does not get its database.

    What the app does beside that, in tasks that run already, is not counted.
    """
    monkeypatch.setattr("backend.assistant.turn.detached._sign", _quiet)
    places: list[int] = []
    beside = asyncio.all_tasks() - {asyncio.current_task()}
    write, count = app.state.database.write, 0

    @asynccontextmanager
    async def sometimes() -> AsyncIterator[AsyncSession]:
        nonlocal count
        counted = asyncio.current_task() not in beside
        count += counted
        if counted and count in places:
            raise OperationalError("BEGIN", {}, ConnectionError("gone"))
        async with write() as session:
            yield session

    monkeypatch.setattr(app.state.database, "write", sometimes)
    return places


@pytest.mark.parametrize("place", [1, 2])
async def test_before_the_change_it_is_503_and_nothing_was_done(
    person: Person, chat: Chat, fails_at: list[int], place: int
) -> None:
    fails_at.append(place)
    answer = await person.post("/api/chat", json={"message": "add buy milk"})
    assert answer.status_code == 503 and answer.headers["retry-after"]
    assert await person.all() == []
    fails_at.clear()
    await chat.say("add buy milk")
    assert await titles(person) == {"buy milk"}


async def test_between_two_changes_the_first_is_told(person: Person, chat: Chat, fails_at: list[int]) -> None:
    fails_at.append(3)
    said = await chat.say("add buy milk and add call mom")
    assert await titles(person) == {"buy milk"}
    assert said["response"] == 'Added "buy milk".\nThe rest was not done.'
    assert said["undo_token"]


async def test_the_page_is_told_in_plain_words(person: Person, fails_at: list[int]) -> None:
    fails_at.append(2)
    answer = await person.post("/api/chat/stream", json=stream_body("add buy milk", conversation="c1"))
    chunks = read_stream(answer.text)
    errors = [chunk["errorText"] for chunk in chunks if chunk["type"] == "error"]
    assert errors == ["The database cannot be reached. Try again in a moment."]
    assert text_of(chunks) == "" and await person.all() == []


async def test_an_answer_that_cannot_be_kept_is_still_given(person: Person, fails_at: list[int]) -> None:
    fails_at.append(3)
    answer = await person.post("/api/chat/stream", json=stream_body("add buy milk", conversation="c1"))
    chunks = read_stream(answer.text)
    assert text_of(chunks) == 'Added "buy milk".' and "error" in [chunk["type"] for chunk in chunks]
    assert await titles(person) == {"buy milk"}
