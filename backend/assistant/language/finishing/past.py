"""Completing in the past tense: "I called mom", "paid the rent"."""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import HIDDEN
from ..matching.names import Named, by_words, name, of_number, undated
from ..matching.outcome import add_instead, decide
from ..normalise import tidy
from ..pattern import first_word, phrase
from ..replies.remarks import names_thing
from ..types import Interpretation
from ..words import commands as table
from ..words.talk import STATES
from ..words.verbs import NOT_PAST, PAST, TASK_VERBS

_IM_DONE = phrase(r"(?:(?:<have>) )+(?P<past>[a-z]+)(?P<x> .+?)[.!]*$", have=table.I_HAVE)
_TOLD = phrase(r"(?:(?:<have>) )*(?P<past>[a-z]+) (?P<x>.+)", have=table.I_HAVE)
_POINTING = ("em", "'em", "them", "it", "him", "her")
_SEAM = re.compile(r"(?<!\s),?\s++and\s++(?:then\s++|also\s++){0,3}|,\s++", re.IGNORECASE)
_WENT_AHEAD = phrase(r"(?:(?:i|we|just|already) )*went ahead and ")
_PAST_ALONE = phrase(r"(?P<past>[a-z]+)(?P<x>\s.+?)[.!]*$")
_TAIL = phrase(
    r"(?:,)?(?: (?:already|now|today|just now|this morning|yesterday|last night|earlier|a while ago|"
    r"finally|at last|off|for (?:the|my) (?:day|week)|earlier today|this afternoon|tonight|on time|"
    r"this week|last week|(?:(?:like|about|just|maybe) )*(?:\w+ (?:or \w+ )?)?(?:seconds?|secs?|minutes?|mins?|"
    r"min|hours?|hrs?|"
    r"days?|weeks?) ago|a (?:bit|while|moment|second|sec|minute) ago))+$"
)
_PASSIVE = phrase(
    r"(?P<x>.+?)(?: (?:is|are|was|were|has been|have been|got)|'s been)(?: already| finally| just| all| now)* "
    r"(?P<past>[a-z]+)(?: (?:in|off|up|out|over|back|away))?"
    r"(?: (?:now|already|today|yesterday|last night|this morning|this afternoon|earlier|at last))*[.!]*$"
)
_PASSIVE_END = re.compile(r"(?:[\w'-]++\s++){1,5}(?P<past>[a-z]+)[.!]*")


