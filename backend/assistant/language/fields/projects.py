"""The words that name a project: "+home", "-> Home List", "to my shopping list", "in project apollo", and the names of
those that the user has."""

import re
from collections.abc import Iterator

from backend.assistant.language.fields import words as w
from backend.assistant.language.fields.text import Text
from backend.assistant.language.types import Field
from backend.assistant.language.when.words import (
    CONNECTORS,
    EVERY,
    FREQUENCIES,
    LEADS,
    MONTHS,
    NEXT,
    RELATIVE_DAYS,
    WEEKDAYS,
)

_MARK = re.compile(r"(?<![\w+])\+([^\W\d_][\w/-]*)(?!\+)")
_ARROW = re.compile(r"(?<!\S)(?:-{1,2}>|=>|→)(?=\s)")
_DATE_WORDS = frozenset({*RELATIVE_DAYS, *WEEKDAYS, *MONTHS, *EVERY, *FREQUENCIES, *NEXT, "this"})
ARROW = "-> project"


def marks(said: Text) -> Iterator[Field]:
    """The projects behind a plus or an arrow."""
    for match in _MARK.finditer(said.text):
        if not said.is_quoted(match.start()):
            yield _plus(said, match)
    for match in _ARROW.finditer(said.text):
        found = None if said.is_quoted(match.start()) else _listed(said, said.at(match.end()))
        if found:
            value, end = found
            yield Field(start=match.start(), end=said.ends[end - 1], kind="project", value=value, rule=ARROW)


def _plus(said: Text, match: re.Match[str]) -> Field:
    """ "+home"; of several words where the user has such a project, or where all begin with a capital."""
    at = said.at(match.start())
    known = said.known(at)
    if said.starts[at] != match.start():  # behind another mark
        value, end = match[1], match.end()
    elif known and said.ends[known[1] - 1] >= match.end():
        value, end = known[0], said.ends[known[1] - 1]
    else:
        last = _capitals(said, at) if at and match[1][0].isupper() else at + 1
        end = max(match.end(), said.ends[last - 1])
        value = " ".join(said.text[match.start(1) : end].split())
    return Field(start=match.start(), end=end, kind="project", value=value, rule="+project")


def _capitals(said: Text, at: int) -> int:
    """The word after "Home Improvements": where words with a capital go on from a name and end the text, or stand
    before a date or a mark."""
    end = at + 1
    while (
        end <= at + w.LONGEST_NAME
        and said.raw(end, end + 1)[:1].isupper()
        and said.words[end] not in _DATE_WORDS | LEADS
    ):
        end += 1
    after = said.words[end]
    return end if not after[:1].isalnum() or after in _DATE_WORDS or after in LEADS else at + 1


def _listed(said: Text, at: int) -> tuple[str, int] | None:
    """The user's project, or the words up to "list" or "project", and the word after them."""
    known = said.known(at)
    if known:
        return known[0], known[1] + (said.words[known[1]] in w.PROJECT_NOUNS)
    for end in range(at, at + w.LONGEST_NAME + 1):
        if said.words[end] in w.PROJECT_NOUNS:
            named = any(word not in w.UNNAMED for word in said.words[at:end])
            return (_name(said, at, end), end + 1) if named else None
        if not said.words[end][:1].isalnum():
            return None
    return None


def project(said: Text, at: int) -> tuple[Field, int] | None:
    """ "to my shopping list", "on the groceries list", "in the garden project", "under project home"."""
    words = said.words
    if words[at] not in w.LIST_LEADS:
        return None
    start = at + 1
    start = start + 1 if words[start] in w.OWNERS else start
    if found := _known(said, at, start):
        return found
    if (
        words[start] in ("project", "list")
        and words[start + 1] in ("called", "named", ":")
        and (words[start], words[start + 1]) != ("list", ":")  # "add to my list: milk"
        and words[start + 2][:1].isalnum()
    ):
        return _field(said, at, start + 3, _name(said, start + 2, start + 3))
    if words[at] in w.PROJECT_LEADS and words[start] == "project" and _is_name(words[start + 1]):
        end = _capitals(said, start + 1) if said.raw(start + 1, start + 2)[0].isupper() else start + 2
        return _field(said, at, end, said.raw(start + 1, end))
    if words[at] in w.OWNED_LEADS and start == at + 1:
        return None
    return _ended(said, at, start)


def _known(said: Text, at: int, start: int) -> tuple[Field, int] | None:
    """A project that the user has: called one before or behind its name, or where something is added or filed."""
    words = said.words
    called = words[start] in w.PROJECT_NOUNS
    start = start + 1 if called else start
    start = start + 1 if called and words[start] in ("called", "named", ":") else start
    known = said.known(start)
    if not known:
        return None
    name, end = known
    noun = words[end] in w.PROJECT_NOUNS
    filed = words[0] in w.FILING and words[at] not in w.OWNED_LEADS and at > 1
    alone = end - start > 1 or (words[0] == "add" and _ends(words[end]))
    return _field(said, at, end + noun, name) if called or noun or (filed and alone) else None


def _ends(word: str) -> bool:
    """Whether a name may end before the word: at the end of the text, a mark or a date."""
    return not word[:1].isalnum() or word in _DATE_WORDS or word in LEADS


def _ended(said: Text, at: int, start: int) -> tuple[Field, int] | None:
    words = said.words
    for end in range(start, start + w.LONGEST_NAME + 1):
        if words[end] in w.PROJECT_NOUNS:
            return _named_project(said, at, start, end)
        if not words[end][:1].isalnum() or words[end] in w.LIST_LEADS:
            return None
    return None


def _is_name(word: str) -> bool:
    return word[:1].isalnum() and word not in CONNECTORS and word not in LEADS and word not in w.PROJECT_NOUNS


def _named_project(said: Text, at: int, start: int, end: int) -> tuple[Field, int] | None:
    """The list's or project's name between the lead and its noun; "my list" and "the todo list" have none."""
    names = [word for word in said.words[start:end] if word not in w.UNNAMED]
    return _field(said, at, end + 1, _name(said, start, end)) if names else None


def _name(said: Text, start: int, end: int) -> str:
    while end - start > 1 and said.words[start] in ("new", "same", "my"):
        start += 1
    while end - start > 1 and said.words[end - 1] in ("todo", "to-do", "task"):
        end -= 1
    return said.text[said.starts[start] : said.ends[end - 1]]


def _field(said: Text, start: int, end: int, value: str) -> tuple[Field, int]:
    return Field(
        start=said.starts[start], end=said.ends[end - 1], kind="project", value=value, rule="project phrase"
    ), end
