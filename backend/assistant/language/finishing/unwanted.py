"""Removals told as wishes or news: "no need to call the bank", "we can skip yoga", "the party's off"."""

import re

from ..context import Clause
from ..pattern import either, phrase, table
from ..replies.chatter import kind_of_talk
from ..words.nouns import LIST
from ..words.starts import ABBREVIATIONS
from ..words.talk import STATES

_END = r"(?:,? (?:any ?more|any longer|after all|now|for now|please|thanks|then|at all))?[.!]*$"
_GONE = (
    r"(?:no longer (?:needed|necessary|relevant|happening|required|on|a thing|wanted|valid)|not (?:needed|"
    r"necessary|relevant|"
    r"happening|required|going to happen|on)(?: any ?more| any longer)?|cancell?ed|called off|scrapped|off|off "
    r"the table)"
)
_BE = r"(?:is|are|was|were|got|gets|has been|have been|had been|'s|'re)(?: now| just| all)?"
_NEWS = phrase(rf"(?P<x>.+?)(?:(?<!\s)\s++)?(?:{_BE}) {_GONE}{_END}")
_NOT_NEWS = phrase(
    r"(?P<x>.+?) (?:(?:isn't|aren't|ain't|won't be) (?:needed|necessary|happening|on|relevant|required|going to "
    r"happen)|"
    r"fell through|got axed|got canned|can go|needs to go|has to go|is a no go|is a no-go|"
    r"(?:doesn't|does not|don't) (?:need doing|need to (?:happen|be done)|matter)|"
    rf"(?:can|should|could) be (?:deleted|removed|dropped|scrapped|taken off|cancell?ed))(?: (?:the|my) "
    rf"(?:{either(LIST)}))?{_END}"
)
_SOMEBODY = r"(?:(?:i|we|you|i'll|we'll|you'll|let's|lets|please|i guess|i think|so|actually) )*"
_NO_NEED = phrase(
    rf"{_SOMEBODY}(?:(?:there's |there is |there's really |have |got )?(?:really )?no (?:more )?need (?:to|for)|"
    r"no longer (?:have|want|need|wish|plan|going|planning|doing)(?: to do)?(?: to)?|"
    r"(?:don't|do not) (?:really |actually )?(?:(?:want|need)(?: to do)?(?: to)?|have to)|"
    r"(?:won't|will not) (?:be )?need(?:ing)?|"
    r"(?:don't|do not) bother (?:with|about|to|doing)?|never ?mind (?:about )?|needn't|not bothering with) "
    rf"(?P<x>.+?){_END}"
)
_NEED_ANYMORE = phrase(
    rf"{_SOMEBODY}(?:(?:i'm|we're|i am|we are|am|are) )?(?:not|no longer|never|won't(?: be)?|will not(?: be)?) "
    r"(?:(?:going to|gonna|doing|planning|want|need) )*(?:to |do |be )?(?P<x>.+?)"
    r"(?:,? (?:any ?more|any longer|after all))[.!]*$"
)
_SKIP = phrase(
    rf"{_SOMEBODY}(?:(?:can|could|should|might as well|may as well|want to|gonna|going to|'d rather|would rather|"
    rf"will|'ll|decided to|have decided to) )?(?:skip|do without|give up on|not do|call off|forego|forgo) "
    rf"(?P<x>.+?){_END}"
)
_SKIPPING = phrase(
    r"(?:(?:i'm|we're|i am|we are|im|i think i'm|i think we're|i'll be|we'll be) (?:just )?)?(?:skipping|"
    r"ditching|dropping|"
    rf"passing on|bailing on|bailing from|giving up on|pulling out of|cancell?ing|opting out of) (?P<x>.+?){_END}"
)
_TAKE_OFF = phrase(
    rf"{_SOMEBODY}(?:(?:can|could|should|may|might as well) (?:take|scratch|strike|get|pull|leave) (?P<x>.+?) off|want "
    rf"(?P<y>.+?) (?:off|gone))(?: (?:of )?(?:the|my|our|that|there|here)(?: (?:{either(LIST)}))?)?{_END}"
)
_PLACED = phrase(
    rf"(?:(?:on|from|off|in|out of) (?:my|the|our) (?:[\w'-]+ )?(?:{either(LIST)})(?: (?:for|on|of) (?:[\w'-]+ ){{0,2}}"
    r"[\w'-]+?)??,? (?:please |you can |can you )?(?:remove|delete|erase|scratch|drop|cancel|cross off|strike|take off|"
    r"get rid of)) (?P<x>.+?)[.!]*$"
)
_THAT_THING = phrase(
    r"(?:(?:oh|and|also|so|about|as for|that|ok|okay)[, ]+)*(?P<x>[^,;:]{2,60}?)(?:,| -) (?:you can |can you |"
    r"please |let's |"
    r"just )?(?:delete|remove|cancel|scratch|drop|forget|kill|get rid of|ditch|scrap|lose|bin|erase|nix|dump|"
    r"skip|forget "
    r"about|never ?mind)(?: (?:it|that|this|that one|about it|about that))(?: one)?[.!]*$"
)
_THE_TASK = phrase(
    r"(?:please )?(?:drop|bin|lose|kill|scratch|ditch|scrap|dump|trash|axe|can|chuck|toss|strike|nuke|zap) "
    r"(?P<x>(?:the|that|my) .+)[.!]*$"
)
_TASK_NOUN = re.compile(r"\b(?:one|thing|task|reminder|todo|to-do|item|entry|event|alarm)\b")
_ABSTRACT = phrase(r"(?:please )?(?:scratch|nix) (?P<x>(?:the|that|my) [\w'-]+(?: [\w'-]+)?)[.!]*$")
_NO_LONGER = phrase(
    r"(?:i|we)(?:'ll| will|'m| am|'re| are)? (?:no longer(?: be)?|not be|won't be) (?:going to(?: the)?|"
    r"attending|doing|"
    rf"making|joining|having|taking|hosting|seeing|visiting) (?P<x>.+?){_END}"
)
_REMOVED = phrase(
    r"(?:i'd like|i would like|i want|i need|we want|we need) (?P<x>(?:the|my|our|that|this|all) .+?)(?: to be)?"
    r"(?: permanently| completely)? (?:deleted|erased|removed|cancell?ed|taken off)(?: (?:from|off) (?:of "
    r")?(?:my|the|our) "
    rf"(?:[\w'-]+ )?(?P<list>{either(LIST)}))?{_END}"
)
_SWITCHED_OFF = phrase(
    r"(?:turn|switch|shut) (?P<x>(?:(?:the|my|that|all|this) )*(?:[\w:'-]+ ){0,3}(?:alarms?|reminders?|notifications?|"
    rf"alerts?)(?: for [^,;]+?)?) off{_END}"
)
_PATTERNS = (
    ("delete.placed", _PLACED),
    ("delete.that-thing", _THAT_THING),
    ("delete.no-need", _NO_NEED),
    ("delete.skip", _SKIP),
    ("delete.skip", _SKIPPING),
    ("delete.take-off", _TAKE_OFF),
    ("delete.not-any-more", _NEED_ANYMORE),
    ("delete.not-needed", _NEWS),
    ("delete.not-needed", _NOT_NEWS),
    ("delete.abstract", _ABSTRACT),
)
# What is said to be off or unwanted of these is no task: "I don't need help", "it's cancelled".
_NO_TASK = frozenset(
    table(
        """
    it, that, this, them, those, these, you, me, him, her, us, help, anything, nothing, everything, advice, sleep,
    know, what, why, how, worry, understand, think, care, like, love, see, mind, sorry, reply, answer, respond,
    apologize, apologise, explain, say, tell, be, there, here, i'm, i, that's, thats, it's, we're
    """
    )
)
# "that meeting" is one; "that is all" says nothing of a task.
_POINTED = re.compile(r"(?:that|this|those|these)\s(?!is\b|was\b|will\b|are\b)\S")
_QUESTION = re.compile(
    r"(?:what|which|when|who|how|where|why|do|does|did|is|are|am|should i|have|has|was|were|show|list|if|remind|add|"
    r"turn|tell|ask|check|make sure|call|email|text)\b"
)
_LONGEST = 160
_GOING = phrase(r"(?:going|coming) to (?:the )?")
_OFF = re.compile(r"(?:the |my )?(?:lights?|tv|heat(?:ing)?|oven|stove|power|alarm clock)(?:'s| is| are)?\b")


