"""A kind of request that is for somebody else, whatever the rules made of it, and the words that lead to one."""

import re
from dataclasses import dataclass

from ..pattern import phrase

PLEASE = (
    r"(?:(?:hey|ok|okay|so|please|can you|could you|will you|would you|i want you to|i need you to|i'd like you to|"
    r"just|now|"
    r"go|lets|let's),? )*"
)


@dataclass(frozen=True)
class Kind:
    """One of ``words`` always stands in the text; ``kind`` is the judge's class of what it asks for. ``added``: it is
    so even behind "add"."""

    kind: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    added: bool = False


def of(kind: str, words: str, said: str, *, added: bool = False) -> Kind:
    return Kind(kind, tuple(words.split("|")), phrase(said), added)
