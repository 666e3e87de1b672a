"""Waking those who follow a user's changes: at once for a commit of this process, by polling for those of others."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(eq=False)
class Follower:
    """One open stream: the last revision it has sent, and the event that wakes it."""

    user_id: str
    revision: int = 0
    event: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float) -> bool:
        """Whether it was woken within ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                await self.event.wait()
        except TimeoutError:
            return False
        return True


class Wakeups:
    """The followers of this process. Once closed, every one of them ends."""

    def __init__(self) -> None:
        self._followers: defaultdict[str, set[Follower]] = defaultdict(set)
        self.closed = False

    def join(self, user_id: str) -> Follower:
        follower = Follower(user_id)
        self._followers[user_id].add(follower)
        return follower

    def leave(self, follower: Follower) -> None:
        followers = self._followers[follower.user_id]
        followers.discard(follower)
        if not followers:
            del self._followers[follower.user_id]

    def wake(self, user_id: str) -> None:
        for follower in self._followers.get(user_id, ()):
            follower.event.set()

    def wake_behind(self, revisions: Mapping[str, int]) -> None:
        """Wake those who have not yet sent the newest revision of their user."""
        for user_id, revision in revisions.items():
            for follower in self._followers.get(user_id, ()):
                if follower.revision < revision:
                    follower.event.set()

    def users(self) -> Iterable[str]:
        return list(self._followers)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.closed = True
        for user_id in self.users():
            self.wake(user_id)
