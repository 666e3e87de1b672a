"""One name or several: "milk and eggs", "the task called … on my list"."""

import re
from dataclasses import replace

from ..context import Clause
from ..conversation.scene import Scene
from ..pattern import either, phrase
from ..words.nouns import LIST, PAIRS, TASK
from ..words.references import NUMBERS
from ..words.verbs import TASK_VERBS
from .match import find

_LEAD = phrase(
    (
        r"(?:(?:the|my|our|that|this|a|an|another) )*(?:(?:<nouns>)s?(?: (?:called|named|titled|labell?ed|"
        r"about|for|to|of|that says|saying|number|no\.?|:))*(?: |: ?)(?=\S)|"
        r"(?:one|bit|part) (?:about|with|for|that says|saying) (?=\S))?(?:(?:the|my|our) (?=\S))?"
    ),
    nouns=TASK,
)
_PLACE = phrase(
    (
        r"(?:,? (?:from|off|off of|on|in|of|to|out of|onto) (?:of )?(?:the |my |our |this |that |a )*(?:to "
        r"do |current |entire |whole )*(?:<lists>|tasks|todos|reminders|to-dos|items)){1,2}[\s.!?]*$"
    ),
    lists=LIST,
)
_PLACE_NAMED = phrase(
    r",? (?:from|off|off of|on|in|out of) (?:of )?(?:the |my |our |this |that )*(?P<project>[\w'-]+(?: "
    r"[\w'-]+)?) (?:list|project|board|folder|calendar|schedule)[\s.!?]*$"
)
_PLACE_PROJECT = phrase(
    r",? (?:from|off|off of|on|in|out of) (?:the |my |our )*(?:project|list|folder) (?:called |named )?[\w'-]+"
    r"(?: [\w'-]+){0,2}[\s.!?]*$"
)
_NOUN_END = phrase(r" (?:task|todo|to-do|to do|item|reminder|entry|one|thing)[\s.!?]*$")
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?(?:,\s*+(?:and\s|&)?|(?<=\s)(?:and|&|plus|as well as)\s)\s*+")
_PREPOSITION = re.compile(r"\b(?:with|for|of|to|about|between|at|in|on|from|by)\b")
_NUMBERS = re.compile(
    r"(?:(?:tasks?|items?|numbers?|todos?|#)\s*)?\d{1,6}(?:\s*+(?:,\s*+(?:and\s)?|(?<=\s)and\s|&|"
    r"(?<=\s))\s*+#?\d{1,6})++"
)
_RANGE = re.compile(
    r"(?:(?:the )?(?:tasks?|items?|numbers?|nos?\.?|todos?) |#)?(?P<first>\d{1,6})\s*(?:-|–|to|through|thru)"
    r"\s*#?(?P<last>\d{1,6})"
)
_BOTH = re.compile(r"both .+\band\b")
_NUMBERED = re.compile(r"(?:number|no\.?|nr\.?|#)\s*(?P<number>\d{1,6})")
_SPOKEN_NUMBER = phrase(
    rf"(?:the )?(?:{either(TASK)}|number) (?:number )?(?P<number>one|two|three|four|five|six|seven|eight|nine|ten)"
)


def bare_name(clause: Clause) -> Clause:
    """The words without "the task called …" in front and "… from my list" behind."""
    for pattern in (_PLACE, _PLACE_NAMED, _PLACE_PROJECT, _NOUN_END):
        found = pattern.search(clause.flat)
        if found and found.start() > 0:
            clause = clause.part(0, found.start())
    numbered = _NUMBERED.fullmatch(clause.flat)
    if numbered:
        return clause.group(numbered, "number")
    spoken = _SPOKEN_NUMBER.fullmatch(clause.flat)
    if spoken:
        digits = str(NUMBERS[spoken["number"]])
        return replace(clause.group(spoken, "number"), text=digits, flat=digits, literal=digits)
    lead = _LEAD.match(clause.flat)
    rest = clause.part(lead.end(), len(clause.flat)) if lead else clause
    return rest if rest.flat else clause


def numbers_of(flat: str) -> tuple[int, ...]:
    """The numbers that "tasks 1 to 3" means; empty for words that are no range, or one of more than 50."""
    found = _RANGE.fullmatch(flat.strip(" .!?"))
    numbers = range(int(found["first"]), int(found["last"]) + 1) if found else range(0)
    return tuple(numbers) if 1 < len(numbers) <= 50 else ()


def parts_of(clause: Clause, scene: Scene) -> list[Clause]:
    """ "milk and eggs" is two names; "dinner with Ana and Bob" and "mac and cheese" are one."""
    pieces: list[Clause] = []
    position = 0
    if not clause.short or clause.text[:1] in '"“':
        return [clause]
    if _BOTH.match(clause.flat) and not find(clause.text, scene.tasks).tasks:
        clause = clause.part(len("both "), len(clause.flat))
    for found in _SEPARATOR.finditer(clause.flat):
        pieces.append(clause.part(position, found.start()))
        position = found.end()
    pieces.append(clause.part(position, len(clause.flat)))
    pieces = [bare_name(piece) for piece in pieces if piece.flat]
    if len(pieces) < 2 or _NUMBERS.fullmatch(clause.flat):
        return pieces or [clause]
    if scene.known:
        whole = find(clause.text, scene.tasks)
        each = all(find(piece.text, scene.tasks).tasks or scene.refer(piece.flat) for piece in pieces)
        return pieces if each and not whole.tasks else [clause]
    apart = (
        len(pieces) > 2 or pieces[0].flat not in TASK_VERBS or " the " in clause.flat or pieces[1].flat in TASK_VERBS
    )
    return pieces if apart and all(map(_stands_alone, pieces)) and pieces[-1].flat not in PAIRS else [clause]


def _stands_alone(piece: Clause) -> bool:
    return len(piece.flat.split()) <= 3 and not _PREPOSITION.search(piece.flat)
