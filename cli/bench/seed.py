"""Accounts and tasks to measure with: the account over HTTP, the tasks through the backend's own service."""

import asyncio
import json
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from backend.journal.values import Actor
from backend.migrations import metadata
from backend.models import new_id
from backend.session import Database
from backend.settings import Settings
from backend.tasks import service
from backend.tasks.schemas import TaskCreate

PASSWORD = "correct horse battery"  # noqa: S105  (of accounts that are thrown away)
CHUNK = 500  # tasks in one transaction
VERBS = ("call", "email", "pay", "book", "clean", "repair", "read", "water", "visit", "plan")
THINGS = ("the dentist", "mom", "the rent", "a table", "the kitchen", "the bike", "that report", "the plants", "Anna")


@dataclass(frozen=True, kw_only=True)
class Account:
    """A user and a token to be used as one."""

    user_id: str
    token: str


def sign_up(address: str, *, name: str) -> Account:
    """Make an account at the backend."""
    body = json.dumps({"name": name, "email": f"{name}@example.com", "password": PASSWORD}).encode()
    wanted = urllib.request.Request(  # noqa: S310  (an address on 127.0.0.1)
        f"{address}/api/auth/sign-up/email", data=body, headers={"Content-Type": "application/json"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(wanted, timeout=30) as answer:
        said = json.load(answer)
    return Account(user_id=said["user"]["id"], token=said["token"])


def add_tasks(account: Account, *, count: int, data: Path, address: str | None = None, timed: bool = False) -> None:
    """Write so many different tasks for the account into the database at ``address``, or SQLite in the data folder.

    ``timed`` ones each have a time of day, so that they remind.
    """
    asyncio.run(_add_tasks(account, count=count, data=data, address=address, timed=timed))


async def _add_tasks(account: Account, *, count: int, data: Path, address: str | None, timed: bool) -> None:
    metadata()  # imports every model: their tables name each other
    secret = SecretStr("x" * 32)  # signs nothing here, but Postgres is not used without one
    kept = SecretStr(address) if address else None
    database = Database(Settings(data=data, database_url=kept, better_auth_secret=secret))
    actor = Actor(user_id=account.user_id, surface="api", turn_id=new_id())
    try:
        for start in range(0, count, CHUNK):
            async with database.write() as session:
                for index in range(start, min(start + CHUNK, count)):
                    new = task(index)
                    await service.create(session, actor, _timed(new, index) if timed else new)
    finally:
        await database.dispose()


def task(index: int) -> TaskCreate:
    """The task of that index: titles, dates, tags and projects repeat at different periods."""
    return TaskCreate(
        title=f"{VERBS[index % 10]} {THINGS[index % 9]} {index}",
        due=f"2030-{index % 12 + 1:02}-{index % 28 + 1:02}" if index % 3 else None,
        tags=[f"tag{index % 7}"] if index % 2 else [],
        project=f"project{index % 5}" if index % 4 else None,
    )


def _timed(new: TaskCreate, index: int) -> TaskCreate:
    return new.model_copy(update={"due": f"2031-{index % 12 + 1:02}-{index % 28 + 1:02}T10:00", "timezone": "UTC"})
