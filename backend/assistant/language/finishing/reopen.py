"""Reopening: "I haven't finished X", "mark X as not done"."""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..matching.names import Named, name
from ..matching.outcome import decide
from ..normalise import fold
from ..pattern import first_word, phrase
from ..types import Action, Interpretation
from ..words import commands as table
from ..words.nouns import UNTELLING

_NOT = phrase(
    r"(?:actually,? |no,? |wait,? |sorry,? |oops,? )*(?:<words>) (?:actually |really )?"
    r"(?P<x>.+?)(?: yet| after all| actually)?[.!]*$",
    words=table.NOT_FINISHED,
)
_REOPEN = phrase(r"(?:<words>) (?P<x>.+?)[.!]*$", words=table.REOPEN)
_MARK_OPEN = phrase(
    r"(?:mark|set|flag|move|change|put|make|switch|turn|get) (?P<x>.+?) (?:back )?(?:as|to|is|be)? ?(?:<words>)[.!]*$",
    words=table.NOT_DONE,
)
_BACK = phrase(
    r"(?:put|move|bring|get|add) (?P<x>.+?) back(?: (?:on|to|onto|in|into) (?:the|my) (?:to do |todo |"
    r"task )?(?:list|open|todo|todos|tasks))?[.!]*$"
)
_ISNT = phrase(
    r"(?P<x>.+?) (?:isn't|is not|wasn't|was not|aren't|are not|isnt) (?:actually |really |quite "
    r")?(?:done|finished|complete|completed|paid|sent|bought|booked|fixed|cleaned|washed|submitted|mailed|sorted|"
    r"packed|"
    r"returned|ordered)(?: yet| after all)?[.!]*$"
)
_TAIL = phrase(
    r"(?:,)?(?: (?:already|now|today|just now|this morning|yesterday|last night|earlier|a while ago|"
    r"finally|at last|off|for (?:the|my) (?:day|week)|earlier today|this afternoon|tonight|on time|"
    r"this week|last week))+$"
)
_ON_LIST = re.compile(r"\b(?:on|to|in|into|onto)\s+(?:the|my|our)\s+(?:\w+\s+)?(?:list|calendar|agenda|things)\b")
_STATUS = re.compile(r"(?:the )?status of ")
_QUESTION = re.compile(r"(?:what|which|when|who|how|do|does|did|is|are|am|can|should|have|has|was|were|show|list)\b")


def read_reopen(clause: Clause, scene: Scene) -> Interpretation | None:
    """Take back a completion."""
    for rule, pattern in (
        ("reopen.not-finished", _NOT),
        ("reopen.verb", _REOPEN),
        ("reopen.mark", _MARK_OPEN),
        ("reopen.back", _BACK),
        ("reopen.is-not", _ISNT),
    ):
        found = pattern.match(clause.flat)
        if rule == "reopen.mark" and _ON_LIST.search(clause.flat):
            continue
        if not found or (rule == "reopen.is-not" and _QUESTION.match(clause.flat)):
            continue
        if rule == "reopen.not-finished" and first_word(found["x"]) in table.NO_TASKS:
            continue
        if rule == "reopen.back" and _was_just_deleted(clause.group(found, "x"), scene):
            return Interpretation(actions=(Action(tool="undo"),), rules=("reopen.deleted",))
        named = names_of(clause.group(found, "x"), scene, status="done")
        if named and not (rule == "reopen.back" and named[0].pointing and not scene.turns):
            return decide(named, scene, lambda item: item.action("reopen_task"), rule=rule)
    return None


def _was_just_deleted(x: Clause, scene: Scene) -> bool:
    """Whether the newest change deleted what is to come back: only taking it back brings it."""
    changing = next((turn for turn in reversed(scene.turns) if turn.changed or turn.actions), None)
    last = changing.actions[-1] if changing and changing.actions else None
    if last is None or last.tool != "delete_task":
        return False
    gone = set(fold(str(last.arguments.get("match", ""))).split()) - UNTELLING
    return bool(gone & set(x.flat.split()))


def names_of(clause: Clause, scene: Scene, *, status: str = "open") -> tuple[Named, ...]:
    about = _STATUS.match(clause.flat)
    clause = clause.part(about.end(), len(clause.flat)) if about else clause
    tail = _TAIL.search(clause.flat)
    if (
        tail
        and tail.start() > 0
        and not re.match(
            r"(?:all|every|any|each|everything|both|whatever)\b|.*\b(?:due|for|from|of|today's)\b", clause.flat
        )
    ):
        clause = clause.part(0, tail.start())
    return name(clause, scene, status=status)
