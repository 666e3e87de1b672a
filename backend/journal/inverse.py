"""Taking one change back: its inverse, applied to the task as it now is and recorded as a change of its own."""

import json

from sqlalchemy import select

from backend.errors import ConflictError
from backend.journal.ledger import Ledger
from backend.journal.models import JournalRow
from backend.journal.values import Document, Kind
from backend.models import utc_now
from backend.tasks.documents import STATE, assign, render, to_document
from backend.tasks.models import Completion, Task

_INVERSE: dict[str, Kind] = {
    "create": "delete",
    "delete": "create",
    "complete": "reopen",
    "reopen": "complete",
    "update": "update",
}


async def apply_inverse(ledger: Ledger, row: JournalRow) -> JournalRow:
    """Put back what the row changed and nothing else.

    Raises ConflictError, naming the task, where one of these fields has another value by now.
    """
    before = json.loads(row.before) if row.before else None
    after = json.loads(row.after) if row.after else None
    statement = select(Task).where(Task.user_id == row.user_id, Task.id == row.task_id)
    task = await ledger.session.scalar(statement, execution_options={"populate_existing": True})
    now = to_document(task) if task else None
    _check_unchanged(before, after, now)
    restored = await _restore(ledger, task, before, after)
    await _settle_completion(ledger, row, before, after)
    return ledger.record(_INVERSE[row.kind], before=now, after=restored, undoes=row.turn_id)


def _check_unchanged(before: Document | None, after: Document | None, now: Document | None) -> None:
    title = (now or after or before or {})["title"]
    if (after is None) != (now is None):
        raise ConflictError(f"“{title}” was {'made anew' if now else 'deleted'} since; undo that first.")
    if after and now and any(now[name] != after[name] for name in _changed(before, after)):
        raise ConflictError(f"“{title}” was changed since; undo that change first.")


def _changed(before: Document | None, after: Document) -> list[str]:
    return [name for name in STATE if before is None or before[name] != after[name]]


async def _restore(
    ledger: Ledger, task: Task | None, before: Document | None, after: Document | None
) -> Document | None:
    if before is None:
        await ledger.session.delete(task)
        await ledger.session.flush()
        return None
    if task is None:
        task = Task(user_id=ledger.actor.user_id)
        assign(task, before)
        ledger.session.add(task)
    else:
        assign(task, {name: before[name] for name in _changed(before, after or before)})
    task.version += 1
    task.updated_at = utc_now()
    return render(task)


async def _settle_completion(ledger: Ledger, row: JournalRow, before: Document | None, after: Document | None) -> None:
    """An occurrence whose completion is taken back no longer counts as completed; redone, it does again."""
    if row.kind == "complete" and before and after and after["status"] == "open":
        await _mark(ledger, row.task_id, before["due"], live=False)
    elif row.kind == "reopen" and before and after and before["status"] == "open":
        await _mark(ledger, row.task_id, after["due"], live=True)


async def _mark(ledger: Ledger, task_id: str, due: str, *, live: bool) -> None:
    statement = select(Completion).where(
        Completion.task_id == task_id, Completion.due == due, Completion.live.is_(not live)
    )
    completion = await ledger.session.scalar(statement.order_by(Completion.completed_at.desc()).limit(1))
    if completion:
        completion.live = live
