"""Refusals, told so slowly that a client who asks again at once takes no time from the others."""

import asyncio
import time
from collections import OrderedDict

EACH_SECONDS = 0.02  # between two refusals of one claimant
MOST_SECONDS = 10.0  # whoever would wait longer is told at once, and loses the connection
KEPT = 20_000


class Refusals:
    """When each claimant's next refusal is told, by the monotonic clock."""

    def __init__(self) -> None:
        self._next: OrderedDict[str, float] = OrderedDict()

    async def wait(self, who: str) -> bool:
        """Wait until this refusal may be told; False, at once, where too many of the claimant's wait already."""
        now = time.monotonic()
        at = max(now, self._next.get(who, now))
        if at - now > MOST_SECONDS:
            return False
        self._next[who] = at + EACH_SECONDS
        self._next.move_to_end(who)
        if len(self._next) > KEPT:
            self._next.popitem(last=False)
        await asyncio.sleep(at - now)
        return True
