"""Waking those who wait for a user's changes, within this process. Other processes are noticed by polling."""

import asyncio
from collections import defaultdict


class Wakeups:
    """One event for each waiting stream."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def join(self, user_id: str) -> asyncio.Event:
        event = asyncio.Event()
        self._waiting[user_id].add(event)
        return event

    def leave(self, user_id: str, event: asyncio.Event) -> None:
        self._waiting[user_id].discard(event)
        if not self._waiting[user_id]:
            del self._waiting[user_id]

    def wake(self, user_id: str) -> None:
        for event in self._waiting.get(user_id, ()):
            event.set()

    def wake_all(self) -> None:
        for user_id in list(self._waiting):
            self.wake(user_id)
