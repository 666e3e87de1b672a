"""Recurrences that count from completion: "every 3 days after completion", "a week after I finish it"."""

from dataclasses import replace
from datetime import datetime

from backend.assistant.language.when import numbers
from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Hit, Repeat
from backend.assistant.language.when.read.repeats import counted_from_completion
from backend.assistant.language.when.read.sets import repeating
from backend.assistant.language.when.text import Tokens

_AFTER = frozenset({"after", "from", "since", "following"})
_WHEN = frozenset({"when", "once"})
_EACH = frozenset({"the", "each", "every", "my", "its", "last", "previous"})
_DONE = frozenset({"done", "completed", "finished", "complete"})
_DOES = frozenset({
    "complete", "completed", "completing", "finish", "finished", "finishing", "do", "did", "done", "tick", "ticked",
    "check", "checked",
})  # fmt: skip
_IT = frozenset({"it", "that", "this", "them"})
_IS = frozenset(
    {
        "is",
        "was",
        "were",
        "they",
        "they're",
        "gets",
        "got",
        "being",
        "been",
        "has",
        "have",
        "i",
        "i've",
        "we",
        "we've",
        "off",
        "last",
    }
)
_ITS = frozenset({"it's", "its", "that's"})
_REPEATED = frozenset({"repeat", "repeats", "repeating", "recur", "recurs", "recurring", "again", "it", "that", "back"})


def from_completion(tokens: Tokens, hit: Hit) -> Hit:
    """The hit with the words behind its recurrence that make it count from completion, where they stand there."""
    repeat = hit.meaning.repeat
    end = _tail(tokens, hit.end, _AFTER | _WHEN) if repeat else 0
    return replace(hit, end=end, meaning=counted_from_completion(hit.meaning)) if end else hit


def spaced(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "3 days after completion"; "a week after I finish it" only where a word before it speaks of repeating."""
    words = tokens.words
    amount = (1, at + 1) if words[at] in ("a", "an", "one") else numbers.cardinal(tokens, at)
    unit = numbers.unit_at(tokens, amount[1]) if amount and 0 < amount[0] <= 999 else None
    if amount is None or unit is None:
        return None
    end = _tail(tokens, unit[1], _AFTER)
    is_whole = at == 0 and end == tokens.count
    if not end or not (_names_completion(words[unit[1] : end]) or is_whole or words[at - 1] in _REPEATED):
        return None
    return _repeated(amount[0], unit, end)


def marked(tokens: Tokens, at: int, now: datetime) -> Hit | None:
    """ "after! 2 weeks", as Todoist writes it too."""
    if tokens.words[at + 1] != "!" or not tokens.glued[at + 1]:
        return None
    amount = numbers.cardinal(tokens, at + 2)
    unit = numbers.unit_at(tokens, amount[1]) if amount and 0 < amount[0] <= 999 else None
    return _repeated(amount[0], unit) if amount and unit else None


def _repeated(amount: int, unit: tuple[str, int], end: int = 0) -> Hit | None:
    if unit[0] not in w.UNIT_FREQUENCIES:
        return None
    frequency, each = w.UNIT_FREQUENCIES[unit[0]]
    repeat = Repeat(freq=frequency, interval=amount * each, from_completion=True)
    return repeating(end or unit[1], repeat, "after completion")


def _names_completion(words: list[str]) -> bool:
    return bool({"completion", "completing", "last"} & set(words))


def _tail(tokens: Tokens, at: int, leads: frozenset[str]) -> int:
    """The token after "after completion", "after it's done", "when done", "since the last time I did it"; else 0."""
    words = tokens.words
    if words[at] not in leads:
        return 0
    at += 1
    for _ in range(2):
        at = at + 1 if words[at] in _EACH and words[at + 1] != "" else at
    if words[at : at + 2] in (["date", "of"], ["day", "of"], ["time", "of"]):
        at += 2
    if words[at] == "completion":
        return at + 1
    if words[at] == "time" and words[at - 1] == "last":
        return _said_done(words, at + 1) or at + 1
    return _said_done(words, at + 1 if words[at] == "when" else at)


def _said_done(words: list[str], at: int) -> int:
    """ "it is done", "it's done", "I finish it", "being completed", "done"."""
    for _ in range(4):
        if words[at] not in _ITS | _IT | _IS:
            break
        at += 1
    if words[at] not in _DOES | _DONE:
        return 0
    at += 1
    if words[at] == "off":
        at += 1
    if words[at] in _IT:
        return at + 1
    return at + 2 if words[at : at + 2] == ["the", "task"] else at if words[at - 1] in _DONE else 0
