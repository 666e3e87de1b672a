"""Reading, making and locking a user's profile."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.profile.models import Profile


async def read_profile(session: AsyncSession, user_id: str) -> Profile | None:
    return await session.get(Profile, user_id)


async def lock_profile(session: AsyncSession, user_id: str) -> Profile:
    """The user's profile, made if need be, held against every other writer until the transaction ends.

    Raises sqlalchemy's IntegrityError where no such user exists.
    """
    profile = await _select_locked(session, user_id)
    if profile is None:
        insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgres
        values = {"user_id": user_id, "settings": "{}", "revision": 0, "next_number": 1}
        await session.execute(insert(Profile).values(values).on_conflict_do_nothing())
        profile = await _select_locked(session, user_id)
    assert profile is not None  # noqa: S101  (inserted just above, or by the writer that was waited for)
    return profile


async def _select_locked(session: AsyncSession, user_id: str) -> Profile | None:
    """SQLite ignores FOR UPDATE: a write session there holds the whole database."""
    await session.flush()
    statement = select(Profile).where(Profile.user_id == user_id).with_for_update()
    return (await session.scalars(statement, execution_options={"populate_existing": True})).one_or_none()
