"""The backend over each database, and people who use it."""

import os
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from backend.main import create_app
from backend.settings import Settings
from tests.support import postgres
from tests.support.people import Person, new_person

SECRET = "a secret of the tests, long enough to be one"


def pytest_configure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.make_folder()


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.remove_folder()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty database, on either kind: one a module, whose tests are strangers to each other."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"
    return postgres.new_database()


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that no environment and no `.env` of the machine reaches."""
    values = {"TODO_DATA": tmp_path_factory.mktemp("data"), "better_auth_secret": SECRET, "log_level": "WARNING"}
    return Settings.model_validate({**values, "database_url": database_url})


@pytest.fixture(scope="module")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The backend, started."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        await app.state.migrated.wait()
        yield app


@pytest.fixture
async def person(app: FastAPI) -> AsyncIterator[Person]:
    async with await new_person(app) as person:
        yield person


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[Person]:
    """Another user, who must not matter."""
    async with await new_person(app) as person:
        yield person