def refused(clause: Clause) -> tuple[str, Clause] | None:
    """As ``unwanted``, for words that else begin like an add: "I will no longer be joining mom for lunch", "I'd like
    this alarm removed"."""
    if len(clause.flat) > _LONGEST:
        return None
    for rule, pattern in (
        ("delete.no-longer", _NO_LONGER),
        ("delete.removed", _REMOVED),
        ("delete.switched-off", _SWITCHED_OFF),
    ):
        found = pattern.match(clause.flat)
        if found and (rule != "delete.removed" or found["list"] or _TASK_NOUN.search(found["x"])):
            return rule, clause.group(found, "x")
    return None


def unwanted(clause: Clause) -> tuple[str, Clause] | None:
    """The rule that reads a removal told as a wish or as news, and the words that name the task."""
    flat = clause.flat
    if not clause.short or flat.endswith("?") or _QUESTION.match(flat) or len(flat) > _LONGEST or kind_of_talk(flat):
        return None
    for rule, pattern in _PATTERNS:
        found = pattern.match(flat)
        if found and (x := _name(clause, found)):
            return rule, x
    found = _THE_TASK.match(flat)
    x = _name(clause, found) if found and _TASK_NOUN.search(found["x"]) else None
    return ("delete.the-task", x) if x else None


def _name(clause: Clause, found: re.Match[str]) -> Clause | None:
    x = clause.group(found, "x" if found["x"] else "y")
    going = _GOING.match(x.flat)
    x = x.part(going.end(), len(x.flat)) if going else x
    words = x.flat.split()
    if (
        not words
        or (words[0] in _NO_TASK and not _POINTED.match(x.flat))
        or words[0] in STATES
        or words[0].rstrip(".") in ABBREVIATIONS - {"dr"}
        or _OFF.match(x.flat)
    ):
        return None
    return x if len(words) <= 9 and "," not in x.flat else None
