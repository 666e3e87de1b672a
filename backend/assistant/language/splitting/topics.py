"""A command that names its task first and then points at it: "oh and the vet thing, get rid of that"."""

import re
from dataclasses import replace

from ..context import Clause
from ..pattern import phrase

_TOPIC = phrase(
    r"(?:(?:oh|and|also|so|now|about|as for|regarding|ok|okay|hey),? )*(?P<x>(?:the|my|our|that|this) [^,;:.]{2,50}?)"
    r"(?P<date> (?:on|at|for) [^,;:.]{2,20})??(?:,|\.|\?| -)+ (?:(?:you can|can you|could you|please|let's|lets|"
    r"just|i want "
    r"to|i'd like to|i need to) )*(?P<verb>delete|remove|cancel|scratch|drop|forget about|forget|kill|get rid of|"
    r"ditch|scrap|"
    r"lose|bin|erase|nix|dump|skip|move|push|reschedule|postpone|shift|bump|delay|mark|complete|tick off|check "
    r"off|cross "
    r"off|rename|make|put off|bring|snooze|change|reopen|finish) (?:it|that|this|those|them|that one|this one)"
    r"(?P<rest>(?: .*)?)$"
)
# "not going to the gym tonight, take it off", "the concert got cancelled so get rid of that one".
_GONE = phrase(
    r"(?:(?:oh|and|also|so|well|ok|okay|hey|turns out|looks like),? )*(?:(?:i'm|we're|i am|we are) )?"
    r"(?:(?:not|no longer|never) (?:going to|[a-z]+ing)(?: to)?|no more|"
    r"(?:i|we) (?:already |just |do )*(?:have|got|bought|own|found)|"
    r"(?:i|we) (?:don't|do not|won't|no longer|can't)(?: be)? (?:want|need|do|make|go to|have|needing|making|attend)"
    r"(?: to)?)? ?(?P<x>(?:(?:the|my|our|that|this|some) )?[\w'-]+(?: [\w'-]+){0,4}?)"
    r"(?P<news>(?:'s|'s been| is| are| was| were| got| has been| have been) (?:not happening|not on|cancell?ed|"
    r"off|over|sold out|called "
    r"off|no longer \w+|sorted|irrelevant|dead|moot|gone|not needed|postponed indefinitely)| (?:isn't|aren't|"
    r"ain't) (?:happening|on|"
    r"needed|relevant|necessary)| fell through)?(?: (?:today|tonight|tomorrow|any ?more|now|any longer|after all|"
    r"this week))?"
    r"(?:,|\.|;| -| so| and)+ (?:(?:you can|can you|could you|please|let's|lets|just|so|go ahead and) )*"
    r"(?:(?:delete|remove|cancel|scratch|drop|forget|kill|get rid of|ditch|scrap|lose|bin|erase|nix|dump) "
    r"(?:it|that|this|those|them|that one|this one)(?: (?:from|off) .{1,30})?|"
    r"(?:take|get|strike|cross) (?:it|that|this|those|them|that one|this one) off(?: (?:of )?(?:my|the|"
    r"there).{0,25})?)[.!]*$"
)
# "find dinner with mom on my calendar and delete it".
_FOUND = phrase(
    r"(?:(?:find|look up|locate) (?=[^,]*(?:thing|task|reminder|appointment|event|alarm|item)\b)|(?:find|look up|"
    r"look for|locate|"
    r"open|go to|search for) (?=.+ (?:on|in|from) (?:my|the|our) (?:[\w-]+ )?(?:list|calendar|schedule|agenda|"
    r"tasks|todos)\b))"
    r"(?P<x>.+?)(?: (?:on|in|from) (?:my|the|our) (?:[\w-]+ )?(?:list|calendar|schedule|agenda|tasks|todos))?(?: "
    r"for me)?,? and (?:then )?(?:delete|remove|erase|cancel|get rid of) "
    r"(?:it|that|them|those)[.!]*$"
)
_NOT_GONE = re.compile(r"(?:not|no longer|no more|never|i|we|i'?m|we'?re)\s")
_SKIPPED = {"lose": "delete", "skip": "delete", "drop": "delete", "bin": "delete", "kill": "delete", "scrap": "delete"}
_LONGEST = 160
_AUXILIARY = re.compile(r"\b(?:is|are|was|can|will|has|have|should|needs?)\b")


def is_topic(clause: Clause) -> bool:
    """Whether the clause is a topic and one command about it."""
    found = _TOPIC.match(clause.flat) if len(clause.flat) <= _LONGEST else None
    return (bool(found) and not _AUXILIARY.search(found["x"] if found else "")) or dropped(clause) is not None


def dropped(clause: Clause) -> Clause | None:
    """What is told to be off or not wanted, and then to be deleted ("not going to the gym, take it off"), as a
    command to delete it; None where nothing of that kind is told. Its offsets are not those of the message."""
    if len(clause.flat) > _LONGEST:
        return None
    found = _FOUND.match(clause.flat) or _GONE.match(clause.flat)
    if not found or not (found.re is _FOUND or found["news"] or _NOT_GONE.match(clause.flat[: found.start("x")])):
        return None
    if found["x"] in ("done", "finished", "all set"):  # "i'm done, delete it" is of the person
        return None
    name = slice(found.start("x"), found.end("x"))
    text, flat, literal = (f"delete {words[name]}" for words in (clause.text, clause.flat, clause.literal))
    return replace(clause, text=text, flat=flat, literal=literal)


def turned(clause: Clause) -> Clause | None:
    """The command with the name in its usual place ("get rid of the vet thing"); None where there is no topic.

    Its offsets are those of the turned words, not of the message.
    """
    if gone := dropped(clause):
        return gone
    found = _TOPIC.match(clause.flat) if is_topic(clause) else None
    if not found:
        return None
    verb = _SKIPPED.get(found["verb"], found["verb"])
    text, flat, literal = (
        f"{verb} {words[found.start('x') : found.end('x')]}{words[found.start('rest') :]}"
        for words in (clause.text, clause.flat, clause.literal)
    )
    return replace(clause, text=text, flat=flat, literal=literal).part(0, len(flat))
