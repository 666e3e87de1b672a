"""Slips of the pen in a command's first word and in the names of days are mended; words of their own stay."""

from datetime import datetime

import pytest

from backend.assistant.language import Request, interpret

NOW = datetime(2026, 3, 4, 9, 30)


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        ("delte buy milk", "delete_task", {"match": "buy milk"}),
        ("please delet call mom", "delete_task", {"match": "call mom"}),
        ("remvoe the dentist", "delete_task", {"match": "dentist"}),
        ("complte buy milk", "complete_task", {"match": "buy milk"}),
        ("remnd me to buy milk tomorrow", "add_task", {"title": "buy milk", "due": "2026-03-05"}),
        ("reshedule gym to friday", "update_task", {"match": "gym", "changes": {"due": "2026-03-06"}}),
        ("psotpone gym by 2 days", "update_task", {"match": "gym", "shift": "P2D"}),
        ("shwo overdue tasks", "list_tasks", {"overdue": True}),
        ("call mom on satuday", "add_task", {"title": "call mom", "due": "2026-03-07"}),
        ("call mom tomrrow at 5", "add_task", {"title": "call mom", "due": "2026-03-05T17:00"}),
        ("dentist on setpember 3", "add_task", {"title": "dentist", "due": "2026-09-03"}),
        ("remote meeting on friday", "add_task", {"title": "remote meeting", "due": "2026-03-06"}),
        ("compete in the race on friday", "add_task", {"title": "compete in the race", "due": "2026-03-06"}),
        ("read about Frida", "add_task", {"title": "read about Frida"}),
    ],
)
def test_slips(text: str, tool: str, arguments: dict[str, object]) -> None:
    (action,) = interpret(Request(text=text, now=NOW, timezone="America/New_York")).actions
    assert (action.tool, action.arguments) == (tool, arguments)


def test_highlights_still_point_into_the_text() -> None:
    text = "remnd me to buy milk tomorrow"
    (span,) = interpret(Request(text=text, now=NOW, timezone="America/New_York")).spans
    assert text[span.start : span.end] == "tomorrow"
