"""A person's programs: one that writes and repeats what was not answered, and one that follows the events."""

import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx

from cli.bench.disasters.history import Told

PATIENCE_SECONDS = 40.0
PASTED = 8
REFUSED = 400
BUSY = {429, 503, 507}
SERVER_ERROR = 500


class Person:
    """Writes as one user to any of the backends. `told` is what the answers said."""

    def __init__(self, addresses: list[str], seed: int) -> None:
        self.addresses, self.random = addresses, random.Random(seed)  # noqa: S311
        self.client = httpx.Client(timeout=10, trust_env=False)
        self.told: list[Told] = []
        self.open: list[str] = []
        self.turns: list[str] = []
        self.failures: list[str] = []
        self.repeats = self.count = 0
        body = {"name": "Person", "email": f"p{uuid4().hex}@example.com", "password": "correct horse battery"}
        answer = self.client.post(f"{addresses[0]}/api/auth/sign-up/email", json=body).raise_for_status().json()
        self.id, self.token = answer["user"]["id"], answer["token"]
        self.client.cookies.clear()

    def write(self, number: int, count: int) -> None:
        """So many writes, one after another. One that breaks off is a failure too, and not a quiet one."""
        try:
            for _ in range(count):
                self.act(number)
        except Exception as error:  # in a thread of its own nobody would see it
            self.failures.append(f"round {number}: {type(error).__name__}: {error}")

    def act(self, number: int) -> None:
        """One write, chosen by chance."""
        acts: list[Callable[[int], None]] = [self.create, self.chat, self.create, self.paste]
        acts += [self.update, self.complete, self.delete] if self.open else []
        acts += [self.undo] if self.turns else []
        self.random.choice(acts)(number)

    def create(self, number: int) -> None:
        mark = self._mark()
        answer = self._send("POST", "/api/tasks", {"title": mark})
        self._note(number, "create", mark, 1 if answer else None)
        if answer:
            self.open.append(answer["id"])

    def paste(self, number: int) -> None:
        """Many tasks by one request, as an import makes them."""
        marks, request = [self._mark() for _ in range(PASTED)], uuid4().hex
        answer = self._send("POST", "/api/tasks/lines", {"lines": [{"text": mark} for mark in marks]})
        for mark in marks:
            claims = None if answer is None else sum(item["title"] == mark for item in answer["items"])
            self._note(number, "create", mark, claims, request=request)
        self.open += [item["id"] for item in (answer or {"items": []})["items"]]

    def update(self, number: int) -> None:
        mark = self._mark()
        answer = self._send("PATCH", f"/api/tasks/{self.random.choice(self.open)}", {"title": mark})
        self._note(number, "update", mark, 1 if answer else None)

    def complete(self, number: int) -> None:
        task = self._take()
        answer = self._send("POST", f"/api/tasks/{task}/complete", None)
        self._note(number, "complete", task, 1 if answer else None)

    def delete(self, number: int) -> None:
        task = self._take()
        answer = self._send("DELETE", f"/api/tasks/{task}", None)
        self._note(number, "delete", task, 1 if answer is not None else None)

    def chat(self, number: int) -> None:
        """Its claim is what it shows as changed; one that says "Added" and shows nothing claims one too."""
        mark = self._mark()
        answer = self._send("POST", "/api/chat", {"message": f"add {mark}"})
        if answer is None:
            self._note(number, "create", mark, None)
            return
        claims = len(answer["changes"]) or int(answer["response"].startswith("Added"))
        self._note(number, "create", mark, claims)
        if answer["changes"]:
            self.turns.append(answer["undo_token"])

    def undo(self, number: int) -> None:
        token = self.turns.pop()
        answer = self._send("POST", "/api/undo", {"undo_token": token})
        turn = answer["undone"] if answer else token
        self._note(number, "undo", turn, len(answer["changes"]) if answer else None)

    def tasks(self) -> dict[str, tuple[str, str]]:
        """(title, status) of every task, by id."""
        found: dict[str, tuple[str, str]] = {}
        cursor: str | None = ""
        while cursor is not None:
            query = "/api/tasks?status=all&limit=200" + (f"&cursor={cursor}" if cursor else "")
            page = self._send("GET", query, None) or {"items": [], "next_cursor": None}
            found |= {item["id"]: (item["title"], item["status"]) for item in page["items"]}
            cursor = page["next_cursor"]
        return found

    def ask(self, method: str, path: str, body: object) -> Any:
        """The answer to a write that is not counted. Raises RuntimeError where none came."""
        answer = self._send(method, path, body)
        if answer is None:
            raise RuntimeError(self.failures[-1])
        return answer

    def _send(self, method: str, path: str, body: object) -> Any:
        """Send until answered, to one backend or another, always with the same key; None if it stays unanswered."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid4().hex}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                where = self.random.choice(self.addresses)
                answer = self.client.request(method, where + path, json=body, headers=headers)
            except httpx.HTTPError:
                self.repeats += 1
                time.sleep(0.1)
                continue
            if answer.status_code < REFUSED:
                return answer.json() if answer.content else {}
            if answer.status_code not in BUSY:
                self.failures.append(f"{method} {path} answered {answer.status_code}: {answer.text[:300]}")
                return None
            self.repeats += 1
            time.sleep(min(float(answer.headers.get("Retry-After", 0.2)), 2))
        self.failures.append(f"{method} {path} was not answered within {PATIENCE_SECONDS:.0f} s")
        return None

    def _note(self, number: int, kind: str, mark: str, claims: int | None, *, request: str = "") -> None:
        self.told.append(Told(round=number, kind=kind, mark=mark, claims=claims, request=request))

    def _mark(self) -> str:
        self.count += 1
        return f"zebra{self.count}x"

    def _take(self) -> str:
        return self.open.pop(self.random.randrange(len(self.open)))


class Follower(threading.Thread):
    """Follows the events from the first, and comes back with the last id after each cut, to the next backend.

    ``seen`` are the revisions of changes, ``reminded`` the task of each reminder by the notice's id: a page shows an
    id once, however often it comes.
    """

    def __init__(self, person: Person, first: int) -> None:
        super().__init__(daemon=True)
        self.person, self.turn, self.seen, self.ended = person, first, list[int](), threading.Event()
        self.reminded: dict[str, str] = {}

    def run(self) -> None:
        with httpx.Client(timeout=httpx.Timeout(5, read=20), trust_env=False) as client:
            while not self.ended.is_set():
                try:
                    self._follow(client)
                except httpx.HTTPError:
                    time.sleep(0.1)

    def _follow(self, client: httpx.Client) -> None:
        self.turn += 1
        address = self.person.addresses[self.turn % len(self.person.addresses)]
        last = str(self.seen[-1] if self.seen else 0)
        headers = {"Authorization": f"Bearer {self.person.token}", "Last-Event-ID": last}
        with client.stream("GET", f"{address}/api/events", headers=headers) as answer:
            if answer.status_code >= REFUSED:
                time.sleep(min(float(answer.headers.get("Retry-After", 0.2)), 2))
                return
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:") and name == "change":
                    self.seen.append(int(json.loads(line[5:])["revision"]))
                elif line.startswith("data:") and name == "reminder":
                    told = json.loads(line[5:])
                    self.reminded[told["id"]] = told["task_id"]
                if self.ended.is_set():
                    return
