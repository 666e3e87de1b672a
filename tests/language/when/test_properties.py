"""What holds for any text, any now and any zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.assistant.language.fields import find_fields
from backend.assistant.language.when import combine, describe, find_shift, find_when
from backend.assistant.language.when import words as w
from cli.bench.language.phrases import phrases, plain_titles

NOW = datetime(2026, 3, 4, 9, 30)
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "America/Santiago",
    "Australia/Lord_Howe",
)
WORDS = sorted(
    {*w.WEEKDAYS, *w.MONTHS, *w.UNITS, *w.CARDINALS, *w.ORDINALS, *w.LEADS, *w.NEXT, *w.LAST, *w.EVERY, *w.DAY_PARTS}
)
MARKS = [
    "5",
    "17:30",
    "2026-02-30",
    "3/4",
    "1st",
    "31",
    "9999",
    "0",
    "pm",
    ",",
    ".",
    '"',
    "'",
    "-",
    "to",
    "and",
    "the",
    "of",
    "a",
]
SALAD = st.lists(st.sampled_from(WORDS + MARKS), max_size=14).map(" ".join)
ANY_NOW = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59))


@given(text=st.one_of(st.text(max_size=200), SALAD), now=ANY_NOW)
@settings(max_examples=300, deadline=None)
def test_never_raises_and_ranges_are_in_order(text: str, now: datetime) -> None:
    whens = find_when(text, now)
    end = 0
    for when in whens:
        assert end <= when.start < when.end <= len(text)
        assert text[when.start : when.end].strip()
        assert bool(when.due) != bool(when.problem)
        assert when.rule
        end = when.end
        if when.due:
            assert describe(when.due, now=now, recurrence=when.recurrence)
    if whens:
        combine(whens, now)
    for found in (*find_fields(text), *find_shift(text)):
        assert 0 <= found.start < found.end <= len(text)


@given(text=SALAD)
@settings(deadline=None)
def test_reading_does_not_depend_on_what_was_read_before(text: str) -> None:
    assert find_when(text, NOW) == find_when(text, NOW)


@pytest.mark.parametrize(
    "unit", ["monday, ", "every ", "the ", "1 ", "half ", "tomorrow at 5pm ", '"', "“", "1.", "#a ", "+", "to my "]
)
def test_work_grows_with_the_length_of_the_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: twice the text asks twice as often for the phrase at a place."""
    from backend.assistant.language.when import find

    calls = 0
    read_piece = find.read_piece

    def counted(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        return read_piece(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(find, "read_piece", counted)
    find_when((unit * 2500)[:2500], NOW)
    short, calls = calls, 0
    find_when((unit * 5000)[:5000], NOW)
    assert calls <= 2 * short + 2


@given(text=st.sampled_from([phrase.text for phrase in phrases() if phrase.due]))
@settings(deadline=None)
def test_case_changes_nothing(text: str) -> None:
    """Where all is in capitals or none is, capitals say nothing."""
    lower, upper = (find_when(said, NOW) for said in (f"buy milk {text}".lower(), f"buy milk {text}".upper()))
    assert [(when.due, when.recurrence) for when in lower] == [(when.due, when.recurrence) for when in upper]


@given(title=st.sampled_from(plain_titles()))
@settings(deadline=None)
def test_a_quoted_title_is_never_read(title: str) -> None:
    quoted = title.replace('"', "").replace("“", "").replace("”", "")
    assert find_when(f'read "{quoted}"', NOW) == ()


@given(now=ANY_NOW.filter(lambda now: now.year < 9998), weekday=st.integers(0, 6))
@settings(deadline=None)
def test_weekdays(now: datetime, weekday: int) -> None:
    """A weekday is the next after today; "next" is the following week's; "this" is this week's."""
    name = w.DAY_NAMES[weekday].lower()
    plain, following, this = (
        datetime.fromisoformat(find_when(f"call mom {said}", now)[0].due or "").date()
        for said in (f"on {name}", f"next {name}", f"this {name}")
    )
    assert plain.weekday() == following.weekday() == this.weekday() == weekday
    assert 1 <= (plain - now.date()).days <= 7
    assert (following - this).days == 7
    assert this.isocalendar()[:2] == now.date().isocalendar()[:2]


@given(now=st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), hour=st.integers(1, 12))
@settings(deadline=None)
def test_an_hour_alone_is_the_next_such_hour(now: datetime, hour: int) -> None:
    due = datetime.fromisoformat(find_when(f"call mom at {hour}", now)[0].due or "")
    assert due.hour == (hour if 8 <= hour <= 12 else hour + 12)
    assert now.replace(second=0, microsecond=0) <= due <= now + timedelta(days=1)


@pytest.mark.parametrize("zone", ZONES)
@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    clock=st.times().map(lambda time: f"{time:%H:%M}"),
)
@settings(deadline=None)
def test_a_wall_clock_time_stays_what_was_said(zone: str, now: datetime, clock: str) -> None:
    """Across every change of the clocks, a skipped hour too: what it becomes in UTC is not the words' business."""
    when = find_when(f"call mom tomorrow at {clock}", now, zone)[0]
    tomorrow = (now + timedelta(days=1)).date().isoformat()
    said = clock if clock[0] == "0" or int(clock[:2]) > 12 else None
    assert when.due
    assert when.due.startswith(tomorrow)
    assert said is None or when.due == f"{tomorrow}T{said}"


@pytest.mark.parametrize("zone", ZONES)
@given(now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), minutes=st.integers(1, 600))
@settings(deadline=None)
def test_hours_from_now_pass_on_the_zones_clock(zone: str, now: datetime, minutes: int) -> None:
    """ "in 90 minutes" is 90 minutes that pass, also where the clocks change between."""
    wall = now.replace(second=0, microsecond=0)
    start = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    due = find_when(f"tea in {minutes} minutes", wall, zone)[0].due
    expected = (start + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    assert due == f"{expected:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("America/New_York", "2026-03-08T01:30", "2026-03-08T03:15"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:15"),
        ("Asia/Kolkata", "2026-03-08T01:30", "2026-03-08T02:15"),
        ("Australia/Lord_Howe", "2026-10-04T01:30", "2026-10-04T02:45"),
        (None, "2026-03-08T01:30", "2026-03-08T02:15"),
    ],
)
def test_45_minutes_over_a_change_of_the_clocks(zone: str | None, now: str, due: str) -> None:
    assert find_when("tea in 45 minutes", datetime.fromisoformat(now), zone)[0].due == due


@pytest.mark.parametrize(
    ("now", "text", "due"),
    [
        ("2028-02-28T12:00", "call mom tomorrow", "2028-02-29"),
        ("2027-02-28T12:00", "call mom tomorrow", "2027-03-01"),
        ("2028-02-29T12:00", "renew in a year", "2029-02-28"),
        ("2026-01-31T12:00", "pay in a month", "2026-02-28"),
        ("2026-12-31T23:59", "call mom at 8am", "2027-01-01T08:00"),
        ("2026-12-31T23:59", "party tonight", "2026-12-31T20:00"),
        ("2026-12-29T12:00", "dentist next friday", "2027-01-08"),
        ("2027-01-01T12:00", "report by the end of the week", "2027-01-01"),
        ("2026-03-08T12:00", "plan next week", "2026-03-09"),
        ("2026-03-08T12:00", "clean this weekend", "2026-03-07"),
    ],
)
def test_edges_of_the_calendar(now: str, text: str, due: str) -> None:
    assert find_when(text, datetime.fromisoformat(now))[0].due == due
