"""The channels, as the worker of the schedule sees them: what is open, and one notice to one of them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.reminders.channels import dispatch
from backend.reminders.channels.models import Channel
from backend.reminders.channels.notice import Notice, RefusedError
from backend.reminders.outlets import Outlet
from backend.session import Database
from backend.settings import Settings

_AT_ONCE = 500  # users of one query: SQLite takes some thousands of parameters
_GONE = "This channel was removed or switched off."


class ChannelOutlets:
    """The open page, and the channels of the table that are on and not shut off."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    async def open(self, session: AsyncSession, user_ids: Sequence[str]) -> dict[str, list[Outlet]]:
        """Of each user those that are on; the open page among them, unless it was switched off."""
        found: dict[str, list[Channel]] = defaultdict(list)
        for start in range(0, len(user_ids), _AT_ONCE):
            some = user_ids[start : start + _AT_ONCE]
            query = select(Channel).where(Channel.user_id.in_(some)).order_by(Channel.created_at, Channel.id)
            for channel in await session.scalars(query):
                found[channel.user_id].append(channel)
        return {user_id: _open(found[user_id]) for user_id in user_ids}

    async def send(self, outlet_id: str, notice: Notice) -> None:
        """Send it, within the channel's own time limit.

        Raises RefusedError where the channel is to be shut off, or is gone; UnavailableError where it is to be tried
        again.
        """
        async with self._database.read() as session:
            channel = await session.get(Channel, outlet_id)
            session.expunge_all()
        if channel is None or not _is_open(channel):
            raise RefusedError(_GONE)
        await dispatch.send(channel, notice, self._settings)

    async def note_sent(self, session: AsyncSession, outlet_id: str) -> None:
        await dispatch.note_sent(session, outlet_id)

    async def note_failure(self, session: AsyncSession, outlet_id: str, reason: str) -> None:
        await dispatch.note_failure(session, outlet_id, reason)

    async def shut_off(self, session: AsyncSession, outlet_id: str, reason: str) -> str:
        """Shut it off, unless the user did meanwhile; what the user calls it."""
        channel = await session.get(Channel, outlet_id)
        if channel is None:
            return "A channel that you removed"
        if _is_open(channel):
            await dispatch.shut_off(session, outlet_id, reason)
        return channel.label


def _open(channels: list[Channel]) -> list[Outlet]:
    page = next((channel for channel in channels if channel.kind == dispatch.PAGE), None)
    first = [Outlet(dispatch.PAGE, dispatch.PAGE, "This page")] if page is None or page.on else []
    others = [channel for channel in channels if channel.kind != dispatch.PAGE and _is_open(channel)]
    return first + [Outlet(channel.id, channel.kind, channel.label) for channel in others]


def _is_open(channel: Channel) -> bool:
    return channel.on and channel.state != "off"
