"""The one door: what a message says of tasks within tasks. Pure."""

import re
from collections.abc import Callable

from ..context import Clause
from ..conversation.scene import Scene
from ..types import Interpretation
from .add import read_added, read_parts
from .change import read_bulk_within, read_moved, read_out
from .questions import read_asked

# Nothing is said of subtasks without one of these: a look that spares all other messages the rest.
_WORDS = re.compile(
    r"\b(?:under|underneath|beneath|below|inside|within|sub-? ?tasks?|sub-? ?items?|checklist|steps?|break|split|"
    r"out of|top level|of its own|on its own|its own task)\b"
)
_LONGEST = 400

Read = Callable[[Clause], Interpretation | None]


def read_subtasks(message: Clause, scene: Scene, read: Read) -> Interpretation | None:
    """What a message says of subtasks; None where it says nothing of them. ``read`` reads what is to be added."""
    if len(message.flat) > _LONGEST or not _WORDS.search(message.flat):
        return None
    return (
        read_asked(message, scene)
        or read_bulk_within(message, scene)
        or read_moved(message, scene)
        or read_out(message, scene)
        or read_parts(message, scene)
        or read_added(message, scene, read)
    )
