"""Questions without a verb: "meetings today", "next appointment with paul", "time of the recital"."""

import re

from ..context import Clause
from ..pattern import either, phrase
from ..types import Interpretation
from ..words.nouns import KINDS, LIST, TASK
from .filters import read_filter
from .list_call import list_call

_PLURALS = (
    r"(?:meetings|appointments|calls|birthdays|deadlines|events|bills|errands|alarms|reminders|flights|trips|classes|"
    r"interviews|holidays|plans|things|tasks|schedule|agenda|calendar|itinerary)"
)
_WHICH = r"(?:(?:my|any|all|the|our|remaining|upcoming|pending|open|other|more|rest of the|rest of my|meeting|work) )*"
_KIND = either((*KINDS, *TASK, "recital", "exam", "lesson", "rehearsal", "checkup", "visit", "ceremony"))
_KINDS_ON = phrase(
    rf"{_WHICH}{_PLURALS}(?: (?:left|remaining|set|scheduled|planned|coming up))?"
    r"(?: (?:for|on|in|near|around))?(?= |$)"
)
_TIME = r"(?:(?:start(?:ing)?|end(?:ing)?|exact) )?(?:dates?|times?|day|location|place|venue|status|duration|length)"
_ATTRIBUTE = phrase(
    rf"(?:the )?(?:{_TIME}|details?|info|information|contents)(?: and {_TIME})? (?:of|for|about|on) "
    rf"(?P<x>(?:the|my|our|today's|tomorrow's|tonight's|this|next|[a-z]+'s) (?:[\w'-]+ ){{0,4}}?"
    rf"(?:{_KIND}|{either(LIST)})(?![\w'-]).{{0,60}})"
)
_BEHIND = phrase(
    rf"(?P<x>(?:(?:the|my|our|today's|tomorrow's) )?(?:[\w'-]+ ){{0,2}}?{_KIND}) (?:{_TIME}|details)"
    r"(?P<rest> .{1,40})?$"
)
_ORDERED = phrase(
    r"(?:(?:the|my|our) )?(?:next|upcoming|remaining|first|last|earliest|latest|current|pending|active|"
    r"rest of (?:the|my|our|today's|tomorrow's)|(?:today's|tomorrow's|tonight's|[a-z]+day's) (?:next|remaining|first|"
    rf"last|upcoming)) (?P<x>(?:[\w'-]+ )??(?:{_KIND}|{_PLURALS})(?![\w'-])"
    r"(?: (?:with|of|on|at|for|in|today|tomorrow|tonight|this|next)(?![\w'-]).{0,60})?)$"
)
_LONGEST = 120


def read_nominal(clause: Clause, flat: str) -> Interpretation | None:
    """A noun phrase that asks what is on the list; None where a time of day or a rhythm says that it is a task."""
    timed = any("T" in str(when.due) or when.recurrence for when in clause.whens)
    if timed or len(flat) > _LONGEST or clause.fields:
        return None
    if found := _ATTRIBUTE.match(flat):
        return list_call(read_filter(clause.group(found, "x")), "ask.about")
    if (found := _BEHIND.match(flat)) and _is_dated(clause, found):
        return list_call(read_filter(clause.group(found, "x")), "ask.about")
    if found := _ORDERED.match(flat):
        return list_call(read_filter(clause.group(found, "x")), "ask.order")
    return _kinds_on(clause, flat)


def _is_dated(clause: Clause, found: re.Match[str]) -> bool:
    """Whether nothing but a date follows ("meeting time tomorrow")."""
    start = found.start("rest")
    return start < 0 or any(when.start <= start + 1 and when.end >= found.end("rest") for when in clause.whens)


def _kinds_on(clause: Clause, flat: str) -> Interpretation | None:
    """ "meetings today", "any appointments on friday": a kind of task, in the plural, and a date."""
    found = _KINDS_ON.match(flat)
    when = clause.whens[0] if found and len(clause.whens) == 1 else None
    if not found or not when or when.start > found.end() + 1 or when.end < len(flat):
        return None
    return list_call(read_filter(clause), "ask.kinds")
