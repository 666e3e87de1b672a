"""Subtasks said in the chat: added, asked for, ticked off, moved, and a question where some are open."""

from typing import Any

import pytest

from tests.assistant.chatting import Chat
from tests.support.people import Person


async def tree(person: Person, **query: object) -> dict[object, object]:
    """By title, the title of what each task stands under."""
    tasks = await person.all(**query)
    titles = {task["id"]: task["title"] for task in await person.all()}
    return {task["title"]: titles.get(task["parent_id"]) for task in tasks}


async def statuses(person: Person) -> dict[object, object]:
    return {task["title"]: task["status"] for task in await person.all()}


async def say_all(chat: Chat, *messages: str) -> dict[str, Any]:
    for message in messages[:-1]:
        await chat.say(message)
    return await chat.say(messages[-1])


async def test_added_under_what_is_named_and_undone(person: Person, chat: Chat) -> None:
    said = await say_all(chat, "add buy milk", "add check the price under buy milk")
    assert said["response"] == 'Added "check the price". It is a subtask of "buy milk".'
    assert await tree(person) == {"buy milk": None, "check the price": "buy milk"}
    await chat.say("undo")
    assert await tree(person) == {"buy milk": None}


async def test_several_at_once_with_their_dates(person: Person, chat: Chat) -> None:
    await say_all(chat, "add groceries", "add milk, eggs and bread under groceries tomorrow at 5pm")
    assert await tree(person) == {"groceries": None, **dict.fromkeys(("milk", "eggs", "bread"), "groceries")}
    assert {str(task["due"])[10:] for task in await person.all(search="e") if task["parent_id"]} == {"T17:00"}


async def test_what_is_left(chat: Chat) -> None:
    await say_all(chat, "add groceries", "add milk, eggs and bread under groceries", "tick off eggs")
    left = await chat.say("what's left under groceries?")
    assert left["response"].startswith('2 open tasks under "groceries":')
    assert "eggs" not in left["response"]
    counted = await chat.say("how many are left under groceries")
    assert counted["response"] == '2 open tasks under "groceries".'


@pytest.mark.parametrize(
    ("answer", "expected"), [("1", {"groceries": "done", "milk": "done"}), ("2", {"groceries": "done", "milk": "open"})]
)
async def test_completing_it_asks_about_the_open_ones(
    person: Person, chat: Chat, answer: str, expected: dict[str, str]
) -> None:
    asked = await say_all(chat, "add groceries", "add milk under groceries", "complete groceries")
    assert asked["response"].startswith('"groceries" has an open subtask: "milk". What should I complete?')
    assert [choice["number"] for choice in asked["choices"]] == [1, 2]
    assert set((await statuses(person)).values()) == {"open"}
    done = await chat.say(answer)
    assert await statuses(person) == expected
    assert ("still open" in done["response"]) == (answer == "2")
    await chat.say("undo")
    assert set((await statuses(person)).values()) == {"open"}


async def test_a_repeating_one_asks_nothing_and_opens_them_anew(person: Person, chat: Chat) -> None:
    await say_all(chat, "clean the kitchen every day", "add oven under clean the kitchen", "tick off oven")
    done = await chat.say("complete clean the kitchen")
    assert "Next:" in done["response"]
    assert await statuses(person) == {"clean the kitchen": "open", "oven": "open"}


async def test_deleting_it_asks_about_all_that_goes(person: Person, chat: Chat) -> None:
    asked = await say_all(chat, "add groceries", "add milk, eggs and bread under groceries", "delete groceries")
    assert "This would delete 4 tasks" in asked["response"]
    assert len(await person.all()) == 4
    await chat.say("yes")
    assert await person.all() == []
    await chat.say("undo")
    assert await tree(person) == {"groceries": None, **dict.fromkeys(("milk", "eggs", "bread"), "groceries")}


async def test_what_got_a_subtask_since_is_not_deleted_unseen(person: Person, chat: Chat) -> None:
    await say_all(chat, "add groceries", "add milk under groceries", "delete groceries")
    (parent,) = await person.all(search="groceries")
    await person.add("new", parent_id=parent["id"])
    answer = await chat.say("yes")
    assert await tree(person) == {"groceries": None, "new": "groceries"}
    assert "changed since I asked" in answer["response"]


async def test_everything_under_it(person: Person, chat: Chat) -> None:
    await say_all(
        chat, "add groceries", "add milk, eggs and tea under groceries", "tick off everything under groceries"
    )
    assert await statuses(person) == {"groceries": "open", "milk": "done", "eggs": "done", "tea": "done"}


async def test_moved_under_and_out_again(person: Person, chat: Chat) -> None:
    await say_all(chat, "add plan the trip", "add call mom", "move call mom under plan the trip")
    assert (await tree(person))["call mom"] == "plan the trip"
    await chat.say("make call mom a task of its own")
    assert (await tree(person))["call mom"] is None


async def test_of_two_that_fit_it_asks_which(person: Person, chat: Chat) -> None:
    await say_all(chat, "add call Anna", "add call Ben")
    asked = await chat.say("add prepare under call")
    assert len(asked["choices"]) == 2
    await chat.say("2")
    assert (await tree(person))["prepare"] == "call Ben"


async def test_what_cannot_stand_there_says_why(person: Person, chat: Chat) -> None:
    said = await say_all(chat, "add aaa", "add bbb under aaa", "add ccc under bbb", "add ddd under ccc")
    assert "2 levels deep" in said["response"]
    assert len(await person.all()) == 3


async def test_lines_of_a_block_stand_within_each_other(person: Person) -> None:
    lines = [
        {"text": "Party", "level": 0},
        {"text": "Invite tomorrow", "level": 1},
        {"text": "Anna", "level": 2},
        {"text": "deeper", "level": 3},
        {"text": "Cake", "level": 1},
        {"text": "Rent", "level": 0},
    ]
    made = await person.post("/api/tasks/lines", json={"lines": lines, "project": "Fun", "due": "2031-01-01"})
    assert made.status_code == 201, made.text
    assert await tree(person) == {
        "Party": None, "Invite": "Party", "Anna": "Invite", "deeper": "Invite", "Cake": "Party", "Rent": None,
    }  # fmt: skip
    assert {task["title"] for task in await person.all(due_from="2031-01-01", due_to="2031-01-01")} == {"Party", "Rent"}
    assert {task["project"] for task in await person.all()} == {"Fun"}
    assert made.json()["items"][0]["subtasks"] == {"open": 2, "done": 0}
    under = await person.post(
        "/api/tasks/lines", json={"lines": [{"text": "Music"}], "parent_id": made.json()["items"][0]["id"]}
    )
    assert under.json()["items"][0]["parent_id"] == made.json()["items"][0]["id"]
