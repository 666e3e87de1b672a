"""Deleting: "delete X", "clear completed tasks", "take milk off my list"."""

import re
from dataclasses import replace

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.names import Named, name, read_bulk, undated
from ..matching.outcome import add_instead, decide
from ..normalise import tidy
from ..pattern import either, first_word, phrase
from ..types import Interpretation
from ..words import commands as table
from ..words.nouns import KINDS, LIST, TASK, TASKS
from ..words.verbs import TASK_VERBS
from .unwanted import refused, unwanted

_DELETE = phrase(r"(?P<verb><words>):? (?P<x>.+?)[.!?]*$", words=table.DELETE)
_CLEAR = phrase(r"(?P<verb><words>) (?P<x>.+?)(?: clean| up| out| completely)?[.!?]*$", words=table.CLEAR)
_TAKE_OFF = phrase(
    r"(?:(?:take|cross|strike|scratch|get|leave|pull|keep|cut|drop|clear|wipe|abolish|disregard|purge) (?P<x>.+?) "
    r"(?:off of|off|out of|from)|(?:move|rearrange) (?P<moved>.+?) (?:off of|off))"
    r"(?: (?:the|my|our|this))*(?: (?P<project>[\w'-]+(?: [\w'-]+)?))?? "
    rf"(?:{either(LIST)})[.!?]*$"
)
_FROM_FIRST = phrase(
    rf"(?P<verb>{either(table.DELETE)}) (?:from|off) (?:the |my |our )*(?:\w+ )?(?:{either(LIST)}) (?P<x>.+?)[.!?]*$"
)
_NOT_NEEDED = phrase(
    r"(?P<x>.+?) (?:is|are|was|were|got|has been|have been) (?:no longer "
    r"(?:needed|necessary|relevant|happening|required|on)|not (?:needed|necessary|relevant|happening|required) "
    r"(?:any ?more|any longer)|cancell?ed|called off|off)[.!]*$"
)
# "have the mole removed" is an errand; "the 1 pm alarm removed" is a wish to the list.
_PASSIVE = phrase(
    r"(?:(?:i|we)(?: want| need| would like|'d like) )?(?!(?:get|have|having|getting)\b)(?P<x>.+?) "
    r"(?:(?:needs?|has|have|ought|is|are) to be |(?:should|must|can) be )?"
    r"(?:permanently |completely )?(?:deleted|removed|erased|delete|remove|unscheduled)[.!]*$"
)
_DONT_WANT = phrase(
    r"(?:i|we) (?:don't|do not|no longer) (?:want|need)(?: to do)?(?: to)? (?P<x>.+?)(?: any ?more| "
    r"any longer| after all)?[.!]*$"
)
_DONT_REMIND = phrase(
    r"(?:please )?(?:don't|do not|stop|no need to|you don't need to) remind(?:ing)? me (?:about|to|of) (?P<x>.+?)"
    r"(?: any ?more| any longer)?[.!]*$"
)
_RELATIVE = re.compile(
    r"\b(?:(?:that|which) )?(?:i|you|we)(?:'ve| have)? (?:just )?(?:set|made|created|added|scheduled|put|booked|wrote)"
    r"(?: up| in| down)?(?= (?:for|on|at|in|to|by|about|with) )|"
    r"\b(?:that|which)(?: i have| i've)?(?:'s| is| are| was| were)? (?:set|scheduled|planned|booked|due)\b"
    r"(?=(?: up)? (?:for|on|at|in|to|by)\b)"
)
_LIST_NOUN = re.compile(rf"(?<![\w'-])(?:{either((*LIST, *TASK, *TASKS, *KINDS))})(?![\w'-])")
_PHYSICAL = re.compile(r"(?:off|by|in|into|out|on|over|down|up|onto|the ball|the kids|money)\b")
_PLURAL = phrase(r"\b(?:<words>)\b", words=TASKS)
_FROM_THING = re.compile(r"\bfrom (?:the|my|our|his|her|a) \w+")
_FROM_DEVICE = re.compile(
    r"\bfrom (?:the|my|our|his|her) (?:old |new |work )?(?:phone|laptop|computer|camera|drive|inbox|account|"
    r"cloud|e-?mail|ipad|"
    r"tablet|server|disk|website|facebook|instagram)\b"
)
_THE_ONE = re.compile(r"(?:the|that) (?:one|thing|task|reminder|bit) (?:about|with|for|that says|saying)\b")
_PLAIN = frozenset({"delete", "erase", "remove", "cancel", "clear"})
_ERRANDS = frozenset(("erase", "scrap", "discard", "throw away"))
_QUESTION = re.compile(
    r"(?:what|which|when|who|how|where|why|do|does|did|is|are|am|should|have|has|was|were|show|list)\b"
)


