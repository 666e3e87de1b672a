"""Projects that the user has, by their names: the longest is meant, and no rest of it stays in a title."""

from datetime import datetime

import pytest

from backend.assistant.language import interpret
from backend.assistant.language.fields import find_fields
from backend.assistant.language.types import Request, TaskView

TASKS = (
    TaskView(1, "buy milk"),
    TaskView(2, "paint the fence", project="Home Improvements"),
    TaskView(3, "butter", project="grocery"),
    TaskView(4, "butter", project="Home"),
    TaskView(5, "call mom"),
    TaskView(6, "groceries"),
)


def read(text: str, tasks: tuple[TaskView, ...] = TASKS) -> list[tuple[str, dict[str, object], tuple[int, ...] | None]]:
    found = interpret(Request(text=text, now=datetime(2026, 3, 4, 9, 30), timezone="UTC", tasks=tasks))
    return [(action.tool, action.arguments, action.targets) for action in found.actions] if found.sure else []


@pytest.mark.parametrize(
    ("text", "title", "project"),
    [
        ("paint gate +Home Improvements", "paint gate", "Home Improvements"),
        ("paint gate +home improvements", "paint gate", "Home Improvements"),
        ("+Home Improvements paint the gate", "paint the gate", "Home Improvements"),
        ("paint gate +home", "paint gate", "Home"),
        ("paint gate +Garden Party", "paint gate", "Garden Party"),
        ("+Garden Paint the gate", "Paint the gate", "Garden"),
        ("paint gate -> Home Improvements", "paint gate", "Home Improvements"),
        ("paint gate -> Holiday List", "paint gate", "Holiday"),
        ("paint gate → errands list", "paint gate", "errands"),
        ("add nails to home improvements", "nails", "Home Improvements"),
        ("add nails to the home improvements list", "nails", "Home Improvements"),
        ("add nails in project home improvements", "nails", "Home Improvements"),
        ("add nails to grocery", "nails", "grocery"),
    ],
)
def test_added_to_a_project(text: str, title: str, project: str) -> None:
    assert read(text) == [("add_task", {"title": title, "project": project}, None)]


@pytest.mark.parametrize(
    "text",
    ["put the kids at home", "drive home", "map a -> b", "play e4 -> e5 with bo", "buy a home improvements book"],
)
def test_what_is_no_project_stays_in_the_title(text: str) -> None:
    assert all("project" not in arguments for _, arguments, _ in read(text))


def test_a_mark_reads_a_name_that_nobody_has_yet() -> None:
    found = find_fields("call the roofer +Home Works tomorrow")
    assert [(field.kind, field.value) for field in found] == [("project", "Home Works")]


@pytest.mark.parametrize(
    ("text", "tool", "targets"),
    [
        ("delete butter from project grocery", "delete_task", (3,)),
        ("delete butter from the home list", "delete_task", (4,)),
        ("complete butter in project grocery", "complete_task", (3,)),
        ("mark butter from grocery as done", "complete_task", (3,)),
        ("move butter in project grocery to friday", "update_task", (3,)),
        ("move call mom to home improvements", "update_task", (5,)),
        ("complete everything in project home improvements", "complete_task", (2,)),
    ],
)
def test_a_task_by_its_project(text: str, tool: str, targets: tuple[int, ...]) -> None:
    assert [(name, found) for name, _, found in read(text)] == [(tool, targets)]


def test_taken_out_of_a_project() -> None:
    said = ("update_task", {"match": "butter", "changes": {"project": None}}, (3,))
    assert read("remove butter from project grocery") == [said]
    assert read("remove butter from the grocery project") == [said]


@pytest.mark.parametrize(
    ("text", "search"), [("find milk", "milk"), ("find mlik", "mlik"), ("look for fence", "fence")]
)
def test_a_search_for_what_is_known(text: str, search: str) -> None:
    assert read(text) == [("list_tasks", {"search": search}, None)]


@pytest.mark.parametrize("text", ["find a plumber", "find my keys", "look for the milk bottle"])
def test_an_errand_of_looking(text: str) -> None:
    assert [tool for tool, _, _ in read(text)] == ["add_task"]


@pytest.mark.parametrize(
    "text",
    [
        "put groceries under itself",
        "move groceries under groceries",
        "make groceries a subtask of itself",
        "nest 6 under 6",
    ],
)
def test_no_task_stands_under_itself(text: str) -> None:
    assert read(text) == []
