"""Recurrences that count from completion."""

from datetime import UTC, datetime

import pytest

from backend.tasks.due import local_now
from backend.tasks.recurrence import next_after_completion
from tests.support.people import Person

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)  # 9:00 in Berlin
ZONE = "Europe/Berlin"


@pytest.mark.parametrize(
    ("rule", "due", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", "2026-03-01", "2026-03-13"),
        ("FREQ=DAILY;INTERVAL=3", "2026-03-20", "2026-03-13"),  # done long before it was due
        ("FREQ=DAILY;INTERVAL=3", "2026-03-01T07:30", "2026-03-13T07:30"),
        ("FREQ=DAILY", "2026-03-01T22:00", "2026-03-11T22:00"),
        ("FREQ=WEEKLY", "2026-03-02", "2026-03-17"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-03-02", "2026-03-16"),
        ("FREQ=MONTHLY", "2026-01-31", "2026-04-10"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2026-01-01", "2026-04-01"),
        ("FREQ=HOURLY;INTERVAL=4", "2026-03-01T07:30", "2026-03-10T13:00"),
        ("FREQ=DAILY;UNTIL=20260312", "2026-03-01", "2026-03-11"),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20260312", "2026-03-01", None),
        ("FREQ=DAILY;COUNT=1", "2026-03-01", None),
    ],
)
def test_the_next_time_counts_from_now(rule: str, due: str, expected: str | None) -> None:
    following = next_after_completion(rule, due=due, timezone=ZONE, now=NOW)
    assert (following and following.due) == expected


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("FREQ=MONTHLY", "2026-01-31", "2026-02-28"),
        ("FREQ=MONTHLY;INTERVAL=3", "2025-11-30", "2026-02-28"),
        ("FREQ=YEARLY", "2024-02-29", "2025-02-28"),
        ("FREQ=MONTHLY;COUNT=2", "2026-01-31", "2026-02-28"),
        ("FREQ=MONTHLY;UNTIL=20260227", "2026-01-31", None),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1SU", "2026-04-25", "2026-07-05"),
        ("FREQ=YEARLY", "2999-06-01", None),
    ],
)
def test_a_month_after_the_last_of_a_month_is_the_last_of_the_next(rule: str, day: str, expected: str | None) -> None:
    now = datetime.fromisoformat(f"{day}T12:00+00:00")
    following = next_after_completion(rule, due="2023-05-05", timezone="UTC", now=now)
    assert (following and following.due) == expected


async def test_a_task_completed_late_comes_back_so_long_after(person: Person) -> None:
    task = await person.add(
        "water plants",
        due="2026-03-04",
        recurrence="FREQ=DAILY;INTERVAL=3",
        recurrence_from="completion",
        timezone="UTC",
    )
    assert task["recurrence_from"] == "completion"
    done = await person.post(f"/api/tasks/{task['id']}/complete")
    today = local_now(datetime.now(UTC), "UTC").date()
    assert (datetime.fromisoformat(done.json()["due"]).date() - today).days == 3
    await person.post("/api/undo", json={"undo_token": done.headers["undo-token"]})
    again = (await person.get(f"/api/tasks/{task['id']}")).json()
    assert (again["due"], again["recurrence_from"]) == ("2026-03-04", "completion")


async def test_a_new_recurrence_counts_from_the_due_date_unless_it_is_said(person: Person) -> None:
    task = await person.add("shave", due="2026-03-04", recurrence="FREQ=DAILY", recurrence_from="completion")
    path = f"/api/tasks/{task['id']}"
    said = [
        ({"recurrence": "FREQ=DAILY"}, "completion"),  # no new one
        ({"title": "shave well"}, "completion"),
        ({"recurrence": "FREQ=WEEKLY"}, "due"),
        ({"recurrence_from": "completion"}, "completion"),
        ({"recurrence": "FREQ=MONTHLY", "recurrence_from": "completion"}, "completion"),
        ({"recurrence_from": None}, "due"),
        ({"recurrence": None}, None),
    ]
    for changes, expected in said:
        answer = await person.patch(path, json=changes)
        assert (answer.status_code, answer.json()["recurrence_from"]) == (200, expected), changes


async def test_only_a_repeating_task_counts_from_anything(person: Person) -> None:
    new = await person.post("/api/tasks", json={"title": "once", "recurrence_from": "completion"})
    assert (new.status_code, new.json()["errors"][0]["field"]) == (422, "recurrence_from")
    task = await person.add("once")
    assert task["recurrence_from"] is None
    for value in ("completion", "due", "yesterday"):
        answer = await person.patch(f"/api/tasks/{task['id']}", json={"recurrence_from": value})
        assert answer.status_code == 422, value
