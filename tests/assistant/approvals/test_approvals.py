"""Asking before a change: bound to exact tasks, answered once, from anywhere, not for ever."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from backend.assistant.models import Approval
from backend.main import create_app
from backend.models import utc_now
from backend.settings import Settings
from tests.assistant.chatting import Chat, data_of, stream, stream_body, text_of, titles
from tests.support.people import Person


async def _three(person: Person) -> None:
    for title in ("one", "two", "three"):
        await person.add(title)


async def test_deleting_many_asks_and_shows_exactly_which(person: Person, chat: Chat) -> None:
    await _three(person)
    said = await chat.say("delete all my tasks")
    assert said["changes"] == [] and len(await person.all()) == 3
    assert said["response"].startswith("This would delete 3 tasks:\n")
    shown = [(task["number"], task["title"]) for task in said["approval"]["calls"][0]["tasks"]]
    assert sorted(shown) == [(1, "one"), (2, "two"), (3, "three")]
    assert all(f"{number}. {title}" in said["response"] for number, title in shown)


async def test_yes_does_exactly_that_and_can_be_undone(person: Person, chat: Chat) -> None:
    await _three(person)
    await chat.say("delete all my tasks")
    await person.add("made meanwhile")
    said = await chat.say("yes please")
    assert await titles(person) == {"made meanwhile"}
    assert [call["tool"] for call in said["tool_calls"]] == ["delete_task"]
    await person.post("/api/undo", json={"undo_token": said["undo_token"]})
    assert await titles(person) == {"one", "two", "three", "made meanwhile"}


async def test_no_changes_nothing_and_ends_the_question(person: Person, chat: Chat) -> None:
    await _three(person)
    await chat.say("delete all my tasks")
    assert (await chat.say("no"))["response"] == "All right, nothing was changed."
    await chat.say("yes")
    assert len(await person.all()) == 3


async def test_something_else_ends_the_question(person: Person, chat: Chat) -> None:
    await _three(person)
    await chat.say("delete all my tasks")
    await chat.say("show my tasks")
    await chat.say("yes")
    assert len(await person.all()) == 3


async def test_what_changed_since_is_left_alone(person: Person, chat: Chat) -> None:
    await _three(person)
    await chat.say("delete all my tasks")
    task = next(task for task in await person.all() if task["title"] == "two")
    await person.patch(f"/api/tasks/{task['id']}", json={"priority": "high"})
    said = await chat.say("yes")
    assert await titles(person) == {"two"}
    assert "1 changed since I asked" in said["response"]


async def test_a_late_yes_changes_nothing(app: FastAPI, person: Person, chat: Chat) -> None:
    await _three(person)
    said = await chat.say("delete all my tasks")
    async with app.state.database.write() as session:
        past = utc_now() - timedelta(seconds=1)
        await session.execute(update(Approval).where(Approval.id == said["approval"]["id"]).values(expires_at=past))
    assert "expired" in (await chat.say("yes"))["response"]
    assert len(await person.all()) == 3


async def test_more_than_five_changes_ask(person: Person, chat: Chat) -> None:
    for number in range(6):
        await person.add(f"errand {number}")
    said = await chat.say("complete all my tasks")
    assert said["approval"] is not None and await titles(person, status="done") == set()
    await chat.say("yes")
    assert len(await person.all(status="done")) == 6


@pytest.mark.parametrize("said", ["delete tasks 1 and 2", "delete tea and delete ham", "delete tea, ham and jam"])
async def test_several_deletions_in_one_sentence_ask_together(person: Person, chat: Chat, said: str) -> None:
    for title in ("tea", "ham", "jam"):
        await person.add(title)
    answer = await chat.say(said)
    assert answer["changes"] == [] and len(await person.all()) == 3
    count = 3 if "jam" in said else 2
    assert answer["response"].startswith(f"This would delete {count} tasks:\n1. tea\n2. ham\n")
    await chat.say("yes")
    assert len(await person.all()) == 3 - count


async def test_what_is_safe_in_the_sentence_is_done_at_once(person: Person, chat: Chat) -> None:
    await _three(person)
    said = await chat.say("add milk and delete tasks 1 and 2")
    assert await titles(person) == {"one", "two", "three", "milk"}
    assert "This would delete 2 tasks" in said["response"]
    await chat.say("no")
    assert await titles(person) == {"one", "two", "three", "milk"}


async def test_six_changes_named_one_by_one_ask_together(person: Person, chat: Chat) -> None:
    for number in range(6):
        await person.add(f"errand {number}")
    said = await chat.say("complete 1, 2, 3, 4, 5 and 6")
    assert said["changes"] == [] and await titles(person, status="done") == set()
    await chat.say("yes")
    assert len(await person.all(status="done")) == 6


async def test_the_question_shows_before_and_after(person: Person, chat: Chat) -> None:
    for number in range(6):
        await person.add(f"errand {number}", due=f"2030-01-0{number + 1}T09:00", timezone="Europe/Berlin")
    said = await chat.say("postpone all my tasks by 2 days")
    assert "1. errand 0: due Tue 1 Jan 2030 09:00 → Thu 3 Jan 2030 09:00" in said["response"]
    (call,) = said["approval"]["calls"]
    shown = [(change["before"]["due"], change["after"]["due"]) for change in call["changes"]]
    assert ("2030-01-06T09:00", "2030-01-08T09:00") in shown and len(shown) == 6
    assert {str(task["due"])[:10] for task in await person.all()} == {f"2030-01-0{day}" for day in range(1, 7)}


async def test_what_is_done_already_is_not_asked_about(person: Person, chat: Chat) -> None:
    """Six tasks named, of which one would change."""
    for number in range(6):
        task = await person.add(f"errand {number}", priority=None if number == 3 else "high")
        assert task["number"] == number + 1
    said = await chat.say("set 1, 2, 3, 4, 5 and 6 to high priority")
    assert said["approval"] is None or len(said["approval"]["calls"]) == 1


async def test_the_button_answers_by_id_once(person: Person, chat: Chat) -> None:
    await _three(person)
    asked = await chat.say("delete all my tasks")
    answer = {"id": asked["approval"]["id"], "approved": True}
    await chat.say("go", approval=answer)
    assert await person.all() == []
    body = {"message": "go", "conversation_id": chat.id, "approval": answer}
    assert (await person.post("/api/chat", json=body)).status_code == 409


async def test_nobody_else_can_answer(person: Person, stranger: Person, chat: Chat) -> None:
    await _three(person)
    asked = await chat.say("delete all my tasks")
    other = Chat(stranger)
    await other.say("hello")
    body = {"message": "y", "conversation_id": other.id, "approval": {"id": asked["approval"]["id"], "approved": True}}
    assert (await stranger.post("/api/chat", json=body)).status_code == 409
    assert len(await person.all()) == 3


async def test_an_answer_to_no_question_is_refused(person: Person) -> None:
    body = {"message": "yes", "approval": {"id": "unknown", "approved": True}}
    assert (await person.post("/api/chat", json=body)).status_code == 409
    assert (await person.get("/api/conversations")).json()["items"] == []


async def test_a_question_asked_anew_replaces_the_first(person: Person) -> None:
    await _three(person)
    body = stream_body("delete all my tasks", conversation="c1", id="m1")
    await stream(person, body)
    await stream(person, {**body, "trigger": "regenerate-message"})
    await stream(person, stream_body("yes", conversation="c1"))
    assert await person.all() == []
    assert "nothing to confirm" in text_of(await stream(person, stream_body("yes", conversation="c1")))


async def test_another_replica_answers(settings: Settings, person: Person, chat: Chat) -> None:
    await _three(person)
    await chat.say("delete all my tasks")
    replica = create_app(settings)
    async with replica.router.lifespan_context(replica):
        await replica.state.migrated.wait()
        elsewhere = Chat(Person(replica, id=person.id, token=person.token))
        elsewhere.id = chat.id
        await elsewhere.say("yes")
    assert await person.all() == []


async def test_the_question_survives_a_reload(person: Person) -> None:
    await _three(person)
    await stream(person, stream_body("delete all my tasks", conversation="c1"))
    kept = (await person.get("/api/conversations/c1")).json()["messages"][-1]
    approval = next(part["data"] for part in kept["parts"] if part["type"] == "data-approval")
    chunks = await stream(
        person, stream_body("Yes", conversation="c1", approval={"id": approval["id"], "approved": True})
    )
    assert text_of(chunks).startswith("Deleted 3 tasks:") and await person.all() == []


async def test_the_sdks_own_approval_answers_too(person: Person) -> None:
    await _three(person)
    chunks = await stream(person, stream_body("delete all my tasks", conversation="c1"))
    request = next(chunk for chunk in chunks if chunk["type"] == "tool-approval-request")
    assert request["approvalId"] == data_of(chunks, "approval")["id"]
    part = {
        "type": "tool-delete_task",
        "toolCallId": request["toolCallId"],
        "state": "approval-responded",
        "input": {},
        "approval": {"id": request["approvalId"], "approved": True},
    }
    body = stream_body("delete all my tasks", conversation="c1")
    body["messages"].append({"id": chunks[0]["messageId"], "role": "assistant", "parts": [part]})
    await stream(person, body)
    assert await person.all() == []


async def test_what_came_before_the_question_is_done_and_said(person: Person, chat: Chat) -> None:
    await _three(person)
    said = await chat.say("add buy milk and delete all tasks in the shopping project")
    for number in range(2):
        await person.add(f"item {number}", project="shopping")
    again = await chat.say("add eggs and delete all tasks in the shopping project")
    assert 'Added "buy milk".' in said["response"]
    assert 'Added "eggs".' in again["response"] and "This would delete 2 tasks" in again["response"]
    await chat.say("yes")
    assert await titles(person) == {"one", "two", "three", "buy milk", "eggs"}
