"""A task's reminders as a person says them."""

from collections.abc import Mapping
from typing import Any

from backend.reminders.values import read_duration


def say_reminders(reminders: Any) -> str:  # Any: a document's field
    """ "remind 30 minutes before and at 2026-12-01 06:30", "remind at its usual times", "remind of nothing"."""
    if reminders is None:
        return "remind at the usual time"
    if not reminders:
        return "remind of nothing"
    return "remind " + " and ".join(_say(one) for one in reminders)


def _say(reminder: Mapping[str, Any]) -> str:
    if "at" in reminder:
        when = f"at {reminder['at'].replace('T', ' ')}"
    else:
        days, minutes = read_duration(reminder["before"])
        when = f"{_say_length(days, minutes)} before" if days or minutes else "at its time"
    again = reminder.get("again")
    return f"{when}, then every {_say_length(*read_duration(again['every']))} until it is done" if again else when


def _say_length(days: int, minutes: int) -> str:
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in parts if count)
