"""Subtasks through files: each format that can hold them brings them back, and what goes beyond the list is told."""

# ruff: noqa: E501  (files stay as they are)

import json
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange.draft import Draft
from backend.exchange.export import EXPORTS
from backend.exchange.plan import Plan
from backend.exchange.tree import Tree, wanted_parents
from backend.tasks.subtasks.tree import LEVELS, MOST_SUBTASKS
from tests.exchange.files import NOW, read, told
from tests.exchange.test_over_http import send
from tests.exchange.test_round_trip import documents
from tests.support.people import Person


def tree_of(plan: Plan) -> dict[str, str | None]:
    """By title, the title of what each task stands under."""
    titles = {arrival.id: arrival.title for arrival in plan.arrivals}
    return {one.title: titles[one.parent_id] if one.parent_id else None for one in plan.arrivals}


@st.composite
def trees(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A list's documents, up to as many levels as it may have."""
    found = draw(
        st.lists(documents(), min_size=2, max_size=6, unique_by=(lambda one: one["id"], lambda one: one["number"]))
    )
    levels: dict[str, int] = {}
    for place, task in enumerate(found):
        task["title"] = f"t{place}"
        above = [one for one in found[:place] if levels[one["id"]] < LEVELS]
        parent = draw(st.none() | st.sampled_from(above)) if above else None
        task["parent_id"] = parent["id"] if parent else None
        levels[task["id"]] = levels[parent["id"]] + 1 if parent else 1
        if parent:
            parent["subtasks"] = {"open": 1, "done": 0}
    return found


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=25, deadline=None)
@given(tasks=trees())
def test_every_format_brings_the_tree_back(name: str, tasks: list[dict[str, Any]]) -> None:
    export = EXPORTS[name]
    plan = read(export.write(tasks, NOW), f"todo.{export.suffix}")
    titles = {task["id"]: task["title"] for task in tasks}
    assert tree_of(plan) == {task["title"]: titles.get(task["parent_id"]) for task in tasks}
    projects = {arrival.title: (arrival.project, arrival.notes) for arrival in plan.arrivals}
    assert projects == {task["title"]: (task["project"], task["notes"]) for task in tasks}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Home.csv", "TYPE,CONTENT,INDENT\ntask,a,1\ntask,b,2\ntask,c,3\ntask,d,2\n"),
        ("list.md", "- [ ] a\n    - [ ] b\n        - [ ] c\n    - [ ] d\n"),
        ("todo.txt", "2026-01-01 a id:1\n2026-01-01 b id:2 p:1\n2026-01-01 c p:2\n2026-01-01 d p:1\n"),
        (
            "x.ics",
            "BEGIN:VCALENDAR\n"
            "BEGIN:VTODO\nUID:3\nSUMMARY:c\nRELATED-TO;RELTYPE=PARENT:2\nEND:VTODO\n"
            "BEGIN:VTODO\nUID:1\nSUMMARY:a\nRELATED-TO;RELTYPE=CHILD:4\nRELATED-TO:\nEND:VTODO\n"
            "BEGIN:VTODO\nUID:2\nSUMMARY:b\nRELATED-TO:1\nEND:VTODO\n"
            "BEGIN:VTODO\nUID:4\nSUMMARY:d\nEND:VTODO\nEND:VCALENDAR\n",
        ),
        (
            "Tasks.json",
            json.dumps({"kind": "tasks#tasks", "items": [
                {"kind": "tasks#task", "id": "2", "title": "b", "parent": "1"}, {"kind": "tasks#task", "id": "1", "title": "a"},
                {"kind": "tasks#task", "id": "3", "title": "c", "parent": "2"}, {"kind": "tasks#task", "id": "4", "title": "d", "parent": "1"},
            ]}),
        ),
        (
            "data.json",
            json.dumps([{"title": "P", "hex_color": "", "is_archived": False, "tasks": [
                {"id": 1, "title": "a", "created": "2026-01-01T00:00:00Z", "related_tasks": {"subtask": [{"id": 2}, {"id": 4}]}},
                {"id": 2, "title": "b", "created": "2026-01-01T00:00:00Z"},
                {"id": 3, "title": "c", "created": "2026-01-01T00:00:00Z", "related_tasks": {"parenttask": [{"id": 2, "title": "b"}]}},
                {"id": 4, "title": "d", "created": "2026-01-01T00:00:00Z"},
            ]}]),
        ),
    ],
)  # fmt: skip
def test_other_programs_trees(name: str, text: str) -> None:
    plan = read(text, name)
    assert tree_of(plan) == {"a": None, "b": "a", "c": "b", "d": "a"}
    assert told(plan, "changed") == []


def test_what_is_deeper_stands_as_low_as_it_can() -> None:
    plan = read("".join(f"{'  ' * depth}- [ ] {depth}\n" for depth in range(6)), "list.md")
    assert tree_of(plan) == {"0": None, "1": "0", "2": "1", "3": "1", "4": "1", "5": "1"}
    assert len(told(plan, "changed")) == 3


def test_more_than_a_task_holds_stand_by_themselves() -> None:
    plan = read("- [ ] top\n" + "".join(f"  - [ ] {number}\n" for number in range(MOST_SUBTASKS + 2)), "list.md")
    assert sum(arrival.parent_id is None for arrival in plan.arrivals) == 3
    assert len(told(plan, "changed")) == 2


def test_a_file_whose_tasks_are_part_of_each_other() -> None:
    tasks = [{"id": str(number), "title": str(number), "parent_id": str((number + 1) % 3)} for number in range(3)]
    plan = read(json.dumps({"format": "todo-chatbot", "version": 1, "tasks": tasks}), "todo.json")
    assert sorted(filter(None, tree_of(plan).values())) != ["0", "1", "2"]
    assert len(plan.arrivals) == 3


def test_a_part_of_nothing_is_told() -> None:
    plan = read(
        '{"format": "todo-chatbot", "version": 1, "tasks": [{"id": "1", "title": "x", "parent_id": "9"}]}', "a.json"
    )
    assert (tree_of(plan), len(told(plan, "changed"))) == ({"x": None}, 1)


def test_a_deep_file_is_settled_in_time() -> None:
    """Each line that stands under the one after it: no line is walked twice."""
    drafts = [Draft(place="", title=str(number), key=f"uid:{number}") for number in range(5000)]
    for draft, above in pairwise(drafts):
        draft.stand_under(above, "")
    ids = [draft.title for draft in drafts]
    tree = Tree(parents={}, wanted=wanted_parents(drafts, ids, {}))
    for task_id in ids:
        tree.settle(task_id, dict(zip(ids, drafts, strict=True)))
    assert max(tree.under.values()) == MOST_SUBTASKS
    assert sum(parent is None for parent in tree.parents.values()) == ceil(5000 / (1 + MOST_SUBTASKS))


async def test_an_export_of_subtasks_comes_back_under_what_is_there(person: Person, stranger: Person) -> None:
    parent = await person.add("top")
    await person.add("below", parent_id=parent["id"])
    whole = (await person.get("/api/export")).text
    await send(stranger, whole, name="todo.json")
    below = (await stranger.all(search="below"))[0]
    top = (await stranger.all(search="top"))[0]
    assert (below["parent_id"], top["subtasks"]) == (top["id"], {"open": 1, "done": 0})
    await person.delete(f"/api/tasks/{(await person.all(search='below'))[0]['id']}")
    assert (await send(person, whole, name="todo.json"))["new"] == 1
    assert (await person.all(search="top"))[0]["subtasks"] == {"open": 1, "done": 0}
