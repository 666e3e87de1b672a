"""The benchmark of disasters: its checker refuses what must be refused, and accepts what is true."""

from dataclasses import replace

import pytest

from cli.bench.disasters.history import Row, Told, violations
from cli.bench.disasters.storm import verdict

MILK = {"title": "milk", "status": "open"}
BREAD = {"title": "bread", "status": "open"}
DONE = {"title": "bread", "status": "done"}


def row(revision: int, kind: str, task: str, **more: object) -> Row:
    fields = {"before": None, "after": None, "undoes": None, **more}
    return Row(revision=revision, kind=kind, task=task, **fields)  # type: ignore[arg-type]


ROWS = [
    row(1, "create", "a", after=MILK),
    row(2, "update", "a", before=MILK, after=BREAD),
    row(3, "complete", "a", before=BREAD, after=DONE),
    row(4, "create", "b", after=MILK | {"title": "eggs"}),
    row(5, "delete", "b", before=MILK | {"title": "eggs"}, undoes="turn"),
]
TOLD = [
    Told(round=1, kind="create", mark="milk", claims=1),
    Told(round=1, kind="update", mark="bread", claims=1),
    Told(round=1, kind="complete", mark="a", claims=1),
    Told(round=1, kind="create", mark="eggs", claims=1),
    Told(round=1, kind="undo", mark="turn", claims=1),
]
TASKS = {"a": ("bread", "done")}
STREAM = [1, 2, 3, 4, 5]


def test_a_true_history_is_accepted() -> None:
    assert violations(TOLD, ROWS, TASKS, [STREAM, STREAM]) == []


@pytest.mark.parametrize("number", range(len(TOLD)))
def test_a_write_without_an_answer_may_have_been_done_or_not(number: int) -> None:
    told = [*TOLD[:number], replace(TOLD[number], claims=None), *TOLD[number + 1 :]]
    assert violations([*told, Told(round=2, kind="create", mark="nothing", claims=None)], ROWS, TASKS, [STREAM]) == []


@pytest.mark.parametrize("kind", ["create", "update", "complete", "delete", "undo"])
def test_a_claim_without_a_row_is_lost(kind: str) -> None:
    found = violations([Told(round=7, kind=kind, mark="other", claims=1)], ROWS, TASKS, [STREAM])
    assert found == [f"lost: round 7: {kind} other was answered with 1, and was done 0 times"]


@pytest.mark.parametrize("claims", [1, None])
def test_a_second_row_is_doubled(claims: int | None) -> None:
    rows = [*ROWS, row(6, "create", "c", after=MILK)]
    told = [Told(round=1, kind="create", mark="milk", claims=claims)]
    found = violations(told, rows, TASKS | {"c": ("milk", "open")}, [[*STREAM, 6]])
    assert len(found) == 1
    assert found[0].startswith("doubled: round 1: create milk")


def test_an_answer_that_denies_what_was_done_is_refused() -> None:
    told = [Told(round=1, kind="create", mark="milk", claims=0)]
    assert [one.split(":")[0] for one in violations(told, ROWS, TASKS, [STREAM])] == ["doubled"]


def test_a_gap_in_the_revisions_is_refused() -> None:
    rows = [*ROWS[:3], *(replace(one, revision=one.revision + 1) for one in ROWS[3:])]
    assert violations([], rows, TASKS, [[1, 2, 3, 5, 6]]) == ["journal: revisions are not gap-free: [1, 2, 3, 5, 6]"]


def test_a_row_that_does_not_follow_from_the_one_before_is_refused() -> None:
    rows = [ROWS[0], replace(ROWS[2], revision=2)]
    assert violations([], rows, TASKS, [[1, 2]]) == [
        "journal: revision 2 begins with another task than the one before it left"
    ]


@pytest.mark.parametrize("tasks", [{}, {"a": ("bread", "open")}, TASKS | {"b": ("eggs", "open")}])
def test_tasks_that_differ_from_the_journal_are_refused(tasks: dict[str, tuple[str, str]]) -> None:
    found = violations([], ROWS, tasks, [STREAM])
    assert len(found) == 1
    assert found[0].startswith("tasks: ")


@pytest.mark.parametrize("stream", [[], [1, 2, 3, 4], [1, 2, 2, 3, 4, 5], [1, 2, 3, 5, 4], [2, 3, 4, 5]])
def test_a_stream_that_misses_doubles_or_swaps_is_refused(stream: list[int]) -> None:
    found = violations([], ROWS, TASKS, [STREAM, stream])
    assert len(found) == 1
    assert found[0].startswith("stream 1: ")


@pytest.mark.parametrize("claims", [1, None])
def test_half_of_a_request_is_refused(claims: int | None) -> None:
    told = [
        Told(round=3, kind="create", mark=mark, claims=claims if mark == "milk" else None, request="r")
        for mark in ("milk", "never made")
    ]
    assert violations(told, ROWS, TASKS, [STREAM]) == ["half: round 3: of 2 changes of one request, 1 were done"]


def test_a_storm_is_judged_by_what_was_shown_and_what_was_kept() -> None:
    tasks, kept = {"a", "b"}, [("a", "sent"), ("b", "sent"), ("other", "waiting")]
    assert verdict(tasks, {"1": "a", "2": "b", "3": "other"}, kept) == []
    assert verdict(tasks, {"1": "a"}, kept) == ["reminders: 1 of 2 were not shown"]
    assert verdict(tasks, {"1": "a", "2": "b", "3": "b"}, kept) == ["reminders: 1 were shown twice, under two ids"]
    assert len(verdict(tasks, {"1": "a", "2": "b"}, [("a", "sent"), ("b", "waiting")])) == 1
    assert len(verdict(tasks, {"1": "a", "2": "b"}, [*kept, ("a", "sent")])) == 1
