"""Several titles in one request: "milk, eggs and bread"."""

import re

from ..marks import HIDDEN, Marks
from ..normalise import tidy
from ..words.additions import NOUNLESS
from ..words.nouns import PAIRS
from ..words.verbs import TASK_VERBS

LISTING = frozenset(("add.verb", "add.list-first", "add.put", "add.label", "add.make", "add.again", "add.need"))
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?(?:,\s*+(?:and\s|&)?|;|(?<=\s)(?:and|&|n|plus|as well as)\s)\s*+")
_COMMA = re.compile(r"[,;]")
_PHRASE = re.compile(r"\b(?:with|for|of|to|about|between|at|in|from|by|that|because|so|which|who|until|before|after)\b")
_FRAME = re.compile(r"^(?:both|also|some|the following|these)\s+", re.IGNORECASE)


def titles(marks: Marks, start: int, end: int, *, many: bool) -> list[str]:
    """The titles in ``[start, end)``: one, unless ``many`` allows a list and the words are one."""
    whole = marks.words(start, end)
    if not whole or whole.lower() in NOUNLESS:
        return []
    if not many or '"' in whole or "“" in whole or len(whole) > 2000:
        return [whole]
    ranges, position = [], start
    for found in _SEPARATOR.finditer(marks.masked, start, end):
        ranges.append((position, found.start()))
        position = found.end()
    pieces = [marks.words(a, b) for a, b in [*ranges, (position, end)]]
    pieces = [piece for piece in (tidy(_FRAME.sub("", piece)) for piece in pieces if piece) if piece]
    commas = bool(_COMMA.search(marks.masked, start, end))
    return pieces if len(pieces) > 1 and _is_list(pieces, commas, marks) else [whole]


def _is_list(pieces: list[str], commas: bool, marks: Marks) -> bool:
    """Whether each piece is a thing of its own. Two joined by "and" need a list to go on; three do not."""
    lowered = [piece.lower().split() for piece in pieces]
    if any(len(words) > 6 for words in lowered) and not all(words[0] in TASK_VERBS for words in lowered):
        return False
    if len(pieces) == 2 and lowered[1][-1] in PAIRS and not commas:
        return False
    if lowered[0][0] in TASK_VERBS and len(lowered[0]) > 1:
        return all(words[0] in TASK_VERBS and len(words) > 1 for words in lowered)
    if any(_PHRASE.search(" ".join(words)) for words in lowered[:-1]):
        return False
    project = any(item.kind == "project" for item in marks.fields)
    return (commas and len(pieces) > 2) or project or (HIDDEN not in marks.masked and " list" in marks.masked)
