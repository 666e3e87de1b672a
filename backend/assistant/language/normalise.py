"""Fold a text for reading, character by character, so that every offset still points into the original."""

import re
import unicodedata

from .pattern import phrase
from .words.openers import ATTENTION, CAUTIOUS, CLOSERS, HESITATION, MURMURS, POLITE, WAKE_WORDS, WISHES

_STRAIGHT = (
    dict.fromkeys(map(ord, "‘’`\u201b\u00b4\u02bc"), "'")
    | dict.fromkeys(map(ord, "“”„‟«»"), '"')
    | dict.fromkeys(map(ord, "–—\u2010\u2011\u2012\u2212"), "-")
)
# Control characters, Unicode's other blanks, and marks that show nothing.
_UNSEEN = (*range(32), *range(127, 161), 173, 5760, *range(8192, 8208), *range(8232, 8240), *range(8287, 8304))
_BLANK = dict.fromkeys((*_UNSEEN, 12288, 65279), " ")
_FOLD = _BLANK | _STRAIGHT

SURE_OPENERS = [w for w in (*WAKE_WORDS, *ATTENTION, *HESITATION, *POLITE) if w not in CAUTIOUS and w != "i mean"]
_OPENER = phrase(r"\s*(?:<words>)(?:[,.!:]+ |[,.!]+$| (?!:))", words=SURE_OPENERS)
_CAUTIOUS_OPENER = phrase(r"\s*(?:<words>)(?:[,.!]+ | )", words=CAUTIOUS)
_COURTESY = phrase(
    r"\s*(?:(?:thanks|thank you|thx|ty|tysm|cheers|ok thx|k thx|lol|haha|"
    r"great|perfect|cool|nice|awesome|good|sorry|excellent|got it|right)[,.!]+|"
    r"(?:oops|oh|ah|shoot|wait)?(?: )?(?:i )?(?:almost |nearly |totally )?forgot(?: to say| to mention)?[,.!:]+|before "
    r"i forget[,.!:]+|(?:no|nope|nah)[,!]+|(?:never ?mind|nvm|forget it|jk|just kidding)[,!.]+|"
    r"(?:no need to|don't|do not|instead of) (?:delete|deleting|remove|removing|cancel|canceling|drop) (?:it|"
    r"that|this|them)"
    r"(?:,| -)? (?:just|but|only|rather|simply)) "
)
_WISH = phrase(r"\s*(?:<words>)(?:,? and)? ", words=WISHES)
_CLOSER = phrase(r"(?:\s|,|^)+(?:<words>)[\s.!?,]*$", words=CLOSERS)
_MURMUR = phrase(r"(?:^|(?<=[\s,]))(?:<words>)\b[,.]*", words=MURMURS)
_NAMED = phrase(r"\s*(?:hey |ok |okay |hi |hello )?(?:<words>)[,!]* ", words=WAKE_WORDS)
_EDGES = " \t\r\n,;:.!-–—•*"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def fold(text: str) -> str:
    """The text in lower case with straight quotes and plain blanks, of exactly the same length."""
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def opening_end(flat: str) -> int:
    """Where the command begins: behind names, greetings, hesitation and politeness."""
    position = 0
    for _ in range(8):
        found = _NAMED.match(flat, position) or _COURTESY.match(flat, position) or _OPENER.match(flat, position)
        if not found or not flat[found.end() :].strip(" .,!?"):
            break
        position = found.end()
    return position


def cautious_end(flat: str, position: int = 0) -> int:
    """As ``opening_end``, for words that may be part of a task's own title ("first", "google")."""
    found = _CAUTIOUS_OPENER.match(flat, position)
    return found.end() if found and flat[found.end() :].strip() else position


def wish_end(flat: str) -> int:
    """Where the words behind "I'd like to" begin; 0 where no wish stands in front."""
    found = _WISH.match(flat)
    return found.end() if found else 0


def closing_start(flat: str) -> int:
    """Where trailing politeness begins ("… please", "… thanks"); the text's length where there is none."""
    end = len(flat)
    for _ in range(3):
        tail = flat[max(0, end - 40) : end]
        found = _CLOSER.search(tail)
        if not found or not flat[: max(0, end - 40) + found.start()].strip():
            break
        end = max(0, end - 40) + found.start()
    return end


def murmurs(flat: str) -> list[tuple[int, int]]:
    """The ranges of "um" and "uh", wherever they stand."""
    return [found.span() for found in _MURMUR.finditer(flat)]


def slips(word: str) -> tuple[str, ...]:
    """The word with one letter behind the first left out, doubled, or changed about with the next."""
    places = range(1, len(word))
    shorter = [word[:at] + word[at + 1 :] for at in places]
    doubled = [word[:at] + word[at - 1] + word[at:] for at in places]
    swapped = [word[:at] + word[at : at + 2][::-1] + word[at + 2 :] for at in places]
    return tuple(slip for slip in (*shorter, *doubled, *swapped) if slip != word)


def tidy(words: str) -> str:
    """Words for a title: one blank between words, no control characters, no loose punctuation at the edges."""
    return visible(words).strip(_EDGES).strip()


def visible(words: str) -> str:
    """The words without control characters, one blank between them; everything else as it was written."""
    return " ".join(_CONTROL.sub(" ", words).split())


def has_words(text: str) -> bool:
    """Whether there is anything to read: a letter, a digit or a symbol such as an emoji."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "So" for c in text)
