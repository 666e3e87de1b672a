"""What the words of a filter mean today, for whom they are of."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.language.types import Request, TaskView
from backend.assistant.reader import reader
from backend.assistant.reply.lists import say_filter
from backend.errors import InvalidError
from backend.models import utc_now
from backend.profile.service import read_preferences
from backend.tasks.due import local_now
from backend.tasks.query import list_projects

_MOST_KNOWN = 500  # readings of a process; the sidebar asks for the same ones again and again
_known: OrderedDict[tuple[str, date, tuple[str, ...]], "Reading"] = OrderedDict()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """``filters`` are arguments of ``list_tasks``, ``told`` says them in plain words."""

    filters: dict[str, Any] | None
    told: str
    problem: str | None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads for one user: ``now`` is wall-clock time in ``timezone``, ``projects`` are the names of the user's."""

    now: datetime
    timezone: str
    projects: tuple[str, ...]

    async def read(self, words: str) -> Reading:
        """What the words ask for. One that cannot be read has a ``problem`` in place of filters.

        Others may be read first: never wait for it within a transaction.
        """
        key = (words, self.now.date(), self.projects)
        reading = _known.pop(key, None) or await self._ask(words)
        if reading.filters is not None:
            _known[key] = reading
            if len(_known) > _MOST_KNOWN:
                _known.popitem(last=False)
        return reading

    async def _ask(self, words: str) -> Reading:
        views = tuple(TaskView(0, "", project=name) for name in self.projects)
        request = Request(text=words, now=self.now, timezone=self.timezone, tasks=views, as_filter=True)
        understood = await reader.read(request)
        if not understood.actions:
            return Reading(filters=None, told="", problem=understood.reply)
        filters = understood.actions[0].arguments
        return Reading(filters=filters, told=say_filter(filters, today=self.now.date()), problem=None)


async def reader_of(session: AsyncSession, user_id: str, zone: str | None) -> Reader:
    """Reads in ``zone``, or else in that of the user's settings, or else in UTC."""
    zone = zone or (await read_preferences(session, user_id)).timezone or "UTC"
    projects = tuple(group.name for group in await list_projects(session, user_id))
    return Reader(now=local_now(utc_now(), zone), timezone=zone, projects=projects)


def require_read(reading: Reading) -> Reading:
    """Raises InvalidError, which says what of the words cannot be read."""
    if reading.problem:
        raise InvalidError(reading.problem, errors=[{"field": "words", "message": reading.problem}])
    return reading
