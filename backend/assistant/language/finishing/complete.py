"""Completing and reopening: "mark X as done", "I finished X", "X is done", "I haven't finished X"."""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.names import Named, by_words, name, of_number
from ..matching.outcome import add_instead, decide
from ..normalise import tidy
from ..pattern import first_word, phrase
from ..types import Interpretation
from ..words import commands as table
from ..words.verbs import FINISHED, PAST, TASK_VERBS
from .past import read_past
from .told import told_done

_MARK = phrase(
    (
        r"(?:<mark>) (?P<x>.+?)(?: (?:as|to|is|are|be|being))? (?:<done>)(?: (?:from|on|off|in|for) (?:the "
        r"|my )?(?:\w+ )?(?:list|calendar|schedule|today|now))?[.!]*$"
    ),
    mark=table.MARK,
    done=table.DONE_WORDS,
)
_MARK_TOLD = phrase(
    r"(?:mark|flag|tick|log|record|note|put) (?P<x>.+?) (?:down )?(?:as )?(?:already )?(?:<done>)[.!]*$",
    done=tuple(
        sorted(
            {
                *PAST,
                "called",
                "picked up",
                "dropped off",
                "booked",
                "cleaned",
                "washed",
                "fixed",
                "mailed",
                "emailed",
                "ordered",
                "returned",
                "delivered",
                "submitted",
                "signed",
                "filed",
                "renewed",
                "watered",
                "packed",
                "collected",
                "posted",
                "shipped",
                "repaired",
                "arranged",
                "handled",
            }
        )
    ),
)
_MARK_FIRST = phrase(r"(?:mark|set|flag) (?:as )?(?:done|complete|completed|finished)(?::| ) ?(?P<x>.+)$")
_CHECK = phrase(r"(?:<check>):? (?P<x>.+?)[.!]*$", check=table.CHECK_OFF)
_CROSS_OUT = phrase(r"(?:cross|scratch) out .+ (?:from|off|of) ")
_CROSS = phrase(
    r"(?:cross|strike|scratch|tick|check|mark|knock|get|take) (?P<x>.+?) off(?: (?:from|of))?(?: "
    r"(?:the|my) (?:\w+ )?(?:list|calendar|schedule|agenda))?[.!]*$"
)
_TAKE = re.compile(r"(?:take|get|strike)\s")
_FINISH = phrase(r"(?:<words>) (?P<x>.+?)[.!]*$", words=table.FINISH)
_I_DID = phrase(r"(?:(?:<have>) )+(?:<finished>)(?: with)?:? (?P<x>.+?)[.!]*$", have=table.I_HAVE, finished=FINISHED)
_FINISHED = phrase(r"(?:all )?(?:<finished>)(?: with)?(?::| ) ?(?P<x>.+?)[.!]*$", finished=FINISHED)
_IS_DONE = phrase(
    r"(?P<x>.+?)(?:,| -|:| =|'s)? (?:is|are|r|was|were|got|has been|have been|been)?(?:'s)? ?(?:now |already |"
    r"all |finally )?(?:done|finished|completed|complete|taken care of|checked off|all done|over with|"
    r"out of the way)(?: (?:now|already|with|today|at last|yesterday|last night|this morning|this afternoon|"
    r"earlier|for today|for the day|for now|for this week|this week|tonight))?[.!]*$"
)
_TAIL = phrase(
    r"(?:,)?(?: (?:already|now|today|just now|this morning|yesterday|last night|earlier|a while ago|"
    r"finally|at last|off|for (?:the|my) (?:day|week)|earlier today|this afternoon|tonight|on time|"
    r"this week|last week))+$"
)
_STATUS = re.compile(r"(?:the )?status of ")
_ALONE = phrase(
    r"(?:(?:ok |okay |and |yes )?(?:i(?:'m| am| did| have|'ve)? )?(?:already |just |all )?(?:done|did it|"
    r"done it|finished|completed|i did|did that|finished it|done that|completed it|all done|it's done|"
    r"that's done|that is done|it is done|just did it|just did that|done with (?:it|that)))[.!]*$"
)
_QUESTION = re.compile(
    r"(?:what|which|when|who|how|do|does|did (?!the|my|all|some|our|both)|is|are|am|can|should|have|has|was|were|"
    r"show|list|got any(?:thing)?)\b"
)
_TO_THE_LIST = re.compile(
    r"(?:delete|remove|clear|erase|cancel|wipe|archive|hide|undo|reopen|get rid|purge|nuke|zap|axe|kill|dump|"
    r"wipe|drop|ditch|scrap|bin|reschedule|postpone|rename)\b"
)

