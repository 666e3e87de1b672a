"""What is exported comes back: each format that can hold a field loses none of it, whatever the field says."""

# ruff: noqa: E501  (rows of files stay as they are)

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange.export import EXPORTS
from backend.tasks.arrivals import Arrival
from backend.tasks.due import has_time, overdue_at
from backend.tasks.recurrence import check_series
from backend.tasks.text import clean_notes, clean_project, clean_tags, clean_title
from tests.exchange.files import NOW, read

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "UTC")
RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=2TU;COUNT=7", "FREQ=WEEKLY;INTERVAL=2;UNTIL=29990101",
)  # fmt: skip
NASTY = (
    "=1+1", "'=1", "-5", "@home +work", "x done", "(A) first", "due:2026-01-01 rec:1d", "a, b; c", "[due:: 2026-01-01]",
    "#tag and \\#not", "📅 2026-01-01", "\\", "\\- [ ] x", "2026-01-01 x", "“quoted” \"q\"", "a|b", "note:x", "100%25", "+", "@",
    "#", "🔁 every day", "⏫", "*a* _b_ `c`", "BEGIN:VTODO", "https://example.org/a?b=c#d", "\u2060+x", "id:7", "1.",
)  # fmt: skip
letters = st.characters(exclude_categories=["Cs", "Cc"])
words = st.one_of(st.sampled_from(NASTY), st.text(letters, min_size=1, max_size=12))
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)


def cleaned(clean: Any) -> Any:
    """A function that tells None for what the list would refuse."""

    def attempt(value: Any) -> Any:
        try:
            return clean(value)
        except ValueError:
            return None

    return attempt


def is_something(value: object) -> bool:
    return value is not None


titles = lines.map(cleaned(clean_title)).filter(is_something)
projects = st.none() | lines.map(lambda text: text[:90]).map(cleaned(clean_project))
tags = st.lists(lines.map(lambda text: text[:40]), max_size=4).map(cleaned(clean_tags)).filter(is_something)
notes = st.none() | st.lists(st.just("") | lines | st.just("  indented"), max_size=5).map("\n".join).map(clean_notes)
days = st.dates(min_value=NOW.date().replace(year=1971), max_value=NOW.date().replace(year=2998))
instants = st.datetimes(min_value=NOW.replace(year=1990, tzinfo=None), max_value=NOW.replace(tzinfo=None)).map(
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
)
reminders = st.none() | st.lists(
    st.sampled_from([{"before": "PT30M"}, {"before": "P1D", "urgent": True}]), unique_by=str
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A task's document, as the list could hold it."""
    day, clock = draw(days), draw(st.none() | st.times())
    due = draw(st.none() | st.just(f"{day}T{clock:%H:%M}" if clock else f"{day}"))
    zone = draw(st.sampled_from(ZONES))
    done = draw(st.booleans())
    rule = draw(st.none() | st.sampled_from(RULES)) if due else None
    timed = due is not None and has_time(due)
    if rule:
        check_series(rule, due=due or "", timezone=zone)
    return {
        "id": str(draw(st.uuids())), "number": draw(st.integers(1, 10**6)), "title": draw(titles), "notes": draw(notes),
        "due": due, "timezone": zone if due else None, "due_at": str(overdue_at(due, zone)) if due else None,
        "recurrence": rule, "priority": draw(st.sampled_from(["high", "medium", "low", None])), "tags": draw(tags),
        "project": draw(projects), "order": float(draw(st.integers(-1000, 1000))) / 4, "status": "done" if done else "open",
        "created_at": draw(instants), "updated_at": draw(instants), "completed_at": draw(instants) if done else None,
        "version": 1, "reminders": draw(reminders) if timed else None, "parent_id": None, "subtasks": None,
        "recurrence_from": draw(st.sampled_from(["due", "completion"])) if rule else None,
    }  # fmt: skip


def shown(arrival: Arrival, fields: tuple[str, ...]) -> dict[str, Any]:
    values = vars(arrival) | {"status": "done" if arrival.done else "open"}
    for name in ("created_at", "completed_at"):
        moment = values[name]
        values[name] = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None
    return {name: values[name] for name in fields}


TEXT = (
    "title",
    "notes",
    "due",
    "timezone",
    "recurrence",
    "priority",
    "tags",
    "project",
    "status",
    "completed_at",
    "created_at",
)
EVERYTHING = (*TEXT, "order", "reminders")
HELD = {"json": EVERYTHING, "csv": EVERYTHING, "icalendar": EVERYTHING, "todotxt": TEXT, "markdown": TEXT}


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=60, deadline=None)
@given(task=documents())
def test_nothing_is_lost(name: str, task: dict[str, Any]) -> None:
    export = EXPORTS[name]
    plan = read(export.write([task], NOW), f"todo.{export.suffix}")
    expected = {field: task[field] for field in HELD[name]}
    assert len(plan.arrivals) == 1, plan.remarks
    assert shown(plan.arrivals[0], HELD[name]) == expected


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=30, deadline=None)
@given(tasks=st.lists(documents(), max_size=6, unique_by=lambda task: task["id"]))
def test_no_task_is_lost(name: str, tasks: list[dict[str, Any]]) -> None:
    export = EXPORTS[name]
    text = export.write(tasks, NOW)
    if not tasks and name in {"todotxt", "markdown"}:
        assert text == ""
        return
    plan = read(text, f"todo.{export.suffix}")
    assert sorted(arrival.title for arrival in plan.arrivals) == sorted(task["title"] for task in tasks)
