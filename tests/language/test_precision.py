"""Titles that only look as if they held a date stay whole."""

import pytest

from backend.assistant.language.when import find_when
from cli.bench.language.phrases import NOW, plain_titles


@pytest.mark.parametrize("title", plain_titles())
def test_title_stays_plain(title: str) -> None:
    assert [title[when.start : when.end] for when in find_when(title, NOW) if when.strength != "weak"] == []


@pytest.mark.parametrize("title", [title for title in plain_titles() if title == title.lower()])
def test_title_stays_plain_in_capitals(title: str) -> None:
    """Capitals are evidence only where the text mixes them."""
    sentence = title[0].upper() + title[1:]
    assert [sentence[when.start : when.end] for when in find_when(sentence, NOW) if when.strength != "weak"] == []


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ('read "The Day After Tomorrow" tomorrow', "2026-03-05", 'read "The Day After Tomorrow"'),
        ("read 'Friday Black' on monday", "2026-03-09", "read 'Friday Black'"),
        ("send the friday report on monday", "2026-03-09", "send the friday report"),
        ("read chapter 5 at 5", "2026-03-04T17:00", "read chapter 5"),
        ("ask Mark on march 9", "2026-03-09", "ask Mark"),
        ("write weekly report every friday", "2026-03-06", "write weekly report"),
        ("buy christmas lights on friday", "2026-03-06", "buy christmas lights"),
        ("Lunch with Ana Friday", "2026-03-06", "Lunch with Ana"),
        ("Call Mom Tomorrow", "2026-03-05", "Call Mom"),
        ("CALL MOM FRIDAY", "2026-03-06", "CALL MOM"),
        ("email the 2026 budget by friday", "2026-03-06", "email the 2026 budget"),
        ("book table for 4 at 7", "2026-03-04T19:00", "book table for 4"),
        ("don't forget 'the thing' tomorrow", "2026-03-05", "don't forget 'the thing'"),
        ("buy the kids' shoes tomorrow", "2026-03-05", "buy the kids' shoes"),
    ],
)
def test_the_date_is_read_and_the_look_alike_stays(text: str, date: str, rest: str) -> None:
    (when,) = [when for when in find_when(text, NOW) if when.strength != "weak"]
    assert when.due == date
    assert (text[: when.start] + text[when.end :]).strip() == rest


def test_weak_readings_name_what_could_have_been_meant() -> None:
    (when,) = find_when("call April", NOW)
    assert (when.due, when.strength, when.rule) == ("2026-04-01", "weak", "month")
