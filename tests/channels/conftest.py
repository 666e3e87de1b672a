"""One backend a module that may send to this machine, and the servers that it sends to."""

from collections.abc import Iterator

import pytest

from backend.settings import Settings
from tests.channels.receiver import Receiver, receiver
from tests.support.backend import settings_for
from tests.support.mailbox import Mailbox, mailbox
from tests.support.shared import app, database_url

__all__ = ["app", "database_url"]


@pytest.fixture(scope="module")
def _box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def _receiver() -> Iterator[Receiver]:
    with receiver() as held:
        yield held


@pytest.fixture
def box(_box: Mailbox) -> Mailbox:
    _box.reset()
    return _box


@pytest.fixture
def service(_receiver: Receiver) -> Receiver:
    _receiver.reset()
    return _receiver


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory, _box: Mailbox) -> Settings:
    return settings_for(
        tmp_path_factory.mktemp("data"),
        database_url,
        smtp_url=_box.url,
        smtp_from="Todo <todo@example.com>",
        smtp_seconds=2,
        todo_page_url="http://127.0.0.1:3999",
        todo_reminder_hosts="127.0.0.1",
    )
