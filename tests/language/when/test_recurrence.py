"""Recurrences: their RRULE, their first occurrence from now on, their ends; checked against dateutil's rule engine."""

from datetime import datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.assistant.language.when import combine, find_when
from cli.bench.language.phrases import phrases

NOW = datetime(2026, 3, 4, 9, 30)
RHYTHMS = sorted({phrase.text for phrase in phrases() if phrase.recurrence and "INTERVAL" not in phrase.recurrence})


def _read(text: str, now: datetime = NOW) -> tuple[str | None, str | None]:
    whens = tuple(when for when in find_when(text, now) if when.strength != "weak")
    read = combine(whens, now)
    return read.due, read.recurrence


@given(rhythm=st.sampled_from(RHYTHMS), now=st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)))
@settings(deadline=None)
def test_due_is_an_occurrence_of_its_own_rule(rhythm: str, now: datetime) -> None:
    """The rule started at its due time has that time as its first occurrence (RFC 5545: DTSTART is an instance)."""
    due, recurrence = _read("water the plants " + rhythm, now)
    assume(due or "until" not in rhythm)  # "every tuesday until may 1", said on the wednesday before, never comes
    assert due
    assert recurrence
    start = datetime.fromisoformat(due)
    rule = recurrence.split(";UNTIL=")[0]
    assert next(iter(rrulestr(rule, dtstart=start))) == start
    assert start >= (now.replace(second=0, microsecond=0) if "T" in due else datetime.combine(now.date(), time()))


@given(now=st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)), weekday=st.integers(0, 6), hour=st.integers(0, 23))
@settings(deadline=None)
def test_no_occurrence_is_skipped(now: datetime, weekday: int, hour: int) -> None:
    name = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[weekday]
    due, _ = _read(f"standup every {name} at {hour:02}:00", now)
    assert due
    found = datetime.fromisoformat(due)
    earlier = found - timedelta(days=7)
    assert found.weekday() == weekday
    assert earlier < now.replace(second=0, microsecond=0) <= found


@pytest.mark.parametrize(
    ("now", "text", "due"),
    [
        ("2026-03-07T20:00", "standup every sunday at 9", "2026-03-08T09:00"),
        ("2026-02-28T09:00", "pay rent every 31st", "2026-03-31"),
        ("2027-01-31T23:59", "pay rent on the last day of every month", "2027-01-31"),
        ("2026-03-01T00:00", "birthday every feb 29", "2028-02-29"),
        ("2097-03-01T00:00", "birthday every feb 29", "2104-02-29"),
        ("2026-12-31T23:59", "stretch every day at 7am", "2027-01-01T07:00"),
        ("2026-03-09T10:00", "book club on the second monday of every month at 9am", "2026-04-13T09:00"),
        ("2026-11-26T08:00", "call family every thanksgiving", "2026-11-26"),
    ],
)
def test_first_occurrence_at_the_edges_of_the_calendar(now: str, text: str, due: str) -> None:
    assert _read(text, datetime.fromisoformat(now))[0] == due


def test_until_has_the_form_of_the_start() -> None:
    """RFC 5545, 3.3.10: a date where the start is a date, a local time where it is one."""
    assert _read("walk every day until friday")[1] == "FREQ=DAILY;UNTIL=20260306"
    assert _read("walk every day at 8pm until friday")[1] == "FREQ=DAILY;UNTIL=20260306T235959"


def test_parts_that_stand_apart_are_one_rhythm() -> None:
    assert _read("every friday call mom at 5pm") == ("2026-03-06T17:00", "FREQ=WEEKLY;BYDAY=FR")


def test_an_end_before_the_first_occurrence_is_a_problem() -> None:
    sunday = datetime(2026, 3, 8, 10)
    assert combine(find_when("walk every day at 9am this week", sunday), sunday).problem


def test_two_rhythms_contradict() -> None:
    whens = find_when("every day call mom every week", NOW)
    assert combine(whens, NOW).problem
