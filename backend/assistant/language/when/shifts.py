"""Words that move a time by an amount: "by two days", "an hour later", "back a week", "forward 30 minutes"."""

from backend.assistant.language.types import Shift
from backend.assistant.language.when import numbers
from backend.assistant.language.when.text import Tokens, tokenise

_EARLIER = frozenset({"earlier", "sooner", "before", "up"})
_LATER = frozenset({"later", "back", "out", "on", "after", "more", "down", "off"})
_AHEAD = frozenset({"forward", "forwards", "ahead"})
_BRINGING = frozenset({"bring", "brought", "pull", "bringing"})
_LEADS = _LATER | _AHEAD | {"up", "by", "another", "for", "earlier", "later", "an", "extra"}


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


def _shift(tokens: Tokens, at: int, brought: bool) -> tuple[Shift, int] | None:
    words = tokens.words
    start = at
    leads: list[str] = []
    while words[at] in _LEADS and len(leads) < 4 and not (words[at] == "an" and numbers.amount(tokens, at)):
        leads.append(words[at])
        at += 1
    found = numbers.amount(tokens, at)
    if found is None:
        return None
    length, end = found
    tail = words[end] if words[end] in ("earlier", "sooner", "later", "forward", "back", "ahead", "up") else ""
    said = {*leads, tail} - {""}
    if not said - {"an", "extra"} or (said <= {"for", "on", "more", "off", "after"} and "another" not in leads):
        return None
    earlier = bool(said & _EARLIER) or (brought and bool(said & _AHEAD))
    duration = iso(length)
    end = end + 1 if tail else end
    rule = "earlier" if earlier else "later"
    shift = Shift(
        start=tokens.starts[start],
        end=tokens.ends[end - 1],
        duration=f"-{duration}" if earlier else duration,
        rule=rule,
    )
    return (shift, end) if duration != "P" else None


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
