"""What of a conversation's changes is taken back: a page that is opened anew, or beside another, must know."""

from typing import Any

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, says
from tests.assistant.chatting import Chat, data_of, stream, stream_body, titles
from tests.support.people import Person


async def _undone(person: Person, conversation: str = "c1") -> list[int]:
    answer = await person.get(f"/api/conversations/{conversation}/undone")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["revisions"])


async def _undo(person: Person, token: str | None) -> dict[str, Any]:
    answer = await person.post("/api/undo", json={"undo_token": token} if token else {})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_each_call_has_a_token_of_its_own(person: Person) -> None:
    await person.add("dentist", priority="low")
    said = "add buy milk and set dentist to high priority"
    receipt = data_of(await stream(person, stream_body(said, conversation="c1")), "receipt")
    first, second = receipt["calls"]
    assert [(call["tool"], len(call["revisions"])) for call in receipt["calls"]] == [
        ("add_task", 1),
        ("update_task", 1),
    ]
    assert [change["revision"] for change in receipt["changes"]] == first["revisions"] + second["revisions"]
    assert await _undone(person) == []
    undone = await _undo(person, first["undo_token"])
    assert await titles(person) == {"dentist"} and (await person.all())[0]["priority"] == "high"
    assert await _undone(person) == first["revisions"]
    await _undo(person, undone["undo_token"])
    assert await _undone(person) == [] and await titles(person) == {"dentist", "buy milk"}
    await _undo(person, receipt["undo_token"])
    assert await _undone(person) == first["revisions"] + second["revisions"]


async def test_undo_from_elsewhere_counts(person: Person) -> None:
    await stream(person, stream_body("add buy milk", conversation="c1"))
    await _undo(person, None)
    assert len(await _undone(person)) == 1


async def test_undo_by_words_takes_the_whole_turn(person: Person) -> None:
    receipt = data_of(await stream(person, stream_body("add tea and add ham", conversation="c1")), "receipt")
    await stream(person, stream_body("undo", conversation="c1"))
    assert await _undone(person) == [revision for call in receipt["calls"] for revision in call["revisions"]]


async def test_a_call_of_many_changes_is_one(person: Person) -> None:
    for title in ("one", "two", "three"):
        await person.add(title)
    receipt = data_of(await stream(person, stream_body("complete all my tasks", conversation="c1")), "receipt")
    (call,) = receipt["calls"]
    assert len(call["revisions"]) == 3
    await _undo(person, call["undo_token"])
    assert len(await person.all(status="open")) == 3


async def test_a_models_calls_too(user: Person, talk: Chat, model: ScriptedModel) -> None:
    """Also where it gives every call the same id."""
    add = [calls(("add_task", {"title": title})) for title in ("buy milk", "buy ham")]
    model.plays(*add, says("Both are on your list."))
    chunks = await stream(user, stream_body("buy milk and ham", conversation="c1"))
    first, second = data_of(chunks, "receipt")["calls"]
    await _undo(user, second["undo_token"])
    assert await titles(user) == {"buy milk"} and await _undone(user) == second["revisions"]
    await _undo(user, first["undo_token"])
    assert await titles(user) == set()


async def test_of_anothers_conversation_nothing_is_told(person: Person, stranger: Person) -> None:
    await stream(person, stream_body("add buy milk", conversation="c1"))
    assert (await stranger.get("/api/conversations/c1/undone")).status_code == 404
