"""What words mean as a filter, and which are refused because they would be read as less, or as the opposite."""

from datetime import datetime

import pytest

from backend.assistant.language import Request, TaskView, interpret

MONDAY = datetime(2026, 11, 30, 9, 0)
KNOWN = (TaskView(0, "", project="Home Improvements"),)


def read(words: str) -> tuple[dict[str, object], str]:
    request = Request(text=words, now=MONDAY, timezone="Europe/Berlin", tasks=KNOWN, as_filter=True)
    understood = interpret(request)
    return (understood.actions[0].arguments if understood.actions else {}), understood.reply


@pytest.mark.parametrize(
    ("words", "filters"),
    [
        (
            "high priority this week not in work",
            {"priority": "high", "due_from": "2026-11-30", "due_to": "2026-12-06", "not_project": "work"},
        ),
        ("overdue #home", {"overdue": True, "tag": "home"}),
        ("work tasks due tomorrow", {"project": "work", "due_from": "2026-12-01", "due_to": "2026-12-01"}),
        ("not tagged errand", {"not_tag": "errand"}),
        ("without #errand", {"not_tag": "errand"}),
        ("no due date except work", {"no_due": True, "not_project": "work"}),
        ("in Home Improvements", {"project": "Home Improvements"}),
        ("not in home improvements", {"not_project": "home improvements"}),
        ("high priority “call mom”", {"priority": "high", "search": "call mom"}),
        ('about "not in work"', {"search": "not in work"}),
        ("today or tomorrow", {"due_from": "2026-11-30", "due_to": "2026-12-01"}),
        ("not scheduled", {"no_due": True}),
        ("unfinished work tasks", {"project": "work"}),
    ],
)
def test_words_become_the_filters_of_list_tasks(words: str, filters: dict[str, object]) -> None:
    assert read(words) == (filters, "")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("delete everything", "“delete”"),
        ("buy milk tomorrow", "“buy milk”"),
        ("asdf", "“asdf”"),
        ("not today", "“not today”"),
        ("not high priority", "“not high”"),
        ("not in work not in home", "“not in home”"),
        ("today or urgent", "“today or urgent”"),
        ("high or low priority", "“high or low”"),
        ("#a1 #b1", "“#b1”"),
        ("everything", "narrow nothing"),
        ("not done", "narrow nothing"),
        ("done last week", "open tasks"),
    ],
)
def test_what_cannot_be_read_is_said(words: str, named: str) -> None:
    filters, reply = read(words)
    assert filters == {}
    assert named in reply
