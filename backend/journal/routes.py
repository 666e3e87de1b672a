"""Undo, redo and live events over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import to_json

from backend.auth.dependencies import CurrentUserDep
from backend.forms import form
from backend.history.restore import Destination, restore
from backend.journal import service
from backend.journal.events import follow
from backend.journal.values import Change, Document, Kind, Surface, instant
from backend.journal.write import Write, WriteDep
from backend.openapi import problems, refuse_query
from backend.reminders.schemas import SettingsOut
from backend.session import DatabaseDep
from backend.settings import SettingsDep
from backend.tasks.schemas import TaskOut

router = APIRouter(prefix="/api", tags=["journal"], responses=problems(401, 422, 503))
LARGEST = 2**31 - 1
SHOWN = 500


_NOT_GIVEN: dict[str, Any] = {"type": "null"}
_ALONE: dict[str, Any] = {"properties": {"to": _NOT_GIVEN, "to_revision": _NOT_GIVEN, "if_revision": _NOT_GIVEN}}
_TO: dict[str, Any] = {
    "properties": {"to": {"type": "string"}, "undo_token": _NOT_GIVEN, "to_revision": _NOT_GIVEN},
    "required": ["to"],
}
_TO_REVISION: dict[str, Any] = {
    "properties": {"to_revision": {"type": "integer"}, "undo_token": _NOT_GIVEN, "to": _NOT_GIVEN},
    "required": ["to_revision"],
}
_ONE_OF_THREE: list[Any] = [_ALONE, _TO, _TO_REVISION]

Moment = Annotated[
    str,
    Field(
        max_length=40,
        description="Wall-clock time in the user's zone (X-Timezone), or with an offset; 422 for one to come, "
        "one before the account, and one that the clocks skipped or showed twice",
        examples=["2026-11-27T12:00", "2026-11-27T12:00:00Z"],
        json_schema_extra=form("past"),
    ),
]
Revision = Annotated[
    int, Field(ge=0, le=LARGEST, description="A revision of the history; 422 for one that is not there")
]


class UndoIn(BaseModel):
    """What to take back: a turn or, by its narrower token, one call of it; the latest turn without a token.

    Or everything since a moment: the list is put back to what it was at ``to``, or after ``to_revision``. With
    ``if_revision`` only if the list's newest revision is still that one, as `GET /api/history/preview` told it.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"oneOf": _ONE_OF_THREE})

    undo_token: str | None = Field(default=None, max_length=64)
    to: Moment | None = None
    to_revision: Revision | None = None
    if_revision: int | None = Field(default=None, ge=0, le=LARGEST)

    @model_validator(mode="after")
    def _one_of_three(self) -> "UndoIn":
        if sum(value is not None for value in (self.undo_token, self.to, self.to_revision)) > 1:
            raise ValueError("give one of undo_token, to and to_revision")
        if self.if_revision is not None and not self.is_of_the_list:
            raise ValueError("if_revision goes with to or to_revision")
        return self

    @property
    def is_of_the_list(self) -> bool:
        """Whether the whole list is to be put back."""
        return self.to is not None or self.to_revision is not None


class ChangeOut(BaseModel):
    """One committed change of a task. ``undoes`` is the turn that it takes back.

    ``token_name`` is what the personal access token that made it was called then; null for a session.
    """

    revision: int
    turn: str
    surface: Surface
    kind: Kind
    task_id: str
    before: TaskOut | None
    after: TaskOut | None
    at: str
    undoes: str | None = None
    token_name: str | None = None


class UndoOut(BaseModel):
    """What was taken back; ``undo_token`` redoes it.

    ``undone`` is the turn or call taken back, none where the list was put back to ``restored_to`` (a UTC instant).
    ``changes`` are the first 500 of ``total``. ``reminder_settings`` are those that hold now, where they were put back.
    """

    undone: str | None
    undo_token: str
    restored_to: str | None
    total: int
    changes: list[ChangeOut]
    reminder_settings: SettingsOut | None = None


@router.post(
    "/undo", response_model=UndoOut, responses=problems(400, 403, 404, 409, 412, 413), dependencies=[refuse_query]
)
async def undo(write: WriteDep, body: UndoIn | None = None) -> Response:
    """Take back a turn, one call of it, or all since a moment; undoing with the token of an undo redoes."""
    asked = body or UndoIn()

    async def act() -> Response:
        if asked.is_of_the_list:
            destination = Destination(to=asked.to, revision=asked.to_revision)
            moment, changes = await restore(write.session, write.actor, destination, if_revision=asked.if_revision)
            return _answer(write, None, changes, restored_to=instant(moment.at))
        result = await service.undo(write.session, write.actor, asked.undo_token)
        return _answer(write, result.undone, result.changes, settings=result.settings)

    return await write.once(act)


@router.post("/redo", response_model=UndoOut, responses=problems(400, 403, 409, 413), dependencies=[refuse_query])
async def redo(write: WriteDep) -> Response:
    """Take the latest undo that stands back; again, the one before it."""

    async def act() -> Response:
        result = await service.redo(write.session, write.actor)
        return _answer(write, result.undone, result.changes, settings=result.settings)

    return await write.once(act)


def _answer(
    write: Write,
    undone: str | None,
    changes: Sequence[Change],
    *,
    restored_to: str | None = None,
    settings: Document | None = None,
) -> Response:
    answer = {
        "undone": undone,
        "undo_token": write.actor.turn_id,
        "restored_to": restored_to,
        "total": len(changes),
        "changes": [change.as_dict() for change in changes[:SHOWN]],
        "reminder_settings": SettingsOut.model_validate(settings).model_dump(mode="json") if settings else None,
    }
    # A quarter of what the standard library takes for five hundred changes.
    return Response(to_json(answer), headers=write.undo_header, media_type="application/json")


_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


async def _resume_from(
    since: Annotated[int | None, Query(ge=0, le=LARGEST, description="The last revision seen")] = None,
    last_event_id: Annotated[str | None, Header(description="The last revision seen, by an EventSource")] = None,
) -> int | None:
    """A browser that reconnects repeats ``since`` as it was at first, so what it says itself is the newer."""
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit() and int(last_event_id[:20]) <= LARGEST:
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
