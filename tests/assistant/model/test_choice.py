"""The user's choice of an engine, and what the settings page is told of it."""

import pytest
from fastapi import FastAPI

from backend.assistant.engines.hosted.allowance import spend
from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import says
from tests.assistant.chatting import Chat
from tests.support.people import Person


async def test_without_a_model_the_page_is_told_so(person: Person) -> None:
    assert (await person.get("/api/assistant")).json() == {"setting": "builtin", "model": None, "today": None}


async def test_with_one_its_name_and_what_is_left_of_the_day(
    hosted_app: FastAPI, user: Person, talk: Chat, model: ScriptedModel
) -> None:
    model.plays(says("Hello there."))
    await talk.say("good morning, what a day")
    async with hosted_app.state.database.write() as session:
        await spend(session, user.id, cost=1_500_000)
    told = (await user.get("/api/assistant")).json()
    assert (told["setting"], told["model"]) == ("model", "scripted")
    assert told["today"]["turns"] == {"used": 1, "limit": 300}
    assert told["today"]["tokens"] == {"used": 110, "limit": 1_000_000}
    assert told["today"]["cost"] == {"used": 1.5, "limit": 2.0}
    assert told["today"]["ends_at"].endswith("T00:00:00.000Z")


async def test_another_users_day_is_not_shown(
    user: Person, stranger_there: Person, talk: Chat, model: ScriptedModel
) -> None:
    model.plays(says("Hello there."))
    await talk.say("good morning, what a day")
    told = (await stranger_there.get("/api/assistant")).json()
    assert told["today"]["turns"]["used"] == 0


@pytest.mark.parametrize("choice", ["builtin", "model", "auto"])
async def test_a_choice_is_kept(person: Person, choice: str) -> None:
    answer = await person.patch("/api/me", json={"settings": {"assistant": choice}})
    assert answer.json()["settings"] == {"assistant": choice}
    assert (await person.get("/api/assistant")).json()["setting"] == choice
    await person.patch("/api/me", json={"settings": {"assistant": None}})
    assert (await person.get("/api/assistant")).json()["setting"] == "builtin"


@pytest.mark.parametrize("choice", ["gpt-5", "", 1, ["auto"], {"engine": "auto"}, True])
async def test_what_is_no_choice_is_refused(person: Person, choice: object) -> None:
    await person.patch("/api/me", json={"settings": {"assistant": "auto"}})
    answer = await person.patch("/api/me", json={"settings": {"assistant": choice}})
    assert answer.status_code == 422
    assert "assistant: must be one of builtin, model, auto" in answer.text
    assert (await person.get("/api/assistant")).json()["setting"] == "auto"


async def test_signed_out_people_are_told_nothing(person: Person) -> None:
    assert (await person.get("/api/assistant", headers={"Authorization": ""})).status_code == 401


async def test_a_turn_that_never_reached_the_model_is_none_of_its(
    user: Person, talk: Chat, model: ScriptedModel
) -> None:
    model.plays(says("The moon is far away."))
    await user.patch("/api/me", json={"settings": {"assistant": "auto"}})
    await talk.say("add buy milk")
    assert (await user.get("/api/assistant")).json()["today"]["turns"]["used"] == 0
    await talk.say("qwer asdf zxcv?!")
    assert (await user.get("/api/assistant")).json()["today"]["turns"]["used"] == 1
