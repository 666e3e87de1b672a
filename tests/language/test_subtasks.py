"""What is said of tasks within tasks: which words place a task, and which only sound so."""

from datetime import datetime

import pytest

from backend.assistant.language import interpret
from backend.assistant.language.types import Request, TaskView

TASKS = (
    TaskView(1, "buy milk"),
    TaskView(2, "check the price", parent=1),
    TaskView(3, "groceries"),
    TaskView(4, "plan the trip"),
    TaskView(5, "call mom"),
    TaskView(6, "eggs", parent=3),
    TaskView(7, "eggs", parent=1),
)


def read(text: str, tasks: tuple[TaskView, ...] = TASKS) -> list[tuple[str, dict[str, object], tuple[int, ...] | None]]:
    found = interpret(Request(text=text, now=datetime(2026, 3, 4, 9, 30), timezone="UTC", tasks=tasks))
    return [(action.tool, action.arguments, action.targets) for action in found.actions]


@pytest.mark.parametrize(
    "text",
    [
        "add ask for oat under buy milk",
        "please add ask for oat under buy milk",
        "add ask for oat beneath buy milk",
        "add a subtask to buy milk: ask for oat",
        "add subtask ask for oat to buy milk",
        "add ask for oat as a subtask of buy milk",
        "create a step for buy milk: ask for oat",
        "under buy milk: ask for oat",
        "under buy milk add ask for oat",
        "add ask for oat under 1",
        "add ask for oat under task 1",
        'add ask for oat under "buy milk"',
        "Add ask for oat under the task Buy Milk.",
    ],
)
def test_added_under_a_task(text: str) -> None:
    assert read(text) == [("add_task", {"title": "ask for oat", "parent": "buy milk"}, (1,))]


@pytest.mark.parametrize(
    "text",
    [
        "add flour, oil and salt under groceries",
        "break groceries down into flour, oil and salt",
        "break down groceries: flour, oil and salt",
        "add subtasks to groceries: flour, oil and salt",
    ],
)
def test_several_at_once(text: str) -> None:
    assert read(text) == [("add_task", {"title": t, "parent": "groceries"}, (3,)) for t in ("flour", "oil", "salt")]


@pytest.mark.parametrize(
    "text", ["add a subtask", "can you create a subtask for groceries?", "add subtasks to groceries"]
)
def test_without_a_title_it_is_asked_for(text: str) -> None:
    found = interpret(Request(text=text, now=datetime(2026, 3, 4, 9, 30), timezone="UTC", tasks=TASKS))
    assert (found.actions, "Say what the subtask is" in (found.reply or "")) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        "add look under the couch",
        "put the box under the bed",
        "take the trash out of the kitchen",
        "look inside the oven",
        "what is under the sofa",
        "break a leg",
        "split the bill with anna",
        "clean below the sink",
        "get the car out of the garage",
        "add stay within the budget",
        "what are the steps for setting up direct deposit",
    ],
)
@pytest.mark.parametrize("tasks", [TASKS, ()])
def test_what_only_sounds_so(text: str, tasks: tuple[TaskView, ...]) -> None:
    assert not any("parent" in str(arguments) for _, arguments, _ in read(text, tasks))


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("what's left under buy milk", {"parent": "buy milk"}),
        ("what is still open under buy milk?", {"parent": "buy milk"}),
        ("show me the subtasks of buy milk", {"parent": "buy milk"}),
        ("which subtasks does buy milk have", {"parent": "buy milk"}),
        ("what's done under buy milk", {"parent": "buy milk", "status": "done"}),
        ("how many are left under buy milk", {"parent": "buy milk", "count": True}),
        ("list all subtasks of buy milk", {"parent": "buy milk", "status": "all"}),
    ],
)
def test_asked_for(text: str, arguments: dict[str, object]) -> None:
    assert read(text) == [("list_tasks", arguments, None)]


@pytest.mark.parametrize(
    ("text", "tool", "targets"),
    [
        ("tick off everything under buy milk", "complete_task", (2, 7)),
        ("complete all subtasks of buy milk", "complete_task", (2, 7)),
        ("delete all subtasks of groceries", "delete_task", (6,)),
        ("tick off eggs under groceries", "complete_task", (6,)),
        ("check off eggs under buy milk", "complete_task", (7,)),
        ("tick off check the price", "complete_task", (2,)),
    ],
)
def test_done_with(text: str, tool: str, targets: tuple[int, ...]) -> None:
    assert [(found[0], found[2]) for found in read(text)] == [(tool, targets)]


@pytest.mark.parametrize(
    ("text", "parent", "target"),
    [
        ("move call mom under plan the trip", "plan the trip", 5),
        ("make call mom a subtask of plan the trip", "plan the trip", 5),
        ("put call mom beneath plan the trip", "plan the trip", 5),
        ("take check the price out of buy milk", None, 2),
        ("make check the price its own task", None, 2),
    ],
)
def test_moved(text: str, parent: str | None, target: int) -> None:
    assert [(tool, arguments["changes"], targets) for tool, arguments, targets in read(text)] == [
        ("update_task", {"parent": parent}, (target,))
    ]
