"""Plain words as fields of a task, read by the server as the chat reads them."""

from typing import Any

from backend.assistant.reply.dates import say_recurrence
from cli.exits import CommandError, Exit
from cli.tasks.account import TaskClient
from cli.tasks.table import day_of, shown

Fields = dict[str, Any]
STANDS_FOR = "Xyzzy"  # a title that no rule reads, for words that hold none of their own
WHEN = ("due", "recurrence", "recurrence_from")


def new_tasks(client: TaskClient, text: str) -> list[Fields]:
    """The tasks that the text asks for, one at least: title, and what else was said."""
    body = {"text": text, "as_tasks": True}
    actions = client.send("POST", "/api/interpret", json=body).json()["actions"]
    return [dict(action["arguments"]) for action in actions]


def changes(client: TaskClient, text: str) -> Fields:
    """The fields that the text sets; what of it is no date, tag or the like is the new title."""
    read = new_tasks(client, f"{STANDS_FOR} {text}")
    title = read[0].pop("title")
    if len(read) > 1 or not title.startswith(STANDS_FOR):
        return {"title": text}
    rest = title.removeprefix(STANDS_FOR).strip()
    return read[0] | ({"title": rest} if rest else {})


def moment(client: TaskClient, words: str) -> Fields:
    """When the words say: `due` and, where it comes back, `recurrence`. Raises CommandError (USAGE) for none."""
    read = changes(client, words)
    if not read or set(read) - set(WHEN):
        message = f"“{words}” is no date or time that is understood: say it as 2026-03-05, tomorrow, friday at 15:00."
        message += "" if words.strip() else " To take it away: --clear due, --clear repeat."
        raise CommandError(message, code=Exit.USAGE)
    return read


def period(client: TaskClient, words: str) -> Fields:
    """The first and last day of what the words say, as filters. Raises CommandError (USAGE) for none."""
    body = {"text": f"what is due {words}?"}
    actions = client.send("POST", "/api/interpret", json=body).json()["actions"]
    filters = actions[0]["arguments"] if len(actions) == 1 and actions[0]["tool"] == "list_tasks" else {}
    if not filters or set(filters) - {"due_from", "due_to", "overdue"}:
        message = f"“{words}” is no day or time that is understood: say it as 2026-03-05, today, this week."
        raise CommandError(message, code=Exit.USAGE)
    return filters


def said(task: Fields) -> str:
    """A task's fields in a line, as they were read."""
    parts = [
        shown(task["title"]),
        day_of(task.get("due")),
        f"↻ {say_recurrence(task)}" if task.get("recurrence") else "",
        f"!{task['priority']}" if task.get("priority") else "",
        f"+{shown(task['project'])}" if task.get("project") else "",
        *(f"#{shown(tag)}" for tag in task.get("tags") or []),
    ]
    return "  ".join(filter(None, parts))
