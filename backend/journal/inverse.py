"""Taking one change back: its inverse, applied to the task as it now is and recorded as a change of its own."""

from collections.abc import Iterable

from sqlalchemy import select

from backend.errors import ConflictError
from backend.journal.ledger import Ledger
from backend.journal.models import JournalRow
from backend.journal.occurrences import inverted, occurrences_of, settle
from backend.journal.rows import LOADED, chunks, read_document
from backend.journal.values import Document, Kind
from backend.models import utc_now
from backend.pauses import with_pauses
from backend.tasks.documents import STATE, assign, render, to_document
from backend.tasks.models import Task
from backend.tasks.selection import picked

_INVERSE: dict[str, Kind] = {
    "create": "delete",
    "delete": "create",
    "complete": "reopen",
    "reopen": "complete",
    "update": "update",
}
Tasks = dict[str, Task]


async def load_tasks(ledger: Ledger, task_ids: Iterable[str]) -> Tasks:
    """The user's tasks of these ids that exist, as the database now has them."""
    found: Tasks = {}
    async for some in with_pauses(chunks(list(dict.fromkeys(task_ids)), LOADED), every=1):
        statement = select(Task).where(*picked(ledger.actor.user_id, some))
        for task in await ledger.session.scalars(statement, execution_options={"populate_existing": True}):
            found[task.id] = task
    return found


async def apply_inverse(ledger: Ledger, row: JournalRow, tasks: Tasks) -> JournalRow:
    """Put back what the row changed and nothing else; ``tasks`` are kept in step.

    Raises ConflictError, naming the task, where one of these fields has another value by now.
    """
    before, after = read_document(row.before), read_document(row.after)
    task = tasks.get(row.task_id)
    now = to_document(task) if task else None
    _check_unchanged(before, after, now)
    restored = await put(ledger, tasks, row.task_id, before, only=after)
    occurrences = inverted(occurrences_of(row))
    await settle(ledger, row.task_id, occurrences)
    said = occurrences if row.occurrences else None
    return ledger.record(_INVERSE[row.kind], before=now, after=restored, takes_back=row, occurrences=said)


def changed_fields(before: Document | None, after: Document | None) -> list[str]:
    """The fields of a person's making that differ; all where one of the documents is not there."""
    if before is None or after is None:
        return list(STATE)
    return [name for name in STATE if before[name] != after[name]]


async def put(
    ledger: Ledger, tasks: Tasks, task_id: str, document: Document | None, *, only: Document | None = None
) -> Document | None:
    """Make the task what ``document`` says, in the fields that differ from ``only``; the document as it then is.

    A task that is gone comes back under its id and number; without a document it goes.
    """
    task = tasks.get(task_id)
    if document is None:
        await ledger.session.delete(tasks.pop(task_id))
        return None
    if task is None:
        if ledger.session.deleted:
            await ledger.session.flush()  # it may have gone in this very transaction
        task = tasks[task_id] = Task(user_id=ledger.actor.user_id)
        assign(task, document)
        ledger.session.add(task)
    else:
        assign(task, {name: document[name] for name in changed_fields(document, only)})
    task.version += 1
    task.updated_at = utc_now()
    return render(task)


def _check_unchanged(before: Document | None, after: Document | None, now: Document | None) -> None:
    title = (now or after or before or {})["title"]
    if (after is None) != (now is None):
        raise ConflictError(f"“{title}” was {'made anew' if now else 'deleted'} since; undo that first.")
    if after and now and any(now[name] != after[name] for name in changed_fields(before, after)):
        raise ConflictError(f"“{title}” was changed since; undo that change first.")
