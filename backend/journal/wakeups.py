"""Waking those who follow a user's changes: at once for a commit of this process, by polling for those of others."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import Counter, Gauge

from backend.reminders.alarm import Alarm

STREAMS = Gauge("todo_event_streams", "Open event streams of this process")
ENDED = Counter("todo_event_streams_ended", "Event streams that the server ended", ["reason"])
QUEUED = 500  # events; a client that is further behind reads them from the database again


@dataclass(eq=False)
class Follower:
    """One open stream: by which token, and the events that it has still to send.

    ``ended`` tells why it was ended: a newer one came (``replaced``), it reads too slowly (``slow``), or its session is
    over (``signed-out``). It then sends no more.
    """

    user_id: str
    token: str | None
    revision: int = 0
    ended: str | None = None
    events: asyncio.Queue[tuple[int | None, str] | None] = field(default_factory=lambda: asyncio.Queue(QUEUED + 1))

    def send(self, revision: int | None, text: str) -> None:
        """Queue an event, with its revision if it is a change.

        A follower whose queue is full is ended, and its client resumes where it stopped.
        """
        if self.events.qsize() >= QUEUED:
            self.end("slow")
        elif self.ended is None:
            self.events.put_nowait((revision, text))

    def end(self, reason: str) -> None:
        """End it now; what waits to be sent is let go."""
        if self.ended is None:
            self.ended = reason
            ENDED.labels(reason).inc()
            while not self.events.empty():
                self.events.get_nowait()
            self.events.put_nowait(None)


@dataclass(eq=False)
class Feed:
    """All the streams of one user in this process, in the order in which they came, and the one reader behind them.

    ``revision`` is the last one that the reader has passed on, None before it has read; ``told`` is the same of
    the reminders (`ReminderSettings.told`).
    """

    user_id: str
    revision: int | None = None
    told: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    followers: OrderedDict[Follower, None] = field(default_factory=OrderedDict)
    reader: asyncio.Task[None] | None = None

    def pass_on(self, revision: int, text: str) -> None:
        self.revision = revision
        for follower in list(self.followers):
            follower.send(revision, text)

    def tell(self, text: str) -> None:
        """Pass on what is no change of the list."""
        for follower in list(self.followers):
            follower.send(None, text)


class Wakeups:
    """The feeds of this process. A user has ``each`` streams at most, the process ``most``; once closed, all end."""

    def __init__(self, *, each: int = 20, most: int = 1000) -> None:
        self.each, self.most = each, most
        self._feeds: dict[str, Feed] = {}
        self._count = 0
        self.closed = False
        self.alarm = Alarm()

    def join(self, user_id: str, token: str | None) -> tuple[Feed, Follower]:
        """A new stream of the user's. Beyond the limits the oldest ends: theirs, or that of who has the most."""
        feed = self._feeds.setdefault(user_id, Feed(user_id))
        follower = Follower(user_id, token)
        feed.followers[follower] = None
        self._count += 1
        STREAMS.inc()
        if len(feed.followers) > self.each:
            self._replace_oldest(feed)
        elif self._count > self.most:
            self._replace_oldest(max(self._feeds.values(), key=lambda one: len(one.followers)))
        return feed, follower

    def leave(self, follower: Follower) -> None:
        """The stream is over, for whatever reason. The user's last one ends their reader."""
        feed = self._feeds.get(follower.user_id)
        if feed is None or follower not in feed.followers:
            return
        del feed.followers[follower]
        self._count -= 1
        STREAMS.dec()
        if not feed.followers:
            del self._feeds[follower.user_id]
            if feed.reader:
                feed.reader.cancel()

    def wake(self, user_id: str) -> None:
        if feed := self._feeds.get(user_id):
            feed.changed.set()

    def wake_behind(self, newest: Mapping[str, tuple[int, int]]) -> None:
        """Wake the readers that have not yet passed on their user's newest: the revision, and what was told."""
        for user_id, (revision, told) in newest.items():
            feed = self._feeds.get(user_id)
            if feed and feed.revision is not None and (feed.revision < revision or feed.told < told):
                feed.changed.set()

    def users(self) -> Iterable[str]:
        return list(self._feeds)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.closed = True
        for feed in list(self._feeds.values()):
            for follower in list(feed.followers):
                follower.end("stopping")

    def _replace_oldest(self, feed: Feed) -> None:
        oldest = next(iter(feed.followers))
        oldest.end("replaced")
        self.leave(oldest)