_TICK = phrase(
    r"(?:put|make|add) a (?:check|tick|check ?mark|tick ?mark|cross) (?:next to|on|by|beside|against|in front of) "
    r"(?P<x>.+?)[.!]*$"
)
_PATTERNS = (
    ("complete.tick", _TICK),
    ("complete.mark-first", _MARK_FIRST),
    ("complete.check-off", _CHECK),
    ("complete.mark", _MARK),
    ("complete.mark-told", _MARK_TOLD),
    ("complete.cross", _CROSS),
    ("complete.i-did", _I_DID),
    ("complete.finished", _FINISHED),
    ("complete.is-done", _IS_DONE),
)


def read_complete(clause: Clause, scene: Scene) -> Interpretation | None:
    """Tell that something is done."""
    if _ALONE.match(clause.flat):
        return _that_is_done(scene)
    if _QUESTION.match(clause.flat) or _TO_THE_LIST.match(clause.flat) or _CROSS_OUT.match(clause.flat):
        return None
    if any(when.from_completion for when in clause.whens):  # "every monday once it is done" tells of no completion
        return None
    for rule, pattern in _PATTERNS:
        found = pattern.match(clause.flat)
        if found and not (rule == "complete.cross" and _TAKE.match(clause.flat)) and not _titled(rule, clause, scene):
            whole = rule == "complete.cross" and re.match(r"(?:all|every)", found["x"])
            named = names_of(
                clause.part(found.start("x"), len(clause.flat)) if whole else clause.group(found, "x"), scene
            )
            if named:
                return decide(
                    named,
                    scene,
                    lambda item: item.action("complete_task"),
                    rule=rule,
                    otherwise=(add_instead(tidy(clause.text)),),
                )
    return _read_finish(clause, scene) or _read_told(clause, scene) or read_past(clause, scene)


def _read_told(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "been to the bank", "rent paid": where tasks are known, only of one that is there."""
    found = told_done(clause)
    if not found or (found[0] == "complete.noun-past" and _is_to_do(found[1].flat)):
        return None
    named = names_of(found[1], scene)
    if not named or (scene.known and not any(item.targets for item in named)):
        return None
    return decide(
        named,
        scene,
        lambda item: item.action("complete_task"),
        rule=found[0],
        otherwise=(add_instead(tidy(clause.text)),),
    )


def _is_to_do(flat: str) -> bool:
    """Whether the words begin as a task does: "get the car washed"."""
    return " " in flat and first_word(flat) in TASK_VERBS


_NOT_DONE = re.compile(r"\s(?:not|never|isn't|isnt|aren't|arent)\s(?:\w{1,20}\s)?(?:done|finished|completed?)[.!]*$")


def _titled(rule: str, clause: Clause, scene: Scene) -> bool:
    """ "you can mark the vet as done" is read without its first words;
    "get the taxes done by friday" is a wish, not a report: it has a date, and nothing of that name is open."""
    if rule == "complete.is-done" and _NOT_DONE.search(clause.flat):
        return True
    if rule == "complete.is-done" and clause.flat.startswith(
        ("you can ", "you may ", "get ", "have ", "be ", "see that ", "i need", "i want", "make sure")
    ):
        return True
    return (
        rule == "complete.mark"
        and clause.flat.startswith(
            (
                "get ",
                "have ",
                "call ",
                "make ",
                "put ",
                "turn ",
                "change ",
                "move ",
                "update ",
                "switch ",
                "record ",
                "log ",
                "count ",
            )
        )
        and not re.search(r"\b(?:as|to)\s+(?:be\s+)?\w+[.!]*$", clause.flat)
    )


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


def _that_is_done(scene: Scene) -> Interpretation:
    numbers = scene.refer("it") or scene.refer("them") or ()
    if not numbers:
        return Interpretation(
            reply="Well done! Which task is that? Say “done with …” and its name or number.", rules=("complete.alone",)
        )
    named = tuple(of_number(number, scene) for number in numbers)
    return decide(named, scene, lambda item: item.action("complete_task"), rule="complete.alone")


def _read_finish(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "complete X" completes; "finish X" is work to do unless X is there already, and so is anything with a date."""
    found = _FINISH.match(clause.flat)
    if not found:
        return None
    x = clause.group(found, "x")
    named = names_of(x, scene)
    if not named or (read_marks(clause).arguments().keys() & {"due", "recurrence"} and not named[0].many):
        return None
    sure = (
        clause.flat.startswith("complete")
        or named[0].many
        or named[0].pointing
        or x.flat.lstrip("#").isdigit()
        or re.search(r"^(?:task|item|todo|number)\b|\b(?:task|todo|reminder)$", x.flat)
    )
    if not sure and not (scene.known and len(named) == 1 and named[0].targets):
        return None
    if (
        scene.known
        and named[0].targets == ()
        and not named[0].many
        and not named[0].pointing
        and by_words(clause, scene).targets
    ):
        named = (by_words(clause, scene),)
    return decide(
        named,
        scene,
        lambda item: item.action("complete_task"),
        rule="complete.verb",
        otherwise=(add_instead(tidy(clause.text)),),
    )
