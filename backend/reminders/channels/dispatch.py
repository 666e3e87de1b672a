"""One notice to one channel, whatever its kind."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.models import utc_now
from backend.reminders.channels.apprise_services import send_apprise
from backend.reminders.channels.mail import send_mail
from backend.reminders.channels.models import Channel
from backend.reminders.channels.notice import Notice
from backend.reminders.channels.push import send_push, subscription_of
from backend.reminders.channels.seal import unseal
from backend.settings import Settings

PAGE = "page"
_LONGEST_REASON = 500


async def send(channel: Channel, notice: Notice, settings: Settings) -> None:
    """Tell the notice by the channel, within its own time limit.

    Raises RefusedError where the channel is to be shut off, UnavailableError where it is to be tried again, and
    ValueError for the open page, which the live stream tells.
    """
    if channel.kind == PAGE:
        raise ValueError("the open page is told by the live stream")
    address = unseal(channel.address, settings.secret)
    match channel.kind:
        case "email":
            await send_mail(notice, to=address, channel_id=channel.id, settings=settings)
        case "push":
            await send_push(subscription_of(address), notice, settings)
        case _:
            await send_apprise(address, notice, settings)


async def open_channels(session: AsyncSession, user_id: str) -> list[Channel]:
    """Those of the user's that are on and not shut off; the open page too, unless the user switched it off."""
    rows = await all_channels(session, user_id)
    return [channel for channel in rows if channel.on and channel.state != "off"]


async def all_channels(session: AsyncSession, user_id: str) -> list[Channel]:
    """Every channel of the user's, the oldest first, and before them the open page, which all have."""
    statement = select(Channel).where(Channel.user_id == user_id).order_by(Channel.created_at, Channel.id)
    rows = list(await session.scalars(statement))
    page = [row for row in rows if row.kind == PAGE] or [_page_of(user_id)]
    return page + [row for row in rows if row.kind != PAGE]


async def note_sent(session: AsyncSession, channel_id: str) -> None:
    """The channel took a notice: whatever failed before is over."""
    await _set(session, channel_id, state="ok", reason=None, last_sent_at=utc_now())


async def note_failure(session: AsyncSession, channel_id: str, reason: str) -> None:
    """The channel did not take a notice, and is tried again."""
    await _set(session, channel_id, state="failing", reason=reason[:_LONGEST_REASON])


async def shut_off(session: AsyncSession, channel_id: str, reason: str) -> None:
    """The channel refused for good: it is off until the user switches it on again, and ``reason`` is shown."""
    await _set(session, channel_id, state="off", reason=reason[:_LONGEST_REASON])


async def _set(session: AsyncSession, channel_id: str, **values: object) -> None:
    await session.execute(update(Channel).where(Channel.id == channel_id).values(**values))


def _page_of(user_id: str) -> Channel:
    """The open page as a channel, stored nowhere until the user switches it off."""
    return Channel(
        id=PAGE,
        user_id=user_id,
        kind=PAGE,
        label="This page, while it is open",
        hint="",
        address="",
        fingerprint=PAGE,
        on=True,
        state="ok",
        created_at=utc_now(),
    )
