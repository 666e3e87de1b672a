"""Sentences that tell how something is or was add nothing; what there is to do or to attend is added."""

from datetime import datetime

import pytest

from backend.assistant.language import Interpretation, Request, TaskView, interpret

NOW = datetime(2026, 3, 4, 9, 30)


def read(text: str, *tasks: TaskView) -> Interpretation:
    return interpret(Request(text=text, now=NOW, timezone="America/New_York", tasks=tasks))


@pytest.mark.parametrize(
    "text",
    [
        "the weather is lovely today",
        "it's raining today",
        "its so cold today",
        "it will probably be hot tomorrow",
        "it's going to rain tomorrow",
        "today was a good day",
        "yesterday was awful",
        "today is friday",
        "it's friday today",
        "tomorrow is going to be busy",
        "my boss is annoying this week",
        "my boss has been really annoying this week",
        "this week has been crazy",
        "today's been crazy",
        "last week was a disaster",
        "my weekend was great",
        "I had a great lunch today",
        "had a great lunch today",
        "we had pizza last night",
        "we went hiking on saturday",
        "I saw a great movie yesterday",
        "I ate too much today",
        "I worked all day today",
        "I got up at 6 today",
        "I got a new job last week",
        "im so tired today",
        "I feel sick today",
        "I slept badly last night",
        "I was in london last week",
        "I've been busy this week",
        "I love fridays",
        "I hate mondays",
        "mondays suck",
        "I can't sleep tonight",
        "I dont feel well today",
        "I didn't sleep last night",
        "my head hurts today",
        "my car broke down this morning",
        "the train was late again this morning",
        "the meeting yesterday was boring",
        "the store is closed on sunday",
        "the dog is acting weird today",
        "mom and dad are sick today",
        "nothing happened today",
        "there was an accident this morning",
        "you were great yesterday",
        "long day today",
        "so busy today",
        "what a day",
        "what a beautiful morning",
        "have a good weekend",
        "nice weather today",
        "my mom called yesterday",
        "I hope the package arrives tomorrow",
    ],
)
def test_a_remark_changes_nothing(text: str) -> None:
    found = read(text)
    assert found.actions == ()
    assert found.reply


def test_that_it_is_a_task_after_all_is_offered() -> None:
    (offer,) = read("the kitchen is dark tonight").choices
    assert [action.arguments for action in offer.actions] == [
        {"title": "the kitchen is dark", "due": "2026-03-04T20:00"}
    ]


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("I'm so tired today. remind me to go to bed at 9pm", "add_task"),
        ("today was great, add buy cake for friday", "add_task"),
        ("I'm tired, move gym to tomorrow", "update_task"),
        ("it's raining so move the picnic to sunday", "update_task"),
        ("the kids are sick so please cancel soccer", "delete_task"),
    ],
)
def test_a_remark_beside_a_command_is_passed_over(text: str, tool: str) -> None:
    found = read(text)
    assert found.sure
    assert [action.tool for action in found.actions] == [tool]


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("mom's birthday is on friday", "mom's birthday", "2026-03-06"),
        ("it's mom's birthday on friday", "mom's birthday", "2026-03-06"),
        ("tomorrow is mom's birthday", "mom's birthday", "2026-03-05"),
        ("tomorrow is a holiday", "holiday", "2026-03-05"),
        ("dentist appointment is at 3pm tomorrow", "dentist appointment", "2026-03-05T15:00"),
        ("meeting with bob is tomorrow at 10", "meeting with bob", "2026-03-05T10:00"),
        ("the report needs to be done by friday", "the report needs to be done", "2026-03-06"),
        ("I have a dentist appointment tomorrow at 3", "dentist appointment", "2026-03-05T15:00"),
        ("I got a haircut appointment at 4", "haircut appointment", "2026-03-04T16:00"),
        ("there is a meeting on friday at 3", "meeting", "2026-03-06T15:00"),
        ("my parents are coming on friday", "my parents are coming", "2026-03-06"),
        ("the movie starts at 8 tonight", "the movie starts", "2026-03-04T20:00"),
        ("I need to call mom tomorrow", "call mom", "2026-03-05"),
        ("be nice to bob today", "be nice to bob", "2026-03-04"),
        ("check if the store is closed on sunday", "check if the store is closed", "2026-03-08"),
        ("tell mom dinner is cold tonight", "tell mom dinner is cold", "2026-03-04T20:00"),
        ("remind me that the bank is closed tomorrow", "the bank is closed", "2026-03-05"),
        ("get well card for bob on friday", "get well card for bob", "2026-03-06"),
        ("happy hour on friday", "happy hour", "2026-03-06"),
        ("I guess I should call mom tomorrow", "call mom", "2026-03-05"),
        ("I promised to call bob tomorrow", "call bob", "2026-03-05"),
        ("it's important to pay rent by friday", "pay rent", "2026-03-06"),
    ],
)
def test_what_looks_like_a_remark_and_is_none(text: str, title: str, due: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.arguments) == ("add_task", {"title": title, "due": due})


@pytest.mark.parametrize("text", ["the sink is broken #home", "the sink is broken !high", "- the sink is broken"])
def test_a_field_or_a_bullet_makes_it_a_task(text: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.arguments["title"]) == ("add_task", "the sink is broken")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("I finished the report", "report"),
        ("I paid the rent", "pay the rent"),
        ("called mom", "call mom"),
        ("I called mom on monday", "call mom"),
        ("I paid the rent for march", "pay the rent for march"),
        ("I went to the gym today", "go to the gym"),
        ("we bought milk", "buy milk"),
    ],
)
def test_what_is_done_is_completed(text: str, match: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.arguments) == ("complete_task", {"match": match})


def test_a_task_of_that_name_makes_telling_a_completion() -> None:
    (action,) = read("we went hiking", TaskView(number=1, title="go hiking")).actions
    assert (action.tool, action.targets) == ("complete_task", (1,))
