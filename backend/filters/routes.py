"""Saved filters over HTTP: what words mean, and the filters that are made of them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from backend.auth.dependencies import CurrentUserDep
from backend.filters import service
from backend.filters.models import SavedFilter
from backend.filters.reading import Reading, reader_of, require_read
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
from backend.reminders.page import tell_sidebar
from backend.session import DatabaseDep

router = APIRouter(prefix="/api/filters", tags=["tasks"], responses=problems(401, 422, 503))
_WRITE = problems(400, 403, 404, 409, 413)
FilterId = Annotated[str, Path(description="The filter's id, a UUID")]


async def _read_new(body: FilterCreate, user: CurrentUserDep, timezone: TimezoneDep, database: DatabaseDep) -> Reading:
    """What the words mean, read before the write begins: SQLite's other writers wait for it. Raises InvalidError."""
    async with database.read() as session:
        reader = await reader_of(session, user.id, timezone)
    return require_read(await reader.read(body.words))


async def _read_changed(
    filter_id: FilterId, body: FilterPatch, user: CurrentUserDep, timezone: TimezoneDep, database: DatabaseDep
) -> Reading:
    """The same of other words; of those that stand, where the words stay. Raises NotFoundError too."""
    async with database.read() as session:
        words = body.words or (await service.find_filter(session, user.id, filter_id)).words
        reader = await reader_of(session, user.id, timezone)
    reading = await reader.read(words)
    return require_read(reading) if body.words else reading


NewReading = Annotated[Reading, Depends(_read_new)]
ChangedReading = Annotated[Reading, Depends(_read_changed)]


@router.get("", dependencies=[refuse_query])
async def list_filters(user: CurrentUserDep, timezone: TimezoneDep, database: DatabaseDep) -> list[FilterOut]:
    """The user's filters in their order, with what their words mean today."""
    async with database.read() as session:
        filters = await service.list_filters(session, user.id)
        reader = await reader_of(session, user.id, timezone) if filters else None
    return [_out(one, await reader.read(one.words)) for one in filters if reader]


@router.post("/read", responses=problems(400, 403, 413), dependencies=[refuse_query])
async def read_filter(body: FilterWords, user: CurrentUserDep, timezone: TimezoneDep, database: DatabaseDep) -> ReadOut:
    """What the words would show today; nothing is saved. 422 says what of them cannot be read."""
    async with database.read() as session:
        reader = await reader_of(session, user.id, timezone)
    reading = require_read(await reader.read(body.words))
    return ReadOut(told=reading.told, query=QueryOut.model_validate(reading.filters))


@router.post("", status_code=201, response_model=FilterOut, responses=_WRITE, dependencies=[refuse_query])
async def create_filter(body: FilterCreate, reading: NewReading, write: WriteDep) -> Response:
    """Save words under a name, behind the other filters. 409 for a name that is taken, and for the 101st filter."""

    async def act() -> Response:
        made = await service.make_filter(write.session, write.actor.user_id, name=body.name, words=body.words)
        await _tell(write)
        return _answer(made, reading, status=201)

    return await write.once(act)


@router.patch("/{filter_id}", response_model=FilterOut, responses=_WRITE, dependencies=[refuse_query])
async def change_filter(filter_id: FilterId, body: FilterPatch, reading: ChangedReading, write: WriteDep) -> Response:
    """Give a filter another name, other words, or both."""

    async def act() -> Response:
        user_id, name, words = write.actor.user_id, body.name or None, body.words or None
        changed = await service.change_filter(write.session, user_id, filter_id, name=name, words=words)
        await _tell(write)
        return _answer(changed, reading, status=200)

    return await write.once(act)


@router.delete("/{filter_id}", status_code=204, responses=_WRITE, dependencies=[refuse_query])
async def delete_filter(filter_id: FilterId, write: WriteDep) -> Response:
    """Delete a filter; the tasks that it shows stay."""

    async def act() -> Response:
        await service.delete_filter(write.session, write.actor.user_id, filter_id)
        await _tell(write)
        return Response(status_code=204)

    return await write.once(act)


@router.post("/order", status_code=204, responses=_WRITE, dependencies=[refuse_query])
async def order_filters(body: FilterOrder, write: WriteDep) -> Response:
    """Put the filters in an order: each is named once."""

    async def act() -> Response:
        await service.order_filters(write.session, write.actor.user_id, body.ids)
        await _tell(write)
        return Response(status_code=204)

    return await write.once(act)


async def _tell(write: Write) -> None:
    await tell_sidebar(write.session, write.actor.user_id, write.actor.timezone)


def _answer(saved: SavedFilter, reading: Reading, *, status: int) -> Response:
    return Response(_out(saved, reading).model_dump_json(), status_code=status, media_type="application/json")


def _out(saved: SavedFilter, reading: Reading) -> FilterOut:
    query = QueryOut.model_validate(reading.filters) if reading.filters is not None else None
    return FilterOut(
        id=saved.id, name=saved.name, words=saved.words, told=reading.told, query=query, problem=reading.problem
    )
