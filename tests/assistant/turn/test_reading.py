"""Reading happens in a process of its own: it may be given up, killed or frozen, and the chat goes on."""

import asyncio
import os
import signal

import pytest
from fastapi import FastAPI

from backend.assistant.reader import reader
from tests.assistant.chatting import Chat
from tests.support.people import Person

WORDS = "april " + "14, " * 400  # takes longer than any budget of these tests
GIVEN_UP = "could not read these words"


@pytest.fixture
def reading_here() -> None:
    """The child reads: it is what is tested here."""


def child_pid() -> int:
    child = reader._own()._child
    assert child is not None
    return child.pid


async def given_up(person: Person) -> float:
    lines = (await person.get("/metrics")).text.splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith("todo_readings_given_up_total"))


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BUDGET", 0.002)


@pytest.mark.usefixtures("hurried")
async def test_what_is_given_up_changes_nothing_and_is_offered_as_one_task(person: Person, chat: Chat) -> None:
    before = await given_up(person)
    said = await chat.say(WORDS)
    assert GIVEN_UP in said["response"]
    assert said["changes"] == []
    assert await person.all() == []
    assert await given_up(person) == before + 1
    await chat.say("1")
    (task,) = await person.all()
    assert str(task["title"]).startswith("april 14, 14, ")
    assert len(str(task["title"])) <= 500


@pytest.mark.usefixtures("hurried")
async def test_interpret_answers_what_is_given_up(person: Person) -> None:
    answer = await person.post("/api/interpret", json={"text": WORDS})
    assert answer.status_code == 200
    assert answer.json()["actions"] == answer.json()["spans"] == []
    assert GIVEN_UP in answer.json()["reply"]


async def test_a_reader_that_was_killed_is_started_again(person: Person, chat: Chat) -> None:
    await chat.say("add buy milk")
    os.kill(child_pid(), signal.SIGKILL)
    await chat.say("add buy bread")
    assert [task["title"] for task in await person.all()] == ["buy milk", "buy bread"]


async def test_a_frozen_reader_is_ended(person: Person, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST", 0.1)
    monkeypatch.setattr(reader, "STARVED", 0.3)
    await chat.say("add buy milk")
    os.kill(child_pid(), signal.SIGSTOP)
    assert GIVEN_UP in (await chat.say("add buy bread"))["response"]
    monkeypatch.undo()
    await chat.say("1")
    assert len(await person.all()) == 2


async def test_others_are_answered_while_it_reads(person: Person, chat: Chat) -> None:
    await chat.say("add buy milk")
    os.kill(child_pid(), signal.SIGSTOP)
    turn = asyncio.create_task(chat.say("add buy bread"))
    await asyncio.sleep(0.05)
    assert (await person.get("/health")).status_code == 200
    os.kill(child_pid(), signal.SIGCONT)
    await turn
    assert len(await person.all()) == 2


async def test_a_listener_that_leaves_does_not_get_the_next_answer(app: FastAPI, person: Person) -> None:
    first = asyncio.create_task(person.post("/api/interpret", json={"text": "call mom tomorrow"}))
    await asyncio.sleep(0.001)
    first.cancel()
    answer = await person.post("/api/interpret", json={"text": "buy milk"})
    assert answer.json()["actions"][0]["arguments"] == {"title": "buy milk"}


async def test_the_child_ends_with_the_app(app: FastAPI, chat: Chat) -> None:
    await chat.say("add buy milk")
    pid = child_pid()
    await reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_the_child_knows_no_secret(chat: Chat) -> None:
    await chat.say("add buy milk")
    with open(f"/proc/{child_pid()}/environ", "rb") as file:  # noqa: ASYNC230, PTH123
        assert not {b"BETTER_AUTH_SECRET", b"DATABASE_URL", b"OPENAI_API_KEY"} & {
            entry.split(b"=")[0] for entry in file.read().split(b"\0")
        }
