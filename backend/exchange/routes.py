"""Import and export over HTTP. A file is sent as the request's body, as it is."""

import asyncio
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import to_json

from backend.auth.dependencies import CurrentUserDep
from backend.errors import InvalidError
from backend.exchange import service
from backend.exchange.export import EXPORTS
from backend.exchange.files import EMPTY
from backend.exchange.formats import NAMES
from backend.exchange.looks import labels_of
from backend.exchange.plan import Upload
from backend.exchange.readers.table import FIELDS
from backend.exchange.schemas import ExportOut, ImportOut, to_answer
from backend.exchange.service import Asked
from backend.exchange.stream import MEDIA_TYPE, follow_import
from backend.forms import form
from backend.journal.values import Actor
from backend.journal.write import TimezoneDep, WriteDep
from backend.models import new_id, utc_now
from backend.openapi import problems
from backend.session import DatabaseDep, ReadSessionDep
from backend.tasks.fields import Priority, Project, Search, Tag
from backend.tasks.schemas import TaskQuery
from backend.tasks.text import refuse_control

PATHS = frozenset({"/api/import", "/api/import/preview", "/api/import/stream"})
router = APIRouter(prefix="/api", tags=["exchange"], responses=problems(401, 422, 503))
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_REFUSED = problems(400, 403, 413)
FormatName = Literal[NAMES]  # type: ignore[valid-type]  # the table's own names
_COLUMNS = "|".join(FIELDS)


class ImportQuery(BaseModel):
    """What a person says of the file beside its content."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(refuse_control)] = Field(
        default="",
        max_length=300,
        description="The file's name: it tells formats and projects",
        json_schema_extra=form("shown"),
    )
    format: FormatName | None = Field(default=None, description="The format, where it is not to be guessed")
    columns: str | None = Field(
        default=None,
        max_length=2000,
        pattern=f"^(?:{_COLUMNS})(?:,(?:{_COLUMNS}))*$",
        description="Of a CSV the field of each column, by commas: " + ", ".join(FIELDS),
    )


class ExportQuery(BaseModel):
    """The format, and which tasks: all of them unless filters are given."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["json", "csv", "icalendar", "todotxt", "markdown"] = "json"
    status: Literal["open", "done", "all"] = "all"
    project: Project | None = None
    tag: Tag | None = None
    priority: Priority | None = None
    search: Search | None = None
    overdue: bool = False


async def _asked(
    _user: CurrentUserDep, request: Request, query: Annotated[ImportQuery, Query()], timezone: TimezoneDep
) -> Asked:
    """The upload, read for who is signed in only, and before anything waits for the database."""
    content = await request.body()
    if not content:
        raise InvalidError(EMPTY)
    upload = Upload(content=content, name=query.name, format=query.format)
    columns = tuple(query.columns.split(",")) if query.columns else None
    return Asked(upload=upload, zone=timezone, columns=columns)


AskedDep = Annotated[Asked, Depends(_asked)]


@router.post("/import/preview", response_model=ImportOut, responses=_REFUSED, openapi_extra=_FILE)
async def preview_import(user: CurrentUserDep, asked: AskedDep, session: ReadSessionDep) -> Response:
    """What an import of the file would make, line by line where something is to be known. Nothing is written."""
    plan = await service.preview(session, user.id, asked)
    return _json(to_json(to_answer(plan)))


@router.post("/import", response_model=ImportOut, responses=_REFUSED, openapi_extra=_FILE)
async def import_file(asked: AskedDep, write: WriteDep) -> Response:
    """Make the file's new tasks, all in one turn: one undo takes them back. What was imported before stays as it is.

    422 for a file that is empty, or of no format that is known, or not of the one that was named.
    """

    async def act() -> Response:
        plan = await service.bring_in(write.session, write.actor, asked)
        token = write.actor.turn_id if plan.changes else None
        return _json(to_json(to_answer(plan, token)), headers=write.undo_header)

    return await write.once(act)


@router.post(
    "/import/stream",
    response_class=StreamingResponse,
    responses={**_REFUSED, 200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    openapi_extra=_FILE,
)
async def import_with_progress(
    request: Request, user: CurrentUserDep, asked: AskedDep, database: DatabaseDep
) -> StreamingResponse:
    """The same, told as it goes: lines of JSON, the last of which is the answer (`done`) or the refusal (`problem`)."""
    surface: Literal["api", "ui"] = "api" if "authorization" in request.headers else "ui"
    actor = Actor(user_id=user.id, surface=surface, turn_id=new_id(), timezone=asked.zone, token_name=user.token_name)
    return StreamingResponse(follow_import(database, actor, asked), media_type=MEDIA_TYPE)


_WRITTEN: dict[int | str, dict[str, Any]] = {
    200: {
        "model": ExportOut,
        "content": {
            export.media_type: {"schema": {"type": "string"}} for export in EXPORTS.values() if export.name != "json"
        },
    }
}


@router.get("/export", responses=_WRITTEN, response_class=Response)
async def export(
    query: Annotated[ExportQuery, Query()], user: CurrentUserDep, session: ReadSessionDep, timezone: TimezoneDep
) -> Response:
    """The list, or the tasks that pass every filter given, as a file."""
    chosen, now = EXPORTS[query.format], utc_now()
    filters = query.model_dump(exclude={"format"}) | {"sort": "created", "timezone": timezone}
    documents = await service.export_documents(session, user.id, TaskQuery(**filters), now)
    write = partial(chosen.write, labels=await labels_of(session, user.id, documents)) if chosen.looks else chosen.write
    text = await asyncio.to_thread(write, documents, now)
    disposition = f'attachment; filename="todo-{now:%Y-%m-%d}.{chosen.suffix}"'
    headers = {"Content-Disposition": disposition}
    media_type = chosen.media_type if chosen.name == "json" else f"{chosen.media_type}; charset=utf-8"
    return Response(text, media_type=media_type, headers=headers)


def _json(content: bytes, headers: dict[str, str] | None = None) -> Response:
    return Response(content, headers=headers, media_type="application/json")
