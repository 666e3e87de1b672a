"""What each filter of a question demands of a task. The user and the present moment are bound when it runs."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from backend.models import UtcDateTime
from backend.tasks.due import day_after, day_start
from backend.tasks.listing.orders import USER_ID
from backend.tasks.models import NO_DUE, PRIORITIES, Completion, Task, due_key
from backend.tasks.schemas import TaskQuery
from backend.tasks.text import fold, fold_project

# For each word looked for, the spellings of which a task must hold one.
Sought = tuple[tuple[str, ...], ...]
Conditions = list[ColumnElement[bool]]
_EASTMOST = timedelta(hours=14)  # no clock is further ahead of UTC
_now: ColumnElement[Any] = bindparam("now", type_=UtcDateTime)
_latest: ColumnElement[str] = bindparam("latest")


def bound(user_id: str, now: datetime) -> dict[str, object]:
    """What every statement is run with; ``now`` is UTC."""
    return {"user_id": user_id, "now": now, "latest": (now + _EASTMOST).strftime("%Y-%m-%dT%H:%M")}


def spelt(search: str | None) -> Sought:
    """The words of a search as they are spelt, each once."""
    return tuple((word,) for word in dict.fromkeys(fold(search or "").split()))


def of_due(query: TaskQuery) -> Conditions:
    """The days, and what is overdue: that has a due time which some clock has reached, so that an index finds it."""
    conditions: Conditions = []
    if query.due_from:
        conditions.append(due_key >= query.due_from)
    if query.due_from or query.due_to:
        conditions.append(due_key < (day_after(query.due_to) if query.due_to else NO_DUE))
    if query.overdue:
        conditions += [due_key <= _latest, Task.due_at <= _now, Task.done == false()]
    if query.no_due:
        conditions.append(due_key == NO_DUE)
    return conditions


def of_project(query: TaskQuery) -> Conditions:
    return [Task.project_key == fold_project(query.project)] if query.project else []


def of_parent(query: TaskQuery) -> Conditions:
    return [Task.parent_id == query.parent_id] if query.parent_id else []


def of_priority(query: TaskQuery) -> Conditions:
    return [Task.priority_rank == PRIORITIES[query.priority]] if query.priority else []


def of_tag(query: TaskQuery) -> Conditions:
    return [Task.tags_key.contains(tag_line(query.tag), autoescape=True)] if query.tag else []


def of_exclusion(query: TaskQuery) -> Conditions:
    """What is neither in the project nor tagged as the query excludes; tasks without any are."""
    conditions: Conditions = []
    if query.not_project:
        conditions.append(func.coalesce(Task.project_key, "") != fold_project(query.not_project))
    if query.not_tag:
        conditions.append(~Task.tags_key.contains(tag_line(query.not_tag), autoescape=True))
    return conditions


def of_words(sought: Sought, text: SQLCoreOperations[str] = Task.words) -> Conditions:
    """That the text holds a spelling of each word."""
    return [or_(*(text.contains(spelling, autoescape=True) for spelling in spellings)) for spellings in sought]


def of_completion(query: TaskQuery) -> Conditions:
    """Done between two local days, itself or an occurrence of it."""
    if not (query.completed_from or query.completed_to):
        return []
    occurrences = select(Completion.task_id).where(
        Completion.user_id == USER_ID, Completion.live, *completed_between(query, Completion.completed_at)
    )
    itself = and_(Task.completed_at.is_not(None), *completed_between(query, Task.completed_at))
    return [or_(itself, Task.id.in_(occurrences))]


def completed_between(query: TaskQuery, moment: SQLCoreOperations[Any]) -> Conditions:
    """The days lie in the query's zone, or in UTC."""
    zone = query.timezone or "UTC"
    conditions: Conditions = []
    if query.completed_from:
        conditions.append(moment >= day_start(query.completed_from, zone))
    if query.completed_to:
        conditions.append(moment < day_start(day_after(query.completed_to), zone))
    return conditions


def tag_line(tag: str) -> str:
    """The tag as it stands among the folded tags of a task."""
    return f"\n{fold(tag)}\n"
