"""The last question with another filter: "what about tomorrow?", "only the urgent ones"."""

from ..context import Clause
from ..pattern import phrase
from ..questions.filters import read_filter
from ..types import Action, Arguments, Interpretation
from ..words import references as table
from ..words.questions import SHOW_ME, WH
from .scene import Scene

_ASKED = phrase(
    r"(?:<show>|<wh>|clear|empty|wipe|delete|remove|erase|mark|complete) ", show=SHOW_ME, wh=WH
)  # a question or command of its own
_DONE = phrase(
    r"(?:(?:all|i|just|already|we) )*(?:done|finished|completed|did)(?: (?:it|that|this|with it|with that))?[.!]*$"
)
_LOOKS = phrase(r"\blook(?:s|ing)?\b")
_ABOUT = phrase(r"(?:(?:<about>) )+(?P<x>.+?)[?.!]*$", about=table.ABOUT)


def read_about(message: Clause, scene: Scene) -> Interpretation | None:
    """ "what about tomorrow?", "only the urgent ones": the last question with another filter."""
    last = scene.last.actions[-1] if scene.last and scene.last.actions else None
    if scene.last and len(scene.last.shown) == 1 and _DONE.match(message.flat):
        return None  # of the one task that was asked for: it is done
    if _LOOKS.search(message.flat):
        return None  # "how's tomorrow looking" is a question of its own
    if not last or last.tool != "list_tasks":
        return None
    found = _ABOUT.match(message.flat)
    x = message.group(found, "x") if found else message
    read = read_filter(x, past=last.arguments.get("status") == "done" and bool(found))
    if not read.narrowed or read.leftover or (not found and (len(x.flat.split()) > 3 or _ASKED.match(x.flat))):
        return None
    kept = {key: value for key, value in last.arguments.items() if not _replaced(key, read.arguments)}
    return Interpretation(
        actions=(Action(tool="list_tasks", arguments={**kept, **read.arguments}),),
        spans=read.spans,
        rules=("follow.about",),
    )


_DATES = frozenset(("due_from", "due_to", "completed_from", "completed_to", "overdue", "no_due"))


def _replaced(key: str, new: Arguments) -> bool:
    """A new date takes the place of the old one; other filters add up."""
    return key in _DATES and bool(_DATES & new.keys())
