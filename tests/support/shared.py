"""One backend for all tests of a module, for tests whose people are strangers to each other. Imported by a conftest."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.support import postgres
from tests.support.backend import running_app, settings_for


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty database, on either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"
    return postgres.new_database()


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"), database_url)


@pytest.fixture(scope="module")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The backend, started."""
    async with running_app(settings) as app:
        yield app
