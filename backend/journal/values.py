"""Who acts, what changed, what was undone: the journal's plain values."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Surface = Literal["ui", "chat", "mcp", "api", "cli", "caldav"]
Kind = Literal["create", "update", "complete", "reopen", "delete"]
Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who changes something, through what, in which turn.

    ``turn_id`` (`backend.models.new_id`, one a turn) is the undo token of all that it changes. ``timezone`` is the
    IANA zone that the actor's words are meant in; if none was said, the task's, then the user's setting, then UTC.
    ``token_name`` is the name of the personal access token that came with the request; None for a session.
    """

    user_id: str
    surface: Surface
    turn_id: str
    timezone: str | None = None
    token_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One committed change of a task, as receipts and events show it.

    ``undoes`` is the turn that it takes back; ``token_name`` what the personal access token that made it was called.
    """

    revision: int
    turn: str
    surface: str
    kind: str
    task_id: str
    before: Document | None
    after: Document | None
    at: datetime
    undoes: str | None = None
    token_name: str | None = None

    def as_dict(self) -> Document:
        return {**vars(self), "at": instant(self.at)}

    def as_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class UndoResult:
    """``undone`` is the turn, or the call's token, taken back (of several, the last); ``undo_token`` redoes it.

    ``settings`` are the reminder settings as they now are, where they were among what was taken back.
    """

    undone: str
    undo_token: str
    changes: Sequence[Change]
    settings: Document | None = None


def instant(moment: datetime) -> str:
    """An aware UTC instant as text: ``2026-03-05T16:00:00.123Z``."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
