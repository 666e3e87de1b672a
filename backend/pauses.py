"""Long work, cut into steps: between them the event loop serves everybody else."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

T = TypeVar("T")


async def with_pauses(items: Iterable[T], *, every: int) -> AsyncIterator[T]:
    """The items, with the event loop given back after each ``every`` of them.

    Over SQLite no statement does that: docs/decisions/004-inline-sqlite.md. ``every`` is how many items take about two
    milliseconds.
    """
    for place, item in enumerate(items, start=1):
        yield item
        if place % every == 0:
            await asyncio.sleep(0)
