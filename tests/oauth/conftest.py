"""One backend a module, and an app that wants to use a person's list."""

from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.oauth.documents import Documents, documents
from tests.oauth.visitor import Visitor
from tests.support.backend import settings_for
from tests.support.shared import app, database_url

__all__ = ["app", "database_url"]


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"), database_url, todo_reminder_hosts="127.0.0.1")


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[Visitor]:
    """An app that has not registered yet."""
    async with Visitor(app) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def host() -> Iterator[Documents]:
    """A host of documents about apps."""
    with documents() as held:
        yield held
