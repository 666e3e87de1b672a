"""Words that were mistyped in a search: what a user's tasks hold that is spelt almost the same."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Select, func, select

from backend.tasks.listing.conditions import Sought, of_words
from backend.tasks.listing.index import Read, holding, is_quick
from backend.tasks.listing.orders import USER_ID
from backend.tasks.listing.statements import Way
from backend.tasks.models import Task

SHORTEST = 4  # letters: of a shorter word too many are but one letter away
_SURE = 6  # letters: the first one of a shorter word is taken to be right
_LONG = 8  # letters, of which two may be wrong
_WORDS = 8  # of a search: who types more has copied them
_NEWEST = 1000  # tasks whose words are compared, and as many older ones that share half of the word
_TEXT = 400  # characters of each
_MOST = 8  # spellings of a word
_WORD = re.compile(r"[^\W_]+")


async def respelt(read: Read, way: Way, values: Mapping[str, object]) -> Sought:
    """The words of a search, those that no task of the user holds with what is spelt almost the same in their place.

    Empty where one of them has no such word, where each is held by some task, or where they are many: nothing else is
    found then.
    """
    sought: list[tuple[str, ...]] = []
    if len(way.sought) > _WORDS:
        return ()
    for spellings in way.sought:
        near = spellings
        if not await _is_held(read, way, spellings, values):
            near = await _near(read, way, spellings[0], values)
        if not near:
            return ()
        sought.append(near)
    return () if tuple(sought) == way.sought else tuple(sought)


def nearest(word: str, held: Counter[str]) -> tuple[str, ...]:
    """Of the words ``held``, with how often, those that are one typing error from ``word``, or two from a long one.

    An error is a letter left out, put in, taken for another, or changed with its neighbour (optimal string alignment).
    A longer word counts by its beginning too, for a search is read while it is typed.
    """
    allowed = 2 if len(word) >= _LONG else 1
    found = {}
    for other, count in held.items():
        if len(word) < _SURE and not other.startswith(word[0]):
            continue
        away = _distance(word, other, allowed)
        if away <= allowed:
            found[other] = (away, -count, other)
    return tuple(sorted(found, key=found.__getitem__)[:_MOST])


def _distance(word: str, other: str, allowed: int) -> int:
    whole = OSA.distance(word, other, score_cutoff=allowed)
    if whole <= allowed or len(other) <= len(word):
        return whole
    return OSA.distance(word, other[: len(word)], score_cutoff=allowed)


async def _is_held(read: Read, way: Way, spellings: tuple[str, ...], values: Mapping[str, object]) -> bool:
    statement = holding(way.index, (spellings,))
    if statement is None:
        statement = select(Task.number).where(Task.user_id == USER_ID, *of_words((spellings,)))
    return bool(await read(statement.limit(1), values))


async def _near(read: Read, way: Way, word: str, values: Mapping[str, object]) -> tuple[str, ...]:
    if len(word) < SHORTEST or not word.isalpha():
        return ()
    held: Counter[str] = Counter()
    for statement in _compared(way, word):
        for (text,) in await read(statement, values):
            held.update(other for other in _WORD.findall(text) if len(other) >= len(word) - 2)
        if near := nearest(word, held):
            return near
    return ()


def _compared(way: Way, word: str) -> list[Select[Any]]:
    """The texts of the newest tasks, then of those that hold the word's first or last half: an error spares one."""
    text = select(func.substr(Task.words, 1, _TEXT)).where(Task.user_id == USER_ID)
    newest = text.order_by(Task.number.desc()).limit(_NEWEST)
    half = len(word) // 2
    halves = ((word[:half], word[half:]),)
    older = holding(way.index, halves) if is_quick(way.index, halves) else None
    if older is None:
        return [newest]
    return [newest, text.where(Task.number.in_(older.limit(_NEWEST)))]
