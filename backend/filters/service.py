"""Saved filters: made, changed, ordered and deleted. On the caller's session; the user's profile is locked first."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, InvalidError, NotFoundError
from backend.filters.models import SavedFilter
from backend.profile.service import lock_profile
from backend.tasks.text import fold

MOST_FILTERS = 100
UNKNOWN = "There is no such filter; it may have been deleted meanwhile."


async def list_filters(session: AsyncSession, user_id: str) -> Sequence[SavedFilter]:
    """In the user's order."""
    mine = select(SavedFilter).where(SavedFilter.user_id == user_id)
    return (await session.scalars(mine.order_by(SavedFilter.position, SavedFilter.id))).all()


async def find_filter(session: AsyncSession, user_id: str, filter_id: str) -> SavedFilter:
    """Raises NotFoundError for one that is not there, or somebody else's."""
    found = await session.get(SavedFilter, filter_id)
    if found is None or found.user_id != user_id:
        raise NotFoundError(UNKNOWN)
    return found


async def named(session: AsyncSession, user_id: str, name: str) -> SavedFilter | None:
    """The filter of that name, in whatever case."""
    mine = select(SavedFilter).where(SavedFilter.user_id == user_id, SavedFilter.key == fold(name))
    return (await session.scalars(mine)).first()


async def make_filter(session: AsyncSession, user_id: str, *, name: str, words: str) -> SavedFilter:
    """Add a filter behind the others. The words have been read before.

    Raises ConflictError for a name that another one has, and where the user has as many as there may be.
    """
    await lock_profile(session, user_id)
    await _require_free(session, user_id, name)
    mine = select(func.count(), func.max(SavedFilter.position)).where(SavedFilter.user_id == user_id)
    count, last = (await session.execute(mine)).one()
    if count >= MOST_FILTERS:
        raise ConflictError(f"You have {MOST_FILTERS} filters, which is the most; delete one that you no longer use.")
    made = SavedFilter(user_id=user_id, name=name, key=fold(name), words=words, position=(last or 0) + 1)
    session.add(made)
    await session.flush()
    return made


async def change_filter(
    session: AsyncSession, user_id: str, filter_id: str, *, name: str | None, words: str | None
) -> SavedFilter:
    """Give a filter another name, other words, or both. Raises as `find_filter` and `make_filter` do."""
    await lock_profile(session, user_id)
    found = await find_filter(session, user_id, filter_id)
    if name is not None and fold(name) != found.key:
        await _require_free(session, user_id, name)
    found.name = name or found.name
    found.key = fold(found.name)
    found.words = words or found.words
    await session.flush()
    return found


async def delete_filter(session: AsyncSession, user_id: str, filter_id: str) -> None:
    """Raises NotFoundError as `find_filter` does. The tasks that it shows stay."""
    await lock_profile(session, user_id)
    await session.delete(await find_filter(session, user_id, filter_id))


async def order_filters(session: AsyncSession, user_id: str, ids: Sequence[str]) -> None:
    """Put the filters in this order. Raises InvalidError unless each of the user's is named once."""
    await lock_profile(session, user_id)
    mine = {one.id: one for one in await list_filters(session, user_id)}
    if len(ids) != len(set(ids)) or set(ids) != mine.keys():
        raise InvalidError("Name each of your filters once; they may have changed meanwhile. Nothing was changed.")
    for place, filter_id in enumerate(ids, start=1):
        mine[filter_id].position = place
    await session.flush()


async def _require_free(session: AsyncSession, user_id: str, name: str) -> None:
    if other := await named(session, user_id, name):
        raise ConflictError(f"You have a filter “{other.name}” already; choose another name, or delete that one first.")
