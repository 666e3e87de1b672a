"""What was done, in words, from the journal's rows alone: a receipt never says more than was committed."""

from collections.abc import Mapping, Sequence
from datetime import date

from backend.assistant.reply.dates import say_due, say_recurrence
from backend.assistant.reply.reminders import say_reminders
from backend.journal.values import Change, Document

NAMED_IN_BULK = 3
_DONE = {"create": "Added", "update": "Changed", "complete": "Completed", "reopen": "Reopened", "delete": "Deleted"}
_PLAIN = frozenset({"complete", "reopen", "delete"})
_UNDONE = {"create": "is back", "delete": "is gone again", "complete": "is done again", "reopen": "is open again"}


def say_changes(changes: Sequence[Change], *, today: date) -> str:
    """One sentence a change; one for all where one call made many. Empty without changes."""
    if len(changes) > NAMED_IN_BULK or (len(changes) > 1 and {change.kind for change in changes} <= _PLAIN):
        return _say_many(changes, today=today)
    return " ".join(_say_change(change, today=today) for change in changes)


def say_undone(changes: Sequence[Change], *, today: date) -> str:
    """The same for changes that took earlier ones back."""
    if len(changes) > NAMED_IN_BULK:
        return f"Undone: {len(changes)} tasks are as they were: {name_some(changes)}."
    return " ".join(f"Undone: {_say_restored(change, today=today)}." for change in changes)


def say_redone(changes: Sequence[Change], *, today: date) -> str:
    """The same for changes that did again what an undo had taken back."""
    if len(changes) > NAMED_IN_BULK:
        return f"Done again: {len(changes)} changes, to {name_some(changes)}."
    return " ".join(f"Done again: {_say_restored(change, today=today)}." for change in changes)


def say_put_back(counts: Mapping[str, int], changes: Sequence[Change], *, moment: str) -> str:
    """A whole list that was put back: "… as it was on Fri 27 Nov, 12:00: 2 brought back, 1 changed: …"."""
    names = {"brought_back": "brought back", "removed": "removed", "changed": "changed back"}
    parts = [f"{counts[name]} {words}" for name, words in names.items() if counts[name]]
    return f"Your list is as it was on {moment}: {join_words(parts)} ({name_some(changes)})."


def name_some(changes: Sequence[Change]) -> str:
    """The first titles, and how many more: ``"a", "b", "c" and 9 more``."""
    titles = [_title(change) for change in changes]
    if len(titles) <= NAMED_IN_BULK:
        return join_words(titles)
    return f"{', '.join(titles[:NAMED_IN_BULK])} and {len(titles) - NAMED_IN_BULK} more"


def join_words(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def say_details(task: Document, *, today: date) -> str:
    """What a task has beside its title: "for tomorrow, Mon 5 Oct, 17:00, every weekday, high priority, #home"."""
    parts = []
    if task.get("due"):
        parts.append(f"for {say_due(task['due'], today=today)}")
    if task.get("recurrence"):
        parts.append(say_recurrence(task))
    if task.get("priority"):
        parts.append(f"{task['priority']} priority")
    parts += [f"#{tag}" for tag in task.get("tags") or []]
    if task.get("project"):
        parts.append(f"in {task['project']}")
    return ", ".join(parts)


def _say_many(changes: Sequence[Change], *, today: date) -> str:
    kinds = {change.kind for change in changes}
    if len(kinds) > 1:
        return " ".join(_say_change(change, today=today) for change in changes)
    return f"{_DONE[kinds.pop()]} {len(changes)} tasks: {name_some(changes)}.{_say_ended(changes)}"


def _say_change(change: Change, *, today: date) -> str:
    if change.kind == "update" and change.before and change.after:
        return _say_update(change.before, change.after, today=today)
    if change.kind == "complete" and change.after:
        return f"Completed {_title(change)}.{_say_next(change.after, today=today)}{_say_ended([change])}"
    if change.kind == "create" and change.after:
        details = say_details(change.after, today=today)
        notes = " with a note" if change.after.get("notes") else ""
        gap = " " if details.startswith("for ") else ", "
        own = change.after.get("reminders")
        reminders = f" {say_reminders(own, 'it', today=today)}" if own is not None else ""
        return f"Added {_title(change)}{notes}{gap if details else ''}{details}.{reminders}"
    return f"{_DONE[change.kind]} {_title(change)}."


def _say_ended(changes: Sequence[Change]) -> str:
    """Which recurring tasks have no next occurrence: they are done for good."""
    ended = [change for change in changes if ends_series(change)]
    if not ended:
        return ""
    return (
        f" That was the last {'time' if len(changes) == 1 else f'time for {name_some(ended)}'}: the series has ended."
    )


def ends_series(change: Change) -> bool:
    after = change.after or {}
    return change.kind == "complete" and bool(after.get("recurrence")) and after.get("status") == "done"


def _say_next(after: Document, *, today: date) -> str:
    """A recurring task that was completed stays open, at its next occurrence."""
    if after["status"] == "done" or not after.get("due"):
        return ""
    return f" Next: {say_due(after['due'], today=today)}."


def _say_update(before: Document, after: Document, *, today: date) -> str:
    title = f'"{after["title"]}"'
    sentences = []
    if before["title"] != after["title"]:
        sentences.append(f'Renamed "{before["title"]}" to {title}.')
    if before["due"] != after["due"]:
        sentences.append(_say_move(title, before["due"], after["due"], today=today))
    if any(before.get(name) != after.get(name) for name in ("recurrence", "recurrence_from")):
        repeats = f"to repeat {say_recurrence(after)}" if after["recurrence"] else "to happen once"
        sentences.append(f"Set {title} {repeats}.")
    sentences += [
        f"Set {title} {_say_field(name, after.get(name))}."
        for name in ("priority", "tags", "project", "notes")
        if before.get(name) != after.get(name)
    ]
    if before.get("parent_id") != after.get("parent_id"):
        sentences.append(f"Made {title} {'a subtask' if after.get('parent_id') else 'a task of its own'}.")
    if before.get("reminders") != after.get("reminders"):
        sentences.append(say_reminders(after.get("reminders"), title, today=today))
    return " ".join(sentences) or f"Changed {title}."


def _say_move(title: str, before: str | None, after: str | None, *, today: date) -> str:
    if after is None:
        return f"Took the date off {title} (it was {say_due(before or '', today=today)})."
    if before is None:
        return f"Set {title} for {say_due(after, today=today)}."
    return f"Moved {title} from {say_due(before, today=today)} to {say_due(after, today=today)}."


def _say_field(name: str, value: object) -> str:
    match name:
        case "priority":
            return f"to {value} priority" if value else "to no priority"
        case "tags":
            return (
                f"tags to {', '.join(f'#{tag}' for tag in value)}" if isinstance(value, list) and value else "untagged"
            )
        case "project":
            return f"in {value}" if value else "in no project"
        case _:
            return "with a new note" if value else "without its note"


def _say_restored(change: Change, *, today: date) -> str:
    if change.kind == "update" and change.after and change.before:
        due = change.after["due"]
        if change.before["due"] != due:
            return f"{_title(change)} is back {f'on {say_due(due, today=today)}' if due else 'without a date'}"
        return f"{_title(change)} is as it was"
    return f"{_title(change)} {_UNDONE[change.kind]}"


def _title(change: Change) -> str:
    document = change.after or change.before or {}
    return f'"{document.get("title", "a task")}"'
