"""What a hosted model cannot do without a yes, however it or a task's own words put it."""

import pytest

from backend.assistant.asking.grounds import is_grounded
from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, says
from tests.assistant.chatting import Chat, titles
from tests.support.people import Person


@pytest.mark.parametrize(
    "asked",
    [
        "what is done today?",
        "which of my tasks did I complete, and what about the rent",
        "show me what I have to pay",
        "do I have to pay the rent today",
        "is the rent done",
    ],
)
async def test_a_question_is_no_wish(user: Person, talk: Chat, model: ScriptedModel, asked: str) -> None:
    """Its words fit the task and the verb, but nobody asked for a change."""
    await user.add("pay rent today", priority="low")
    model.plays(calls(("complete_task", {"match": "pay rent"})), says("never asked"))
    said = await talk.say(asked)
    assert said["changes"] == [] and said["approval"] is not None
    assert await titles(user, status="open") == {"pay rent today"}


@pytest.mark.parametrize(
    ("heard", "grounded"),
    [
        ("complete the rent", True),
        ("I have paid the rent, so mark it as done", True),
        ("could you complete the rent?", True),
        ("what is due today, and complete the rent", True),
        ("do the rent now and mark it done", True),
        ("what about completing the rent", True),
        ("have I completed the rent", False),
        ("why is the rent not done", False),
        ("how do I complete the rent", False),
    ],
)
def test_wishes_and_questions(heard: str, grounded: bool) -> None:
    assert is_grounded("complete_task", {"match": "rent"}, ["pay rent"], heard=heard) is grounded


async def test_choices_that_a_model_made_up_are_not_offered(user: Person, talk: Chat, model: ScriptedModel) -> None:
    """Else "2", meant as an answer to something else, would delete at once."""
    for title in ("call mom", "call mom about lunch"):
        await user.add(title)
    model.plays(calls(("delete_task", {"match": "mom"})), says("Which of these is it about? 1. work 2. home"))
    said = await talk.say("what do I have to do?")
    assert said["choices"] == []
    await user.patch("/api/me", json={"settings": {"assistant": "builtin"}})
    await talk.say("2")
    assert len(await user.all()) == 2


async def test_choices_that_rest_on_the_users_words_are(user: Person, talk: Chat, model: ScriptedModel) -> None:
    for title in ("call mom", "call mom about lunch"):
        await user.add(title)
    model.plays(calls(("complete_task", {"match": "mom"})), says("Which one?"))
    assert len((await talk.say("please complete mom"))["choices"]) == 2


async def test_an_agreed_undo_is_of_the_change_that_was_shown(user: Person, talk: Chat, model: ScriptedModel) -> None:
    await user.add("first")
    model.plays(calls(("undo", {})), says("never asked"))
    said = await talk.say("what is on my list?")
    assert said["approval"]["calls"][0]["changes"][0]["before"]["title"] == "first"
    await user.add("second")
    await talk.say("yes")
    assert await titles(user) == {"second"}


async def test_two_changes_of_one_task_are_both_agreed_to(user: Person, talk: Chat, model: ScriptedModel) -> None:
    await user.add("dentist")
    changes = [{"priority": "high"}, {"title": "dentist, upper floor"}]
    model.plays(calls(*(("update_task", {"match": "dentist", "changes": change}) for change in changes)))
    said = await talk.say("what is on my list?")
    assert said["changes"] == [] and len(said["approval"]["calls"]) == 2
    await talk.say("yes")
    [task] = await user.all()
    assert (task["title"], task["priority"]) == ("dentist, upper floor", "high")


async def test_what_would_fail_is_not_asked_about(user: Person, talk: Chat, model: ScriptedModel) -> None:
    await user.add("dentist")
    wrong = {"match": "dentist", "changes": {"due": "2030-02-30"}}
    model.plays(calls(("update_task", wrong)), says("There is no such day."))
    said = await talk.say("what is on my list?")
    assert said["approval"] is None and "no such day" in said["response"]


async def test_an_approval_of_one_conversation_is_none_of_another(user: Person, model: ScriptedModel) -> None:
    await user.add("dentist")
    model.plays(calls(("delete_task", {"match": "dentist"})), says("Hello."))
    first, second = Chat(user), Chat(user)
    await first.say("delete the dentist")
    await second.say("hello there, what a day")
    model.plays(says("Nothing to confirm."))
    await second.say("yes")
    assert await titles(user) == {"dentist"}
