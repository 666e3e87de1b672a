"""When a change is made at once, and when the user is asked first. Pure."""

from dataclasses import dataclass

SAFE_AT_ONCE = 5
_FREELY = frozenset({"add_task", "undo", "redo"})


@dataclass(frozen=True, kw_only=True)
class Together:
    """What the calls that came together would do: tasks deleted, and tasks changed in any way."""

    deletions: int = 0
    changes: int = 0


def must_ask(tool: str, count: int, *, changed_already: int, typed: bool, together: Together | None = None) -> bool:
    """``count`` tasks would change, after ``changed_already`` in this turn. ``typed``: by rule, from the user's words.

    A single deletion that the user typed happens at once, since one press undoes it; a model's never does. Nor is
    asked before what the user typed is added or undone. The calls that came ``together`` are asked about together.
    """
    together = together or Together()
    if typed and tool in _FREELY:
        return False
    if tool == "delete_task" and (not typed or max(count, together.deletions) > 1):
        return True
    return changed_already + max(count, together.changes) > SAFE_AT_ONCE
