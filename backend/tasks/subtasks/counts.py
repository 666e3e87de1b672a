"""How many open and done subtasks a task has: kept with it, so that a list shows them without counting."""

from dataclasses import dataclass, field

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.rows import chunks
from backend.journal.values import Document
from backend.tasks.documents import render
from backend.tasks.models import Task
from backend.tasks.selection import picked

_AT_ONCE = 50


@dataclass
class Counts:
    """The tasks whose subtasks a transaction changed.

    A count is no field of a person's making: it moves neither the version nor ``updated_at`` of its task.
    """

    user_id: str
    parents: set[str] = field(default_factory=set)

    def note(self, before: Document | None, after: Document | None, *, comes_back: bool) -> None:
        """A task that ``comes_back`` may have subtasks already; a new one has none, and costs no query."""
        documents = [document for document in (before, after) if document]
        self.parents |= {document["parent_id"] for document in documents if document.get("parent_id")}
        if comes_back and after:
            self.parents.add(after["id"])

    async def settle(self, session: AsyncSession) -> None:
        """Count anew, and bring the tasks' documents up to date."""
        parents, self.parents = sorted(self.parents), set()
        if not parents:
            return
        await session.flush()
        for some in chunks(parents, _AT_ONCE):
            await _count(session, self.user_id, some)


async def _count(session: AsyncSession, user_id: str, task_ids: list[str]) -> None:
    done = func.sum(case((Task.done, 1), else_=0))
    mine = select(Task.parent_id, func.count() - done, done).where(Task.user_id == user_id)
    rows = await session.execute(mine.where(Task.parent_id.in_(task_ids)).group_by(Task.parent_id))
    counted = {parent_id: (int(open_), int(done_)) for parent_id, open_, done_ in rows}
    statement = select(Task).where(*picked(user_id, task_ids))
    for task in await session.scalars(statement):
        now = counted.get(task.id, (0, 0))
        if now != (task.subtasks_open, task.subtasks_done):
            task.subtasks_open, task.subtasks_done = now
            render(task)
