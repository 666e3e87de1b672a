"""A hosted model that fails in every way: the list is never half-changed in silence, and someone always answers."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import Step, breaks, calls, cuts, drips, fails, garbles, page, says, stalls
from tests.assistant.chatting import Chat, read_stream, stream, stream_body, text_of, titles
from tests.support.people import Person

FAULTS = {
    "wrong key": (fails(401, code="invalid_api_key"), "its key was refused", 1),
    "unknown model": (fails(404, code="model_not_found"), "there is no model of that name", 1),
    "quota": (fails(429, code="insufficient_quota"), "its quota is used up", 1),
    "a long pause": (fails(429, Retry_After="60"), "it has too much to do (it asks to wait 60 seconds)", 1),
    "a short pause, again and again": (fails(429, Retry_After="0"), "it has too much to do", 3),
    "server error": (fails(500), "it has trouble of its own", 3),
    "overloaded": (fails(503), "it is not available", 3),
    "no tools": (fails(400, kind="invalid_request_error"), "it refused the request", 1),
    "cut": (cuts("I will "), "it cannot be reached or broke off", 1),
    "cut in a call": (cuts('{"title": "never', call="add_task"), "it cannot be reached or broke off", 1),
    "no JSON in the stream": (garbles(), "The model could not answer", 1),
    "arguments that are no JSON": (calls(("add_task", "{title: buy milk")), "its answers could not be used", 3),
    "a tool that is none": (calls(("drop_tables", {})), "its answers could not be used", 3),
    "nothing at all": (says(""), "its answers could not be used", 3),
    "a loop": (calls(("list_tasks", {})), "it went round in circles", 8),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_the_built_in_engine_answers_and_says_so(
    user: Person, talk: Chat, model: ScriptedModel, name: str
) -> None:
    step, reason, requests = FAULTS[name]
    model.plays(step)
    said = await talk.say("add buy milk")
    assert reason in said["response"] and said["response"].endswith('Added "buy milk".')
    assert "built-in engine" in said["response"] and "sk-secret" not in said["response"]
    assert await titles(user) == {"buy milk"}
    assert len(model.requests) == requests


@pytest.mark.parametrize("step", [stalls(), stalls(after="I will ")])
async def test_silence_is_not_waited_for(
    user: Person, talk: Chat, model: ScriptedModel, impatient: None, step: Step
) -> None:
    model.plays(step)
    said = await talk.say("add buy milk")
    assert "it took too long" in said["response"] and await titles(user) == {"buy milk"}


@pytest.mark.parametrize("step", [fails(500), fails(429, Retry_After="1"), fails(503)])
async def test_trouble_that_passes_is_not_seen(user: Person, talk: Chat, model: ScriptedModel, step: Step) -> None:
    model.plays(step, calls(("add_task", {"title": "buy milk"})), says("Added buy milk."))
    assert (await talk.say("milk please"))["response"] == "Added buy milk."
    assert await titles(user) == {"buy milk"}


@pytest.mark.parametrize("step", [fails(500), cuts("And "), calls(("drop_tables", {}))])
async def test_what_was_done_is_said_and_not_done_again(
    user: Person, talk: Chat, model: ScriptedModel, step: Step
) -> None:
    model.plays(calls(("add_task", {"title": "buy milk"})), step)
    said = await talk.say("add buy milk and add bread")
    assert await titles(user) == {"buy milk"}
    assert 'Added "buy milk".\nThat is all that was done; the rest was not.' in said["response"]
    assert said["undo_token"] == said["changes"][0]["turn"]


async def test_a_bad_argument_is_put_right_by_the_model(user: Person, talk: Chat, model: ScriptedModel) -> None:
    wrong = calls(("add_task", {"title": "buy milk", "priority": "very"}))
    model.plays(wrong, calls(("add_task", {"title": "buy milk", "priority": "high"})), says("Added."))
    await talk.say("buy milk, very important")
    (task,) = await user.all()
    assert task["priority"] == "high"


async def test_a_refused_date_reaches_the_model_and_changes_nothing(
    user: Person, talk: Chat, model: ScriptedModel
) -> None:
    model.plays(calls(("add_task", {"title": "buy milk", "due": "2030-02-30"})), says("There is no such day."))
    assert (await talk.say("buy milk on february 30"))["response"] == "There is no such day."
    assert await user.all() == []
    assert "not a day of the calendar" in str(model.requests[-1]["messages"][-1])


async def test_no_part_of_a_broken_stream_stays_open(user: Person, model: ScriptedModel) -> None:
    model.plays(cuts('{"title": "never', call="add_task"))
    chunks = await stream(user, stream_body("add buy milk", conversation="c1"))
    begun = {chunk["toolCallId"] for chunk in chunks if chunk["type"] == "tool-input-start"}
    ended = {
        chunk["toolCallId"]
        for chunk in chunks
        if chunk["type"] in {"tool-output-available", "tool-input-error", "tool-output-error"}
    }
    assert begun == ended and "call_cut" in begun
    assert [chunk["type"] for chunk in chunks].count("text-start") == [c["type"] for c in chunks].count("text-end")


async def test_a_cut_answer_is_followed_by_the_other(user: Person, model: ScriptedModel) -> None:
    model.plays(cuts("I will look into"))
    answer = await user.post("/api/chat/stream", json=stream_body("add buy milk", conversation="c1"))
    assert text_of(read_stream(answer.text)).startswith("I will look intoThe model could not answer")
    assert await titles(user) == {"buy milk"}


async def test_a_gone_model_costs_nothing_but_a_sentence(user: Person, talk: Chat, hosted_address_gone: None) -> None:
    said = await talk.say("add buy milk")
    assert "it cannot be reached" in said["response"] and await titles(user) == {"buy milk"}


async def test_a_stream_that_drips_for_ever_is_ended(
    user: Person, talk: Chat, model: ScriptedModel, impatient: None
) -> None:
    """Never silent for long, and never done."""
    model.plays(drips("la "))
    said = await talk.say("add buy milk")
    assert "it took too long" in said["response"] and await titles(user) == {"buy milk"}


async def test_an_error_within_the_stream(user: Person, talk: Chat, model: ScriptedModel) -> None:
    """As servers send it that fail after they have answered 200."""
    model.plays(breaks("I will "))
    said = await talk.say("add buy milk")
    assert "The model could not answer" in said["response"] and await titles(user) == {"buy milk"}
    assert "sk-secret" not in said["response"]


async def test_an_address_of_something_else(user: Person, talk: Chat, model: ScriptedModel) -> None:
    """A page of HTML with 200, as a wrong OPENAI_BASE_URL gives."""
    model.plays(page("<html>welcome</html>"))
    said = await talk.say("add buy milk")
    assert "The model could not answer" in said["response"] and await titles(user) == {"buy milk"}


async def test_a_loop_of_changes_is_stopped_by_a_question(user: Person, talk: Chat, model: ScriptedModel) -> None:
    model.plays(calls(("add_task", {"title": "buy milk"})))
    said = await talk.say("add buy milk")
    assert len(await user.all()) == 5 and said["approval"] is not None
    assert len(model.requests) == 6


@pytest.mark.parametrize("asked", ["1e9", "-1", "nonsense", "Wed, 21 Oct 2099 07:28:00 GMT"])
async def test_a_pause_that_cannot_be_kept_is_not(user: Person, talk: Chat, model: ScriptedModel, asked: str) -> None:
    model.plays(fails(429, Retry_After=asked))
    said = await talk.say("add buy milk")
    assert "it has too much to do" in said["response"] and await titles(user) == {"buy milk"}


def test_one_silence_and_one_request_are_bounded_apart(hosted_app: FastAPI) -> None:
    settings = replace(hosted_app.state.hosted, seconds=7.0).settings
    assert (settings["timeout"].read, settings["timeout"].connect, settings["request_timeout"]) == (7.0, 7.0, 28.0)
