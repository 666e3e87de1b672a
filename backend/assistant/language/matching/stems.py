"""Words of a title reduced to what two ways of naming a task have in common."""

import re
from functools import lru_cache

from ..words.nouns import TASK, TASKS, UNTELLING
from ..words.verbs import PAST

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NOUNS = frozenset(word for word in (*TASK, *TASKS) if " " not in word)
_ENDINGS = (("iest", "y"), ("ies", "y"), ("ied", "y"), ("ing", ""), ("ers", "er"), ("ed", ""), ("es", ""), ("s", ""))


def stem(word: str) -> str:
    """One word without its inflection: "calling", "called" and "calls" are one; irregular past forms by table."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if word in PAST:
        return _bare(PAST[word])
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _bare(word[: -len(ending)] + instead)
    return _bare(word)


def _bare(word: str) -> str:
    """Undo a doubled consonant and a silent e, which endings add and remove."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The telling words of a text, in order; all of its words where none is telling."""
    words = _WORD.findall(text.lower())
    telling = [word for word in words if word not in UNTELLING and word not in _NOUNS]
    return tuple(stem(word) for word in telling or words)
