"""A long list: tasks that are older than what every turn reads are found by the words they share with the text."""

from fastapi import FastAPI

from backend.assistant.turn.views import KNOWN_DONE, KNOWN_OPEN, task_views
from tests.assistant.chatting import Chat
from tests.support.people import Person


async def finished(person: Person, title: str) -> None:
    task = await person.add(title)
    answer = await person.post(f"/api/tasks/{task['id']}/complete")
    assert answer.status_code == 200, answer.text


async def test_a_task_that_was_done_long_ago_is_reopened(person: Person, chat: Chat) -> None:
    await finished(person, "water the ferns")
    for number in range(KNOWN_DONE + 1):
        await finished(person, f"errand {number}")
    await chat.say("reopen water the ferns")
    assert [task["title"] for task in await person.all(status="open")] == ["water the ferns"]


async def test_an_old_task_of_a_long_list_is_completed(person: Person, chat: Chat) -> None:
    await person.add("water the ferns")
    for number in range(KNOWN_OPEN):
        await person.add(f"errand {number}")
    await chat.say("I watered the ferns")
    assert [task["title"] for task in await person.all(status="done")] == ["water the ferns"]


async def test_no_task_is_read_twice(app: FastAPI, person: Person) -> None:
    for number in range(KNOWN_OPEN + 2):
        await person.add(f"errand {number}")
    async with app.state.database.read() as session:
        views = await task_views(session, person.id, "finish the errand")
    assert sorted(view.number for view in views) == list(range(1, KNOWN_OPEN + 3))
