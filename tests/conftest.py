"""The backend over each database, and people who use it."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from backend.main import create_app
from backend.settings import Settings
from tests.support import postgres
from tests.support.people import Person, new_person

SECRET = "a secret of the tests, long enough to be one"
VARIABLES = ("DATABASE_URL", "BETTER_AUTH_SECRET", "BETTER_AUTH_URL", "TRUSTED_ORIGINS", "TODO_DATA", "TODO_MODEL")


def pytest_configure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.make_folder()


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.remove_folder()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on either kind."""
    return f"sqlite:///{tmp_path / 'todo.db'}" if request.param == "sqlite" else postgres.new_database()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that no environment and no `.env` of the machine reaches."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return Settings.model_validate(
        {"TODO_DATA": tmp_path, "database_url": database_url, "better_auth_secret": SECRET, "log_level": "WARNING"}
    )


@pytest.fixture
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

