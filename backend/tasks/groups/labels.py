"""How projects and tags look: read, changed, and a change of it taken back. On the caller's session."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError
from backend.journal.values import Actor
from backend.profile.models import Profile
from backend.profile.service import lock_profile
from backend.reminders.models import SettingsChange
from backend.reminders.page import tell_sidebar
from backend.reminders.settings import record_change, settle_standing
from backend.tasks.groups.models import Label
from backend.tasks.text import fold

Values = Mapping[str, Any]
KEY_LENGTH = 300
USUAL: Values = {"colour": None, "position": None, "archived": False}
CHANGED_SINCE = "How this project or tag looks was changed since; undo that first."
LABELS_BACK = "How your projects and tags look is put back."


def key_of(name: str) -> str:
    """What a project or tag is known by, whatever its case."""
    return fold(name)[:KEY_LENGTH]


async def list_labels(session: AsyncSession, user_id: str, *kinds: str) -> Sequence[Label]:
    """In the user's order, then by name."""
    mine = select(Label).where(Label.user_id == user_id, Label.kind.in_(kinds))
    return sorted(await session.scalars(mine), key=_place)


async def change_label(session: AsyncSession, actor: Actor, kind: str, key: str, values: Values) -> None:
    """Set these columns of a label, which need not be there yet; the actor's turn takes it back."""
    profile = await lock_profile(session, actor.user_id)
    await _change(session, actor, profile, (kind, key), values, takes_back=None)


async def move_label(session: AsyncSession, actor: Actor, kind: str, name: str, to: str) -> None:
    """A project or tag has another name now. Where it was merged into one that has a look, that look stays."""
    label = await session.get(Label, (actor.user_id, kind, key_of(name)))
    if label is None:
        return
    look = {column: getattr(label, column) for column in USUAL}
    if key_of(name) != key_of(to):
        await change_label(session, actor, kind, key_of(name), USUAL)
        if await session.get(Label, (actor.user_id, kind, key_of(to))) is not None:
            return
    await change_label(session, actor, kind, key_of(to), {**look, "name": to})


async def take_back(session: AsyncSession, actor: Actor, profile: Profile, change: SettingsChange) -> None:
    """Put back what ``change`` changed and nothing else. The profile is locked.

    Raises ConflictError where one of these values is another by now.
    """
    kind, _, key = (change.subject or "").partition(":")
    label = await session.get(Label, (actor.user_id, kind, key))
    if any(_value(label, name) != value for name, value in change.after.items()):
        raise ConflictError(CHANGED_SINCE)
    await _change(session, actor, profile, (kind, key), change.before, takes_back=change)
    await settle_standing(session, actor, change)


def _place(label: Label) -> tuple[bool, int, str]:
    return label.position is None, label.position or 0, label.key


def labels_changed(session: AsyncSession) -> bool:
    """Whether this session has changed how something looks."""
    return bool(session.info.get("labels_changed"))


async def _change(
    session: AsyncSession,
    actor: Actor,
    profile: Profile,
    place: tuple[str, str],
    values: Values,
    *,
    takes_back: SettingsChange | None,
) -> None:
    label = await session.get(Label, (actor.user_id, *place))
    before = {name: _value(label, name) for name in values}
    differing = {name: value for name, value in values.items() if before[name] != value}
    if not differing and not takes_back:
        return
    await _store(session, actor, place, label, values)
    subject = ":".join(place)
    old = {name: before[name] for name in differing}
    await record_change(session, actor, profile, old, differing, subject=subject, takes_back=takes_back)
    session.info["labels_changed"] = True
    await tell_sidebar(session, actor.user_id, actor.timezone)


async def _store(
    session: AsyncSession, actor: Actor, place: tuple[str, str], label: Label | None, values: Values
) -> None:
    """A label that is as usual again is none."""
    kind, key = place
    if label is None:
        label = Label(user_id=actor.user_id, kind=kind, key=key, **{"name": key[:100], **USUAL})
        session.add(label)
    for name, value in values.items():
        if name != "name" or value is not None:
            setattr(label, name, value)
    if all(getattr(label, name) == usual for name, usual in USUAL.items()):
        if label in session.new:
            session.expunge(label)
        else:
            await session.delete(label)
    await session.flush()


def _value(label: Label | None, name: str) -> Any:
    return getattr(label, name) if label is not None else USUAL.get(name)
