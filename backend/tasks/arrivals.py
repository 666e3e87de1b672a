"""Tasks that come from elsewhere, many at once: with their state, their times, and the id that they are to have.

A reminder whose moment has passed is kept as it is, and never comes.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from backend.journal.ledger import Ledger
from backend.journal.models import JournalRow
from backend.journal.rows import chunks
from backend.models import utc_now
from backend.tasks.documents import assign, render
from backend.tasks.due import overdue_at
from backend.tasks.models import Task

AT_ONCE = 20  # tasks that are made in one step of the event loop


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A task that was checked: every field as the list keeps it, the recurrence fit for its due, its parent for it.

    ``number`` is the one to have in a list that never had a task; elsewhere the next one is given.
    """

    id: str
    title: str
    notes: str | None = None
    due: str | None = None
    timezone: str | None = None
    recurrence: str | None = None
    priority: str | None = None
    tags: list[str] = field(default_factory=list)
    project: str | None = None
    done: bool = False
    completed_at: datetime | None = None
    created_at: datetime | None = None
    reminders: list[dict[str, Any]] | None = None
    order: float | None = None
    number: int | None = None
    parent_id: str | None = None
    recurrence_from: str | None = None


async def bring_in(ledger: Ledger, arrivals: Sequence[Arrival], tell: Callable[[int], None]) -> list[Task]:
    """Make the tasks, in their order, each with its journal row; ``tell`` hears how many there are so far."""
    versions = await _versions(ledger, arrivals)
    keeps_numbers = _may_keep_numbers(ledger, arrivals)
    made: list[Task] = []
    for some in chunks(arrivals, AT_ONCE):
        for arrival in some:
            number = _number(ledger, arrival if keeps_numbers else None)
            task = _task(ledger, arrival, number=number, version=versions[arrival.id] + 1)
            ledger.session.add(task)
            ledger.record("create", before=None, after=render(task))
            made.append(task)
        await ledger.session.flush()
        tell(len(made))
        await asyncio.sleep(0)
    return made


async def _versions(ledger: Ledger, arrivals: Sequence[Arrival]) -> Counter[str]:
    """The highest version that each id can have had: a version is never given twice, also when a task comes back.

    Each change gives a task one version at most, so there are no more versions than rows.
    """
    known: Counter[str] = Counter()
    count = select(JournalRow.task_id, func.count()).where(JournalRow.user_id == ledger.actor.user_id)
    for some in chunks([arrival.id for arrival in arrivals]):
        rows = await ledger.session.execute(count.where(JournalRow.task_id.in_(some)).group_by(JournalRow.task_id))
        for task_id, number in rows:
            known[task_id] = number
        await asyncio.sleep(0)
    return known


def _may_keep_numbers(ledger: Ledger, arrivals: Sequence[Arrival]) -> bool:
    numbers = [arrival.number for arrival in arrivals]
    return ledger.profile.next_number == 1 and None not in numbers and len(set(numbers)) == len(numbers)


def _number(ledger: Ledger, arrival: Arrival | None) -> int:
    if arrival is None or arrival.number is None:
        return ledger.next_number()
    ledger.profile.next_number = max(ledger.profile.next_number, arrival.number + 1)
    return arrival.number


def _task(ledger: Ledger, arrival: Arrival, *, number: int, version: int) -> Task:
    now = utc_now()
    created = min(arrival.created_at or now, now)
    task = Task(
        id=arrival.id, user_id=ledger.actor.user_id, number=number, version=version, created_at=created, updated_at=now
    )
    assign(
        task,
        {
            "title": arrival.title,
            "notes": arrival.notes,
            "due": arrival.due,
            "timezone": arrival.timezone,
            "recurrence": arrival.recurrence,
            "priority": arrival.priority,
            "tags": arrival.tags,
            "project": arrival.project,
            "order": float(number) if arrival.order is None else arrival.order,
            "status": "done" if arrival.done else "open",
            "completed_at": arrival.completed_at,
            "reminders": arrival.reminders,
            "parent_id": arrival.parent_id,
            "recurrence_from": arrival.recurrence_from,
        },
    )
    task.due_at = overdue_at(arrival.due, arrival.timezone) if arrival.due and arrival.timezone else None
    return task
