"""A list that someone might have."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cli.exits import CommandError, Exit

if TYPE_CHECKING:
    from playwright.sync_api import Page

MORNING = 9
EASTMOST_OFFSET = 12


def morning_zone(now: datetime) -> str:
    """A zone in which it is morning, so that the sample's times are still to come. Its sign is POSIX's: west is +."""
    west = now.hour - MORNING
    west = west if west <= EASTMOST_OFFSET else west - 24
    return f"Etc/GMT{west:+d}"


def samples(today: datetime) -> list[dict[str, object]]:
    """A list that someone might have, with every kind of field."""

    def due(days: int, time: str = "") -> str:
        return f"{today + timedelta(days=days):%Y-%m-%d}" + (f"T{time}" if time else "")

    return [
        {"title": "Send the quarterly report to Ana", "due": due(-1, "16:00"), "priority": "high", "project": "Work"},
        {"title": "Stand-up", "due": due(0, "09:45"), "recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"},
        {"title": "Call mom", "due": due(0, "17:00"), "tags": ["family"]},
        {"title": "Review Jonas’s draft", "due": due(0), "priority": "medium", "project": "Work", "notes": "Part two"},
        {"title": "Water the plants", "due": due(0), "recurrence": "FREQ=WEEKLY", "project": "Home"},
        {"title": "Dentist", "due": due(1, "09:30")},
        {"title": "Renew the passport", "due": due(6), "priority": "low", "tags": ["papers"]},
        {"title": "Book flights for the spring trip", "due": due(40), "tags": ["travel", "family"]},
        {"title": "Read “The 5th Wave”", "project": "Home"},
    ]


def add_samples(page: "Page") -> None:
    zone = morning_zone(datetime.now(UTC))
    today = datetime.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv-SE')"))
    for task in samples(today):
        headers = {"Content-Type": "application/json"}
        body = json.dumps({**task, "timezone": zone})
        answer = page.request.post(f"{page.url}api/tasks", data=body, headers=headers)
        if not answer.ok:
            raise CommandError(f"The sample could not be made: {answer.text()}", code=Exit.FAILED)
