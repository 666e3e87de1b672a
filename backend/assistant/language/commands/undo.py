"""Taking back: "undo", "undo the last three"."""

import re

from ..context import Clause
from ..pattern import either, phrase
from ..types import Action, Interpretation
from ..words.references import NUMBERS

_THING = (
    r"(?:that|it|this|them|those|all that|all of that|the last (?:one|thing|change|action|command|step|"
    r"task|edit|update|move|operation)|(?:my|the|your|that) (?:last |previous |latest |most recent "
    r")?(?:\w+ )?(?:one|change|action|command|step|edit|update|thing|move|deletion|addition|delete|"
    r"operation|completion|mistake)|what (?:you|i) just did|what i (?:did|said)|last|the last|last "
    r"(?:action|change|command|step|edit|thing)|please|everything you just did|the previous (?:one|"
    r"change|action)|changes|the changes|my changes|previous|the deletion|the change|my mistake)"
)
_UNDO = phrase(
    r"(?:(?:oops|whoops|no|wait|oh|ok|okay|sorry|please|actually|now|oh no|no no|hmm|hm|damn|hey|argh|"
    r"ugh|nvm|never mind|crap|and),? )*(?:undo|un-do|revert|take (?:that|it|this) back|roll back|rollback|reverse|put "
    r"(?:that|it) back|ctrl[ +-]?z|cmd[ +-]?z|change (?:that|it) back|take back|go back|restore "
    r"(?:that|it)|bring (?:that|it) back|unde|uno|oops|whoops|revert back|undo undo|step back|i take "
    r"(?:that|it) back|that was (?:a mistake|wrong|an accident|not what i (?:meant|wanted))|that's "
    r"(?:wrong|not right|not what i (?:meant|wanted|said))|that is (?:wrong|not right|not what i "
    r"(?:meant|wanted|said))|i didn't mean (?:that|to(?: do (?:that|it))?)|i did not mean (?:that|"
    r"to(?: do (?:that|it))?)|not what i (?:meant|wanted)|scratch that|strike that|wrong one)(?:,? "
    rf"(?:undo )?{_THING})*[.!? ]*$"
)
_WITH_REASON = phrase(
    r"(?:undo|revert|take (?:that|it) back|put (?:that|it) back)(?: (?:that|it|this))?(?:,| -|;|\.) .{1,80}$"
)
_FURTHER = re.compile(
    r"(?:,|-|;|\.| and)\s+(?:and\s+|then\s+)?"
    r"(?:add|delete|remove|move|mark|make|remind|put|set|show|change|push|rename)\b"
)
_SEVERAL = phrase(
    r"(?:undo|revert|take back|roll back|reverse) (?:the |my |those |these )?(?:last |previous |latest "
    rf"|past )?(?P<count>\d{{1,2}}|{either(NUMBERS)})(?: (?:last |previous |latest )?(?:changes|actions|"
    r"things|steps|commands|ones|edits|times|tasks|moves|updates|of them|operations))?(?: i did| you "
    r"did)?[.! ]*$"
)
_TWICE = phrase(r"(?:undo|revert)(?: that| it)? (?P<times>twice|again and again|thrice)[.! ]*$")
MOST = 20


def read_undo(clause: Clause) -> Interpretation | None:
    """The ``undo`` calls that the words ask for, one a change."""
    several = _SEVERAL.match(clause.flat)
    if several:
        words = " ".join(several["count"].split())
        count = int(words) if words.isdigit() else NUMBERS[words]
        return _undo(min(count, MOST), "undo.several") if count else None
    twice = _TWICE.match(clause.flat)
    if twice:
        return _undo(3 if twice["times"] == "thrice" else 2, "undo.several")
    told = len(clause.flat) <= 120 and _WITH_REASON.match(clause.flat) and not _FURTHER.search(clause.flat)
    return _undo(1, "undo.last") if _UNDO.match(clause.flat) or told else None


def _undo(count: int, rule: str) -> Interpretation:
    return Interpretation(actions=(Action(tool="undo"),) * count, rules=(rule,))
