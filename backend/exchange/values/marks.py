"""What todo.txt and Markdown files say by words of a line that the title does not keep: signs, escapes. Pure."""

import re
from urllib.parse import quote, unquote

JOINER = "\u2060"  # shows nothing; before a word it says that the word is plain text
SPACE = "\u00a0"  # within a name that a space would end
_KEY_VALUE = re.compile(r"[A-Za-z][\w-]*:\S")
_HEAD = re.compile(r"(?:x|\([A-Z]\)|\d{4}-\d{2}-\d{2})$")


def joined_name(name: str) -> str:
    """A name of several words as one."""
    return name.replace(" ", SPACE)


def plain_word(word: str, *, first: bool) -> str:
    """The word, marked as plain text where todo.txt would take it for something else."""
    special = word[:1] in {"+", "@", JOINER} or _KEY_VALUE.match(word) or (first and _HEAD.match(word))
    return JOINER + word if special else word


def read_word(word: str) -> str:
    return word.removeprefix(JOINER)


def encode_text(text: str) -> str:
    """Text of several lines as one word."""
    return quote(text, safe="/:,;!?()[]'\"@&=+$äöüÄÖÜß")


def decode_text(word: str) -> str:
    return unquote(word, errors="replace")
