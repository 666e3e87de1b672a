"""The answer to "when?": the message that asked, with the answer where its date could not be or was missing."""

import re
from collections.abc import Callable
from dataclasses import replace

from ..changing.change import read_value
from ..context import whole
from ..normalise import fold
from ..spans import only_time
from ..types import Interpretation, Request, When
from ..when.read.impossible import TIME
from .answers import read_answer

Read = Callable[[Request], Interpretation]
_IMPOSSIBLE = ("add.impossible", "move.impossible", "ask.no-such-day")
_NO_TARGET = "move.no-target"
_DATES = ("date", "time", "recurrence")
_LONGEST = 60  # characters of an answer
_LEAD = re.compile(
    r"^\s*(?:(?:oh|oops|sorry|ok|okay|no|um|uh|hm+|then|well|i (?:mean|meant)|let's say|say|make (?:it|that)|it's|"
    r"to|for|until|till)\b[\s,.:]*)+",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\bat |@ ?)?\b\d{1,2}(?:[:.]\d{2}(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?|\s?o'?clock\b)", re.IGNORECASE
)


def resumed(request: Request, read: Read) -> Interpretation | None:
    """What the message means as an answer; None where no date was asked for, or it is more than a date."""
    composed = _composed(request, read)
    if composed is None:
        return None
    found = read(composed)
    return replace(found, spans=(), rules=(*found.rules, "follow.when")) if found.actions or found.reply else None


def _composed(request: Request, read: Read) -> Request | None:
    """The message before, as it would have been with this one in it."""
    last = request.turns[-1] if request.turns else None
    if not last or last.actions or len(request.text) > _LONGEST or read_answer(fold(request.text), last):
        return None
    said = _LEAD.sub("", request.text).strip(" .!?")
    for answer in (said, _at(said)):
        if when := _when(answer, request):
            before = replace(request, text=last.text, turns=request.turns[:-1], plain=())
            return _put(_composed(before, read) or before, answer, when, read)  # it may itself have been an answer
    return None


def _put(asked: Request, answer: str, when: When, read: Read) -> Request | None:
    """The message that asked with the answer in it; None if it asked for no date."""
    reading = read(asked)
    if _NO_TARGET in reading.rules:
        return replace(asked, text=f"{asked.text.rstrip(' .!?')} to {answer}")
    dates = [span for span in reading.spans if span.kind in _DATES]
    if not dates or not any(rule in _IMPOSSIBLE for rule in reading.rules):
        return None
    start, end = dates[0].start, dates[-1].end
    time, keep_clock = only_time(when) or TIME in when.rule, TIME not in reading.rules
    put = _in_place(asked.text[start:end], answer, time=time, keep_clock=keep_clock)
    return replace(asked, text=f"{asked.text[:start]}{put}{asked.text[end:]}")


def _when(words: str, request: Request) -> When | None:
    """The date that the words are, and nothing else."""
    value = read_value(whole(replace(request, text=words, plain=()), fold(words)))
    return value.when if value else None


def _in_place(said: str, answer: str, *, time: bool, keep_clock: bool) -> str:
    """The answer for what was said; a day that was said stays beside a new time, and a time beside a new day."""
    clock = _CLOCK.search(said)
    if time and clock:
        return f"{said[: clock.start()]}{_at(answer)}{said[clock.end() :]}"
    return f"{answer} {clock.group()}" if clock and keep_clock else _at(answer) if time else answer


def _at(answer: str) -> str:
    return f"at {answer}" if answer[:1].isdigit() else answer
