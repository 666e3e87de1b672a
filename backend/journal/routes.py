"""Undo and live events over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from backend.auth.dependencies import CurrentUserDep
from backend.journal import service
from backend.journal.events import follow
from backend.journal.values import Kind, Surface
from backend.journal.writing import WriteDep
from backend.openapi import problems, refuse_query
from backend.session import DatabaseDep
from backend.settings import SettingsDep
from backend.tasks.schemas import TaskOut

router = APIRouter(prefix="/api", tags=["journal"], responses=problems(401, 422, 503))
_LARGEST = 2**31 - 1


class UndoIn(BaseModel):
    """What to take back: a turn or, by its narrower token, one call of it; the latest turn without a token."""

    model_config = ConfigDict(extra="forbid")

    undo_token: str | None = Field(default=None, max_length=64)


class ChangeOut(BaseModel):
    """One committed change of a task. ``undoes`` is the turn that it takes back."""

    revision: int
    turn: str
    surface: Surface
    kind: Kind
    task_id: str
    before: TaskOut | None
    after: TaskOut | None
    at: str
    undoes: str | None = None


class UndoOut(BaseModel):
    """What was taken back; ``undo_token`` redoes it."""

    undone: str
    undo_token: str
    changes: list[ChangeOut]


@router.post("/undo", response_model=UndoOut, responses=problems(400, 403, 404, 409, 413), dependencies=[refuse_query])
async def undo(write: WriteDep, body: UndoIn | None = None) -> Response:
    """Take back a turn, or one call of it; undoing with the token of an undo redoes."""

    async def act() -> Response:
        result = await service.undo(write.session, write.actor, body.undo_token if body else None)
        changes = [change.as_dict() for change in result.changes]
        answer = {"undone": result.undone, "undo_token": result.undo_token, "changes": changes}
        return JSONResponse(answer, headers=write.undo_header)

    return await write.once(act)


_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


async def _resume_from(
    since: Annotated[int | None, Query(ge=0, le=_LARGEST, description="The last revision seen")] = None,
    last_event_id: Annotated[str | None, Header(description="The last revision seen, by an EventSource")] = None,
) -> int | None:
    """A browser that reconnects repeats ``since`` as it was at first, so what it says itself is the newer."""
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit() and int(last_event_id[:20]) <= _LARGEST:
        return int(last_event_id)
    return since


@router.get("/events", response_class=StreamingResponse, responses=_STREAM)
async def events(
    request: Request,
    user: CurrentUserDep,
    database: DatabaseDep,
    settings: SettingsDep,
    *,
    since: Annotated[int | None, Depends(_resume_from)],
) -> StreamingResponse:
    """Every change of the user's tasks as it happens (Server-Sent Events), from the revision given or from now on."""
    return StreamingResponse(
        follow(request, database, user.id, settings=settings, since=since),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )
