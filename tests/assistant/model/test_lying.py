"""A hosted model that claims what did not happen is corrected; one that tells the truth is left alone."""

import pytest

from backend.assistant.engines.hosted.honesty import find_false_claim
from backend.journal.values import Change
from backend.models import utc_now
from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, says
from tests.assistant.chatting import Chat, stream, stream_body, text_of
from tests.support.people import Person

NOTHING = "Correction: nothing on your list was changed."


@pytest.mark.parametrize(
    "lie",
    [
        "I've added buy milk to your list.",
        "Done! Your list is up to date.",
        "Task “buy milk” has been created.",
        "Sure. I have successfully moved the dentist to Friday.",
        "Completed.",
        "All done.",
        "I deleted all 5 tasks.",
        "I've added it, and you can undo it whenever you want.",
        "Buy milk is now on your list.",
        "Okay, consider it done.",
        "Sure, moved the dentist to 3.30 pm.",
    ],
)
async def test_a_lie_changes_nothing_and_the_reply_says_so(
    user: Person, talk: Chat, model: ScriptedModel, lie: str
) -> None:
    model.plays(says(lie))
    said = await talk.say("please see to my list")
    assert said["response"] == f"{lie}\n{NOTHING}"
    assert (said["changes"], said["undo_token"], await user.all()) == ([], None, [])


async def test_the_stream_is_corrected_too(user: Person, model: ScriptedModel) -> None:
    model.plays(says("I've added buy milk."))
    assert text_of(await stream(user, stream_body("milk", conversation="c1"))) == f"I've added buy milk.{NOTHING}"
    kept = (await user.get("/api/conversations/c1")).json()["messages"][-1]
    assert NOTHING in [part.get("text") for part in kept["parts"]]


@pytest.mark.parametrize(
    "lie", ["Added milk and deleted bread.", "I added 3 tasks.", 'I added "buy milk" and "buy bread".']
)
async def test_half_a_lie_is_corrected_by_the_receipt(user: Person, talk: Chat, model: ScriptedModel, lie: str) -> None:
    model.plays(calls(("add_task", {"title": "buy milk"})), says(lie))
    said = await talk.say("add buy milk, and what else is needed")
    assert said["response"] == f'{lie}\nCorrection: this is all that was done. Added "buy milk".'


async def test_a_model_without_words_leaves_the_receipt(user: Person, talk: Chat, model: ScriptedModel) -> None:
    model.plays(calls(("add_task", {"title": "buy milk"})), says(" "))
    assert 'Added "buy milk".' in (await talk.say("milk please"))["response"]


@pytest.mark.parametrize(
    "truth",
    [
        "You have 3 open tasks.",
        "I could not find a task called dentist, so nothing was changed.",
        "Should I delete it?",
        "I haven't added anything.",
        "Nothing was added.",
        "If you like, I can move it to Friday.",
        "Which one should be completed?",
        "You could have it moved.",
        "Your dentist appointment is on Friday.",
        "Buy milk is the next thing to be done.",
        "You have completed everything for today.",
        "Completed tasks this week: buy milk.",
        "I see a task that was created by someone else earlier.",
    ],
)
def test_what_is_no_claim_is_left_alone(truth: str) -> None:
    assert not find_false_claim(truth, [])


def test_a_description_of_what_was_listed_is_no_claim() -> None:
    assert not find_false_claim("Buy milk was completed on Monday.", [], listed=True)
    assert find_false_claim("I completed buy milk.", [], listed=True)


def test_a_true_claim_is_left_alone() -> None:
    task = {"title": "buy milk"}
    change = Change(
        revision=1, turn="t", surface="chat", kind="create", task_id="i", before=None, after=task, at=utc_now()
    )
    for truth in ("I've added buy milk.", 'Added "buy milk".', "Done!", "I added 1 task.", "I put milk on your list."):
        assert not find_false_claim(truth, [change]), truth
