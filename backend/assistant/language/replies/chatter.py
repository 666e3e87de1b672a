"""Talk in several pieces: "ok thanks, bye!", "sorry, could you say that again?"."""

import re

from ..words import chatter as table

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MOST_WORDS = 16  # who says more wants something
_TABLES = (
    ("repeat", table.REPEATS),
    ("bye", table.FAREWELLS),
    ("thanks", table.THANKS),
    ("greeting", table.GREETINGS),
    ("praise", table.PRAISE),
)
_KINDS = {tuple(piece.split()): kind for kind, pieces in reversed(_TABLES) for piece in pieces}
_FILLERS = frozenset(tuple(piece.split()) for piece in table.FILLERS)
_LONGEST = max(len(piece) for piece in (*_KINDS, *_FILLERS))


def kind_of_talk(flat: str) -> str:
    """What a message of nothing but pieces of talk is: ``repeat``, ``bye``, ``thanks``, ``greeting`` or ``praise``, the
    first of these that it holds; empty for any other message."""
    if len(flat) > 160 or ":" in flat:
        return ""
    words = [word.replace("'", "") for word in _WORD.findall(flat)]
    if not words or len(words) > _MOST_WORDS:
        return ""
    held, place = set(), 0
    while place < len(words):
        length, kind = _piece(words, place)
        if not length:
            return ""
        held.add(kind)
        place += length
    return next((kind for kind, _ in _TABLES if kind in held), "")


def _piece(words: list[str], place: int) -> tuple[int, str]:
    """How many words the longest piece at a place has, and its kind; none where the words are no talk."""
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        piece = tuple(words[place : place + length])
        if piece in _KINDS or piece in _FILLERS:
            return length, _KINDS.get(piece, "")
    return 0, ""
