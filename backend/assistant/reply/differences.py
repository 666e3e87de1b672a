"""What a change would alter, field by field, for a question before it."""

from datetime import date

from backend.assistant.reply.dates import say_due_briefly, say_recurrence
from backend.assistant.reply.receipts import say_details
from backend.journal.values import Change, Document

_FIELDS = ("title", "due", "recurrence", "priority", "tags", "project", "notes", "status")


def say_difference(change: Change, *, today: date) -> str:
    """ "due tomorrow 17:00 → Fri 9 Oct, priority none → high"; of a new task its details; of a deleted one nothing."""
    before, after = change.before, change.after
    if after is None:
        return ""
    if before is None:
        return say_details(after, today=today)
    differing = [name for name in _FIELDS if before[name] != after[name]]
    if "recurrence" not in differing and before.get("recurrence_from") != after.get("recurrence_from"):
        differing.insert(0, "recurrence")
    return ", ".join(
        f"{name} {_say(name, before, today=today)} → {_say(name, after, today=today)}" for name in differing
    )


def _say(name: str, task: Document, *, today: date) -> str:
    value = task[name]
    if not value:
        return "none"
    match name:
        case "due":
            return say_due_briefly(value, today=today)
        case "recurrence":
            return say_recurrence(task)
        case "tags":
            return " ".join(f"#{tag}" for tag in value)
        case "notes":
            return "a note"
        case _:
            return str(value)