def read_delete(clause: Clause, scene: Scene) -> Interpretation | None:
    """Remove tasks: one, several, or all that a filter names."""
    found = _FROM_FIRST.match(clause.flat)
    if found:
        return _remove(clause, clause.group(found, "x"), scene, "delete.from-first")
    found = _TAKE_OFF.match(clause.flat)
    if found:
        return _remove(clause, clause.group(found, "x" if found["x"] else "moved"), scene, "delete.take-off")
    found = _CLEAR.match(clause.flat)
    if found and (bulk := _cleared(clause.group(found, "x"), scene)):
        return decide(
            (bulk,), scene, lambda item: item.action("delete_task"), rule="delete.clear", spans=_spans(clause)
        )
    found = _DELETE.match(clause.flat)
    if found and not _means_itself(found, clause, scene):
        return _remove(clause, clause.group(found, "x"), scene, "delete.verb")
    return _read_unwanted(clause, scene)


def read_refused(clause: Clause, scene: Scene) -> Interpretation | None:
    """Removals that begin like an add."""
    found = refused(clause)
    if not found:
        return None
    rule, x = found
    return _remove(clause, x if scene.known else undated(x), scene, rule)


def _read_unwanted(clause: Clause, scene: Scene) -> Interpretation | None:
    for rule, pattern in (
        ("delete.not-needed", _NOT_NEEDED),
        ("delete.not-wanted", _DONT_WANT),
        ("delete.passive", _PASSIVE),
        ("delete.no-reminder", _DONT_REMIND),
    ):
        found = pattern.match(clause.flat)
        if found and rule == "delete.passive" and not _of_the_list(clause.group(found, "x")):
            continue
        if found and not _QUESTION.match(clause.flat) and not clause.flat.startswith(("i'm ", "it's ", "that's ")):
            return _remove(clause, clause.group(found, "x"), scene, rule)
    wished = unwanted(clause)
    if not wished:
        return None
    rule, x = wished
    return _remove(clause, x if scene.known else undated(x), scene, rule)


def _of_the_list(x: Clause) -> bool:
    """Whether the words name what a list or a calendar holds by its kind, or nothing but a time."""
    return bool(_LIST_NOUN.search(x.flat)) or not read_marks(x, eager=True).masked.strip("\0 .,")


def _remove(clause: Clause, x: Clause, scene: Scene, rule: str) -> Interpretation | None:
    x = _without_relative(x)
    cleared = _cleared(x, scene) if _ends_with_list(x) else None
    named = (cleared,) if cleared else name(x, scene)
    if not named:
        return None
    doubt = () if first_word(clause.flat) in ("delete", "erase") else (add_instead(tidy(clause.text)),)
    return decide(named, scene, lambda item: item.action("delete_task"), rule=rule, otherwise=doubt)


def _without_relative(x: Clause) -> Clause:
    """ "the alarm that is set for eight" is the alarm for eight; what stands behind keeps its place."""
    found = _RELATIVE.search(x.flat, 0, 200)
    if not found:
        return x
    start, end = found.span()
    flat, text, literal = (
        words[:start] + " " * (end - start) + words[end:] for words in (x.flat, x.text, x.literal or x.flat)
    )
    return replace(x, flat=flat, text=text, literal=literal)


