"""A model that means harm: its turn ends with a plain sentence, and nobody else waits for it."""

import asyncio
import tracemalloc
from dataclasses import replace

import pytest
from fastapi import FastAPI

from backend.assistant.engines.hosted.setup import Hosted, make_hosted
from backend.settings import Settings
from tests.assistant.chatting import Chat, stream, stream_body, text_of, titles
from tests.assistant.model import hostile
from tests.support.people import Person, new_person
from tests.support.shared import app, database_url, settings

__all__ = ["app", "database_url", "settings"]


def _hosted(settings: Settings, address: str, *, seconds: float = 60) -> Hosted:
    values = {"openai_base_url": address, "todo_model": "hostile", "todo_turn_seconds": seconds}
    hosted = make_hosted(settings.model_copy(update=values))
    assert hosted is not None
    return replace(hosted, seconds=5.0)


@pytest.mark.parametrize("name", hostile.ATTACKS)
async def test_the_turn_ends_in_a_sentence(app: FastAPI, person: Person, stranger: Person, name: str) -> None:
    attack, reason = hostile.ATTACKS[name]
    async with hostile.serving(attack()) as address:
        app.state.hosted = _hosted(app.state.settings, address, seconds=2 if "2 seconds" in reason else 60)
        turn = asyncio.create_task(Chat(person).say("add buy milk"))
        while not turn.done():
            assert (await stranger.get("/api/tasks")).status_code == 200
            await asyncio.sleep(0.01)
    said = (await turn)["response"]
    assert reason in said and said.endswith('Added "buy milk".'), said
    assert await titles(person) == {"buy milk"}


@pytest.mark.parametrize("name", ["a line without end", "a gzip bomb", "a header without end", "a page of 50 MB"])
async def test_it_costs_little_memory(app: FastAPI, person: Person, name: str) -> None:
    attack = hostile.ATTACKS[name][0]()
    async with hostile.serving(attack) as address:
        app.state.hosted = _hosted(app.state.settings, address, seconds=60)
        tracemalloc.start()
        await Chat(person).say("add buy milk")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 25 * hostile.MEGABYTE


@pytest.mark.parametrize("name", hostile.FIGURES)
async def test_false_figures_are_not_believed(app: FastAPI, person: Person, name: str) -> None:
    """They end the turn at most; the day's account can still be kept."""
    pieces = hostile.chunk({"content": "Hello."}), hostile.chunk({}, finish="stop", usage=hostile.FIGURES[name])
    async with hostile.serving(hostile.sends(*pieces, b"data: [DONE]\n\n")) as address:
        app.state.hosted = _hosted(app.state.settings, address)
        said = await Chat(person).say("hello")
    assert said["response"]
    assert (await person.get("/api/assistant")).status_code == 200


async def test_what_was_done_before_the_limit_stands_and_is_said(app: FastAPI, person: Person) -> None:
    answers = iter(
        [
            hostile.sends(
                hostile.chunk(hostile.call(0, '{"title": "buy milk"}')),
                hostile.chunk({}, finish="tool_calls"),
                b"data: [DONE]\n\n",
            ),
            hostile.repeats(hostile.chunk({"content": "word " * 20})),
        ]
    )

    async def attack(writer: asyncio.StreamWriter) -> None:
        await next(answers)(writer)

    async with hostile.serving(attack) as address:
        app.state.hosted = _hosted(app.state.settings, address)
        said = await Chat(person).say("add buy milk and add bread")
    assert "more than 32,000 characters" in said["response"]
    assert said["response"].endswith('Added "buy milk".\nThat is all that was done; the rest was not.')
    assert said["undo_token"] and await titles(person) == {"buy milk"}


async def test_the_page_hears_the_same(app: FastAPI, person: Person) -> None:
    async with hostile.serving(hostile.ATTACKS["50 MB in one event"][0]()) as address:
        app.state.hosted = _hosted(app.state.settings, address)
        chunks = await stream(person, stream_body("add buy milk", conversation=f"c-{person.id}"))
    assert "bytes at once" in text_of(chunks) and await titles(person) == {"buy milk"}


async def test_the_limits_are_settings(app: FastAPI, person: Person) -> None:
    tight = app.state.settings.model_copy(update={"todo_turn_bytes": 10_000, "todo_turn_calls": 1})
    many = hostile.sends(*(hostile.chunk({"content": "w"}) for _ in range(200)))
    async with hostile.serving(many) as address:
        app.state.hosted = _hosted(tight, address)
        assert "more than 10,000 bytes" in (await Chat(person).say("add buy milk"))["response"]
    two = hostile.sends(*(hostile.chunk(hostile.call(at, "{}", name="list_tasks")) for at in range(2)))
    async with hostile.serving(two) as address:
        app.state.hosted = _hosted(tight, address)
        assert "more than 1 calls" in (await Chat(person).say("show my tasks"))["response"]


@pytest.fixture
async def stranger(app: FastAPI) -> Person:
    return await new_person(app)
