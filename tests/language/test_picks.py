"""One of the tasks that were shown, and its new day."""

from datetime import datetime

import pytest

from backend.assistant.language import Request, interpret
from backend.assistant.language.types import Action, Interpretation, TaskView, Turn

NOW = datetime(2026, 3, 4, 9, 30)
TASKS = (
    TaskView(1, "call the vet"),
    TaskView(2, "dentist", "2026-03-11T14:00"),
    TaskView(3, "pick up parcel"),
    TaskView(4, "roofer", "2026-03-06T09:00"),
)
SHOWN = Turn(text="what's on my list", shown=(1, 2, 3))
PAIR = Turn(text="what's open", shown=(1, 3))
MOVED = Turn(
    text="move the dentist to friday",
    actions=(
        Action(tool="update_task", arguments={"match": "dentist", "changes": {"due": "2026-03-06"}}, targets=(2,)),
    ),
    changed=(2,),
    shown=(2,),
)


def read(text: str, *turns: Turn) -> Interpretation:
    return interpret(Request(text=text, now=NOW, timezone="Europe/Berlin", tasks=TASKS, turns=turns))


@pytest.mark.parametrize(
    ("text", "turns", "moved"),
    [
        ("the first one by sunday", (SHOWN,), {1: "2026-03-08"}),
        ("the second by friday", (SHOWN,), {2: "2026-03-06T14:00"}),
        ("ok, the last one on monday at 9", (SHOWN,), {3: "2026-03-09T09:00"}),
        ("number 2 tomorrow", (SHOWN,), {2: "2026-03-05T14:00"}),
        ("both tomorrow", (PAIR,), {1: "2026-03-05", 3: "2026-03-05"}),
        ("all of those next week", (PAIR,), {1: "2026-03-09", 3: "2026-03-09"}),
        ("the other one should be friday", (PAIR, MOVED), {1: "2026-03-06", 3: "2026-03-06"}),
        ("the 5th at 6", (SHOWN, MOVED), {2: "2026-03-05T18:00"}),
    ],
)
def test_what_is_pointed_at_gets_the_day(text: str, turns: tuple[Turn, ...], moved: dict[int, str]) -> None:
    actions = read(text, *turns).actions
    assert {action.tool for action in actions} == {"update_task"}
    assert {(action.targets or ())[0]: action.arguments["changes"]["due"] for action in actions} == moved


@pytest.mark.parametrize("text", ["the first one by sunday", "the other two tomorrow", "both on friday"])
def test_pointing_at_nothing_is_no_task(text: str) -> None:
    meaning = read(text)
    assert meaning.actions == () or not meaning.sure
    assert meaning.reply


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("can we make the dentist thursday", (2, "2026-03-05T14:00")),
        ("could you make the roofer monday at 8", (4, "2026-03-09T08:00")),
        ("put the roofer on monday", (4, "2026-03-09T09:00")),
    ],
)
def test_a_task_that_is_there_is_moved_and_not_made_again(text: str, changed: tuple[int, str]) -> None:
    (action,) = read(text).actions
    assert action.tool == "update_task"
    assert ((action.targets or ())[0], action.arguments["changes"]["due"]) == changed


@pytest.mark.parametrize("text", ["make dinner thursday", "can we make the cake thursday", "put the bins on monday"])
def test_what_is_not_there_is_added(text: str) -> None:
    (action,) = read(text).actions
    assert action.tool == "add_task"


def test_of_another_day_what_is_only_much_like_a_task_is_asked_about() -> None:
    tasks = (TaskView(1, "email Anna"), TaskView(2, "dentist", "2026-03-11T14:00"))
    said = "delete mails up to january 30th"
    meaning = interpret(Request(text=said, now=NOW, timezone="Europe/Berlin", tasks=tasks))
    assert not any(action.targets for action in meaning.actions) and not meaning.sure
