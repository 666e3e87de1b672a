"""A task's reminders as a person says them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.assistant.reply.dates import say_due_briefly
from backend.reminders.values import read_duration


def say_reminders(reminders: Any, title: str, *, today: date) -> str:  # Any: a document's field
    """ "I'll remind you of "rent" 30 minutes before and on Friday, 09:00.", "I won't remind you of "rent"."."""
    if reminders is None:
        return f"I'll remind you of {title} at the usual time."
    if not reminders:
        return f"I won't remind you of {title}."
    *first, last = [_say(one, today) for one in reminders]
    return f"I'll remind you of {title} {', '.join(first)}{' and ' if first else ''}{last}."


def _say(reminder: Mapping[str, Any], today: date) -> str:
    by = f" by {' and '.join(reminder['channels'])}" if reminder.get("channels") else ""
    if "at" in reminder:
        when = f"on {say_due_briefly(reminder['at'], today=today)}"
        when = when.removeprefix("on ") if when.startswith(("on today", "on tomorrow")) else when
    else:
        days, minutes = read_duration(reminder["before"])
        when = f"{_say_length(days, minutes)} before" if days or minutes else "at its time"
    again = reminder.get("again")
    return (
        f"{when}{by}, then every {_say_length(*read_duration(again['every']))} until it is done"
        if again
        else f"{when}{by}"
    )


def _say_length(days: int, minutes: int) -> str:
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in parts if count)
