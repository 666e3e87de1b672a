"""Saved filters over HTTP: what words mean, and the filters that are made of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from backend.auth.dependencies import CurrentUserDep
from backend.filters import service
from backend.filters.models import SavedFilter
from backend.filters.reading import Reader, reader_of, require_read
from backend.filters.schemas import (
    FilterCreate,
    FilterOrder,
    FilterOut,
    FilterPatch,
    FilterWords,
    QueryOut,
    ReadOut,
)
from backend.journal.write import TimezoneDep, Write, WriteDep
from backend.openapi import problems, refuse_query
from backend.session import ReadSessionDep

router = APIRouter(prefix="/api/filters", tags=["tasks"], responses=problems(401, 422, 503))
_WRITE = problems(400, 403, 404, 409, 413)
FilterId = Annotated[str, Path(description="The filter's id, a UUID")]


@router.get("", dependencies=[refuse_query])
async def list_filters(user: CurrentUserDep, timezone: TimezoneDep, session: ReadSessionDep) -> list[FilterOut]:
    """The user's filters in their order, with what their words mean today."""
    filters = await service.list_filters(session, user.id)
    reader = await reader_of(session, user.id, timezone) if filters else None
    return [await _out(one, reader) for one in filters if reader]


@router.post("/read", responses=problems(400, 403, 413), dependencies=[refuse_query])
async def read_filter(
    body: FilterWords, user: CurrentUserDep, timezone: TimezoneDep, session: ReadSessionDep
) -> ReadOut:
    """What the words would show today; nothing is saved. 422 says what of them cannot be read."""
    reading = require_read(await (await reader_of(session, user.id, timezone)).read(body.words))
    return ReadOut(told=reading.told, query=QueryOut.model_validate(reading.filters))


@router.post("", status_code=201, response_model=FilterOut, responses=_WRITE, dependencies=[refuse_query])
async def create_filter(body: FilterCreate, write: WriteDep) -> Response:
    """Save words under a name, behind the other filters. 409 for a name that is taken, and for the 101st filter."""

    async def act() -> Response:
        reader = await _reader(write)
        require_read(await reader.read(body.words))
        made = await service.make_filter(write.session, write.actor.user_id, name=body.name, words=body.words)
        return await _answer(made, reader, status=201)

    return await write.once(act)


@router.patch("/{filter_id}", response_model=FilterOut, responses=_WRITE, dependencies=[refuse_query])
async def change_filter(filter_id: FilterId, body: FilterPatch, write: WriteDep) -> Response:
    """Give a filter another name, other words, or both."""

    async def act() -> Response:
        reader = await _reader(write)
        if body.words:
            require_read(await reader.read(body.words))
        user_id, name, words = write.actor.user_id, body.name or None, body.words or None
        changed = await service.change_filter(write.session, user_id, filter_id, name=name, words=words)
        return await _answer(changed, reader, status=200)

    return await write.once(act)


@router.delete("/{filter_id}", status_code=204, responses=_WRITE, dependencies=[refuse_query])
async def delete_filter(filter_id: FilterId, write: WriteDep) -> Response:
    """Delete a filter; the tasks that it shows stay."""

    async def act() -> Response:
        await service.delete_filter(write.session, write.actor.user_id, filter_id)
        return Response(status_code=204)

    return await write.once(act)


@router.post("/order", status_code=204, responses=_WRITE, dependencies=[refuse_query])
async def order_filters(body: FilterOrder, write: WriteDep) -> Response:
    """Put the filters in an order: each is named once."""

    async def act() -> Response:
        await service.order_filters(write.session, write.actor.user_id, body.ids)
        return Response(status_code=204)

    return await write.once(act)


async def _reader(write: Write) -> Reader:
    return await reader_of(write.session, write.actor.user_id, write.actor.timezone)


async def _answer(saved: SavedFilter, reader: Reader, *, status: int) -> Response:
    told = await _out(saved, reader)
    return Response(told.model_dump_json(), status_code=status, media_type="application/json")


async def _out(saved: SavedFilter, reader: Reader) -> FilterOut:
    reading = await reader.read(saved.words)
    query = QueryOut.model_validate(reading.filters) if reading.filters is not None else None
    return FilterOut(
        id=saved.id, name=saved.name, words=saved.words, told=reading.told, query=query, problem=reading.problem
    )
