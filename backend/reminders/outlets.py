"""Where reminders can go, as the worker sees it: the open page, which it serves itself, and channels beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.reminders.channels import dispatch
from backend.reminders.channels.models import Channel
from backend.reminders.channels.notice import Notice, RefusedError
from backend.reminders.models import PAGE
from backend.session import Database
from backend.settings import Settings


@dataclass(frozen=True)
class Outlet:
    """A channel of a user's that is on: its id, its kind, and what the user calls it."""

    id: str
    kind: str
    label: str


class Outlets(Protocol):
    """What the worker asks of the channels. The sessions are in a transaction of the worker's."""

    async def open(self, session: AsyncSession, user_ids: Sequence[str]) -> dict[str, list[Outlet]]:
        """Of each user those that are on; the open page among them, unless it was switched off."""

    async def send(self, outlet_id: str, notice: Notice) -> None:
        """Raises RefusedError where the channel is to be shut off, UnavailableError where it is to be tried again."""

    async def note_sent(self, session: AsyncSession, outlet_id: str) -> None: ...

    async def note_failure(self, session: AsyncSession, outlet_id: str, reason: str) -> None: ...

    async def shut_off(self, session: AsyncSession, outlet_id: str, reason: str) -> str:
        """Shut it off; what the user calls it."""


@dataclass(frozen=True)
class Channels:
    """The open page, and every channel that users have set up."""

    database: Database
    settings: Settings

    async def open(self, session: AsyncSession, user_ids: Sequence[str]) -> dict[str, list[Outlet]]:
        statement = select(Channel).where(Channel.user_id.in_(user_ids)).order_by(Channel.created_at, Channel.id)
        rows = list(await session.scalars(statement))
        without_page = {row.user_id for row in rows if row.kind == PAGE and not _is_open(row)}
        found = {user_id: [] if user_id in without_page else [_PAGE] for user_id in user_ids}
        for row in rows:
            if row.kind != PAGE and _is_open(row):
                found[row.user_id].append(Outlet(row.id, row.kind, row.label))
        return found

    async def send(self, outlet_id: str, notice: Notice) -> None:
        async with self.database.read() as session:
            channel = await session.get(Channel, outlet_id)
        if channel is None or not _is_open(channel):
            raise RefusedError("it was switched off or deleted meanwhile")
        await dispatch.send(channel, notice, self.settings)

    async def note_sent(self, session: AsyncSession, outlet_id: str) -> None:
        await dispatch.note_sent(session, outlet_id)

    async def note_failure(self, session: AsyncSession, outlet_id: str, reason: str) -> None:
        await dispatch.note_failure(session, outlet_id, reason)

    async def shut_off(self, session: AsyncSession, outlet_id: str, reason: str) -> str:
        await dispatch.shut_off(session, outlet_id, reason)
        return await session.scalar(select(Channel.label).where(Channel.id == outlet_id)) or "A channel that is gone"


_PAGE = Outlet(PAGE, PAGE, "This page")


def _is_open(channel: Channel) -> bool:
    return channel.on and channel.state != "off"
