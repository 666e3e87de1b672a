"""No text makes a pattern of the program slow: what repeats, repeated, costs time linear in its length."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from tests.patterns.program import ANYWHERE, Used, chosen_at_run_time, patterns
from tests.patterns.pumps import pumped

SHORT, LONG = 1000, 4000
TEXTS = 250  # of each pattern and method
ENOUGH = 0.004  # seconds of processor time: what takes less is fast at any growth
MOST = 1.0  # seconds until a match is ended
GROWTH = 9.0  # four times the text: linear is 4, quadratic 16
ALL = patterns()


class Endless(BaseException):
    """A match that does not end."""


def _end(number: int, frame: FrameType | None) -> None:
    raise Endless


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(apply: Callable[[str], object], text: str, *, times: int = 1) -> float:
    """The least processor time of so many applications; ``MOST`` where one does not end."""
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        try:
            with limited(MOST):
                apply(text)
        except Endless:
            return MOST
        taken.append(time.thread_time() - begun)
    return min(taken)


def applications(used: Used) -> list[Callable[[str], object]]:
    """The pattern as the program applies it: from the text's start, at every place, or both."""
    anywhere = [lambda text: used.pattern.sub("", text)] if used.methods & ANYWHERE else []
    return [*anywhere, *([used.pattern.match] if used.methods - ANYWHERE else [])]


def slow(used: Used) -> list[str]:
    """The texts by which the pattern's time grows faster than they do."""
    longs, shorts = list(pumped(used.pattern, LONG)), list(pumped(used.pattern, SHORT))
    assert len(longs) == len(shorts)
    chosen = random.Random(1).sample(range(len(longs)), min(TEXTS, len(longs)))  # noqa: S311
    return [longs[at] for apply in applications(used) for at in chosen if grows(apply, shorts[at], longs[at])]


def grows(apply: Callable[[str], object], short: str, long: str) -> bool:
    if seconds(apply, long) < ENOUGH:
        return False
    taken = seconds(apply, long, times=3)
    return taken >= MOST or (taken > ENOUGH and taken > GROWTH * seconds(apply, short, times=5))


@pytest.mark.parametrize("used", ALL, ids=[used.where for used in ALL])
def test_time_is_linear_in_the_text(used: Used) -> None:
    assert not [text[:80] for text in slow(used)]


def test_most_patterns_of_the_program_are_found() -> None:
    where = " ".join(used.where for used in ALL)
    for known in (
        "adding.leads._MAKE_THING",
        "marks._LAST_WORD",
        "list_questions._NOT_SHOWN",
        "move.py:",
        "redaction._SHAPES",
    ):
        assert known in where
    assert len(ALL) > 350
    # of a table in that file: what may be echoed, as words without loops
    assert chosen_at_run_time() == {"orchestrator/gates/dockerfile/commands.py"}


@pytest.mark.parametrize("source", [r"(?:a|a )+$", r"x.+?\s+to\s+.+?\s+now$", r"\s+$"])
def test_a_pattern_that_is_slow_is_seen(source: str) -> None:
    import re

    assert slow(Used(re.compile(source), "here", frozenset({"search"})))
