"""Which completed occurrences of recurring tasks a change made count, or count no more."""

import json
from collections.abc import Mapping

from sqlalchemy import select

from backend.journal.ledger import Ledger
from backend.journal.models import JournalRow
from backend.journal.rows import read_document
from backend.tasks.models import Completion


def occurrences_of(row: JournalRow) -> dict[str, int]:
    """By due time, how many completions the row made count; negative where they count no more."""
    if row.occurrences:
        return dict(json.loads(row.occurrences))
    if row.kind not in {"complete", "reopen"}:
        return {}
    before, after = read_document(row.before), read_document(row.after)
    if row.kind == "complete" and before and after and after["status"] == "open":
        return {before["due"]: 1}
    if row.kind == "reopen" and before and after and before["status"] == "open":
        return {after["due"]: -1}
    return {}


def inverted(occurrences: Mapping[str, int]) -> dict[str, int]:
    return {due: -count for due, count in occurrences.items() if count}


async def settle(ledger: Ledger, task_id: str, occurrences: Mapping[str, int]) -> None:
    """Let so many completions of the task count, or count no more: the latest first."""
    for due, count in occurrences.items():
        live = count > 0
        statement = select(Completion).where(
            Completion.task_id == task_id, Completion.due == due, Completion.live.is_(not live)
        )
        latest = statement.order_by(Completion.completed_at.desc()).limit(abs(count))
        for completion in list(await ledger.session.scalars(latest)):
            completion.live = live
