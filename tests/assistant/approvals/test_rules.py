"""When to ask first, and what counts as an answer."""

import pytest

from backend.assistant.asking.approvals import read_answer
from backend.assistant.asking.policy import Together, must_ask


@pytest.mark.parametrize("text", ["yes", "Yes!", "yep", "ok, do it", "go ahead", "sure", "yes please"])
def test_yes(text: str) -> None:
    assert read_answer(text) is True


@pytest.mark.parametrize("text", ["no", "No, thanks.", "don\u2019t", "never mind", "cancel that", "nope"])
def test_no(text: str) -> None:
    assert read_answer(text) is False


@pytest.mark.parametrize("text", ["yes to life", "no milk", "add buy milk", "note", "y not", ""])
def test_neither(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize(
    ("tool", "count", "already", "typed", "asks"),
    [
        ("delete_task", 1, 0, True, False),
        ("delete_task", 1, 0, False, True),
        ("delete_task", 2, 0, True, True),
        ("complete_task", 5, 0, True, False),
        ("complete_task", 6, 0, True, True),
        ("complete_task", 1, 5, False, True),
        ("undo", 9, 0, True, False),
        ("undo", 6, 0, False, True),
        ("add_task", 1, 9, True, False),
        ("add_task", 1, 5, False, True),
    ],
)
def test_when_to_ask(tool: str, count: int, already: int, typed: bool, asks: bool) -> None:
    assert must_ask(tool, count, changed_already=already, typed=typed) is asks


@pytest.mark.parametrize(
    ("tool", "together", "asks"),
    [
        ("delete_task", Together(deletions=2, changes=2), True),
        ("complete_task", Together(deletions=1, changes=5), False),
        ("complete_task", Together(changes=6), True),
    ],
)
def test_what_comes_together_is_asked_about_together(tool: str, together: Together, asks: bool) -> None:
    assert must_ask(tool, 1, changed_already=0, typed=True, together=together) is asks
