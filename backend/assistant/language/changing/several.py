"""Two or more fields at once: "mark X as high priority and due friday"."""

import re

from ..changing.change import apply, of_marks
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..types import Interpretation

_SEVERAL = re.compile(r"(?:make|mark|change|update|edit)\s+")


def read_several(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "mark the report as high priority and due friday": two or more fields at once."""
    found = _SEVERAL.match(clause.flat)
    marks = read_marks(clause) if found else None
    if not found or not marks or len(marks.fields) + len(marks.whens) < 2 or not marks.fields:
        return None
    first = min([item.start for item in marks.fields] + [when.start for when in marks.whens])
    if marks.words(first, len(marks.masked)) or re.match(r"(?:a|an|sure|it a)\b", clause.flat[found.end() :]):
        return None
    named_part = clause.part(found.end(), first)
    trimmed = re.sub(r"(?<!\s)\s++(?:as|to|be|to be|with|is|a)$", "", named_part.flat)
    return apply(named_part.part(0, len(trimmed)), of_marks(marks), scene, "edit.several") if trimmed else None
