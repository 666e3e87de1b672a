"""Where reminders can go, as the worker sees it: the open page, which it serves itself, and channels beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from backend.reminders.channels.notice import Notice


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
