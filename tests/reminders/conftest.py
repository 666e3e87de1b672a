"""A backend whose own worker sleeps: the tests work with one of theirs, by a clock of theirs."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from backend.budgets.claimants import claim
from backend.reminders.channels.notice import Notice
from backend.reminders.models import PAGE, ReminderDue
from backend.reminders.outlets import Outlet
from backend.reminders.worker import Worker
from tests.reminders.clock import Clock, installed
from tests.support.people import Person

NOW = "2026-03-10T08:00"


@dataclass
class Post:
    """A channel beyond the page that keeps what it is sent, or raises what it is told to."""

    sent: list[Notice] = field(default_factory=list)
    raises: Exception | None = None
    is_on: bool = True
    noted: list[str] = field(default_factory=list)

    async def open(self, _session: Any, user_ids: list[str]) -> dict[str, list[Outlet]]:
        page, mail = Outlet(PAGE, PAGE, "Page"), Outlet("mail-1", "email", "Mail")
        return {user_id: [page, mail] if self.is_on else [page] for user_id in user_ids}

    async def send(self, _outlet_id: str, notice: Notice) -> None:
        if self.raises:
            raise self.raises
        self.sent.append(notice)

    async def note_sent(self, _session: Any, _outlet_id: str) -> None:
        self.noted.append("sent")

    async def note_failure(self, _session: Any, _outlet_id: str, reason: str) -> None:
        self.noted.append(reason)

    async def shut_off(self, _session: Any, _outlet_id: str, reason: str) -> str:
        self.noted.append(f"off: {reason}")
        self.is_on = False
        return "Mail"


@dataclass
class Stage:
    """A worker, the clock it works by, and the channel that it sends to."""

    app: FastAPI
    clock: Clock
    post: Post
    worker: Worker

    async def work(self) -> None:
        """Send all that is due by the clock, as the program's own work."""
        claim(None)
        await self.worker.work()
        await self.worker.settle()

    async def rows(self, *conditions: Any) -> list[ReminderDue]:
        async with self.app.state.database.read() as session:
            return list(await session.scalars(select(ReminderDue).where(*conditions).order_by(ReminderDue.due_at)))

    async def told(self, person: Person) -> list[str]:
        """The titles of what was put to the person's page, in order."""
        rows = await self.rows(
            ReminderDue.user_id == person.id, ReminderDue.channel == PAGE, ReminderDue.state == "sent"
        )
        tasks = {task["id"]: task["title"] for task in await person.all()}
        return [row.title or str(tasks.get(row.task_id)) for row in rows]


@pytest.fixture
async def stage(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    clock = installed(monkeypatch, NOW)
    post = Post()
    yield Stage(app, clock, post, Worker(app.state.database, post, clock=clock))


@pytest.fixture(autouse=True)
def _resting_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    async def rest(_self: Worker) -> None:
        return

    monkeypatch.setattr(Worker, "run", rest)
