"""The past by talking: putting the list back asks first, redo is at once, and what changed is told from the journal."""

from datetime import timedelta
from typing import Any

from fastapi import FastAPI

from backend.models import utc_now
from tests.history.clock import set_beginning, set_time
from tests.support.people import Person


async def say(person: Person, text: str, conversation: str | None = None) -> dict[str, Any]:
    body = {"message": text, **({"conversation_id": conversation} if conversation else {})}
    answer = await person.post("/api/chat", json=body, headers={"X-Timezone": "Europe/Berlin"})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def titles(person: Person) -> set[object]:
    return {task["title"] for task in await person.all()}


async def backdate(app: FastAPI, person: Person) -> None:
    await set_beginning(app, person.id, utc_now() - timedelta(days=3))


async def age(app: FastAPI, person: Person, revision: int) -> None:
    await set_time(app, person.id, revision, utc_now() - timedelta(hours=2))


async def test_the_list_is_put_back_after_a_yes_and_can_be_undone(app: FastAPI, person: Person) -> None:
    await backdate(app, person)
    kept = await person.add("kept")
    await age(app, person, 1)
    await person.patch(f"/api/tasks/{kept['id']}", json={"title": "renamed"})
    await person.add("new")
    asked = await say(person, "put my list back to how it was an hour ago")
    assert "Shall I?" in asked["response"] and "new: removed" in asked["response"]
    assert "renamed: title renamed → kept" in asked["response"]
    assert await titles(person) == {"renamed", "new"}
    done = await say(person, "yes", asked["conversation_id"])
    assert "1 removed and 1 changed back" in done["response"], done["response"]
    newest = (await person.get("/api/history", params={"limit": 1})).json()["items"][0]
    assert newest["said"] == "put my list back to how it was an hour ago"  # not the yes
    assert await titles(person) == {"kept"}
    await say(person, "undo", asked["conversation_id"])
    assert await titles(person) == {"renamed", "new"}
    redone = await say(person, "redo that", asked["conversation_id"])
    assert redone["response"].startswith("Done again") and await titles(person) == {"kept"}


async def test_a_yes_to_what_is_not_true_any_more_changes_nothing(app: FastAPI, person: Person) -> None:
    await backdate(app, person)
    await person.add("a")
    asked = await say(person, "undo everything since an hour ago")
    assert "a: removed" in asked["response"]
    await person.add("b")
    done = await say(person, "yes", asked["conversation_id"])
    assert "changed since" in done["response"] and await titles(person) == {"a", "b"}


async def test_a_no_changes_nothing(app: FastAPI, person: Person) -> None:
    await backdate(app, person)
    await person.add("a")
    asked = await say(person, "go back to how it was an hour ago")
    await say(person, "no", asked["conversation_id"])
    assert await titles(person) == {"a"}


async def test_times_that_cannot_be_say_why(person: Person) -> None:
    await person.add("a")
    answer = await say(person, "put my list back to how it was 10 days ago")
    assert "before this list" in answer["response"] and await titles(person) == {"a"}


async def test_what_changed_is_told_from_the_journal(person: Person) -> None:
    answer = await say(person, "what did I change today?")
    assert answer["response"] == "Nothing was changed then."
    await person.add("milk")
    first = await say(person, "add bread")
    await say(person, "undo that", first["conversation_id"])
    answer = await say(person, "what changed today?")
    assert [line.split(", ", 1)[1] for line in answer["response"].splitlines()[1:]] == [
        'in the chat: Undone: "bread" is gone again.',
        'in the chat: Added "bread". (undone since)',
        'over the API: Added "milk".',
    ]
    assert answer["changes"] == []


async def test_redo_in_the_chat_goes_as_far_as_undo_did(person: Person) -> None:
    first = await say(person, "add milk")
    conversation = first["conversation_id"]
    await say(person, "add bread", conversation)
    await say(person, "undo the last 2", conversation)
    assert await titles(person) == set()
    await say(person, "redo", conversation)
    assert await titles(person) == {"milk", "bread"}
    nothing = await say(person, "redo", conversation)
    assert "nothing to redo" in nothing["response"]
