"""Text to tokens, once: what the readers walk over. Linear in the length of the text."""

import re
from dataclasses import dataclass

from backend.assistant.language.when.words import CLIPPED, OWNERS

_TOKEN = re.compile(
    r"2(?:day|night|nite|moro|morow|morrow|mrw|mro)(?!\w)|\bb4(?!\w)|[0-9]+|[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|_+|\S",
    re.I,
)
# Never a date inside: links, mail addresses, hash tags, file names and paths.
# "+2 days" is an amount of time from now; any other "+word" is a project.
_OPAQUE = re.compile(
    r"(?<!\S)(?:(?:https?://|www\.|(?!\+\d{1,3} ?(?:[hdwy]|min|mins|hr|hrs|days?|weeks?|months?|years?|hours?|"
    r"minutes?)\b)"
    r"[#+!$€£%/\\])\S+|[\w.-]{1,64}@[\w.-]+\.\w+|[\w-]{2,80}\.[a-z]{2,5}(?!\S))",
    re.I,
)
_QUOTES = {'"': '"', "“": "”", "‘": "’", "«": "»", "„": "“", "'": "'", "`": "`"}
_MARKS = re.compile("[" + "".join(_QUOTES) + "]")
_PAD = 12
_OPAQUE_WORD = "\0"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of ``text`` in lower case, their ranges, and whether each touches the one before it.

    The lists are padded with empty words, so that a reader may look a few words ahead without asking for the length.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    glued: list[bool]
    count: int
    zone: str | None = None
    home: str | None = None

    def raw(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < self.count else ""


def tokenise(text: str, zone: str | None = None, home: str | None = None) -> Tokens:
    """The tokens of ``text``; what is quoted or opaque (a link, a tag, a file name) becomes one token that no reader
    knows."""
    masks = _masked(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    glued: list[bool] = []
    position = mask = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while mask < len(masks) and masks[mask][1] <= start:
            mask += 1
        if mask < len(masks) and masks[mask][0] < end:
            start, end, word = *masks[mask], _OPAQUE_WORD
            if words and words[-1] == _OPAQUE_WORD and starts[-1] == start:
                continue
        else:
            word = _plain(match.group())
        words.append(word)
        starts.append(start)
        ends.append(end)
        glued.append(start == position and start > 0)
        position = end
    count = len(words)
    words.extend([""] * _PAD)
    starts.extend([len(text)] * _PAD)
    ends.extend([len(text)] * _PAD)
    glued.extend([False] * _PAD)
    return Tokens(text, words, starts, ends, glued, count, zone, home)


def _plain(word: str) -> str:
    """In lower case with straight apostrophes; without "'s" where a day or a period owns what follows ("today's")."""
    if word.isdigit() and not word.isascii():
        return _OPAQUE_WORD  # "¹" is a digit to Python, and no number
    word = word.lower().replace("’", "'")
    word = CLIPPED.get(word, word)
    return word[:-2] if word.endswith("'s") and word[:-2] in OWNERS else word


def _masked(text: str) -> list[tuple[int, int]]:
    """The ranges that hold no date, in order and apart: quotations and opaque words."""
    ranges = sorted(quotations(text) + [match.span() for match in _OPAQUE.finditer(text)])
    apart: list[tuple[int, int]] = []
    for start, end in ranges:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def quotations(text: str) -> list[tuple[int, int]]:
    """The ranges of ``text`` that are quoted, quotation marks included. An apostrophe is not a quotation mark."""
    found: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    position = 0
    for match in _MARKS.finditer(text):
        start, mark = match.start(), match.group()
        if start < position or mark in unclosed or not _opens(text, start):
            continue
        end = _closing(text, _QUOTES[mark], start + 1)
        if end < 0:
            unclosed.add(mark)
            continue
        position = end + 1
        found.append((start, position))
    return found


def _opens(text: str, index: int) -> bool:
    return text[index] not in "'‘`\"" or index == 0 or not text[index - 1].isalnum()


def _closing(text: str, close: str, index: int) -> int:
    """Where the quotation ends: the next closing mark; for an apostrophe, the next that ends a word."""
    end = text.find(close, index)
    while close in "'’" and end >= 0 and text[end + 1 : end + 2].isalnum():
        end = text.find(close, end + 1)
    return end if end > index else -1
