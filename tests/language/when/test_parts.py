"""Joining the readings of a clause, the days that a question asks for, shifts, and labels for people."""

from datetime import datetime

import pytest

from backend.assistant.language.when import combine, describe, find_shift, find_when

NOW = datetime(2026, 3, 4, 9, 30)


@pytest.mark.parametrize(
    ("text", "due", "recurrence"),
    [
        ("tomorrow call mom at 5pm", "2026-03-05T17:00", None),
        ("at 7 on friday dinner with ana in the evening", "2026-03-06T19:00", None),
        ("every day take the pills at 8am", "2026-03-05T08:00", "FREQ=DAILY"),
        ("next week book the car on friday at 9", "2026-03-13T09:00", None),
        ("tonight call mom at 11", "2026-03-04T23:00", None),
        ("every month send the report on the 15th", "2026-03-15", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ],
)
def test_parts_that_stand_apart_are_joined(text: str, due: str, recurrence: str | None) -> None:
    whens = tuple(when for when in find_when(text, NOW) if when.strength != "weak")
    assert len(whens) > 1
    joined = combine(whens, NOW)
    assert (joined.due, joined.recurrence, joined.problem) == (due, recurrence, None)
    assert (joined.start, joined.end) == (whens[0].start, whens[-1].end)


@pytest.mark.parametrize(
    "text",
    [
        "call mom tomorrow today",
        "on monday call mom on friday",
        "at 5pm call mom at 6pm",
        "friday march 5",
        "sunday feb 10",
    ],
)
def test_contradictions_are_problems(text: str) -> None:
    joined = combine(find_when(text, NOW), NOW)
    assert joined.due is None
    assert joined.problem


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-03-04", "2026-03-04"),
        ("tomorrow", "2026-03-05", "2026-03-05"),
        ("yesterday", "2026-03-03", "2026-03-03"),
        ("on friday", "2026-03-06", "2026-03-06"),
        ("this week", "2026-03-02", "2026-03-08"),
        ("next week", "2026-03-09", "2026-03-15"),
        ("last week", "2026-02-23", "2026-03-01"),
        ("later this week", "2026-03-05", "2026-03-08"),
        ("for the rest of the week", "2026-03-04", "2026-03-08"),
        ("this weekend", "2026-03-07", "2026-03-08"),
        ("next weekend", "2026-03-14", "2026-03-15"),
        ("this month", "2026-03-01", "2026-03-31"),
        ("next month", "2026-04-01", "2026-04-30"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("in april", "2026-04-01", "2026-04-30"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("in q2", "2026-04-01", "2026-06-30"),
        ("next 7 days", "2026-03-04", "2026-03-11"),
        ("in the next 3 days", "2026-03-07", "2026-03-07"),
        ("last 3 days", "2026-03-01", "2026-03-04"),
        ("last friday", "2026-02-27", "2026-02-27"),
        ("between monday and wednesday", "2026-03-09", "2026-03-11"),
        ("from march 10 to march 12", "2026-03-10", "2026-03-12"),
        ("by friday", None, "2026-03-06"),
        ("until friday", None, "2026-03-06"),
        ("before friday", None, "2026-03-05"),
        ("after friday", "2026-03-07", None),
        ("from friday", "2026-03-06", None),
        ("since monday", "2026-03-02", "2026-03-04"),
    ],
)
def test_days_that_a_question_asks_for(text: str, first: str | None, last: str | None) -> None:
    (when,) = find_when(f"what is there {text}", NOW)
    assert (when.date_from, when.date_to) == (first, last)


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("yesterday", True),
        ("last week", True),
        ("today", False),
        ("this week", False),
        ("2020-01-01", True),
        ("today at 8am", True),
    ],
)
def test_past(text: str, past: bool) -> None:
    (when,) = find_when(f"buy milk {text}", NOW)
    assert when.due
    assert when.past is past


@pytest.mark.parametrize(
    ("text", "words", "duration"),
    [
        ("postpone gym by 2 days", "by 2 days", "P2D"),
        ("postpone gym by two weeks", "by two weeks", "P2W"),
        ("postpone gym a week later", "a week later", "P1W"),
        ("push gym back an hour", "back an hour", "PT1H"),
        ("push gym out by an hour and a half", "out by an hour and a half", "PT1H30M"),
        ("move gym up an hour", "up an hour", "-PT1H"),
        ("move gym 2 days earlier", "2 days earlier", "-P2D"),
        ("bring the meeting forward by 30 minutes", "forward by 30 minutes", "-PT30M"),
        ("push the meeting forward by 30 minutes", "forward by 30 minutes", "PT30M"),
        ("move gym back a week", "back a week", "P1W"),
        ("delay it another month", "another month", "P1M"),
        ("make it half an hour sooner", "half an hour sooner", "-PT30M"),
        ("delay by a couple of days", "by a couple of days", "P2D"),
        ("delay by 1 year and 2 months", "by 1 year and 2 months", "P1Y2M"),
    ],
)
def test_shift(text: str, words: str, duration: str) -> None:
    (shift,) = find_shift(text, NOW)
    assert (text[shift.start : shift.end], shift.duration) == (words, duration)


@pytest.mark.parametrize(
    "text", ["buy milk in 2 days", "walk for 2 hours", "read 5 pages", "by friday", "back up the laptop"]
)
def test_no_shift(text: str) -> None:
    assert find_shift(text, NOW) == ()


@pytest.mark.parametrize(
    ("due", "recurrence", "label"),
    [
        ("2026-03-06T15:00", None, "Fri 6 Mar, 15:00"),
        ("2026-03-06", None, "Fri 6 Mar"),
        ("2027-01-05", None, "Tue 5 Jan 2027"),
        ("2026-03-09T09:00", "FREQ=WEEKLY;BYDAY=MO", "every Monday at 09:00"),
        ("2026-03-05T09:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday at 09:15"),
        ("2026-03-05", "FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("2026-03-10T15:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday at 15:00"),
        ("2026-04-01", "FREQ=MONTHLY;BYMONTHDAY=1", "every month on the 1st"),
        ("2026-03-31", "FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("2026-04-06", "FREQ=MONTHLY;BYDAY=1MO", "every month on the first Monday"),
        ("2026-03-04", "FREQ=MONTHLY;INTERVAL=3", "every 3 months"),
        ("2026-05-09", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=9", "every year on 9 May"),
        ("2026-11-26", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday of November"),
        ("2026-03-04", "FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ("2026-03-04", "FREQ=DAILY;UNTIL=20260601", "every day until 1 Jun 2026"),
        ("2026-03-04T09:30", "FREQ=HOURLY;INTERVAL=4", "every 4 hours from 09:30"),
    ],
)
def test_describe(due: str, recurrence: str | None, label: str) -> None:
    assert describe(due, now=NOW, recurrence=recurrence) == label
