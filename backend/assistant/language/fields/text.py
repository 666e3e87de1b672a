"""The words of a text outside quotations, and the names of projects that the user has among them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from backend.assistant.language.when.text import quotations

_WORD = re.compile(r"[#+!]{0,3}[\w'’-]+|\S")
_PAD = 8  # empty words behind the last: a reader may look ahead


class Text:
    """The words of a text in lower case, with their ranges, outside quotations. ``projects`` are the user's."""

    def __init__(self, text: str, projects: Sequence[str] = ()) -> None:
        self.text = text
        self._quoted = quotations(text)
        matches = [match for match in _WORD.finditer(text) if not self.is_quoted(match.start())]
        self.words = [_plain(match.group()) for match in matches] + [""] * _PAD
        self.starts = [match.start() for match in matches] + [len(text)] * _PAD
        self.ends = [match.end() for match in matches] + [len(text)] * _PAD
        self.count = len(matches)
        self._names = _by_first_word(projects)

    def is_quoted(self, position: int) -> bool:
        """Whether the position lies in a quotation."""
        return is_inside(self._quoted, position)

    def at(self, position: int) -> int:
        """The first word that begins at the position or behind it."""
        return bisect_left(self.starts, position, 0, self.count)

    def raw(self, start: int, end: int) -> str:
        """The words ``[start, end)`` as they were written, one blank between them."""
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

    def known(self, at: int) -> tuple[str, int] | None:
        """The longest name of a project that begins at a word, as the user writes it, and the word after it."""
        first = self.words[at].lstrip("+")
        for words, name in self._names.get(first, ()):
            end = at + len(words)
            if [first, *self.words[at + 1 : end]] == words:
                return name, end
        return None


def _by_first_word(projects: Sequence[str]) -> dict[str, list[tuple[list[str], str]]]:
    """The projects' names in words, by the first, the longest first."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for name in projects:
        words = [_plain(word) for word in _WORD.findall(name)]
        if words:
            found.setdefault(words[0], []).append((words, name))
    for names in found.values():
        names.sort(key=lambda pair: (-len(pair[0]), pair[1]))
    return found


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def is_inside(ranges: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether the position lies in one of the ordered ranges."""
    index = bisect_right(ranges, (position, 1 << 60)) - 1
    return index >= 0 and ranges[index][0] <= position < ranges[index][1]
