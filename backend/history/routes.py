"""The history over HTTP: pages of it, and what putting the list back would change. `POST /api/undo` does that."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backend.auth.dependencies import CurrentUserDep
from backend.errors import InvalidError, NotFoundError
from backend.history.pages import Question, read_page
from backend.history.restore import Destination, preview, would_change
from backend.journal.routes import LARGEST, ChangeOut, Moment, Revision
from backend.journal.values import Kind, instant
from backend.journal.write import TimezoneDep
from backend.openapi import problems
from backend.session import ReadSessionDep
from backend.tasks.schemas import TaskOut

router = APIRouter(prefix="/api", tags=["history"], responses=problems(401, 422, 503))
SHOWN = 100
_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


class EntryOut(ChangeOut):
    """A change as the history shows it.

    ``undone_by`` is the turn that took it back; ``redoes``: it took an undo back. ``restored_to`` is the instant to
    which its turn put the list back, ``said`` the chat sentence that asked for it.
    """

    undone_by: str | None
    redoes: bool
    restored_to: str | None
    said: str | None


class HistoryOut(BaseModel):
    """One page, newest first; ``next_cursor`` is the ``cursor`` of the next."""

    items: list[EntryOut]
    next_cursor: int | None


class PlannedOut(BaseModel):
    """What putting the list back would do to one task: as it is, and as it would be."""

    kind: Kind
    task_id: str
    before: TaskOut | None
    after: TaskOut | None


class PreviewOut(BaseModel):
    """What putting the list back to ``to`` would change: all are counted, the first hundred shown.

    It holds while the list's newest revision is ``revision``: give that to `POST /api/undo` as ``if_revision``.
    """

    to: str = Field(description="UTC instant")
    to_revision: int
    revision: int
    total: int
    brought_back: int
    removed: int
    changed: int
    changes: list[PlannedOut]


@router.get("/history", responses=problems(404))
async def history(
    user: CurrentUserDep,
    session: ReadSessionDep,
    *,
    task: Annotated[str | None, Query(pattern=_UUID, description="Only the changes of this task (its id)")] = None,
    cursor: Annotated[int | None, Query(ge=1, le=LARGEST, description="next_cursor of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HistoryOut:
    """Every change of the user's tasks, newest first: through what, by which turn, before and after."""
    items, following = await read_page(session, user.id, Question(before=cursor, task_id=task, limit=limit))
    if task and not items and cursor is None:
        raise NotFoundError("There is no such task.")
    return HistoryOut.model_validate({"items": items, "next_cursor": following})


@router.get("/history/preview")
async def history_preview(
    user: CurrentUserDep,
    session: ReadSessionDep,
    timezone: TimezoneDep,
    *,
    to: Annotated[Moment | None, Query()] = None,
    to_revision: Annotated[Revision | None, Query()] = None,
) -> PreviewOut:
    """What putting the list back would change; nothing is changed. Give one of the two, or it is refused with 422."""
    if (to is None) == (to_revision is None):
        message = "give either to, a time of the past, or to_revision"
        raise InvalidError(f"{message[0].upper()}{message[1:]}.", errors=[{"field": "to", "message": message}])
    found = await preview(session, user.id, Destination(to=to, revision=to_revision), timezone)
    shown = [would_change(one).as_dict() for one in found.differences[:SHOWN]]
    return PreviewOut.model_validate(
        {
            "to": instant(found.moment.at),
            "to_revision": found.moment.revision,
            "revision": found.revision,
            "total": len(found.differences),
            **found.counts,
            "changes": [{name: change[name] for name in PlannedOut.model_fields} for change in shown],
        }
    )
