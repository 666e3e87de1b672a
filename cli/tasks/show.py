"""`./todo show`: all of a task."""

import json
from typing import Any

from backend.assistant.reply.dates import say_recurrence
from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.reference import TasksArgument, find_tasks
from cli.tasks.table import day_of, progress, shown


def command(
    tasks: TasksArgument,
    *,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all of a task, or of several: its notes, its reminders, when it was made and done."""
    with opened(url=url, email=email, token=token, data=data) as client:
        found = find_tasks(client, tasks, status="all")
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print("\n\n".join("\n".join(lines(task)) for task in found))


def lines(task: dict[str, Any]) -> list[str]:
    """The fields that are set, a line each; the notes, which may have lines of their own, at the end."""
    due = f"{day_of(task['due'])} ({task['timezone']})" if task["due"] else None
    fields = {
        "status": task["status"],
        "due": due,
        "repeats": say_recurrence(task) if task["recurrence"] else None,
        "priority": task["priority"],
        "project": task["project"],
        "tags": " ".join(f"#{tag}" for tag in task["tags"]) or None,
        "subtasks": progress(task),
        "reminders": json.dumps(task["reminders"]) if task["reminders"] is not None else None,
        "created": task["created_at"],
        "completed": task["completed_at"],
        "id": task["id"],
    }
    named = [f"  {name:<10}{shown(value)}" for name, value in fields.items() if value]
    notes = [f"  {shown(line)}".rstrip() for line in (task["notes"] or "").splitlines()]
    return [f"{task['number']}  {shown(task['title'])}", *named, *(["", *notes] if notes else [])]
