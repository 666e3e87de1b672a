"""A change of the reminder settings is undone and redone like a change of a task, in the order of the changes."""

from typing import Any

from fastapi import FastAPI

from tests.assistant.chatting import Chat
from tests.mcp.calling import calling
from tests.support.people import Person
from tests.support.tokens import make_token

PATH = "/api/reminders/settings"
PAUSE = "2099-01-01T08:00"


async def _settings(person: Person) -> dict[str, Any]:
    return dict((await person.get(PATH)).json())


async def _set(person: Person, **values: object) -> str | None:
    answer = await person.put(PATH, json=values)
    assert answer.status_code == 200, answer.text
    return answer.headers.get("undo-token")


async def _undo(person: Person, token: str | None = None) -> dict[str, Any]:
    answer = await person.post("/api/undo", json={"undo_token": token} if token else {})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_it_is_taken_back_by_its_token_and_redone_by_the_undos(person: Person) -> None:
    before = await _settings(person)
    token = await _set(person, paused_until=PAUSE, sound=False)
    undone = await _undo(person, token)
    assert (undone["undone"], undone["total"], undone["reminder_settings"]) == (token, 0, before)
    assert await _settings(person) == before
    again = await _undo(person, undone["undo_token"])
    assert (await _settings(person))["paused_until"] == again["reminder_settings"]["paused_until"] == PAUSE


async def test_undo_without_a_token_takes_whatever_was_changed_last(person: Person) -> None:
    await person.add("first")
    await _set(person, digest_at="06:00")
    await person.add("second")
    await _set(person, digest_at="05:00")
    assert (await _undo(person))["reminder_settings"]["digest_at"] == "06:00"
    assert (await _undo(person))["changes"][0]["before"]["title"] == "second"
    assert (await _undo(person))["reminder_settings"]["digest_at"] == "08:00"
    assert (await _undo(person))["changes"][0]["before"]["title"] == "first"
    assert (await person.post("/api/undo")).status_code == 409
    for _ in range(4):
        assert (await person.post("/api/redo")).status_code == 200
    assert (await person.post("/api/redo")).status_code == 409
    assert (await _settings(person))["digest_at"] == "05:00"
    assert sorted(str(task["title"]) for task in await person.all()) == ["first", "second"]


async def test_only_what_it_changed_is_put_back(person: Person) -> None:
    token = await _set(person, digest_at="06:00", sound=True)
    await _set(person, sound=False)
    await _undo(person, token)
    settings = await _settings(person)
    assert (settings["digest_at"], settings["sound"]) == ("08:00", False)


async def test_what_was_changed_since_is_left_alone(person: Person) -> None:
    token = await _set(person, digest_at="06:00")
    await _set(person, digest_at="05:00")
    answer = await person.post("/api/undo", json={"undo_token": token})
    assert (answer.status_code, "changed since" in answer.json()["detail"]) == (409, True)
    assert (await _settings(person))["digest_at"] == "05:00"


async def test_a_change_that_changes_nothing_leaves_nothing_to_undo(person: Person) -> None:
    assert await _set(person, digest_at="08:00") is None
    assert (await person.post("/api/undo")).status_code == 409


async def test_twice_is_refused_and_anothers_is_not_known(person: Person, stranger: Person) -> None:
    token = await _set(person, sound=False)
    assert (await stranger.post("/api/undo", json={"undo_token": token})).status_code == 404
    await _undo(person, token)
    assert (await person.post("/api/undo", json={"undo_token": token})).status_code == 409


async def test_what_is_due_is_planned_anew(person: Person) -> None:
    await person.add("call", due="2099-05-05T10:00", timezone="UTC")
    await _set(person, default=[{"before": "PT1H"}])
    await _undo(person)
    items = (await person.get("/api/reminders/upcoming")).json()["items"]
    assert [one["local"] for one in items] == ["2099-05-05T10:00"]


async def test_the_chat_takes_it_back_in_words(person: Person) -> None:
    chat = Chat(person)
    await chat.say("add milk")
    said = await chat.say("turn reminders off until monday")
    assert (await _settings(person))["paused_until"]
    assert said["undo_token"]
    assert (await chat.say("undo"))["response"] == "Undone: reminders go on."
    assert (await _settings(person))["paused_until"] is None
    assert (await chat.say("redo"))["response"].startswith("Done again: no reminders until ")
    await _undo(person, said["undo_token"])
    assert (await _settings(person))["paused_until"] is None
    assert [task["title"] for task in await person.all()] == ["milk"]


async def test_half_of_the_quiet_hours_is_said_whole(person: Person) -> None:
    chat = Chat(person)
    await _set(person, quiet_from="22:00", quiet_to="07:00")
    await _set(person, quiet_from="22:00", quiet_to="08:00")
    assert (await chat.say("undo"))["response"] == "Undone: quiet hours from 22:00 to 07:00."


async def test_mcp_gives_the_token_and_takes_it_back(app: FastAPI, person: Person) -> None:
    async with calling(app, (await make_token(person))["token"]) as client:
        changed = await client.do("change_reminder_settings", sound=False)
        assert "undo_token" not in await client.do("change_reminder_settings", sound=True, dry_run=True)
        undone = await client.do("undo", undo_token=changed["undo_token"])
        assert (undone["reminder_settings"], undone["tasks"]) == ("undone", [])
        assert (await client.do("redo"))["reminder_settings"] == "redone"
    assert (await _settings(person))["sound"] is False
