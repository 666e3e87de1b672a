"""Words that move a time by an amount: "by two days", "an hour later", "back a week", "forward 30 minutes"."""

from backend.assistant.language.types import Shift
from backend.assistant.language.when import numbers
from backend.assistant.language.when.text import Tokens, tokenise

_EARLIER = frozenset({"earlier", "sooner", "up"})
_AHEAD = frozenset({"forward", "forwards", "ahead"})
# What makes an amount a shift; "for 2 hours" and "on 3 days" move nothing.
_MOVING = _EARLIER | _AHEAD | {"later", "back", "out", "down", "by", "another"}
_LEADS = _MOVING - {"another"} | {"on", "off", "after", "more", "for", "an", "extra"}
_TAILS = _EARLIER | _AHEAD | {"later", "back"}
_MOST_LEADS = 4
# "bring it forward" is earlier; "push it forward" is later.
_BRINGING = frozenset({"bring", "brought", "pull", "bringing"})


def find_shift(text: str, now: object = None) -> tuple[Shift, ...]:
    """All words of ``text`` that move a time, left to right: an amount with "by", "later", "back" and the like
    beside it."""
    tokens = tokenise(text)
    brought = any(word in _BRINGING for word in tokens.words)
    shifts = []
    at = 0
    while at < tokens.count:
        shift = _shift(tokens, at, brought)
        if shift is None:
            at += 1
            continue
        shifts.append(shift[0])
        at = shift[1]
    return tuple(shifts)


def _shift(tokens: Tokens, start: int, brought: bool) -> tuple[Shift, int] | None:
    """The shift whose first lead, or whose amount, is at ``start``, and the token after it."""
    words = tokens.words
    at = start
    while words[at] in _LEADS and at - start < _MOST_LEADS and not (words[at] == "an" and numbers.amount(tokens, at)):
        at += 1
    found = numbers.amount(tokens, at)
    if found is None:
        return None
    length, end = found
    said = {*words[start:at], words[at]} & _MOVING
    if words[end] in _TAILS:
        said.add(words[end])
        end += 1
    duration = iso(length)
    if not said & _MOVING or duration == "P":
        return None
    earlier = bool(said & _EARLIER) or (brought and bool(said & _AHEAD))
    sign, rule = ("-", "earlier") if earlier else ("", "later")
    return Shift(start=tokens.starts[start], end=tokens.ends[end - 1], duration=sign + duration, rule=rule), end


def iso(length: numbers.Amount) -> str:
    """The amount as an ISO 8601 duration: "P2D", "PT1H30M", "P1Y2M"."""
    years, months = divmod(length.months, 12)
    days = length.days + length.workdays
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if length.weeks and not (years or months or days or length.seconds):
        return f"P{length.weeks}W"
    day_part = _parts((years, "Y"), (months, "M"), (days + 7 * length.weeks, "D"))
    time_part = _parts((hours, "H"), (minutes, "M"), (seconds, "S"))
    return f"P{day_part}" + (f"T{time_part}" if time_part else "")


def _parts(*said: tuple[int, str]) -> str:
    return "".join(f"{number}{letter}" for number, letter in said if number)
