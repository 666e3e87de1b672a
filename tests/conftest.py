"""The backend over each database, and people who use it."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from backend.assistant.language.budget import interpret_within
from backend.assistant.language.types import Interpretation, Request
from backend.assistant.reader.reader import Reader
from backend.settings import Settings
from tests.support import postgres
from tests.support.backend import SECRET, VARIABLES, running_app, settings_for
from tests.support.people import Person, new_person

__all__ = ["SECRET", "VARIABLES"]


def pytest_configure() -> None:
    # A script's `&` leaves SIGINT ignored, and every program that a test starts and interrupts would inherit that.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.make_folder()


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        postgres.remove_folder()


@pytest.fixture(autouse=True)
def reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are read in this process, within the same budget: each test has an event loop of its own, and with it
    would have a child that loads the language anew. Tests of the child override this."""

    async def read(_reader: Reader, request: Request) -> Interpretation:
        return interpret_within(request)

    async def warm(_reader: Reader) -> None:
        """There is nothing to start."""

    monkeypatch.setattr(Reader, "read", read)
    monkeypatch.setattr(Reader, "warm", warm)


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
    return settings_for(tmp_path, database_url)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The backend, started."""
    async with running_app(settings) as app:
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