def _ends_with_list(x: Clause) -> bool:
    return bool(re.search(r"\b(?:list|calendar|schedule|agenda|lists)$", x.flat)) and not re.search(
        r"\b(?:from|off|on|in) ", x.flat
    )


def _cleared(x: Clause, scene: Scene) -> Named | None:
    """What "clear …" may delete: a filter or a whole list, never a thing."""
    if not _LIST_NOUN.search(x.flat) and not re.match(r"(?:all|everything|overdue|completed|done|finished)\b", x.flat):
        return None
    bulk = read_bulk(x, scene)
    return bulk if bulk and not isinstance(bulk.arguments["filter"], str) else None


def _is_rhythm(x: Clause) -> bool:
    """Whether the words say how often, and nothing else."""
    return len(x.whens) == 1 and bool(x.whens[0].recurrence) and (x.whens[0].start, x.whens[0].end) == (0, len(x.flat))


def _means_itself(found: re.Match[str], clause: Clause, scene: Scene) -> bool:
    """Whether the verb is the task itself ("drop off the parcel", "cancel netflix by friday"), not a command."""
    verb, x = " ".join(found["verb"].split()), found["x"]
    if _THE_ONE.match(x) or _is_marked(x, clause):
        return not _THE_ONE.match(x)
    if verb == "delete" and _FROM_DEVICE.search(x):
        return not (scene.known and any(item.targets for item in name(clause.group(found, "x"), scene)))
    if verb in ("remove", "erase", "eliminate") and _FROM_THING.search(x) and not _LIST_NOUN.search(x):
        return not (scene.known and any(item.targets for item in name(clause.group(found, "x"), scene)))
    if _is_rhythm(clause.group(found, "x")):  # "bin every other tue" puts the bin out
        return verb not in _PLAIN
    if verb not in table.DOUBTFUL and verb not in _ERRANDS:
        return False
    undated_x = undated(clause.group(found, "x"))
    if _PHYSICAL.match(x) or undated_x.flat.endswith((" off", " by", " in", " out", " over")):
        return True
    if _dated_errand(verb, undated_x, clause, scene):
        return True
    if verb not in table.DOUBTFUL:
        return False
    if first_word(x) in TASK_VERBS and len(x.split()) > 1:
        return False
    named = name(clause.group(found, "x"), scene)
    if scene.known:
        return not any(item.targets for item in named)
    return not (
        any(item.many or item.pointing for item in named)
        or _LIST_NOUN.search(x)
        or verb in ("forget about", "drop", "get rid of", "ditch")
    )


def _is_marked(x: str, clause: Clause) -> bool:
    """Whether a priority, a tag or "by friday" says that there is something to do."""
    marks = read_marks(clause)
    if (
        any(item.kind in ("priority", "tag") for item in marks.fields)
        and not _PLURAL.search(x)
        and not re.match(r"(?:all|every\w*|any\w*|the|my)\b", x)
    ):
        return True
    return bool(
        re.search(r"\bby\b", clause.flat)
        and marks.when
        and marks.when.due
        and re.search(r"\bby\s+\S+(?:\s+\S+){0,3}$", clause.flat)
    )


def _dated_errand(verb: str, x: Clause, clause: Clause, scene: Scene) -> bool:
    """ "scrap the old car next week": a verb that has a meaning beyond lists, a thing, and a day to do it on; a task of
    that name, where tasks are known, is meant all the same."""
    marks = read_marks(clause)
    if not (marks.when and marks.when.due and marks.when.strength == "sure") or _LIST_NOUN.search(x.flat):
        return False
    if _LIST_NOUN.search(x.flat) or (x.flat.startswith(("my ", "that ")) and verb == "drop"):
        return False
    dated_end = len(x.flat) < len(clause.flat.rstrip(" .!?")) - len(verb) - 1
    known = scene.known and any(item.targets for item in name(x, scene))
    return dated_end and not known


def _spans(clause: Clause) -> tuple[()]:
    return ()
