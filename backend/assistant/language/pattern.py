"""Turn tables of words into regular expressions, so that the tables stay readable."""

import re
from collections.abc import Iterable

_BLANK = re.compile(" ")
_COUNTED = re.compile(r" (?=[*?+{])")
_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])")


def spaced(source: str) -> str:
    """A pattern's source in which each blank stands for any run of white space, and each ``'`` may be left out."""
    return _APOSTROPHE.sub(r"\\x27?", _BLANK.sub(r"\\s+", _COUNTED.sub(r"\\s", source)))


def either(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first. Words are plain text."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(spaced(re.escape(word).replace("\\ ", " ")) for word in ordered) + ")"


def phrase(source: str, **tables: Iterable[str]) -> re.Pattern[str]:
    """Compile ``source``, in which ``<name>`` stands for any word of the table of that name, on folded text."""
    source = spaced(source)
    for name, words in tables.items():
        source = either(words).join(re.split(rf"(?<!\?P)<{name}>", source))
    return re.compile(source)


def first_word(text: str) -> str:
    """The first word of a text; empty where there is none."""
    return next(iter(text.split(maxsplit=1)), "")


def table(words: str) -> tuple[str, ...]:
    """The words of a table, which stand between commas; line breaks say nothing."""
    return tuple(" ".join(word.split()) for word in words.split(",") if word.strip())


def pairs(words: str) -> dict[str, str]:
    """A table of pairs: "bought: buy, paid: pay"."""
    return {left.strip(): right.strip() for left, _, right in (pair.partition(":") for pair in table(words))}
