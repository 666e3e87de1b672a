"""Priority: "make X urgent", "set the priority of X to low"."""

import re

from ..changing.change import Change, apply
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.names import name
from ..pattern import either, phrase
from ..types import Interpretation
from ..words import commands as table

_LEVEL = (
    r"(?P<value>(?:an? )?(?:high|highest|top|medium|normal|low|lowest|mid|moderate|urgent|important|"
    r"critical|p[1-4]|!\w+|asap)(?:[ -](?:priority|importance|urgency|prio))?)"
)
_NUMBERED = (
    r"(?P<value>(?:an? )?(?:high|highest|top|medium|normal|low|lowest|mid|moderate|urgent|important|"
    r"critical|p?[1-4]|!\w+|asap)(?:[ -](?:priority|importance))?)"
)
_PRIORITY = phrase(
    r"(?:set|change|make|update|put|raise|lower|bump|increase|decrease|drop|mark|turn|adjust|reduce) "
    rf"(?:the )?(?:{either(table.PRIORITY_NAMES)}) (?:of|for|on) (?P<x>.+?) (?:to|as|at|is) (?:be "
    rf")?{_NUMBERED}[.!]*$"
)
_PRIORITY_OF = phrase(
    r"(?:set|change|make|update|raise|lower|bump|put|adjust) (?P<x>.+?)(?:'s|s')? "
    rf"(?:{either(table.PRIORITY_NAMES)}) (?:to|as|at) {_NUMBERED}[.!]*$"
)
_MAKE_LEVEL = phrase(
    r"(?:make|mark|set|flag|bump|change|turn|raise|lower|give|consider|move|upgrade|downgrade|put|"
    r"drop|update|promote|demote|escalate) (?P<x>.+?)(?: up| down)?(?: (?:as|to|to be|at|a|with|"
    rf"is|on|into))* {_LEVEL}(?: too| as well| now| instead)?[.!]*$"
)
_IS_LEVEL = phrase(
    r"(?P<x>.+?) (?:is|are|should be|has|needs|became|just became|got) (?:now |really |very |super |"
    rf"an? |not )*{_LEVEL}(?: now)?[.!]*$"
)
_GIVE_LEVEL = phrase(
    r"(?:set|put|give|assign|add|attach) (?:a |an |the )?(?P<value>high|top|medium|normal|low|urgent) "
    r"(?:priority|importance|prio) (?:on|to|for|onto) (?P<x>.+?)[.!]*$"
)
_RAISE = phrase(
    r"(?:<words>)(?: the)?(?: (?:priority|prio|importance|urgency) (?:of|on|for))? "
    r"(?P<x>.+?)(?:'s priority| priority| prio| up)?[.!]*$",
    words=table.RAISE,
)
_LOWER = phrase(
    (
        r"(?:<words>)(?: the)?(?: (?:priority|prio|importance|urgency) (?:of|on|for))? "
        r"(?P<x>.+?)(?:'s priority| priority| prio| down)?[.!]*$"
    ),
    words=table.LOWER,
)
_NOT_LEAD = re.compile(
    r"(?:what|which|when|who|how|is|are|there|add|create|new|remind|i|today|tomorrow|it's|show|list|do|"
    r"does|any|everything that)\b"
)


def read_priority(clause: Clause, scene: Scene) -> Interpretation | None:
    for rule, pattern in (
        ("edit.priority", _PRIORITY),
        ("edit.give-level", _GIVE_LEVEL),
        ("edit.priority-of", _PRIORITY_OF),
        ("edit.make-level", _MAKE_LEVEL),
        ("edit.is-level", _IS_LEVEL),
    ):
        found = pattern.match(clause.flat)
        if not found or (rule == "edit.is-level" and (_NOT_LEAD.match(clause.flat) or "#" in clause.flat)):
            continue
        level = _level(found["value"])
        x = clause.group(found, "x")
        if rule == "edit.make-level" and re.match(r"(?:a|an|some)\b", x.flat):
            continue
        if level:
            return apply(x, Change(changes={"priority": level}), scene, rule)
    for rule, pattern, level in (("edit.raise", _RAISE, "high"), ("edit.lower", _LOWER, "low")):
        found = pattern.match(clause.flat)
        if (
            found
            and (
                re.search(r"prio|importance|urgency", clause.flat)
                or (scene.known and any(item.targets for item in name(clause.group(found, "x"), scene)))
            )
            and not read_marks(clause).whens
        ):
            return apply(clause.group(found, "x"), Change(changes={"priority": level}), scene, rule)
    return None


def _level(words: str) -> str | None:
    if re.search(r"high|top|urgent|important|critical|p1|asap|^(?:an? )?1", words):
        return "high"
    if re.search(r"medium|normal|mid|moderate|p2|^(?:an? )?2", words):
        return "medium"
    return "low" if re.search(r"low|p3|p4|^(?:an? )?[34]", words) else None
