"""A task's reminders as a person says them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backend.assistant.reply.dates import say_due_briefly
from backend.journal.values import Change, Document
from backend.reminders.values import read_duration


def say_reminders(reminders: Any, title: str, *, today: date) -> str:  # Any: a document's field
    """ "I'll remind you of "rent" 30 minutes before and on Friday, 09:00.", "I won't remind you of "rent"."."""
    if reminders is None:
        return f"I'll remind you of {title} at the usual time."
    if not reminders:
        return f"I won't remind you of {title}."
    *first, last = [_say(one, today) for one in reminders]
    return f"I'll remind you of {title} {', '.join(first)}{' and ' if first else ''}{last}."


def say_missed(missed: Mapping[str, Sequence[Mapping[str, Any]]], changes: Sequence[Change], *, today: date) -> str:
    """ "The reminder 1 hour before will not come: its time has passed."; empty where all will. By task id."""
    tasks = {change.task_id: change.after for change in changes if change.after}
    named = len(tasks) > 1
    return " ".join(
        _say_missed(reminders, tasks[task_id], named=named, today=today)
        for task_id, reminders in missed.items()
        if task_id in tasks
    )


def _say_missed(reminders: Sequence[Mapping[str, Any]], task: Document, *, named: bool, today: date) -> str:
    *first, last = [_say_moment(one, today) for one in reminders]
    moments = f"{', '.join(first)}{' and ' if first else ''}{last}"
    of = f' of "{task["title"]}"' if named else ""
    one = len(reminders) == 1
    counts_from_none = any("before" in reminder for reminder in reminders) and "T" not in (task["due"] or "")
    passed = "its time has passed" if one else "their times have passed"
    reason = "the task has no time of day" if counts_from_none else passed
    time = " this time" if task.get("recurrence") and not counts_from_none else ""
    return f"The reminder{'' if one else 's'} {moments}{of} will not come{time}: {reason}."


def _say_moment(reminder: Mapping[str, Any], today: date) -> str:
    """ "1 hour before", "at its time", "on Fri 27 Nov, 09:00"."""
    return _say({name: value for name, value in reminder.items() if name not in {"again", "channels"}}, today)


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
