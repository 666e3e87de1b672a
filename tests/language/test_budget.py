"""Any text is read or given up in time, and nothing is changed or lost by giving up."""

import gc
import random
import signal
import sys
import threading
import time
from datetime import datetime

import pytest

from backend.assistant.language import Interpretation, Request
from backend.assistant.language import budget as limit
from backend.assistant.language.words.commands import CHECK_OFF, CLEAR, DELETE, MARK, MOVE, REOPEN
from backend.assistant.language.words.starts import EXPLICIT

LENGTH = 4000
UNITS = (
    *(
        " ",
        "1",
        '"',
        "'",
        ",",
        ", ",
        "and ",
        "\x00",
        "-",
        "- ",
        "(",
        ")",
        "[",
        "#",
        "#a ",
        "+",
        "+p ",
        "\n",
        "- a\n",
        "a",
    ),
    *(
        "é",
        "e\u0301",
        "שלום ",
        "\u202e",
        "🎉",
        "👨‍👩‍👧 ",
        "5pm ",
        "tomorrow ",
        "april 14, ",
        "14, ",
        "every monday and ",
        "1. a ",
    ),
    *(
        "!",
        ".",
        "...",
        ". a ",
        "; ",
        "a; ",
        "as ",
        "to ",
        "oh no and ",
        "no ",
        "undo ",
        "ok ",
        "please ",
        "thanks, ",
        ": ",
    ),
    *(
        "a@b.co ",
        "www.a.co ",
        "a.b",
        "1/2",
        "1/2/3 ",
        "2026-01-01 ",
        "p1 ",
        "!!! ",
        "@",
        "$5 ",
        "_",
        "\u3000",
        "\x07",
        "um ",
    ),
    *(
        "in 2 days ",
        "the ",
        "it ",
        "that ",
        "one ",
        "first ",
        "make it ",
        "x" * 100 + " ",
        "a, b and c, ",
        "remind me to ",
    ),
)
COMMANDS = tuple(f"{word} " for word in (*EXPLICIT, *MARK, *MOVE, *DELETE, *CLEAR, *REOPEN, *CHECK_OFF))
ORDINARY = (
    "add next wednesday afternoon milk",
    "I need to finish the grocery list",
    "add on wednesday afternoon at 5 milk",
    "i need an alarm set for five hundred and thirty am tomorrow",
    "i need 5pm 5pm 5pm 5pm 5pm 5pm 5pm 5pm",
    "call bob -------------------------- tomorrow re: budget",
    "lunch, , , , , , tomorrow at 5 with ann",
    "move the dentist to friday and tag it health",
)


def request(text: str) -> Request:
    return Request(text=text, now=datetime(2026, 3, 4, 9, 30), timezone="UTC")


def used(text: str) -> tuple[float, Interpretation]:
    begun = time.thread_time()
    meaning = limit.interpret_within(request(text))
    return time.thread_time() - begun, meaning


@pytest.mark.parametrize("unit", (*UNITS, *COMMANDS))
def test_four_thousand_characters_of_one_kind(unit: str) -> None:
    spent, meaning = used((unit * LENGTH)[:LENGTH])
    assert meaning.actions or meaning.reply
    assert spent < 10 * limit.BUDGET  # ten times: the timer counts in ticks of the kernel's clock


def test_random_concatenations_of_ordinary_phrases() -> None:
    chance = random.Random(11)  # noqa: S311
    phrases = (*UNITS, *COMMANDS, *(f"{said} " for said in ORDINARY))
    for _ in range(150):
        text = "".join(chance.choices(phrases, k=400))[: chance.randint(50, LENGTH)]
        spent, meaning = used(text)
        assert meaning.actions or meaning.reply
        assert spent < 10 * limit.BUDGET, text


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_ordinary_is_read(text: str) -> None:
    assert limit.GIVEN_UP not in used(text)[1].rules


def endless(asked: Request) -> Interpretation:
    while True:
        sum(range(100))


def test_a_reading_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit, "interpret", endless)
    text = "buy\x07 milk " * 100
    meaning = limit.interpret_within(request(text), seconds=0.01)
    assert meaning.actions == ()
    assert not meaning.sure
    assert meaning.rules == (limit.GIVEN_UP,)
    (offer,) = meaning.choices
    title = str(offer.actions[0].arguments["title"])
    assert title.startswith("buy milk buy milk")
    assert len(title) <= limit.LONGEST_TITLE
    assert len(offer.label) < 100
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_outside_the_main_thread_it_reads_without_a_limit() -> None:
    found: list[Interpretation] = []
    thread = threading.Thread(target=lambda: found.append(limit.interpret_within(request("buy milk"))))
    thread.start()
    thread.join()
    assert found[0].actions[0].arguments == {"title": "buy milk"}


def test_a_budget_that_runs_out_in_a_finalizer_still_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python drops what is raised there, so that one signal alone would be lost."""

    class Busy:
        def __del__(self) -> None:
            begun = time.thread_time()
            while time.thread_time() - begun < 0.1:
                pass

    def finalizes(asked: Request) -> Interpretation:
        Busy()
        return endless(asked)

    monkeypatch.setattr(limit, "interpret", finalizes)
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    assert limit.interpret_within(request("buy milk"), seconds=0.01).rules == (limit.GIVEN_UP,)


def test_no_garbage_is_collected_within_a_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass over all that the process holds takes longer than the budget, and no signal ends it."""
    seen: list[bool] = []

    def read(request: Request) -> Interpretation:
        seen.append(gc.isenabled())
        return Interpretation()

    monkeypatch.setattr(limit, "interpret", read)
    limit.interpret_within(request("buy milk"))
    assert seen == [False]
    assert gc.isenabled()
