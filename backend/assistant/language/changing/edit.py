"""Editing a task's other fields: title, priority, tags, project, notes, and clearing any of them."""

from ..changing.change import of_marks
from ..context import Clause
from ..conversation.scene import Scene
from ..types import Interpretation
from .level import read_priority
from .projects import read_file
from .removal import read_clear
from .several import read_several
from .tags import read_tags
from .titles import read_note, read_rename


def read_edit(clause: Clause, scene: Scene) -> Interpretation | None:
    """A change of a field other than the date; also clearing the date."""
    for reader in (read_several, read_priority, read_clear, read_tags, read_note, read_rename, read_file):
        result = reader(clause, scene)
        if result:
            return result
    return None


__all__ = ["of_marks", "read_edit"]
