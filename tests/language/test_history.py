"""Putting the list back, redo, and what changed: what is read so, and what only sounds like it."""

from datetime import datetime
from typing import Any

import pytest

from backend.assistant.language import interpret
from backend.assistant.language.types import Request

NOW = datetime(2026, 11, 28, 22, 0)  # a Saturday


def read(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = interpret(Request(text=text, now=NOW, timezone="Europe/Berlin"))
    return [(action.tool, dict(action.arguments)) for action in found.actions]


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("put my list back to how it was yesterday at noon", "2026-11-27T12:00"),
        ("can you put my list back to how it was yesterday at noon please", "2026-11-27T12:00"),
        ("restore my list to this morning", "2026-11-28T09:00"),
        ("undo everything since 3pm", "2026-11-28T15:00"),
        ("undo everything since 11pm", "2026-11-27T23:00"),
        ("undo everything from the last hour", "2026-11-28T21:00"),
        ("undo all changes in the last 10 minutes", "2026-11-28T21:50"),
        ("undo today's changes", "2026-11-28T00:00"),
        ("revert all my changes since monday", "2026-11-23T00:00"),
        ("go back to monday", "2026-11-24T00:00"),
        ("go back to monday morning", "2026-11-23T09:00"),
        ("revert to yesterday", "2026-11-28T00:00"),
        ("roll back my list to 9am", "2026-11-28T09:00"),
        ("rewind to noon", "2026-11-28T12:00"),
        ("set everything back to how it was an hour ago", "2026-11-28T21:00"),
        ("put everything back the way it was this morning", "2026-11-28T09:00"),
        ("restore everything to nov 27 at noon", "2026-11-27T12:00"),
        ("take my list back to last friday", "2026-11-28T00:00"),
    ],
)
def test_back_to_a_time(text: str, to: str) -> None:
    assert read(text) == [("undo", {"to": to})]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("redo", 1),
        ("redo that", 1),
        ("put it back again", 1),
        ("undo the undo", 1),
        ("redo twice", 2),
        ("redo the last 3", 3),
    ],
)
def test_redo(text: str, count: int) -> None:
    assert read(text) == [("redo", {})] * count


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("what did I change today?", {"since": "2026-11-28", "until": "2026-11-28"}),
        ("show me what changed since yesterday", {"since": "2026-11-27T00:00"}),
        ("what have I changed this week?", {"since": "2026-11-23", "until": "2026-11-29"}),
        ("what changed since noon", {"since": "2026-11-28T12:00"}),
        ("show recent changes", {}),
        ("what changed", {}),
    ],
)
def test_what_changed(text: str, arguments: dict[str, str]) -> None:
    assert read(text) == [("list_changes", arguments)]


@pytest.mark.parametrize("text", ["undo everything", "restore my list", "revert all my changes"])
def test_without_a_time_it_asks_for_one(text: str) -> None:
    found = interpret(Request(text=text, now=NOW, timezone="Europe/Berlin"))
    assert not found.actions and "Back to when?" in found.reply


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("undo", "undo"),
        ("put it back", "undo"),
        ("go back", "undo"),
        ("change everything to friday", "update_task"),
        ("move everything back to monday", "update_task"),
        ("redo the bathroom", "add_task"),
        ("go back to the shop tomorrow", "add_task"),
        ("return the list to bob tomorrow", "add_task"),
        ("put my list on the fridge tomorrow", "add_task"),
        ("what did i do today", "list_tasks"),
        ("restore the milk task", "reopen_task"),
    ],
)
def test_what_only_sounds_like_it(text: str, tool: str) -> None:
    [(found, arguments)] = read(text)
    assert found == tool and "to" not in arguments
