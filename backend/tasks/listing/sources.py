"""Where the tasks of a filter are found at once, when they are few: an index that names them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select, union, union_all

from backend.tasks.listing import conditions
from backend.tasks.listing.conditions import Conditions, Sought
from backend.tasks.listing.index import Index, holding
from backend.tasks.listing.orders import USER_ID, Statement, sort_name, statuses
from backend.tasks.models import Completion, Task
from backend.tasks.schemas import TaskQuery


def unserved(query: TaskQuery, sought: Sought) -> Conditions:
    """What the index of the query's order does not tell of a task."""
    by = sort_name(query)
    found: Conditions = []
    if by != "due":
        found += conditions.of_due(query) + conditions.of_project(query)
    if by != "priority":
        found += conditions.of_priority(query)
    found += conditions.of_parent(query) + conditions.of_tag(query) + conditions.of_exclusion(query)
    return found + conditions.of_completion(query) + conditions.of_words(sought)


def served(query: TaskQuery) -> Conditions:
    """What it tells."""
    by = sort_name(query)
    found = conditions.of_priority(query) if by == "priority" else []
    return found + (conditions.of_due(query) + conditions.of_project(query) if by == "due" else [])


def sources(query: TaskQuery, sought: Sought, index: Index) -> Iterator[Statement]:
    """The numbers of tasks, all that the question could mean and others; the narrowest filters first."""
    if of_parent := conditions.of_parent(query):
        yield _by_status(query, of_parent)
    if (found := by_words(query, sought, index)) is not None:
        yield found
    if query.completed_from or query.completed_to:
        yield _completed(query)
    for filter_ in (conditions.of_project, conditions.of_due, conditions.of_priority):
        if of_filter := filter_(query):
            yield _by_status(query, of_filter)


def by_words(query: TaskQuery, sought: Sought, index: Index) -> Select[Any] | None:
    """The numbers of the tasks that hold the words and the tag, as far as the index of words knows these."""
    words = (*sought, (conditions.tag_line(query.tag),)) if query.tag else sought
    return holding(index, words) if words else None


def _by_status(query: TaskQuery, where: Conditions) -> Statement:
    selects = [select(Task.number).where(Task.user_id == USER_ID, status, *where) for status in statuses(query)]
    return selects[0] if len(selects) == 1 else union_all(*selects)


def _completed(query: TaskQuery) -> Statement:
    occurrences: Select[Any] = (
        select(Task.number)
        .join(Completion, Completion.task_id == Task.id)
        .where(Completion.user_id == USER_ID, Task.user_id == USER_ID, Completion.live)
        .where(*conditions.completed_between(query, Completion.completed_at))
    )
    itself = select(Task.number).where(
        Task.user_id == USER_ID,
        Task.completed_at.is_not(None),
        *conditions.completed_between(query, Task.completed_at),
    )
    return union(itself, occurrences)
