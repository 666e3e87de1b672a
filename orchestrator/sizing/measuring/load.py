"""Load through the front door: people who list, add, complete, open the page and log in, at a fixed pace.

Bounded in rate, in number and in time. Each request has a connection of its own, as new visitors have, so that a
Service spreads them over its pods.
"""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from orchestrator.release.use import Account, throwaway
from orchestrator.sizing.model import Visit

MIXTURE = (
    "list", "add", "page", "list", "complete", "list", "add", "list", "page", "complete",
    "list", "add", "list", "page", "list", "complete", "add", "list", "page", "sign in",
)  # fmt: skip
_ACCOUNTS = 3
_WORKERS = 8  # requests at once, at most
_LIMIT = 10.0  # seconds for one request
_SAID = (
    "add buy milk tomorrow at 5pm #home",
    "remind me to call the school on friday",
    "urgent: send the report {} by monday",
    "standup {} every weekday at 9:15 #work",
    "add bread and {} eggs to my shopping list",
)


@dataclass
class _Person:
    """One account with the tasks that it added and did not complete yet."""

    client: httpx.Client
    account: Account
    open: deque[str] = field(default_factory=lambda: deque(maxlen=200))


@dataclass
class Load:
    """`visits` grows while it runs. `chat`: tasks are added by chat turns; else by the plain API."""

    base: str
    people: Sequence[_Person]
    rate: float
    seconds: float
    chat: bool
    visits: list[Visit] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    began: float = 0.0
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Workers ask while in the block, and until `seconds` are over."""
        self.began = time.time()
        workers = [threading.Thread(target=self._work, daemon=True) for _ in range(_WORKERS)]
        for worker in workers:
            worker.start()
        try:
            yield
        finally:
            self.stop.set()
            for worker in workers:
                worker.join(timeout=_LIMIT + 1)

    def _work(self) -> None:
        most = int(self.rate * self.seconds)
        while not self.stop.is_set():
            with self._lock:
                number = next(self._numbers)
            due = self.began + number / self.rate
            if number >= most or self.stop.wait(max(0.0, due - time.time())):
                return
            self.visits.append(self._visit(number))

    def _visit(self, number: int) -> Visit:
        person = self.people[number % len(self.people)]
        kind = MIXTURE[number // len(self.people) % len(MIXTURE)]
        began, clock = time.time(), time.monotonic()
        try:
            status = self._act(person, kind, number).status_code
        except (httpx.HTTPError, ValueError, KeyError):  # no answer, or one that is not the API's
            status = 0
        return Visit(kind, began, time.monotonic() - clock, status)

    def _act(self, person: _Person, kind: str, number: int) -> httpx.Response:
        acts: dict[str, Callable[[], httpx.Response]] = {
            "page": lambda: person.client.get("/"),
            "add": lambda: self._add(person, _SAID[number % len(_SAID)].format(number)),
            "complete": lambda: self._complete(person),
            "sign in": lambda: person.client.post(
                "/api/auth/sign-in/email",
                json={"email": person.account.email, "password": person.account.password},
            ),
        }
        return acts.get(kind, lambda: person.client.get("/api/tasks", params={"limit": 50}))()

    def _add(self, person: _Person, words: str) -> httpx.Response:
        if not self.chat:
            answer = person.client.post("/api/tasks", json={"title": words})
            person.open.extend([str(answer.json()["id"])] if answer.is_success else [])
            return answer
        answer = person.client.post("/api/chat", json={"message": words, "timezone": "Europe/Berlin"})
        changes: list[dict[str, Any]] = answer.json().get("changes") or [] if answer.is_success else []
        person.open.extend(str(one["task_id"]) for one in changes if one.get("kind") == "create")
        return answer

    def _complete(self, person: _Person) -> httpx.Response:
        try:
            task = person.open.popleft()
        except IndexError:
            return person.client.get("/api/tasks")
        return person.client.post(f"/api/tasks/{task}/complete", json={})


@contextmanager
def people(base: str, rate: float, say: Callable[[str], None]) -> Iterator[Sequence[_Person]]:
    """Throwaway accounts, removed at the end of the block however it ends; how that went is said."""
    with ExitStack() as stack:
        found: list[_Person] = []
        for _ in range(max(1, min(_ACCOUNTS, round(rate)))):
            limits = httpx.Limits(max_keepalive_connections=0)
            client = stack.enter_context(
                httpx.Client(base_url=base, timeout=_LIMIT, trust_env=False, follow_redirects=True, limits=limits)
            )
            client.headers["Origin"] = base
            stack.callback(_tell, found, len(found), say)
            found.append(_Person(client, stack.enter_context(throwaway(client, lambda text: None))))
        yield found


def _tell(found: Sequence[_Person], number: int, say: Callable[[str], None]) -> None:
    """An account that could not be removed must not be missed."""
    if number < len(found) and "removed" not in found[number].account.left:
        say(found[number].account.left)
