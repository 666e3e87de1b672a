"""What people type by accident or on purpose: the kinds of text that made readers slow, and ordinary phrases."""

import random

KINDS = {
    "ordinary words": "move the dentist to friday and call mom tomorrow at 5pm #home. ",
    "blanks": " ",
    "commas": ", ",
    "ands": "buy milk and ",
    "digits": "1",
    "quotes": '"',
    "marks": "!",
    "hyphens": "-",
    "tags": "#a ",
    "lines": "- buy milk\n",
    "times": "5pm ",
    "dates in a row": "april 14, ",
    "days of a month": "14, ",
    "rhythms": "every monday and ",
    "openers": "oh no and ",
    "commands": "mark ",
    "emoji": "🎉",
    "combining marks": "e\u0301",
}
PHRASES = (
    "buy milk ", "tomorrow ", "at 5 ", "and ", "to ", "as ", "remind me to ", "next wednesday afternoon ", "mark ",
    "done ", "move ", "the dentist ", "call mom ", ", ", "every monday ", "undo ", "i need to ", "on friday ",
    "#home ", "p1 ",
    "delete ", "all tasks ", "with ", "the tag ", "oh no ", "please ", "set the due date of ", "is ", "now ", ": ",
    "! ",
)  # fmt: skip


def of_kind(unit: str, length: int) -> str:
    """The unit over and over, so many characters."""
    return (unit * (length // len(unit) + 1))[:length]


def mixtures(count: int, *, longest: int) -> list[str]:
    """Ordinary phrases in random order; the same ones each time."""
    chance = random.Random(7)  # noqa: S311
    return ["".join(chance.choices(PHRASES, k=longest))[: chance.randint(40, longest)] for _ in range(count)]
