"""Setting channels up, switching them, testing them; each for its own user."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.limits import Limit
from backend.auth.models import User
from backend.errors import ConflictError, InvalidError, NotFoundError
from backend.models import new_id, utc_now
from backend.profile.service import lock_profile
from backend.reminders.channels.apprise_services import allowed_services, check_apprise
from backend.reminders.channels.dispatch import PAGE, all_channels
from backend.reminders.channels.hosts import host_policy, resolve
from backend.reminders.channels.models import Channel
from backend.reminders.channels.notice import Notice, RefusedError, UnavailableError
from backend.reminders.channels.post import checked_url
from backend.reminders.channels.push import read_subscription
from backend.reminders.channels.schemas import AppriseCreate, ChannelCreate, ChannelPatch, PushCreate, SubscriptionIn
from backend.reminders.channels.seal import fingerprint, seal
from backend.settings import Settings

MOST_CHANNELS = 20
UNVERIFIED = "Confirm your address first: open the link in the mail that was sent to it."


@dataclass(frozen=True)
class Prepared:
    """A channel's address, checked outside any transaction, since checking it asks the network."""

    kind: str
    address: str
    hint: str
    label: str


def test_limit(user_id: str) -> Limit:
    """Ten tests a user in ten minutes."""
    return Limit(key=f"channel-test:{user_id}", attempts=10, seconds=600)


def must_verify(settings: Settings) -> bool:
    """Whether mails go to confirmed addresses alone: not where the page is for this machine, as of `./todo up`."""
    host = urlsplit(settings.page_url).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


async def prepare(new: ChannelCreate, *, email: str, settings: Settings) -> Prepared:
    """The checked address. Raises InvalidError for one that nothing can be sent to, or a kind that is not set up."""
    try:
        if isinstance(new, PushCreate):
            return await _push(new.subscription, new.label, settings)
        if isinstance(new, AppriseCreate):
            return await _apprise(new, settings)
    except (RefusedError, UnavailableError) as error:
        field = "subscription" if isinstance(new, PushCreate) else "url"
        raise InvalidError(f"{field}: {error}", errors=[{"field": field, "message": str(error)}]) from error
    if settings.smtp is None:
        raise InvalidError("kind: this server sends no mail until its administrator sets SMTP_URL.")
    return Prepared("email", email, masked(email), new.label or "E-mail")


async def save(session: AsyncSession, user: User, prepared: Prepared, settings: Settings) -> Channel:
    """Make the channel, or switch on again the one with this address. Raises ConflictError where there are too many.

    A browser that another user subscribed before reaches this user from now on: who sits at it signed in anew.
    """
    await lock_profile(session, user.id)  # of two at once, the second counts the first
    mark = fingerprint(f"{prepared.kind}\n{prepared.address}", settings.secret)
    if prepared.kind == "push":
        others = delete(Channel).where(Channel.fingerprint == mark, Channel.user_id != user.id)
        await session.execute(others)
    same = (Channel.user_id == user.id, Channel.kind == prepared.kind, Channel.fingerprint == mark)
    channel = await session.scalar(select(Channel).where(*same))
    if channel is None:
        await _refuse_too_many(session, user.id)
        channel = Channel(id=new_id(), user_id=user.id, kind=prepared.kind, fingerprint=mark)
        session.add(channel)
    channel.address, channel.hint = seal(prepared.address, settings.secret), prepared.hint
    channel.label, channel.on = prepared.label, True
    channel.created_at = channel.created_at or utc_now()
    _settle(channel, verified=prepared.kind != "email" or user.email_verified or not must_verify(settings))
    await session.flush()
    return channel


async def find(session: AsyncSession, user_id: str, channel_id: str) -> Channel:
    """Raises NotFoundError for a channel that is not this user's."""
    for channel in await all_channels(session, user_id):
        if channel.id == channel_id or (channel.kind == channel_id == PAGE):
            return channel
    raise NotFoundError("There is no such channel.")


