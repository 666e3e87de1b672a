"""One backend a module that may send to this machine, and the receiver that it sends to."""

from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.channels.receiver import Receiver, receiver
from tests.support.backend import settings_for
from tests.support.people import Person
from tests.support.shared import app, database_url
from tests.webhooks.listener import Listener

__all__ = ["app", "database_url"]


@pytest.fixture(scope="module")
def _receiver() -> Iterator[Receiver]:
    with receiver() as held:
        yield held


@pytest.fixture
async def listener(person: Person, app: FastAPI, _receiver: Receiver) -> AsyncIterator[Listener]:
    """The person's webhook, which hears everything."""
    _receiver.reset()
    held = Listener(person, app, _receiver)
    await held.connect()
    yield held
    await person.delete(held.path)  # nothing of this test comes to the next one


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"), database_url, todo_reminder_hosts="127.0.0.1")
