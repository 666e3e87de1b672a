"""Clearing a field: "remove the due date from X", "stop repeating X"."""

import re

from ..changing.change import Change, apply
from ..context import Clause
from ..conversation.scene import Scene
from ..pattern import either, phrase
from ..types import Interpretation
from ..words import commands as table

_FIELDS = {
    "due": table.DUE_NAMES,
    "priority": table.PRIORITY_NAMES,
    "recurrence": table.RECURRENCE_NAMES,
    "tags": table.TAG_NAMES,
    "project": table.PROJECT_NAMES,
    "notes": table.NOTE_NAMES,
}
_FIELD = "(?:" + "|".join(f"(?P<{key}>{either(words)})" for key, words in _FIELDS.items()) + ")"
_CLEAR = phrase(
    rf"(?!take notes? )(?:{either(table.CLEAR_FIELD)}) (?:the |its |any |all |a |my )*{_FIELD} (?:from|of|on|off|for|"
    r"off of) (?P<x>.+?)[.!]*$"
)
_CLEAR_OF = phrase(rf"(?:{either(table.CLEAR_FIELD)}) (?P<x>.+?)(?:'s|s') {_FIELD}[.!]*$")
_CLEAR_AFTER = phrase(
    rf"(?:make|leave|set|let|put) (?P<x>.+?) (?:have |with |to )?(?:no|without an?|without any|without) {_FIELD}[.!]*$"
)
_NO_FIELD = phrase(
    r"(?P<x>.+?) (?:has|should have|no longer has|no longer needs|needs|doesn't need|doesn't have|does "
    rf"not need|does not have|shouldn't have) (?:no|a|any) {_FIELD}(?: any ?more)?[.!]*$"
)
_SET_NONE = phrase(
    rf"(?:set|change|make|reset) (?:the )?{_FIELD} (?:of|for|on) (?P<x>.+?) (?:to|as) (?:none|nothing|"
    r"no \w+|empty|null|normal)[.!]*$"
)
_UNREPEAT = phrase(
    r"(?:stop (?P<z>.+?) from (?:repeating|recurring)|stop (?:repeating|the repeat (?:of|on)|"
    r"recurring)|don't repeat|do not repeat|unrepeat|no longer repeat|make (?P<y>.+?) (?:not repeat|"
    r"non-recurring|not recurring|a one time task|one-time|a one-off|stop repeating|not repeating)) ?(?P<x>.*?)(?: "
    r"any ?more)?[.!]*$"
)
_UNSCHEDULE = phrase(r"(?:unschedule|undate) (?P<x>.+?)[.!]*$")
_NOT_LEAD = re.compile(
    r"(?:what|which|when|who|how|is|are|there|add|create|new|remind|i|today|tomorrow|it's|show|list|do|"
    r"does|any|everything that)\b"
)


def read_clear(clause: Clause, scene: Scene) -> Interpretation | None:
    found = _UNREPEAT.match(clause.flat)
    if found:
        x = clause.group(found, next((key for key in "yz" if found[key]), "x"))
        return apply(x, Change(changes={"recurrence": None}), scene, "edit.stop-repeating") if x.flat else None
    found = _UNSCHEDULE.match(clause.flat)
    if found:
        return apply(clause.group(found, "x"), Change(changes={"due": None}), scene, "edit.unschedule")
    for rule, pattern in (
        ("edit.clear", _CLEAR),
        ("edit.clear-of", _CLEAR_OF),
        ("edit.clear-after", _CLEAR_AFTER),
        ("edit.set-none", _SET_NONE),
        ("edit.no-field", _NO_FIELD),
    ):
        found = pattern.match(clause.flat)
        if (
            not found
            or (rule == "edit.clear" and clause.flat.startswith("set"))
            or (
                rule == "edit.no-field"
                and (_NOT_LEAD.match(clause.flat) or re.search(r"\b(?:needs|has|have) a\b", clause.flat))
            )
        ):
            continue
        key = next(key for key in _FIELDS if found[key])
        if rule == "edit.clear" and key == "project" and found["x"] and not re.search(r"\bproject\b", clause.flat):
            continue
        return apply(clause.group(found, "x"), Change(changes={key: None}), scene, rule)
    return None
