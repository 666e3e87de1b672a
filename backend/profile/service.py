"""Reading, making and locking a user's profile."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.profile.models import Profile

# Made once: every turn runs them. SQLite ignores FOR UPDATE: a write session there holds the whole database.
_PREFERENCES = select(Profile.timezone, Profile.settings).where(Profile.user_id == bindparam("user_id"))
_LOCKED = (
    select(Profile)
    .where(Profile.user_id == bindparam("user_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Preferences:
    """What a user has chosen: a zone's IANA name, None if none was, and the settings as a JSON object."""

    timezone: str | None = None
    settings: str = "{}"


async def read_preferences(session: AsyncSession, user_id: str) -> Preferences:
    """The user's, or what holds for one who has chosen nothing."""
    row = (await session.execute(_PREFERENCES, {"user_id": user_id})).one_or_none()
    return Preferences(row.timezone, row.settings) if row else Preferences()


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
    await session.flush()
    return (await session.scalars(_LOCKED, {"user_id": user_id})).one_or_none()
