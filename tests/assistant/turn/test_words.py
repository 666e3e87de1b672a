"""How dates, recurrences and changes are said."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from backend.assistant.reply.dates import say_due, say_due_briefly, say_period, say_recurrence
from backend.assistant.reply.lists import say_heading, say_tasks
from backend.assistant.reply.receipts import say_changes, say_undone
from backend.journal.values import Change

TODAY = date(2026, 10, 4)
TASK: dict[str, Any] = {"number": 3, "title": "buy milk", "due": None, "recurrence": None, "priority": None, "tags": []}
TASK |= {"project": None, "notes": None, "status": "open"}


def _change(kind: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    at = datetime(2026, 10, 4, tzinfo=UTC)
    return Change(revision=1, turn="t", surface="chat", kind=kind, task_id="i", before=before, after=after, at=at)


@pytest.mark.parametrize(
    ("due", "said", "briefly"),
    [
        ("2026-10-05T17:00", "tomorrow, Mon 5 Oct, 17:00", "tomorrow 17:00"),
        ("2026-10-04", "today, Sun 4 Oct", "today"),
        ("2026-10-03T09:05", "yesterday, Sat 3 Oct, 09:05", "yesterday 09:05"),
        ("2027-01-01", "Fri 1 Jan 2027", "Fri 1 Jan 2027"),
        ("2026-10-09T00:00", "Fri 9 Oct, 00:00", "Fri 9 Oct 00:00"),
    ],
)
def test_due(due: str, said: str, briefly: str) -> None:
    assert say_due(due, today=TODAY) == said
    assert say_due_briefly(due, today=TODAY) == briefly


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "every month on the 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
        ("FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ("FREQ=YEARLY;UNTIL=20300101", "every year until 1 Jan 2030"),
        ("FREQ=MINUTELY;INTERVAL=30", "every 30 minutes"),
    ],
)
def test_recurrence(rule: str, said: str) -> None:
    assert say_recurrence({"recurrence": rule}) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 10, 4), date(2026, 10, 4), "for today"),
        (date(2026, 10, 5), date(2026, 10, 11), "for next week"),
        (date(2026, 9, 28), date(2026, 10, 4), "for this week"),
        (date(2026, 10, 6), date(2026, 10, 8), "from Tue 6 Oct to Thu 8 Oct"),
        (None, date(2026, 10, 5), "up to tomorrow"),
        (date(2026, 10, 6), None, "from Tue 6 Oct on"),
    ],
)
def test_period(start: date | None, end: date | None, said: str) -> None:
    assert say_period(start, end, today=TODAY) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_change("create", None, {**TASK, "due": "2026-10-05"}), 'Added "buy milk" for tomorrow, Mon 5 Oct.'),
        (_change("create", None, {**TASK, "tags": ["home"]}), 'Added "buy milk", #home.'),
        (_change("delete", TASK, None), 'Deleted "buy milk".'),
        (_change("update", TASK, {**TASK, "title": "buy tea"}), 'Renamed "buy milk" to "buy tea".'),
        (
            _change("update", {**TASK, "due": "2026-10-05"}, TASK),
            'Took the date off "buy milk" (it was tomorrow, Mon 5 Oct).',
        ),
        (_change("update", TASK, {**TASK, "priority": "high"}), 'Set "buy milk" to high priority.'),
        (_change("update", {**TASK, "project": "x"}, TASK), 'Set "buy milk" in no project.'),
        (_change("complete", TASK, {**TASK, "status": "done"}), 'Completed "buy milk".'),
    ],
)
def test_receipts(change: Change, said: str) -> None:
    assert say_changes([change], today=TODAY) == said


def test_many_changes_are_one_sentence() -> None:
    changes = [_change("delete", {**TASK, "title": title}, None) for title in "abcde"]
    assert say_changes(changes, today=TODAY) == 'Deleted 5 tasks: "a", "b", "c" and 2 more.'
    assert say_undone(changes[:1], today=TODAY) == 'Undone: "a" is gone again.'


def test_lists_say_how_many_and_of_what() -> None:
    filters = {"due_from": "2026-10-04", "due_to": "2026-10-04", "project": "home"}
    assert say_heading(0, filters=filters, today=TODAY) == "No open tasks for today in home."
    assert say_heading(1, filters={"overdue": True}, today=TODAY) == "1 overdue task."
    many = [{**TASK, "number": number} for number in range(1, 31)]
    lines = say_tasks(many, total=45, filters={}, today=TODAY).splitlines()
    assert (lines[0], lines[1], lines[-1], len(lines)) == ("45 open tasks:", "1. buy milk", "…and 25 more.", 22)
    assert say_tasks(many, total=45, filters={"count": True}, today=TODAY) == "45 open tasks."
