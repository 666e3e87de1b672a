"""Clauses whose role is given: bullets, and lines under a heading."""

from collections.abc import Callable
from dataclasses import replace

from ..adding.add import read_add
from ..adding.plain import keep_all
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.names import name
from ..matching.outcome import decide
from ..types import Interpretation

Reader = Callable[[Clause, Scene], Interpretation | None]


def read_role(clause: Clause, scene: Scene, known: Reader) -> Interpretation | None:
    """A bullet is a task to add, unless it is plainly a command; a line under "done:" or "delete:" names a task."""
    plain = replace(clause, role="")
    if clause.role in ("delete", "complete"):
        tool = f"{clause.role}_task"
        named = name(plain, scene)
        return decide(named, scene, lambda item: item.action(tool), rule=f"list.{clause.role}") if named else None
    if clause.role == "item" and _plain_command(plain):
        return known(plain, scene) or read_add(plain, explicit=False)
    return read_add(plain, explicit=True) or read_add(plain, explicit=False) or keep_all(plain, read_marks(plain))


def _plain_command(clause: Clause) -> bool:
    """Whether a bullet speaks to the assistant ("- mark milk as done"), rather than names a thing to do."""
    return clause.flat.startswith(
        (
            "mark ",
            "delete ",
            "remove ",
            "rename ",
            "postpone ",
            "reopen ",
            "complete ",
            "show ",
            "move ",
            "reschedule ",
            "undo",
        )
    )
