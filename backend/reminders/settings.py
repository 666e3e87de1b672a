"""A user's reminder settings: read, changed, and a change of them taken back. On the caller's session."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, InvalidError
from backend.journal.values import Actor
from backend.models import utc_now
from backend.profile.models import Profile
from backend.profile.service import lock_profile
from backend.reminders.models import ReminderSettings, SettingsChange
from backend.reminders.plans import make_settings, new_settings, plan_all
from backend.session import after_commit
from backend.tasks.due import to_instant, to_wall

Values = Mapping[str, Any]
COLUMNS = ("default", "digest_on", "digest_at", "quiet_from", "quiet_to", "paused_until", "sound", "zone")
CHANGED_SINCE = "The reminder settings were changed since; undo that first."


async def read_settings(session: AsyncSession, user_id: str, zone: str | None = None) -> ReminderSettings:
    """The user's settings, or what holds for one who has chosen nothing; ``zone`` is where they are, if known."""
    settings = await session.get(ReminderSettings, user_id)
    if settings is not None:
        return settings
    chosen = await session.scalar(select(Profile.timezone).where(Profile.user_id == user_id))
    return new_settings(user_id, chosen or zone or "UTC")


async def change_settings(session: AsyncSession, actor: Actor, values: Values) -> ReminderSettings:
    """Set the columns that are given, and plan all anew; the actor's turn takes it back.

    Raises InvalidError for a pause that is over already.
    """
    profile = await lock_profile(session, actor.user_id)
    settings = await session.get(ReminderSettings, actor.user_id)
    settings = settings or await make_settings(session, actor.user_id, actor.timezone)
    _refuse_passed(values.get("paused_until"), settings.zone)
    await _Book(session, actor, profile, settings).change(values)
    return settings


async def follow_zone(session: AsyncSession, user_id: str, zone: str | None) -> None:
    """The user lives by the clocks of ``zone`` from now on: so do their quiet hours, their digest and their pause."""
    settings = await session.get(ReminderSettings, user_id)
    if settings is not None and zone and settings.zone != zone:
        settings.zone = zone
        await _plan_anew(session, settings)


async def take_back(session: AsyncSession, actor: Actor, profile: Profile, change: SettingsChange) -> dict[str, Any]:
    """Put back what ``change`` changed and nothing else; the settings as they then are. The profile is locked.

    Raises ConflictError where one of these settings has another value by now.
    """
    settings = await session.get(ReminderSettings, actor.user_id)
    settings = settings or await make_settings(session, actor.user_id, actor.timezone)
    if any(getattr(settings, name) != value for name, value in change.after.items()):
        raise ConflictError(CHANGED_SINCE)
    await _Book(session, actor, profile, settings).change(change.before, takes_back=change)
    await settle_standing(session, actor, change)
    return {name: getattr(settings, name) for name in COLUMNS}


def settings_changed(session: AsyncSession) -> dict[str, Any]:
    """What this session has set, by column; empty if nothing: true of the database once it has committed."""
    changed: dict[str, Any] = session.info.get("settings_changed", {})
    return changed


@dataclass(frozen=True)
class _Book:
    """The user's changes of settings, open for writing: their profile is locked."""

    session: AsyncSession
    actor: Actor
    profile: Profile
    settings: ReminderSettings

    async def change(self, values: Values, *, takes_back: SettingsChange | None = None) -> None:
        before = {name: getattr(self.settings, name) for name in values}
        differing = {name: value for name, value in values.items() if before[name] != value}
        for name, value in values.items():
            setattr(self.settings, name, value)
        if differing or takes_back:
            old = {name: before[name] for name in differing}
            await record_change(self.session, self.actor, self.profile, old, differing, takes_back=takes_back)
            self.session.info["settings_changed"] = settings_changed(self.session) | differing
        await _plan_anew(self.session, self.settings)


async def record_change(
    session: AsyncSession,
    actor: Actor,
    profile: Profile,
    before: Values,
    after: Values,
    *,
    subject: str | None = None,
    takes_back: SettingsChange | None = None,
) -> None:
    """Add the row by which undo knows a change beside the journal; ``subject`` is of what, none of the reminders."""
    last = select(func.max(SettingsChange.number)).where(SettingsChange.user_id == actor.user_id)
    row = SettingsChange(
        user_id=actor.user_id,
        number=(await session.scalar(last) or 0) + 1,
        revision=profile.revision,
        turn_id=actor.turn_id,
        surface=actor.surface,
        token_name=actor.token_name,
        subject=subject,
        before=dict(before),
        after=dict(after),
        at=utc_now(),
        undoes=takes_back.turn_id if takes_back else None,
        reverts=takes_back.number if takes_back else None,
        redoes=bool(takes_back and takes_back.undoes and not takes_back.redoes),
    )
    session.add(row)
    await session.flush()


async def settle_standing(session: AsyncSession, actor: Actor, change: SettingsChange) -> None:
    """It is in force no more; what it had taken back is again, and what that had taken back is not."""
    stands, taker = False, actor.turn_id
    one: SettingsChange | None = change
    while one is not None:
        one.undone_by = None if stands else taker
        taker, stands = one.turn_id, not stands
        one = await session.get(SettingsChange, (one.user_id, one.reverts)) if one.reverts else None
    await session.flush()


def _refuse_passed(pause: str | None, zone: str) -> None:
    if pause and to_instant(to_wall(pause), zone) <= utc_now():
        message = f"{pause.replace('T', ' ')} in {zone} has passed; give a moment to come, or null for no pause"
        raise InvalidError(f"paused_until: {message}", errors=[{"field": "paused_until", "message": message}])


async def _plan_anew(session: AsyncSession, settings: ReminderSettings) -> None:
    await session.flush()
    earliest = await plan_all(session, settings)
    after_commit(session, partial(session.info["wakeups"].alarm.ring, earliest))
