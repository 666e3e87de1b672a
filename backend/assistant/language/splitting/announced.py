"""A list in one line behind its announcement: "add 3 things: eggs, flour and sugar"."""

import re
from dataclasses import replace

from ..context import Clause
from ..pattern import either, phrase
from ..words.nouns import PAIRS, TASKS
from ..words.references import NUMBERS

_ANNOUNCED = phrase(
    r"(?:please |can you |could you )*(?:(?:add|create|make|put|note|save|enter|new)|"
    r"i(?:'ve)? (?:have|need|want|got) to (?:do|get|buy)|i need|i have|there are|remind me of)?(?: me)? ?"
    r"(?:the following|all of these|these|the next|"
    rf"(?:the |these )?(?P<count>\d{{1,2}}|{either(NUMBERS)})|a (?:few|couple of|bunch of)|some|several)"
    rf"(?: new| more| other)?(?: (?:{either(TASKS)}))?(?: to (?:do|get|buy))?"
    r"(?: (?:to|on|for) (?:my|the) (?:[\w-]+ )?(?:list|todos|to-dos))?(?: to add)?: ?(?P<items>\S.*)$"
)
# The name of a list before its things: "groceries: milk, eggs, flour", "packing list: socks and a towel".
_OF_A_LIST = phrase(
    r"(?P<head>(?:for )?(?:my |the |our )?(?:groceries|grocery|shopping|errands|chores|packing|supermarket|store|"
    r"(?!(?:to do|to-do|todo|task|my|the|new|this) list)[\w'-]+(?: [\w'-]+)? list)): ?(?P<items>\S.*)$"
)
_COMMA = re.compile(r"(?:(?<!\s)\s++)?,\s++(?:and\s++)?")
_AND = re.compile(r"(?<!\s)\s++(?:and|&)\s++")


def announced(line: Clause) -> list[Clause]:
    """The tasks of the list, each to be added; empty where the line announces none, or only one."""
    listed = _OF_A_LIST.match(line.flat)
    found = listed or _ANNOUNCED.match(line.flat)
    if not found or ";" in found["items"]:
        return []
    start, end = found.span("items")
    places = [place for place in _COMMA.finditer(line.flat, start, end) if not _in_when(line, place)]
    starts, ends = [start, *(place.end() for place in places)], [*(place.start() for place in places), end]
    items = [line.part(*span) for span in zip(starts, ends, strict=True)]
    if listed or len(items) != _count(found):
        items = [*items[:-1], *_last(items[-1])]
    shared = (line.group(listed, "head"),) if listed else ()
    made = [replace(item.with_role("add"), shared=shared) for item in items if item.flat]
    return made if len(made) > 1 else []


def _in_when(line: Clause, place: re.Match[str]) -> bool:
    return any(when.start < place.start() < when.end for when in line.whens)


def _count(found: re.Match[str]) -> int | None:
    said = found["count"]
    return (int(said) if said.isdigit() else NUMBERS[said]) if said else None


def _last(item: Clause) -> list[Clause]:
    """The two last ones: "flour and sugar", unless they are a fixed pair ("mac and cheese")."""
    place = _AND.search(item.flat)
    if not place or item.flat[place.end() :].split()[0] in PAIRS:
        return [item]
    return [item.part(0, place.start()), item.part(place.end(), len(item.flat))]
