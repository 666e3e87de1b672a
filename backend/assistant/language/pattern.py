"""Turn tables of words into regular expressions, so that the tables stay readable."""

import re
from collections.abc import Iterable

_BLANK = re.compile(" ")
_COUNTED = re.compile(r" (?=[*?+{])")
_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])|(?<=\bthat\(\?:)'(?=s)|(?<=\bit\(\?:)'(?=s)|(?<=\bi\(\?:)'(?=v)")
_END = re.compile(r"(?<!\\)\[(?P<marks>[^\[\]]+)\]\*\$")
_LOOP = re.compile(r"(?<!\\)\)(?P<times>[*+])")
MOST_REPEATS = 8  # words of one kind in a row: nobody says more, and an unbounded loop could be read in too many ways
_RUN = r"\s(?<!\s\s)\s*+"


def spaced(source: str) -> str:
    """A pattern's source in which each blank stands for any run of white space, and each ``'`` may be left out.

    A run is only ever taken whole, from its first character: a text of blanks would else be read from each of them.
    """
    return _APOSTROPHE.sub(r"\\x27?", _BLANK.sub(lambda _: _RUN, _COUNTED.sub(r"\\s", source)))


def bounded(source: str) -> str:
    """A pattern's source that no text makes slow: groups repeat ``MOST_REPEATS`` times at most, and the marks in which
    it may end are, like blanks, only ever taken whole."""
    ended = _END.sub(lambda end: f"(?:(?<![{end['marks']}])[{end['marks']}]++)?+$", source)
    return _LOOP.sub(lambda loop: f"){{{int(loop['times'] == '+')},{MOST_REPEATS}}}", ended)


def either(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first. Words are plain text."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(spaced(re.escape(word).replace("\\ ", " ")) for word in ordered) + ")"


def phrase(source: str, **tables: Iterable[str]) -> re.Pattern[str]:
    """Compile ``source``, in which ``<name>`` stands for any word of the table of that name, on folded text.

    It takes time linear in the text: see ``spaced`` and ``bounded``.
    """
    source = spaced(bounded(source))
    for name, words in tables.items():
        source = either(words).join(re.split(rf"(?<!\?P)<{name}>", source))
    return re.compile(source, re.DOTALL)


def first_word(text: str) -> str:
    """The first word of a text; empty where there is none."""
    return next(iter(text.split(maxsplit=1)), "")


def table(words: str) -> tuple[str, ...]:
    """The words of a table, which stand between commas; line breaks say nothing."""
    return tuple(" ".join(word.split()) for word in words.split(",") if word.strip())


def pairs(words: str) -> dict[str, str]:
    """A table of pairs: "bought: buy, paid: pay"."""
    return {left.strip(): right.strip() for left, _, right in (pair.partition(":") for pair in table(words))}
