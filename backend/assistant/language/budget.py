"""A reading that ends: the engine under a budget of processor time, and what is said where that was not enough."""

import gc
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from .interpret import interpret
from .judge.model import loaded
from .matching.outcome import add_instead
from .normalise import visible
from .replies.help import shortened
from .types import Choice, Interpretation, Request

BUDGET = 0.03  # seconds of processor time; an ordinary message takes one in thirty of it
LONGEST_TITLE = 500  # characters; that of a task
GIVEN_UP = "bad.given-up"  # the rule of a reading that was ended


class OverBudget(BaseException):
    """The budget is used up. No handler of the engine's may hold it, so it is no ``Exception``."""


def interpret_within(request: Request, *, seconds: float = BUDGET) -> Interpretation:
    """What the message means, or ``given_up`` after so many seconds of processor time.

    A match of a regular expression can only be ended by a signal, which Python handles in a process's main thread: in
    any other thread the reading has no limit.
    """
    loaded()  # once a process, and not at the first message's cost
    try:
        with _limited(seconds):
            return interpret(request)
    except OverBudget:
        return given_up(request)


def prepare() -> None:
    """Load what a reading needs, and take all that the process holds so far out of the garbage collector's passes: a
    pass over it takes longer than the budget. For a process that does nothing but read, before its first reading."""
    loaded()
    gc.collect()
    gc.freeze()


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _end)
    with _uncollected():
        # The timer repeats: Python drops an exception that is raised in a finalizer or a callback.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No pass of the garbage collector: no signal ends one. A reading makes hardly any cycles; what it makes is
    collected after it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _end(number: int, frame: FrameType | None) -> None:
    raise OverBudget


def given_up(request: Request) -> Interpretation:
    """Nothing is changed; the words are offered as one task, cut to a title's length."""
    words = visible(request.text)
    title = words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"
    offer = Choice(label=f"Add “{shortened(title)}” as a new task", actions=add_instead(title).actions)
    return Interpretation(
        reply="I could not read these words in time, so I changed nothing. I can add them as one task, "
        "or say it in shorter sentences.",
        choices=(offer,),
        rules=(GIVEN_UP,),
        sure=False,
    )


def processor_seconds(pid: int) -> float | None:
    """The processor time that a process has used so far; None where the system cannot tell (Linux can: its clocks of
    processes are numbered as clock_getcpuclockid(3) does)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except (OSError, OverflowError):
        return None
