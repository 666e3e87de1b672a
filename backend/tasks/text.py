"""Cleaning what people type. Each function raises ValueError with a sentence for the person."""

import re
import unicodedata

TITLE_LENGTH = 500
NOTES_LENGTH = 10_000
NAME_LENGTH = 50
PROJECT_LENGTH = 100
TAG_COUNT = 20
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")


def fold(text: str) -> str:
    """The form to compare by: without case, compatibility forms (NFKC) united."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def fold_project(text: str) -> str:
    """Short enough for an index row, however much the folding lengthens it."""
    return fold(text)[:300]


def clean_line(text: str, *, limit: int) -> str:
    """One line, trimmed, each run of white space one space.

    Raises ValueError for nothing visible, more than ``limit`` characters, or control characters.
    """
    line = " ".join(refuse_control(text).split())
    if not any(unicodedata.category(character)[0] not in "CZ" for character in line):
        raise ValueError("must not be empty")
    return _refuse_long(line, limit=limit)


def clean_title(text: str) -> str:
    return clean_line(text, limit=TITLE_LENGTH)


def clean_project(text: str) -> str:
    return clean_line(text, limit=PROJECT_LENGTH)


def clean_notes(text: str) -> str | None:
    """Notes keep their lines; blank ones are none at all."""
    lines = refuse_control(text).replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return _refuse_long(lines, limit=NOTES_LENGTH) or None


def clean_tag(text: str) -> str:
    return clean_line(text.strip().lstrip("#"), limit=NAME_LENGTH)


def clean_tags(tags: list[str]) -> list[str]:
    """Tags as typed, without ``#``; of those that differ only in case the first one stays."""
    unique: dict[str, str] = {}
    for tag in map(clean_tag, tags):
        unique.setdefault(fold(tag), tag)
    if len(unique) > TAG_COUNT:
        raise ValueError(f"at most {TAG_COUNT} tags; these are {len(unique)}")
    return list(unique.values())


def refuse_control(text: str) -> str:
    """The text itself. Raises ValueError for what no database or page can show."""
    if _CONTROL.search(text):
        raise ValueError("must not hold control characters")
    return text


def _refuse_long(text: str, *, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(f"at most {limit} characters; this has {len(text)}")
    return text
