"""A turn's states, each made in the database as a process would leave it, and what a repeat or a reader is told."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, update

from backend.assistant.models import Message, TurnRow
from backend.assistant.progress import claims
from backend.models import utc_now
from tests.assistant.chatting import Chat, Json, read_stream, stream, stream_body, text_of, titles
from tests.support.people import Person

KEY = {"Idempotency-Key": "k"}
BODY = {"message": "add milk", "timezone": "Europe/Berlin"}


async def _leave(app: FastAPI, *, state: str, silent: bool = False, answered: bool = False) -> None:
    """The newest state that a process left behind: no answer, and a turn that still says what it was."""
    async with app.state.database.write() as session:
        if not answered:
            await session.execute(delete(Message).where(Message.role == "assistant"))
        await session.execute(update(TurnRow).values(state=state))
        if silent:
            await session.execute(update(TurnRow).values(beat_at=utc_now() - timedelta(minutes=1)))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second of silence is enough."""
    monkeypatch.setattr(claims, "SILENCE_SECONDS", 0.5)


async def _last(person: Person, conversation: str) -> Json:
    kept = (await person.get(f"/api/conversations/{conversation}")).json()
    message: Json = kept["messages"][-1]
    return message


async def test_a_running_turn_is_not_shown_as_cut(app: FastAPI, person: Person) -> None:
    said = (await person.post("/api/chat", json=BODY, headers=KEY)).json()
    await _leave(app, state="running")
    assert (await _last(person, said["conversation_id"]))["role"] == "user"
    await _leave(app, state="running", silent=True)
    shown = await _last(person, said["conversation_id"])
    assert shown["parts"][-1]["text"] == 'This answer was cut short. Added "milk".'


async def test_a_cut_turn_is_shown_at_once(app: FastAPI, person: Person) -> None:
    said = (await person.post("/api/chat", json=BODY, headers=KEY)).json()
    await _leave(app, state="cut")
    assert "cut short" in (await _last(person, said["conversation_id"]))["parts"][-1]["text"]


async def test_a_dead_turn_is_taken_over_and_its_beat_is_waited_for(app: FastAPI, person: Person, quick: None) -> None:
    said = (await person.post("/api/chat", json=BODY, headers=KEY)).json()
    await _leave(app, state="running")
    again = (await person.post("/api/chat", json=BODY, headers=KEY)).json()
    assert 'Added "milk"' in again["response"] and again["changes"] == said["changes"]
    assert await titles(person) == {"milk"}


async def test_while_it_beats_it_is_not_taken_over(app: FastAPI, person: Person, quick: None) -> None:
    await person.post("/api/chat", json=BODY, headers=KEY)
    await _leave(app, state="running")
    repeat = asyncio.create_task(person.post("/api/chat", json=BODY, headers=KEY))
    for _ in range(8):
        async with app.state.database.write() as session:
            await session.execute(update(TurnRow).values(beat=TurnRow.beat + 1))
        await asyncio.sleep(0.2)
    assert not repeat.done()
    assert (await repeat).status_code == 200


async def test_of_many_who_find_it_dead_one_takes_it_over(app: FastAPI, person: Person, quick: None) -> None:
    await person.post("/api/chat", json=BODY, headers=KEY)
    await _leave(app, state="running")
    answers = await asyncio.gather(*(person.post("/api/chat", json=BODY, headers=KEY) for _ in range(16)))
    assert {answer.status_code for answer in answers} == {200} and len({answer.text for answer in answers}) == 1
    assert await titles(person) == {"milk"}


async def test_a_turn_of_an_earlier_version_has_no_row(app: FastAPI, person: Person) -> None:
    await person.post("/api/chat", json=BODY, headers=KEY)
    async with app.state.database.write() as session:
        await session.execute(delete(Message).where(Message.role == "assistant"))
        await session.execute(delete(TurnRow))
    again = (await person.post("/api/chat", json=BODY, headers=KEY)).json()
    assert again["response"].startswith('This answer was cut short. Added "milk".') and again["undo_token"]
    assert await titles(person) == {"milk"}


async def test_a_cut_answer_can_be_asked_for_anew(app: FastAPI, person: Person) -> None:
    """The page's button does what sending again does: the rest, and nothing twice."""
    body = stream_body("add milk and add bread", conversation="c1", id="m1")
    await stream(person, body)
    await _leave(app, state="cut")
    answer = await person.post("/api/chat/stream", json={**body, "trigger": "regenerate-message"})
    assert answer.status_code == 200 and "milk" in text_of(read_stream(answer.text))
    assert await titles(person) == {"milk", "bread"}


async def test_an_answer_given_by_a_button_may_be_sent_again(person: Person) -> None:
    for title in ("one", "two", "three"):
        await person.add(title)
    chat = Chat(person)
    asked = await chat.say("delete all my tasks")
    approval = {"id": asked["approval"]["id"], "approved": True}
    body = {"id": chat.id, "messages": [{"id": "a", "role": "assistant", "parts": []}], "approval": approval}
    first, again = await stream(person, body), await stream(person, body)
    assert text_of(first) == text_of(again) and "Deleted 3 tasks" in text_of(first)
    other = await person.post("/api/chat/stream", json={**body, "approval": {**approval, "approved": False}})
    assert other.status_code == 409


async def test_a_key_with_other_words_is_refused(person: Person) -> None:
    await person.post("/api/chat", json=BODY, headers=KEY)
    other = await person.post("/api/chat", json={**BODY, "message": "add bread"}, headers=KEY)
    assert other.status_code == 422 and await titles(person) == {"milk"}


async def test_a_conversation_deleted_meanwhile_ends_its_turns(app: FastAPI, person: Person) -> None:
    said = (await person.post("/api/chat", json=BODY, headers=KEY)).json()
    await person.delete(f"/api/conversations/{said['conversation_id']}")
    async with app.state.database.read() as session:
        assert await claims.living(session, said["conversation_id"]) == {}
