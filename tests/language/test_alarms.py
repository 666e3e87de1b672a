"""Alarms, reminders and meetings by what people say of them: wanted, named by their time, or asked about."""

import pytest

from backend.assistant.language import Interpretation

from .test_judge import read


def tools(meaning: Interpretation) -> list[str]:
    return [action.tool for action in meaning.actions]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("cancel the alarm that is set for tomorrow at eight am", "tomorrow at eight am"),
        ("delete the meeting which is scheduled on friday", "meeting on friday"),
        ("get rid of the first two events in my calendar", "first two events"),
        ("i would like this alarm permanently removed", "this alarm"),
    ],
)
def test_what_is_to_go_may_be_named_by_its_time(text: str, match: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.arguments["match"]) == ("delete_task", match)


@pytest.mark.parametrize(
    "text",
    [
        "remind me about my meetings this week",
        "remind me of what i asked you to remember",
        "can you remind me the things i was trying to remember",
        "give me the alarm times for the next two days",
        "review my set alarms",
        "read the available lists",
        "how soon is my checkup",
        "what've i got set for friday",
    ],
)
def test_what_there_is_may_be_asked_with_a_verb_of_reminding(text: str) -> None:
    assert tools(read(text)) == ["list_tasks"]


def test_what_was_to_be_remembered_is_the_whole_list() -> None:
    (action,) = read("remind me of what i asked you to remember").actions
    assert not action.arguments


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("tell me to take my umbrella on friday", "take my umbrella", "2026-03-06"),
        ("make sure my alarm is set for six thirty am tomorrow", "alarm", "2026-03-05T06:30"),
        ("set a timer for five minutes for cookies", "cookies", "2026-03-04T09:35"),
        ("set a timer for an hour", "timer", "2026-03-04T10:30"),
        ("remind me about the meeting on friday", "the meeting", "2026-03-06"),
        ("give me a reminder for the vet on friday", "the vet", "2026-03-06"),
    ],
)
def test_a_reminder_at_a_time_is_made_at_once(text: str, title: str, due: str) -> None:
    meaning = read(text)
    (action,) = meaning.actions
    assert (action.tool, action.arguments) == ("add_task", {"title": title, "due": due})
    assert meaning.sure


@pytest.mark.parametrize("title", ["0:0", "2 and 3", "five plus five"])
def test_a_quoted_title_is_no_sum(title: str) -> None:
    (action,) = read(f'add "{title}"').actions
    assert action.arguments["title"] == title


@pytest.mark.parametrize("text", ["add five and six", "add 12 to 30"])
def test_a_sum_is_no_task(text: str) -> None:
    assert not read(text).actions
