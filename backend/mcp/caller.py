"""Who calls, and how their call becomes one transaction and one turn of the journal."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.service import changes_here
from backend.journal.values import Actor, Change
from backend.models import new_id
from backend.reminders.settings import settings_changed
from backend.session import Database
from backend.tasks.groups.labels import labels_changed

T = TypeVar("T")
Act = Callable[[AsyncSession, Actor], Awaitable[T]]


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The user whose token came with the request; ``timezone`` (IANA) is the zone that the program says it is in.

    ``read_only`` is what a program without ``may_write`` is told. ``token_name`` is that of the token or app.
    """

    user_id: str
    may_write: bool
    read_only: str
    token_name: str
    timezone: str | None
    database: Database
    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Performed(Generic[T]):
    """What a write gave back and changed, or would have; ``of_settings``: the reminder settings or labels too."""

    result: T
    changes: list[Change]
    turn_id: str
    dry_run: bool
    of_settings: bool = False

    @property
    def undo_token(self) -> str | None:
        """What takes it back; nothing where nothing was changed."""
        return self.turn_id if (self.changes or self.of_settings) and not self.dry_run else None


class _RehearsedError(Exception):
    """Ends a dry run's transaction before it commits."""


async def perform(caller: Caller, act: Act[T], *, timezone: str | None, dry_run: bool) -> Performed[T]:
    """Run ``act`` in a transaction of its own; a dry run does all of it, and rolls it back."""
    actor = Actor(
        user_id=caller.user_id,
        surface="mcp",
        turn_id=new_id(),
        timezone=timezone or caller.timezone,
        token_name=caller.token_name,
    )
    with suppress(_RehearsedError):
        async with caller.database.write() as session:
            result = await act(session, actor)
            await session.flush()
            changes = changes_here(session)
            of_settings = bool(settings_changed(session)) or labels_changed(session)
            if dry_run:
                raise _RehearsedError
    return Performed(result=result, changes=changes, turn_id=actor.turn_id, dry_run=dry_run, of_settings=of_settings)
