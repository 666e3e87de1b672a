"""The schedule against a model that walks the minutes: the same moments, in any zone and over any change of clocks."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reminders.schedule import Hours, held_until, next_digest, planned, skipped, stable_id
from backend.reminders.values import Reminder, plain, read_duration

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca")
AROUND = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda one: one.replace(second=0, microsecond=0))
NEAR_CHANGES = st.sampled_from(("2026-03-29T02:30", "2026-10-25T02:30", "2026-03-08T02:30", "2026-11-01T01:30"))
WALLS = st.one_of(AROUND.map(lambda one: one.isoformat(timespec="minutes")), NEAR_CHANGES)
AGAIN = st.fixed_dictionaries(
    {"every": st.sampled_from(("PT1M", "PT10M", "PT2H", "P1D"))}, optional={"times": st.integers(1, 30)}
)
BEFORE = st.fixed_dictionaries(
    {"before": st.sampled_from(("PT0S", "PT30M", "PT26H", "P1D", "P1W", "P1DT90M"))}, optional={"again": AGAIN}
)
MOMENTS = st.fixed_dictionaries({"at": WALLS, "zone": st.sampled_from(ZONES)}, optional={"again": AGAIN})
LISTS = st.one_of(st.none(), st.lists(st.one_of(BEFORE, MOMENTS), max_size=4))


def _instant(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _model(due: str | None, zone: str, reminders: Sequence[dict[str, Any]], now: datetime) -> set[datetime]:
    """Of each reminder the first instant after now."""
    found = set()
    for one in reminders:
        own = one.get("zone") or zone
        if "at" in one:
            instants = [_instant(datetime.fromisoformat(one["at"]), own)]
        elif due is None or "T" not in due:
            continue
        else:
            days, minutes = read_duration(one["before"])
            wall = datetime.fromisoformat(due) - timedelta(days=days)
            instants = [_instant(wall, zone) - timedelta(minutes=minutes)]
        if again := one.get("again"):
            days, minutes = read_duration(again["every"])
            here = instants[0].astimezone(ZoneInfo(own)).replace(tzinfo=None)
            for place in range(1, again.get("times", 12) + 1):
                later = _instant(here + timedelta(days=days * place), own) if days else instants[0]
                instants.append(later + timedelta(minutes=minutes * place))
        found |= {min(later)} if (later := [instant for instant in instants if instant > now]) else set()
    return found


@given(
    due=st.one_of(st.none(), WALLS, WALLS.map(lambda one: one[:10])),
    zone=st.sampled_from(ZONES),
    reminders=LISTS,
    now=AROUND,
)
def test_what_is_planned_is_what_the_model_says(
    due: str | None, zone: str, reminders: list[dict[str, Any]] | None, now: datetime
) -> None:
    now = now.replace(tzinfo=UTC)
    document = {"id": "t", "status": "open", "due": due, "timezone": zone if due else None}
    kept = None if reminders is None else plain([Reminder.model_validate(one) for one in reminders])
    default = [{"before": "PT0S"}]
    moments = planned({**document, "reminders": kept}, default=default, now=now)
    effective = kept if kept is not None else default
    assert {one.due_at for one in moments} == _model(due, zone if due else "UTC", effective, now)
    assert len({one.id for one in moments}) == len(moments)
    never = skipped({**document, "reminders": kept}, default=default, now=now)
    assert all(not _model(due, zone if due else "UTC", [one], now) for one in never)
    assert planned({**document, "reminders": kept, "status": "done"}, default=default, now=now) == []


CLOCKS = st.times().map(lambda one: f"{one:%H:%M}")


@given(quiet=st.tuples(CLOCKS, CLOCKS), zone=st.sampled_from(ZONES), now=AROUND)
def test_quiet_hours_end_and_hold_nothing_back_outside(quiet: tuple[str, str], zone: str, now: datetime) -> None:
    now = now.replace(tzinfo=UTC)
    hours = Hours(zone=zone, quiet_from=quiet[0], quiet_to=quiet[1])
    end = held_until(hours, now, urgent=False)
    here = now.astimezone(ZoneInfo(zone))
    inside = (
        quiet[0] <= f"{here:%H:%M}" < quiet[1] if quiet[0] <= quiet[1] else not quiet[1] <= f"{here:%H:%M}" < quiet[0]
    )
    shifted = here.utcoffset() != (now + timedelta(days=1)).astimezone(ZoneInfo(zone)).utcoffset()
    shifted |= here.utcoffset() != (now - timedelta(days=1)).astimezone(ZoneInfo(zone)).utcoffset()
    if not shifted:
        assert (end is not None) == inside
    if end:
        assert now < end <= now + timedelta(hours=25)
        assert held_until(hours, end, urgent=False) is None
    assert held_until(hours, now, urgent=True) is None


@given(at=CLOCKS, zone=st.sampled_from(ZONES), now=AROUND)
def test_a_digest_comes_every_day(at: str, zone: str, now: datetime) -> None:
    now = now.replace(tzinfo=UTC)
    following = next_digest(at, zone, now)
    assert now < following <= now + timedelta(hours=25)


def test_an_id_is_a_uuid_7_that_is_the_same_for_the_same() -> None:
    at = datetime(2026, 3, 10, tzinfo=UTC)
    assert stable_id(at, "a") == stable_id(at, "a") != stable_id(at, "b")
    assert stable_id(at, "a")[14] == "7" and stable_id(at, "a") < stable_id(at + timedelta(seconds=1), "a")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"before": "PT30M", "at": "2026-12-01T06:30"},
        {"before": "-PT30M"},
        {"before": "P1M"},
        {"before": "PT9999H"},
        {"before": "30 minutes"},
        {"at": "2026-12-01"},
        {"at": "2026-13-01T00:00"},
        {"at": "2026-12-01T06:30", "zone": "Mars/Base"},
        {"before": "PT0S", "again": {"every": "PT0S"}},
        {"before": "PT0S", "again": {"every": "PT1M", "times": 101}},
        {"before": "PT0S", "channels": []},
        {"before": "PT0S", "channels": ["pigeon"]},
        {"before": "PT0S", "loud": True},
    ],
)
def test_what_is_no_reminder_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Reminder.model_validate(wrong)
