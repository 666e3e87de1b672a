"""Which of the given tasks a filter touches: the same meaning that ``list_tasks`` has."""

from collections.abc import Sequence
from datetime import datetime

from ..types import Arguments, TaskView
from .match import find


def touched(arguments: Arguments, tasks: Sequence[TaskView], now: datetime) -> tuple[int, ...]:
    """The numbers of the tasks that the filter names. Ranges of completion dates cannot be told from a ``TaskView``."""
    kept = [task for task in tasks if _fits(task, arguments, now)]
    search = arguments.get("search")
    if isinstance(search, str):
        kept = list(find(search, kept).tasks)
    return tuple(task.number for task in kept)


def _fits(task: TaskView, arguments: Arguments, now: datetime) -> bool:
    status = arguments.get("status", "open")
    if status != "all" and task.done != (status == "done"):
        return False
    if arguments.get("overdue") and not is_overdue(task, now):
        return False
    if arguments.get("no_due") and task.due:
        return False
    return _in_range(task, arguments) and _has_fields(task, arguments)


def _in_range(task: TaskView, arguments: Arguments) -> bool:
    first, last = arguments.get("due_from"), arguments.get("due_to")
    if not first and not last:
        return True
    return (
        bool(task.due)
        and (not first or str(task.due)[:10] >= str(first))
        and (not last or str(task.due)[:10] <= str(last))
    )


def _has_fields(task: TaskView, arguments: Arguments) -> bool:
    tag, project, priority = arguments.get("tag"), arguments.get("project"), arguments.get("priority")
    if tag and str(tag).lower() not in {own.lower() for own in task.tags}:
        return False
    if project and str(project).lower() != (task.project or "").lower():
        return False
    return (not priority or priority == task.priority) and not _is_excluded(task, arguments)


def _is_excluded(task: TaskView, arguments: Arguments) -> bool:
    tag, project = arguments.get("not_tag"), arguments.get("not_project")
    if tag and str(tag).lower() in {own.lower() for own in task.tags}:
        return True
    return bool(project) and str(project).lower() == (task.project or "").lower()


def is_overdue(task: TaskView, now: datetime) -> bool:
    """Whether an open task is past its date; a date alone is overdue from the next day on."""
    if task.done or not task.due:
        return False
    return task.due < now.isoformat(timespec="minutes") if "T" in task.due else task.due < now.date().isoformat()
