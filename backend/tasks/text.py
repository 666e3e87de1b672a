"""Cleaning what people type. Each function raises ValueError with a sentence for the person."""

import re
import unicodedata

TITLE_LENGTH = 500
NOTES_LENGTH = 10_000
NAME_LENGTH = 50
PROJECT_LENGTH = 100
TAG_COUNT = 20
CONTROL = r"\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f"  # for a class of a pattern, here and in JavaScript
# Spaces and marks of format (Unicode's Z and Cf), which show nothing by themselves
UNSEEN = (
    r"\u0009-\u000d\u0020\u0085\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_MARKS = re.compile(r"^[#\s]+")
_REFUSED = re.compile(rf"[{CONTROL}\ud800-\udfff]")
_SEEN = re.compile(f"[^{UNSEEN}]")


def fold(text: str) -> str:
    """The form to compare by: without case, compatibility forms (NFKC) united."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def fold_project(text: str) -> str:
    """Short enough for an index row, however much the folding lengthens it."""
    return fold(text)[:300]


def clean_line(text: str, *, limit: int) -> str:
    """One line, trimmed, each run of white space one space.

    Raises ValueError for nothing visible, more than ``limit`` characters (white space counts), or control characters.
    """
    line = " ".join(refuse_control(_refuse_long(text, limit=limit)).split())
    if not _SEEN.search(line):
        raise ValueError("must not be empty")
    return line


def clean_title(text: str) -> str:
    return clean_line(text, limit=TITLE_LENGTH)


def clean_project(text: str) -> str:
    return clean_line(text, limit=PROJECT_LENGTH)


def clean_notes(text: str) -> str | None:
    """Notes keep their lines; blank ones are none at all."""
    lines = refuse_control(_refuse_long(text, limit=NOTES_LENGTH)).replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return lines or None


def clean_tag(text: str) -> str:
    """Without ``#`` in front, however many and however far apart: what was cleaned once stays as it is."""
    return clean_line(_MARKS.sub("", _refuse_long(text, limit=NAME_LENGTH)), limit=NAME_LENGTH)


def clean_tags(tags: list[str]) -> list[str]:
    """Tags as typed, without ``#``; of those that differ only in case the first one stays."""
    unique: dict[str, str] = {}
    for tag in map(clean_tag, tags):
        unique.setdefault(fold(tag), tag)
    if len(unique) > TAG_COUNT:
        raise ValueError(f"at most {TAG_COUNT} tags; these are {len(unique)}")
    return list(unique.values())


def without_control(text: str) -> str:
    """The text without what a title or notes may not hold."""
    return _REFUSED.sub("", text)


def refuse_control(text: str) -> str:
    """The text itself. Raises ValueError for what no database or page can show."""
    if _REFUSED.search(text):
        raise ValueError("must not hold control characters")
    return text


def _refuse_long(text: str, *, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(f"at most {limit} characters; this has {len(text)}")
    return text