def read_past(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "I called mom", "paid the rent": the past form of a task's verb says that it is done."""
    found, said = _IM_DONE.match(clause.flat), True
    if not found or not _base(found["past"]):
        found, said = _PAST_ALONE.match(clause.flat), False
    base = _base(found["past"]) if found else None
    if told := _read_passive(clause, scene):
        return told
    if not base and scene.known and (passive := _PASSIVE_END.fullmatch(clause.flat)) and _ends(passive):
        named = by_words(clause, scene)
        return (
            decide((named,), scene, lambda item: item.action("complete_task"), rule="complete.passive")
            if named.targets
            else None
        )
    if several := _read_several(clause, scene):
        return several
    if (
        not found
        or not base
        or (not said and base == found["past"])
        or (found["past"] == "got" and re.match(r"\s+(?:a|an|to|some|no)\b", found["x"]))
    ):
        return None
    x = clause.group(found, "x")
    tail = _TAIL.search(x.flat)
    x = x.part(0, tail.start()) if tail and tail.start() > 0 else x
    x = x if scene.known else undated(x)
    words = tidy(f"{base} {x.text}")
    if HIDDEN in words or len(x.flat.split()) > 8:
        return None
    named = _by_verb(base, scene) if x.flat in _POINTING else _named(words, x, scene)
    if scene.known and not named.targets and (each := _each(x, scene)):
        return decide(each, scene, lambda item: item.action("complete_task"), rule="complete.past")
    if not named.targets and _only_told(base, clause.flat, x.flat.split()):
        return None
    result = decide(
        (named,),
        scene,
        lambda item: item.action("complete_task"),
        rule="complete.past",
        otherwise=(add_instead(tidy(clause.text)),),
    )
    return result if said or not scene.known or named.targets else None


def _each(x: Clause, scene: Scene) -> tuple[Named, ...]:
    """ "got the boxes and the tape": the tasks that are called by what was got, where each is one."""
    named = name(x, scene)
    return named if named and all(item.targets and len(item.targets) == 1 for item in named) else ()


def _ends(passive: re.Match[str]) -> bool:
    """Whether the last word says that something is done: "rent paid", and not "Ana cancelled"."""
    return bool(_base(passive["past"])) and passive["past"] not in ("cancelled", "canceled")


def _by_verb(base: str, scene: Scene) -> Named:
    """ "watered em": the only open task that begins with the verb; none where several do, or no task is known."""
    open_ones = [task.number for task in scene.tasks if not task.done and first_word(task.title.lower()) == base]
    one = open_ones[0] if len(open_ones) == 1 else None
    return of_number(one, scene) if one is not None else Named(arguments={"match": f"{base} it"}, targets=())


def _named(words: str, x: Clause, scene: Scene) -> Named:
    return by_words(Clause(text=words, flat=words.lower(), start=x.start, now=x.now, literal=words), scene)


def _read_several(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "I called mom, bought milk and paid rent": each is one, unless all of it is a task's own name."""
    start = ahead.end() if (ahead := _WENT_AHEAD.match(clause.flat)) else 0
    first, *others = [_told(part) for part in _SEAM.split(clause.text[start:].rstrip(" .!"))]
    parts = [first, *filter(None, others)]
    if not first or len(parts) < 2 or (scene.known and _named(" ".join(parts), clause, scene).targets):
        return None
    named = tuple(_named(words, clause, scene) for words in parts)
    done = tuple(one for one in named if one.targets) if scene.known else named
    return decide(done, scene, lambda item: item.action("complete_task"), rule="complete.several") if done else None


def _told(part: str) -> str:
    """What the part of a sentence tells as done, in the words of a task; empty where it tells of nothing."""
    found = _TOLD.match(part.lower())
    base = _base(found["past"]) if found else None
    return tidy(f"{base} {part[found.end('past') :]}") if found and base and base != found["past"] else ""


def _read_passive(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "the invoice has been sent", "rent is paid": the task's own verb in the passive says that it is done."""
    found = _PASSIVE.match(clause.flat)
    if not found or not _base(found["past"]) or found["past"] in table.NO_END or not _names_thing(found["x"].split()):
        return None
    named = name(clause.group(found, "x"), scene)
    return (
        decide(
            named,
            scene,
            lambda item: item.action("complete_task"),
            rule="complete.passive",
            otherwise=(add_instead(tidy(clause.text)),),
        )
        if named
        else None
    )


def _names_thing(words: list[str]) -> bool:
    """Whether the words are what something was done with: "the package", "that package"."""
    return names_thing(["the", *words[1:]] if words[0] == "that" and len(words) > 1 else words)


def _only_told(base: str, flat: str, x: list[str]) -> bool:
    """ "we went hiking", "I saw a great movie", "I got up at 6": what happened, rather than what was to do."""
    if base not in table.EXPERIENCES:
        return False
    felt = any(word in STATES or word == "too" for word in x)
    return felt or x[0].endswith("ing") or x[0] in ("up", "home") or (flat.startswith("we ") and base != "get")


def _base(past: str) -> str | None:
    """The verb of a past form, if it is one that tasks begin with."""
    if past in PAST:
        return PAST[past]
    if not past.endswith("ed") or past in NOT_PAST:
        return None
    for base in (
        past[:-2],
        past[:-1],
        past[:-3] if len(past) > 5 and past[-3] == past[-4] else "",
        past[:-3] + "y" if past.endswith("ied") else "",
    ):
        if base in TASK_VERBS:
            return base
    return None
