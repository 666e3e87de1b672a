"""A new date in place of another: "gym tomorrow instead of today", "move the call to 6pm, not 5pm"."""

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..pattern import phrase
from ..types import Interpretation
from .change import apply, bare_hour, of_marks, read_value
from .wishes import without_be

_INSTEAD = phrase(r"(?P<new>.+?),? (?:instead of|rather than|and not|not)(?: (?:on|at|for))? (?P<old>.+?)[.!]*$")
_LEAD = phrase(r"(?:(?:let's |please )?(?:move|do|have|make|put|schedule|reschedule|change|shift|push) )?(?:it )?")
_LINK = phrase(r" (?:to|for|on|at|until|till)$")


def read_instead(clause: Clause, scene: Scene) -> Interpretation | None:
    """The move of what stands before the new date; None where the words end in no date that it replaces."""
    found = _INSTEAD.match(clause.flat)
    old = read_value(bare_hour(clause.group(found, "old"))) if found else None
    if not found or not old or "due" not in old.changes:
        return None
    new = clause.group(found, "new")
    new = new.part(lead.end() if (lead := _LEAD.match(new.flat)) else 0, len(new.flat))
    marks = read_marks(new, eager=True)
    change = of_marks(marks)
    if "due" not in change.changes or marks.words(marks.whens[0].start, len(marks.masked)):
        return None
    named = new.flat[: marks.whens[0].start].rstrip()
    link = _LINK.search(named)
    x = without_be(new.part(0, link.start() if link else len(named)))
    return apply(x, change, scene, "move.instead") if x.flat else None