async def change(
    session: AsyncSession, user: User, channel_id: str, patch: ChannelPatch, settings: Settings
) -> Channel:
    """Switch or rename it. Raises NotFoundError."""
    await lock_profile(session, user.id)
    channel = await find(session, user.id, channel_id)
    if channel.id == PAGE:  # stored from now on
        channel.id = new_id()
        session.add(channel)
    if patch.label is not None:
        channel.label = patch.label
    if patch.on is not None:
        channel.on = patch.on
        if patch.on:
            _settle(channel, verified=channel.kind != "email" or user.email_verified or not must_verify(settings))
    await session.flush()
    return channel


async def remove(session: AsyncSession, user_id: str, channel_id: str) -> None:
    """Raises NotFoundError for a channel that is not this user's, ConflictError for the open page."""
    channel = await find(session, user_id, channel_id)
    if channel.kind == PAGE:
        raise ConflictError("The open page can be switched off, not removed.")
    await session.execute(delete(Channel).where(Channel.id == channel.id, Channel.user_id == user_id))


async def switch_off(session: AsyncSession, user_id: str, channel_id: str) -> bool:
    """What the link of a mail does: switch the channel off; False where it is gone."""
    statement = update(Channel).where(Channel.id == channel_id, Channel.user_id == user_id).values(on=False)
    return (await session.execute(statement.returning(Channel.id))).scalar_one_or_none() is not None


async def note_verified(session: AsyncSession, user: User, settings: Settings) -> None:
    """The user's address was confirmed, or changed to one that was: their mails go to it from now on."""
    statement = select(Channel).where(Channel.user_id == user.id, Channel.kind == "email")
    channels: Sequence[Channel] = (await session.scalars(statement)).all()
    for surplus in channels[1:]:
        await session.delete(surplus)
    for channel in channels[:1]:
        channel.fingerprint = fingerprint(f"email\n{user.email}", settings.secret)
        channel.address, channel.hint = seal(user.email, settings.secret), masked(user.email)
        _settle(channel, verified=True)


def test_notice(user_id: str) -> Notice:
    """What "send me one now" sends."""
    return Notice(
        id=new_id(),
        user_id=user_id,
        kind="test",
        title="This is how reminders reach you here",
        body="You asked for a test. There is nothing to do.",
        task_id=None,
        task_number=None,
        due_at=utc_now(),
        late=None,
        urgent=False,
        zone="UTC",
    )


def masked(email: str) -> str:
    """``p…@example.com``."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"[:120]


async def _apprise(new: AppriseCreate, settings: Settings) -> Prepared:
    if not allowed_services(settings):
        raise RefusedError("This server's administrator allows no such services (TODO_REMINDER_SERVICES).")
    hint = await check_apprise(new.url, settings)
    return Prepared("apprise", new.url, hint, new.label or hint)


async def _push(subscription: SubscriptionIn, label: str | None, settings: Settings) -> Prepared:
    try:
        read = read_subscription(subscription.endpoint, subscription.keys)
    except ValueError as error:
        raise RefusedError(str(error)) from error
    parts = checked_url(read.endpoint, settings)
    host = parts.hostname or ""
    await resolve(host, parts.port or 443, host_policy(settings))
    return Prepared("push", read.as_text(), host[:120], label or "This browser")


def _settle(channel: Channel, *, verified: bool) -> None:
    """A channel that was just set up or switched on: nothing of its past counts but that its address is confirmed."""
    channel.state, channel.reason = ("ok", None) if verified else ("off", UNVERIFIED)
    channel.verified_at = (channel.verified_at or utc_now()) if verified else None


async def _refuse_too_many(session: AsyncSession, user_id: str) -> None:
    count = await session.scalar(select(func.count()).where(Channel.user_id == user_id))
    if (count or 0) >= MOST_CHANNELS:
        raise ConflictError(f"You have {MOST_CHANNELS} channels, which is the most; remove one that you no longer use.")
