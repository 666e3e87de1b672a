"""What a user may use of the hosted model in a day."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from backend.assistant.engines.hosted.allowance import spend
from backend.assistant.engines.hosted.setup import DailyLimits, make_hosted
from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import Step, calls, cuts, fails, says
from tests.assistant.chatting import Chat, titles
from tests.support.people import Person

PLENTY = DailyLimits(turns=100, tokens=100_000, cost=1_000_000)


def _limit(app: FastAPI, **limits: int) -> None:
    app.state.hosted = replace(app.state.hosted, daily=replace(PLENTY, **limits))


@pytest.mark.parametrize(("limits", "name"), [({"turns": 1}, "turns"), ({"tokens": 109}, "tokens")])
async def test_beyond_a_limit_the_built_in_engine_answers(
    *, hosted_app: FastAPI, user: Person, talk: Chat, model: ScriptedModel, limits: dict[str, int], name: str
) -> None:
    _limit(hosted_app, **limits)
    model.plays(says("Hello there."))
    assert (await talk.say("good morning, what a day"))["response"] == "Hello there."
    said = await talk.say("add buy milk")
    assert f"({name})" in said["response"] and "until midnight UTC" in said["response"]
    assert len(model.requests) == 1 and await titles(user) == {"buy milk"}


async def test_the_cost_counts(hosted_app: FastAPI, user: Person, talk: Chat, model: ScriptedModel) -> None:
    _limit(hosted_app, cost=10)
    async with hosted_app.state.database.write() as session:
        await spend(session, user.id, cost=11)
    model.plays(says("never asked"))
    assert "(cost)" in (await talk.say("add buy milk"))["response"] and model.requests == []


async def test_a_users_limit_is_their_own(
    hosted_app: FastAPI, user: Person, stranger_there: Person, model: ScriptedModel
) -> None:
    _limit(hosted_app, turns=1)
    model.plays(says("Hello there."))
    await Chat(user).say("good morning, what a day")
    assert (await Chat(stranger_there).say("good morning, what a day"))["response"] == "Hello there."


async def test_tokens_of_failed_turns_count_too(
    hosted_app: FastAPI, user: Person, talk: Chat, model: ScriptedModel
) -> None:
    model.plays(calls(("list_tasks", {})), fails(400))
    await talk.say("add buy milk")
    async with hosted_app.state.database.write() as session:
        spent = await spend(session, user.id)
    assert (spent.turns, spent.tokens) == (1, 110)


@pytest.mark.parametrize("end", [says("Nothing to do."), fails(400), cuts("I wi")], ids=["answered", "refused", "cut"])
async def test_what_a_turn_cost_counts_however_it_ended(
    hosted_app: FastAPI, user: Person, model: ScriptedModel, end: Step
) -> None:
    """By the public price of the model that the answer names."""
    settings = hosted_app.state.settings.model_copy(update={"todo_model": "gpt-5-mini"})
    hosted_app.state.hosted = make_hosted(settings)
    model.plays(calls(("list_tasks", {})), end)
    await Chat(user).say("good morning, what a day")
    cost = (await user.get("/api/assistant")).json()["today"]["cost"]["used"]
    assert 0.00004 < cost < 0.0005
