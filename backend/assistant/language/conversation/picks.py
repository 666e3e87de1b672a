"""One of what was shown, and its new day: "the first one by sunday", "both tomorrow", "number 2 at 5"."""

import re
from dataclasses import replace

from ..changing.change import Change, bare_hour, of_marks
from ..context import Clause
from ..marks import read_marks
from ..matching.names import of_number
from ..matching.outcome import decide
from ..pattern import phrase
from ..types import Interpretation
from ..words.references import ORDINALS
from .scene import Scene

_LEAD = phrase(r"(?:(?:and|ok|okay|so|then|now|please|move|push|put|make|do),? )*")
_LINK = phrase(
    r"(?:(?:should|can|could|must|has to|have to|needs to|need to) be |(?:is|are|goes|go) )?(?:due )?(?:to )?"
)
_NUMBERED = phrase(r"(?:number|no\.?|item|task|nr\.?|#) ?(?P<place>\d{1,2})(?=\s)")
_PLAIN = re.compile(r"\w*\d\w*|(?:the )?\w*\d\w*|it|that|this|they|other|last|first|top|final|me|us|middle")
_MOST_WORDS = 4


def read_picked(message: Clause, scene: Scene) -> Interpretation | None:
    """The new day of what is pointed at in the list that was shown; asks where nothing was."""
    if len(message.flat) > 80:
        return None
    lead = _LEAD.match(message.flat)
    rest = message.part(lead.end() if lead else 0, len(message.flat))
    for end, numbers in _picks(rest, scene):
        change = _change(rest.part(end, len(rest.flat)))
        if change is None:
            continue
        if not numbers:
            return _which(change)
        named = tuple(of_number(number, scene) for number in numbers)
        found = decide(named, scene, change.action, rule="follow.picked", spans=change.spans)
        return replace(found, rules=(*found.rules, *change.rules))
    return None


def _picks(rest: Clause, scene: Scene) -> list[tuple[int, tuple[int, ...]]]:
    """The ends of the words in front that point, the longest first, each with the numbers of the tasks meant."""
    if numbered := _NUMBERED.match(rest.flat):
        place, shown = int(numbered["place"]), scene.shown()
        return [(numbered.end(), (shown[place - 1],))] if 0 < place <= len(shown) else []
    ends = [found.end() for found in list(re.finditer(r"\S+", rest.flat))[:_MOST_WORDS]]
    said = [(end, rest.flat[:end]) for end in reversed(ends) if end < len(rest.flat)]
    settled = bool(scene.last and scene.last.changed)
    found = [(end, scene.refer(words)) for end, words in said if _may_point(words, settled=settled)]
    return [(end, numbers) for end, numbers in found if numbers is not None]


def _may_point(words: str, *, settled: bool) -> bool:
    """Whether the words point at tasks, and are no date ("the 5th") and no word that goes on with the last change."""
    return not _PLAIN.fullmatch(words) and not (settled and words.removeprefix("the ") in ORDINALS)


def _change(value: Clause) -> Change | None:
    """The new date, where the words say nothing else."""
    link = _LINK.match(value.flat)
    value = bare_hour(value.part(link.end() if link else 0, len(value.flat)))
    marks = read_marks(value, eager=True)
    change = of_marks(marks)
    said = change.changes.keys() & {"due", "recurrence"}
    return change if said and not change.problem and not marks.words(0, len(marks.masked)) else None


def _which(change: Change) -> Interpretation:
    reply = "Which task do you mean? Ask for your list first, or name the task: “move dentist to friday at 6pm”."
    return Interpretation(reply=reply, spans=change.spans, rules=("follow.nothing", *change.rules), sure=False)
