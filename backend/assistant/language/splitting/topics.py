"""A command that names its task first and then points at it: "oh and the vet thing, get rid of that"."""

import re
from dataclasses import replace

from ..context import Clause
from ..pattern import phrase

_TOPIC = phrase(
    r"(?:(?:oh|and|also|so|now|about|as for|regarding|ok|okay|hey),? )*(?P<x>(?:the|my|our|that|this) [^,;:.]{2,50}?)"
    r"(?P<date> (?:on|at|for) [^,;:.]{2,20})??(?:,|\.| -)+ (?:(?:you can|can you|could you|please|let's|lets|"
    r"just|i want "
    r"to|i'd like to|i need to) )*(?P<verb>delete|remove|cancel|scratch|drop|forget about|forget|kill|get rid of|"
    r"ditch|scrap|"
    r"lose|bin|erase|nix|dump|skip|move|push|reschedule|postpone|shift|bump|delay|mark|complete|tick off|check "
    r"off|cross "
    r"off|rename|make|put off|bring|snooze|change|reopen|finish) (?:it|that|this|those|them|that one|this one)"
    r"(?P<rest>(?: .*)?)$"
)
_SKIPPED = {"lose": "delete", "skip": "delete", "drop": "delete", "bin": "delete", "kill": "delete", "scrap": "delete"}
_LONGEST = 160
_AUXILIARY = re.compile(r"\b(?:is|are|was|can|will|has|have|should|needs?)\b")


def is_topic(clause: Clause) -> bool:
    """Whether the clause is a topic and one command about it."""
    found = _TOPIC.match(clause.flat) if len(clause.flat) <= _LONGEST else None
    return bool(found) and not _AUXILIARY.search(found["x"] if found else "")


def turned(clause: Clause) -> Clause | None:
    """The command with the name in its usual place ("get rid of the vet thing"); None where there is no topic.

    Its offsets are those of the turned words, not of the message.
    """
    found = _TOPIC.match(clause.flat) if is_topic(clause) else None
    if not found:
        return None
    verb = _SKIPPED.get(found["verb"], found["verb"])
    text, flat, literal = (
        f"{verb} {words[found.start('x') : found.end('x')]}{words[found.start('rest') :]}"
        for words in (clause.text, clause.flat, clause.literal)
    )
    return replace(clause, text=text, flat=flat, literal=literal).part(0, len(flat))
