"""Completions told without their usual words: "managed to book the flights", "rent paid", "been to the bank"."""

import re

from ..context import Clause
from ..pattern import phrase, table

_SOMEBODY = r"(?:(?:i|we|i've|we've|just|finally|already|ok|okay|have|also|so|and) )*"
_MANAGED = phrase(
    rf"{_SOMEBODY}(?:managed to|remembered to|got around to|got round to|finally got to|was able to|were able "
    rf"to) (?P<x>.+?)"
    r"(?: (?:today|yesterday|already|finally|this morning|last night|earlier))?[.!]*$"
)
_BEEN = phrase(
    rf"{_SOMEBODY}(?:been to|got back from|am back from|back from|returned from|home from|i'm back from|i'm home from|"
    r"came back from|came home from) (?P<x>(?:the |my )?(?!work\b|home\b|vacation\b|holiday\b).+?)"
    r"(?: (?:today|yesterday|already|this morning|now|earlier))?[.!]*$"
)
_THATS = phrase(
    r"(?:that's|that is|there's|and that's) (?P<x>(?:the|my|our) .+?) (?:all )?(?P<past>[a-z]+)(?: (?:now|then|"
    r"already))?[.!]*$"
)
_IN_OUT = phrase(
    r"(?P<x>(?:the |my )?(?:trash|garbage|rubbish|bins?|recycling) (?:is|are)(?= out)|(?:the |my )?(?:[\w'-]+ )?"
    r"(?:report|paper|essay|application|form|forms|assignment|homework|taxes|order|invoice|bid|proposal|payment) "
    r"(?:is|are)(?= in))"
    r" (?:out|in)(?: (?:now|already))?[.!]*$"
)
_TICK = re.compile(r"(?P<x>[^✅✔✓☑]++)[✅✔✓☑]️?[.!\s]*+$")
_SAID_DONE = re.compile(r"(?<=\w)\s(?:done|finished)$")
_NOUN_PAST = phrase(
    r"(?P<x>(?:(?:the|my|our) )?[\w'-]+(?: [\w'-]+){0,3}?)(?:'s)? (?P<past>[a-z]+)(?: (?:now|already|today|"
    r"yesterday))?[.!]*$"
)
_PAST = frozenset(
    table(
        """
    bought, paid, sent, booked, sorted, washed, fed, cleaned, mailed, returned, submitted, fixed, done, got,
    ordered, packed, ironed, folded, mowed, vacuumed, watered, posted, filed, signed, renewed, shipped,
    delivered, cooked, baked, finished, completed, handled, settled, printed, scheduled, swept, mopped, dusted,
    painted, repaired, replaced, picked
    """
    )
)
_NO_NAME = frozenset(
    table(
        """
    i, we, you, he, she, they, it, that, this, there, what, who, which, how, when, where, why, get, have, is, are,
    not, be, never
    """
    )
)
_CAUSED = re.compile(r"\b(?:got|had|gotten)\s")  # "got the car washed": the task's own verb
_AUX = re.compile(
    r"\s(?:is|are|was|were|be|been|being|has|have|had|get|gets|got|not|to|will|can|by|never|i|we|needs?)$"
)


_MOST_WORDS = 9  # of a task's name


def told_done(clause: Clause) -> tuple[str, Clause] | None:
    """The rule that reads the words as a completion, and the words that name the task; None where they tell of none."""
    if len(clause.flat) > 120 or clause.flat.endswith("?"):
        return None
    for rule, pattern in (("complete.managed", _MANAGED), ("complete.been", _BEEN), ("complete.ticked", _TICK)):
        if found := pattern.match(clause.flat):
            x = clause.group(found, "x")
            done = _SAID_DONE.search(x.flat)
            x = x.part(0, done.start()) if done else x
            return (rule, x) if rule == "complete.managed" and len(x.flat.split()) < _MOST_WORDS else _named(rule, x)
    if found := _IN_OUT.match(clause.flat):
        x = clause.group(found, "x")
        return "complete.in", x.part(0, x.flat.rindex(" "))
    found = _THATS.match(clause.flat) or _NOUN_PAST.match(clause.flat)
    if not found or found["past"] not in _PAST or _AUX.search(f" {found['x']}") or _CAUSED.search(found["x"]):
        return None
    x = clause.group(found, "x")
    return _named("complete.noun-past", x.part(0, len(x.flat.removesuffix("'s"))))


def _named(rule: str, x: Clause) -> tuple[str, Clause] | None:
    first = x.flat.split()[0] if x.flat else ""
    return None if not first or first in _NO_NAME or len(x.flat.split()) >= _MOST_WORDS else (rule, x)
