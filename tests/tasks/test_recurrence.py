"""Occurrences over the wall clock: against python-dateutil, across daylight saving, and as a task moves on."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.tasks.due import overdue_at, shifted
from backend.tasks.recurrence import first_occurrence, next_occurrence, occurrences
from backend.tasks.rules import parse
from tests.support.people import Person

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
starts = st.datetimes(min_value=datetime(2019, 12, 1), max_value=datetime(2030, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if frequency == "HOURLY":
        return ";".join(parts)
    if draw(st.booleans()):
        # dateutil does not unite a weekday with a place and one without: either all have one here, or none
        placed = frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans())
        days = st.tuples(st.sampled_from(["1", "2", "-1"] if placed else [""]), st.sampled_from(DAYS)).map("".join)
        parts.append("BYDAY=" + ",".join(draw(st.lists(days, min_size=1, max_size=4, unique=True))))
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 15, 28, -1, -7]))}")
    if draw(st.booleans()):
        months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if draw(st.booleans()):
        parts.append(f"BYHOUR={draw(st.integers(0, 23))}")
    # dateutil counts places in the first week from its start on, RFC 5545 in the whole week
    if frequency != "WEEKLY" and len(parts) > 2 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    return ";".join(parts)


@settings(max_examples=100, deadline=None)
@given(rule=rules(), start=starts)
def test_occurrences_are_those_of_dateutil(rule: str, start: datetime) -> None:
    expected = rrulestr(rule, dtstart=start).between(start, start + timedelta(days=3 * 366), inc=True)[:8]
    found = list(islice(occurrences(parse(rule), start, near=start), len(expected)))
    assert found == expected


@settings(max_examples=100, deadline=None)
@given(rule=rules(), start=starts, days=st.integers(0, 800))
def test_the_next_is_the_first_that_is_not_past(rule: str, start: datetime, days: int) -> None:
    now = (start + timedelta(days=days, hours=5)).replace(tzinfo=UTC)
    due = start.strftime("%Y-%m-%dT%H:%M")
    following = next_occurrence(rule, due=due, timezone="UTC", now=now)
    expected = rrulestr(rule, dtstart=start).after(max(start, now.replace(tzinfo=None)))
    if expected is None or expected > start + timedelta(days=40 * 365):
        return
    assert following is not None and following.due == expected.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("due", "following", "instant"),
    [
        ("2026-03-28T09:00", "2026-03-29T09:00", "2026-03-29T07:00"),  # the clocks go forward in the night between
        ("2026-10-24T09:00", "2026-10-25T09:00", "2026-10-25T08:00"),  # and back
        ("2026-03-28T02:30", "2026-03-29T02:30", "2026-03-29T01:30"),  # no such time: an hour on, 03:30
        ("2026-03-29T02:30", "2026-03-30T02:30", "2026-03-30T00:30"),  # and the day after as ever
        ("2026-10-24T02:30", "2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the first
    ],
)
def test_nine_oclock_stays_nine_oclock(due: str, following: str, instant: str) -> None:
    zone = "Europe/Berlin"
    now = overdue_at(due, zone) - timedelta(hours=1)
    moved = next_occurrence("FREQ=DAILY", due=due, timezone=zone, now=now)
    assert moved is not None and moved.due == following
    assert overdue_at(moved.due, zone) == datetime.fromisoformat(f"{instant}+00:00")


def test_a_time_that_is_skipped_is_an_hour_later_on_the_clock() -> None:
    instant = overdue_at("2026-03-08T02:30", "America/New_York")
    assert instant.astimezone(ZoneInfo("America/New_York")).strftime("%H:%M") == "03:30"


@pytest.mark.parametrize(
    ("rule", "due", "now", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", "2026-03-05", "2026-03-05T10:00", ("2026-03-06", "FREQ=DAILY;COUNT=2")),
        ("FREQ=DAILY;COUNT=3", "2026-03-05", "2026-03-07T10:00", ("2026-03-07", "FREQ=DAILY;COUNT=1")),
        ("FREQ=DAILY;COUNT=3", "2026-03-05", "2026-03-08T10:00", None),
        ("FREQ=DAILY;COUNT=1", "2026-03-05", "2026-03-05T10:00", None),
        ("FREQ=WEEKLY;UNTIL=20260312", "2026-03-05", "2026-03-05T10:00", ("2026-03-12", "FREQ=WEEKLY;UNTIL=20260312")),
        ("FREQ=WEEKLY;UNTIL=20260311", "2026-03-05", "2026-03-05T10:00", None),
        ("FREQ=MONTHLY", "2026-01-31", "2026-01-31T10:00", ("2026-03-31", "FREQ=MONTHLY")),
        ("FREQ=YEARLY", "2024-02-29", "2025-01-01T10:00", ("2028-02-29", "FREQ=YEARLY")),
        ("FREQ=DAILY", "2026-03-05", "2026-03-03T10:00", ("2026-03-06", "FREQ=DAILY")),
        ("FREQ=DAILY", "2016-03-05", "2026-03-05T10:00", ("2026-03-05", "FREQ=DAILY")),
        ("FREQ=MINUTELY;INTERVAL=30", "2020-01-01T00:10", "2026-03-05T10:00", ("2026-03-05T10:10",)),
    ],
)
def test_where_a_series_goes(rule: str, due: str, now: str, expected: tuple[str, ...] | None) -> None:
    moved = next_occurrence(rule, due=due, timezone="UTC", now=datetime.fromisoformat(f"{now}+00:00"))
    if expected is None:
        assert moved is None
    else:
        assert moved is not None
        assert (moved.due, moved.recurrence)[: len(expected)] == expected


def test_a_series_without_a_due_begins_today_at_the_earliest() -> None:
    now = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)  # a Thursday; in Tokyo it is Friday
    assert first_occurrence("FREQ=WEEKLY;BYDAY=TH", timezone="UTC", now=now) == "2026-03-05"
    assert first_occurrence("FREQ=WEEKLY;BYDAY=TH", timezone="Asia/Tokyo", now=now) == "2026-03-12"
    assert first_occurrence("FREQ=DAILY;BYHOUR=9;BYMINUTE=0", timezone="UTC", now=now) == "2026-03-06T09:00"


@pytest.mark.parametrize(
    ("due", "duration", "moved"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-03-05", "-P2D", "2026-03-03"),
        ("2026-03-05T23:30", "PT1H", "2026-03-06T00:30"),
        ("2026-03-28T02:30", "P1D", "2026-03-29T02:30"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-03-05", "P2W", "2026-03-19"),
    ],
)
def test_a_due_moves_on_the_wall_clock(due: str, duration: str, moved: str) -> None:
    assert shifted(due, duration) == moved


@pytest.mark.parametrize("duration", ["", "P", "PT", "2D", "P1.5D", "PT1H", "P9999Y", "-P9999Y"])
def test_moves_that_cannot_be(duration: str) -> None:
    with pytest.raises(ValueError, match=r"ISO 8601|without a time|year"):
        shifted("2026-03-05", duration)


async def test_completing_moves_the_task_until_its_series_ends(person: Person) -> None:
    task = await person.add(
        "stretch", due="2099-03-05T09:00", timezone="Europe/Berlin", recurrence="freq=daily;count=2"
    )
    moved = (await person.post(f"/api/tasks/{task['id']}/complete")).json()
    assert (moved["due"], moved["status"], moved["recurrence"]) == ("2099-03-06T09:00", "open", "FREQ=DAILY;COUNT=1")
    assert moved["due_at"] == "2099-03-06T08:00:00Z"
    ended = (await person.post(f"/api/tasks/{task['id']}/complete")).json()
    assert (ended["status"], ended["due"]) == ("done", "2099-03-06T09:00")


async def test_a_moved_task_keeps_repeating(person: Person) -> None:
    task = await person.add("standup", due="2099-03-02T09:00", recurrence="FREQ=WEEKLY;BYDAY=MO")
    moved = (await person.patch(f"/api/tasks/{task['id']}", json={"due": "2099-03-03T10:00"})).json()
    assert moved["recurrence"] == "FREQ=WEEKLY;BYDAY=MO"
    following = (await person.post(f"/api/tasks/{task['id']}/complete")).json()
    assert following["due"] == "2099-03-09T10:00"
