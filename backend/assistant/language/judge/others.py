"""What is plainly for somebody else, whatever the rules made of it: sums, jokes, the weather, devices, the assistant.

The judge's weights learn what is likely; these turns of phrase are sure. They stand against a question about the list
that names nothing on it and against a task of bare words, never against words that say "add" or "remind me to".
"""

import re

from ..pattern import table
from ..words.references import NUMBERS
from .questions import QUESTIONS
from .requests import REQUESTS

_LONGEST = 200  # characters
_TENS = "twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety, hundred, thousand, million, billion"
_TEENS = "eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen"
_NUMBERS = frozenset((*NUMBERS, *table(f"{_TENS}, {_TEENS}, half, pi"))) - {"a", "an"}
_OPERATORS = frozenset(
    table(
        "plus, minus, times, divided, divide, multiply, multiplied, subtract, subtracted, sum, squared, cubed, root, "
        "percent, divisible, modulo, difference, product, quotient, x"
    )
)
_OF_SUMS = frozenset(
    table(
        "what, what's, whats, is, are, the, of, by, from, with, to, and, a, an, it, can, could, you, please, do, "
        "does, how, "
        "much, many, go, into, calculate, compute, solve, tell, me, for, add, equals, equal, square, cube, take, "
        "between, "
        "together, point, up, give, answer, number, find, result, value, i, need, know, let, if, then, when, get, "
        "us, say"
    )
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?|[+*/^=\u00d7\u00f7-]")
_SIGNS = frozenset("+*/^=\u00d7\u00f7")
_MOST_WORDS = 24
_KINDS = (*QUESTIONS, *REQUESTS)


def for_others(flat: str, *, added: bool = False) -> str | None:
    """The judge's class (``talk``, ``elsewhere``, ``beyond``) of words that surely ask for nothing of a list; None of
    any others, and of nearly all that begin with a verb of adding (``added``)."""
    if len(flat) > _LONGEST:
        return None
    if not added and _is_sum(flat):
        return "elsewhere"
    kinds = (one for one in _KINDS if one.added or not added)
    return next((one.kind for one in kinds if _is_said(one.pattern, one.words, flat)), None)


def _is_said(pattern: re.Pattern[str], words: tuple[str, ...], flat: str) -> bool:
    """The words are looked for first: most texts hold none of them."""
    return any(word in flat for word in words) and pattern.match(flat) is not None


def _is_sum(flat: str) -> bool:
    """Whether the words are numbers, what is done with them, and what leads to a question of it."""
    words = _TOKEN.findall(flat)
    if not words or len(words) > _MOST_WORDS:
        return False
    numbers = sum(word[0].isdigit() or word in _NUMBERS for word in words)
    joined = any(word in _OPERATORS or word in _SIGNS for word in words) or "go into" in flat
    known = all(
        word[0].isdigit() or word in _NUMBERS or word in _OPERATORS or word in _SIGNS or word == "-" or word in _OF_SUMS
        for word in words
    )
    return known and joined and (numbers > 1 or (numbers == 1 and "root" in words))
