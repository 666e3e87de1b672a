"""Conversations: listed newest first, read as the page needs them, deleted without a trace but the tasks."""

from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import delete, update

from backend.assistant.models import Message
from backend.models import utc_now
from tests.assistant.chatting import Chat, stream, stream_body, titles
from tests.support.people import Person


async def test_pages_go_from_the_newest_to_the_oldest(person: Person) -> None:
    for number in range(5):
        await Chat(person).say(f"add errand {number}")
    seen, cursor = [], None
    for _ in range(3):
        page = (
            await person.get("/api/conversations", params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        ).json()
        seen += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert seen == [f"add errand {number}" for number in (4, 3, 2, 1, 0)]


async def test_a_conversation_is_read_as_ui_messages(person: Person) -> None:
    chunks = await stream(person, stream_body("add buy milk", conversation="c1", id="m1"))
    read = (await person.get("/api/conversations/c1")).json()
    assert (read["id"], read["title"]) == ("c1", "add buy milk")
    user, assistant = read["messages"]
    assert (user["id"], user["role"]) == ("m1", "user")
    assert user["parts"] == [{"type": "text", "text": "add buy milk"}]
    assert (assistant["id"], assistant["role"]) == (chunks[0]["messageId"], "assistant")
    parts = {part["type"]: part for part in assistant["parts"]}
    assert parts["text"]["text"] == 'Added "buy milk".'
    assert parts["tool-add_task"]["state"] == "output-available"
    assert parts["data-receipt"]["data"]["undo_token"]


async def test_a_deleted_conversation_leaves_its_tasks(person: Person, chat: Chat) -> None:
    await chat.say("add buy milk")
    assert (await person.delete(f"/api/conversations/{chat.id}")).status_code == 204
    assert (await person.get(f"/api/conversations/{chat.id}")).status_code == 404
    assert (await person.get("/api/conversations")).json() == {"items": [], "next_cursor": None}
    assert await titles(person) == {"buy milk"}


async def test_others_see_nothing_of_it(person: Person, stranger: Person, chat: Chat) -> None:
    await chat.say("add buy milk")
    address = f"/api/conversations/{chat.id}"
    assert (await stranger.get(address)).status_code == 404
    assert (await stranger.delete(address)).status_code == 404
    assert (await stranger.get("/api/conversations")).json()["items"] == []
    assert (await stranger.get("/api/conversations", params={"cursor": chat.id})).status_code == 404
    assert (await person.get(address)).status_code == 200


async def test_a_long_first_message_makes_a_short_title(person: Person, chat: Chat) -> None:
    await chat.say("add " + "very " * 60 + "long")
    (item,) = (await person.get("/api/conversations")).json()["items"]
    assert len(item["title"]) <= 80 and item["title"].endswith("…")


async def test_a_turn_that_the_server_did_not_survive_is_accounted_for(
    app: FastAPI, person: Person, chat: Chat
) -> None:
    """The process ended between the change and the answer: the journal knows what was done."""
    said = await chat.say("add buy milk")
    long_ago = utc_now() - timedelta(hours=1)
    async with app.state.database.write() as session:
        await session.execute(delete(Message).where(Message.role == "assistant"))
        await session.execute(update(Message).values(created_at=long_ago))
    user, assistant = (await person.get(f"/api/conversations/{chat.id}")).json()["messages"]
    assert (user["role"], assistant["role"]) == ("user", "assistant")
    receipt, text = assistant["parts"]
    assert text["text"] == 'This answer was cut short. Added "buy milk".'
    assert receipt["data"]["undo_token"] == said["undo_token"]
