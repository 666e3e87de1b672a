"""Finding the words that set a priority, a tag or a project: marks (``p1``, ``!high``, ``#tag``, ``+project``) and
phrases."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from backend.assistant.language.fields import projects as named
from backend.assistant.language.fields import words as w
from backend.assistant.language.fields.text import Text
from backend.assistant.language.types import Field
from backend.assistant.language.when.words import TASK_VERBS

_TAG = re.compile(r"(?<![\w#&/])#([^\W_][\w/-]*)")
_LEVEL = re.compile(r"(?<![\w-])[pP]([1-4])(?![\w-])|(?<![\w!])!([1-4]|[a-zA-Z]+)(?!\w)|(?<!\S)(!{2,3})(?!\S)")

_KINDS: dict[str, Literal["priority", "tag", "project"]] = {
    "priority phrase": "priority",
    "urgent": "priority",
    "tag phrase": "tag",
}


def find_fields(text: str, projects: Sequence[str] = ()) -> tuple[Field, ...]:
    """All words of ``text`` that set a field, left to right and apart; what is quoted stays plain. Never raises;
    linear. ``projects`` are the names of those that the user has: the longest that was said is meant."""
    said = Text(text, projects)
    found = [*_marks(said), *_phrases(said)]
    found.sort(key=lambda field: (field.start, -field.end))
    apart: list[Field] = []
    for field in found:
        if not apart or field.start >= apart[-1].end:
            apart.append(field)
    return tuple(apart)


def _marks(said: Text) -> Iterator[Field]:
    for match in _TAG.finditer(said.text):
        if not said.is_quoted(match.start()) and not match.group(1).isdigit():
            yield Field(
                start=match.start(), end=match.end(), kind="tag", value=match.group(1).rstrip("-/"), rule="#tag"
            )
    yield from named.marks(said)
    for match in _LEVEL.finditer(said.text):
        level, mark, bangs = match.groups()
        value = (
            w.LEVELS.get(level or mark or "") or w.PRIORITIES.get((mark or "").lower()) or ("high" if bangs else None)
        )
        if value and not said.is_quoted(match.start()):
            yield Field(start=match.start(), end=match.end(), kind="priority", value=value, rule="priority mark")


def _phrases(said: Text) -> Iterator[Field]:
    at = 0
    while at < said.count:
        field, end = _phrase(said, at)
        if field:
            yield field
        at = end


def _phrase(said: Text, at: int) -> tuple[Field | None, int]:
    for reader in (_priority, _urgent, _tagged, named.project):
        found = reader(said, at)
        if found:
            return found
    return None, at + 1


def _priority(said: Text, at: int) -> tuple[Field, int] | None:
    """ "high priority", "with low priority", "priority: high", "priority 1", "of high importance"."""
    words = said.words
    start = at
    if words[at] in ("with", "as", "at", "of", "a") and words[at + 1] in (*w.PRIORITIES, "a"):
        at += 1
        at = at + 1 if words[at] == "a" and start != at else at
    if words[at] in w.PRIORITIES:
        after = at + 2 if words[at + 1] == "-" else at + 1
        if words[after] in w.PRIORITY_NOUNS:
            start = at if words[start] == "a" else start
            return _field(said, start, after + 1, w.PRIORITIES[words[at]], "priority phrase")
        return None
    if words[at].endswith("-priority") and words[at][:-9] in w.PRIORITIES:
        return _field(said, start, at + 1, w.PRIORITIES[words[at][:-9]], "priority phrase")
    if words[at] in w.PRIORITY_NOUNS:
        after = at + 2 if words[at + 1] in (":", "=", "is", "to", "level") else at + 1
        value = w.PRIORITIES.get(words[after]) or w.LEVELS.get(words[after])
        if value and words[after] != "top":
            return _field(said, start, after + 1, value, "priority phrase")
    return None


def _urgent(said: Text, at: int) -> tuple[Field, int] | None:
    """ "urgent: …", "…, important", "asap", "as soon as possible": alone at an end of the text or set off by a mark."""
    words = said.words
    for phrase in w.URGENT_PHRASES:
        if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
            return (
                _field(said, at, at + len(phrase), "high", "urgent") if _set_off(said, at, at + len(phrase)) else None
            )
    start = at + 1 if words[at] == "as" else at
    if words[start] in w.URGENT_ALONE and _set_off(said, start, start + 1):
        return _field(said, at, start + 1, "high", "urgent")
    return None


def _set_off(said: Text, start: int, end: int) -> bool:
    """Whether nothing of the sentence clings to it: a mark after it, or it ends the text with no article or verb
    before it."""
    if said.words[end] in (":", "!", "-", "–", "—") or said.words[end] in ("p1",):
        return True
    before = said.words[start - 1] if start else ""
    if not start and said.words[end] in TASK_VERBS:
        return True
    if said.words[start] in ("asap", "urgently", "as", "a"):
        return True
    ends = said.words[end] in ("", ".", ",", ";", ")", "]")
    return ends and before not in w.JOINED_BEFORE


def _tagged(said: Text, at: int) -> tuple[Field, int] | None:
    """ "tagged errands", "tag: home", "with the tag work", "labelled urgent stuff" takes one word."""
    words = said.words
    start = at
    if words[at] in ("with", "under", "and") and words[at + 1] in ("tag", "label", "the", "tags", "hashtag"):
        at += 2 if words[at + 1] == "the" else 1
    if words[at] not in w.TAG_WORDS:
        return None
    led = start != at or words[at] in ("tagged", "labelled", "labeled") or words[at + 1] == ":"
    if not led:
        return None
    after = at + 1
    while words[after] in (":", "as", "with"):
        after += 1
    value = said.text[said.starts[after] : said.ends[after]].lstrip("#")
    return _field(said, start, after + 1, value, "tag phrase") if value[:1].isalnum() else None


def _field(said: Text, start: int, end: int, value: str, rule: str) -> tuple[Field, int]:
    return Field(start=said.starts[start], end=said.ends[end - 1], kind=_KINDS[rule], value=value, rule=rule), end
