"""Tasks listed in a reply: compact, numbered as the user knows them."""

from collections.abc import Mapping, Sequence
from datetime import date

from backend.assistant.reply.dates import say_due_briefly, say_period, say_recurrence
from backend.journal.values import Document

SHOWN = 20


def say_tasks(tasks: Sequence[Document], *, total: int, filters: Mapping[str, object], today: date) -> str:
    """A heading that says what was asked for and how many there are, then a line a task."""
    heading = say_heading(total, filters=filters, today=today)
    if not tasks or filters.get("count"):
        return heading
    lines = [say_task(task, today=today) for task in tasks[:SHOWN]]
    more = [f"…and {total - len(lines)} more."] if total > len(lines) else []
    return "\n".join([f"{heading.removesuffix('.')}:", *lines, *more])


def say_similar(similar: Mapping[str, Sequence[str]]) -> str:
    """What was looked for in place of words that no task holds; empty where there are none."""
    said = [f'No task holds "{word}", so I looked for {_either(near)}. ' for word, near in similar.items()]
    return "".join(said)


def _either(words: Sequence[str]) -> str:
    return " or ".join(f'"{word}"' for word in words)


def say_task(task: Document, *, today: date) -> str:
    """ "3. buy milk — tomorrow 17:00, high, #home"."""
    details = []
    if task.get("due"):
        details.append(say_due_briefly(str(task["due"]), today=today))
    if task.get("recurrence"):
        details.append(say_recurrence(task))
    if task.get("priority"):
        details.append(str(task["priority"]))
    details += [f"#{tag}" for tag in task.get("tags") or []]
    done = " ✓" if task.get("status") == "done" else ""
    line = f"{task['number']}. {task['title']}{done}"
    return f"{line} — {', '.join(details)}" if details else line


def say_heading(total: int, *, filters: Mapping[str, object], today: date) -> str:
    """ "3 open tasks for today in shopping." or "No open tasks for today."."""
    number = str(total) if total else "No"
    noun = "task" if total == 1 else "tasks"
    words = [number, _say_status(filters), noun, *_say_filters(filters, today=today)]
    return " ".join(word for word in words if word) + "."


def say_filter(filters: Mapping[str, object], *, today: date) -> str:
    """What a filter shows, without a number: "Open tasks of high priority for this week not in work"."""
    words = [_say_status(filters), "tasks", *_say_filters(filters, today=today)]
    said = " ".join(word for word in words if word)
    return said[:1].upper() + said[1:]


def _say_status(filters: Mapping[str, object]) -> str:
    if filters.get("overdue"):
        return "overdue"
    if filters.get("completed_from") or filters.get("completed_to"):
        return ""
    return {"done": "done", "all": ""}.get(str(filters.get("status")), "open")


def _say_filters(filters: Mapping[str, object], *, today: date) -> list[str]:
    words = []
    if filters.get("priority"):
        words.append(f"of {filters['priority']} priority")
    words.append(say_period(_day(filters.get("due_from")), _day(filters.get("due_to")), today=today))
    done = say_period(_day(filters.get("completed_from")), _day(filters.get("completed_to")), today=today)
    words.append(f"completed {done.removeprefix('for ')}" if done else "")
    words.append("without a date" if filters.get("no_due") else "")
    words.append(f"tagged #{filters['tag']}" if filters.get("tag") else "")
    words.append(f"in {filters['project']}" if filters.get("project") else "")
    words.append(f"not tagged #{filters['not_tag']}" if filters.get("not_tag") else "")
    words.append(f"not in {filters['not_project']}" if filters.get("not_project") else "")
    words.append(f'under "{filters["parent"]}"' if filters.get("parent") else "")
    words.append(f'with "{filters["search"]}"' if filters.get("search") else "")
    return words


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None
