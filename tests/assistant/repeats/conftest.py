"""Replicas for a test, and a person who is known to each of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from cli.scripted_model.server import ScriptedModel, serve_model
from tests.assistant.repeats.replicas import Replicas
from tests.support.servers import signed_up


@pytest.fixture
def replicas(database_url: str, tmp_path: Path) -> Iterator[Replicas]:
    """Two that run, without a model."""
    yield from _running(Replicas(tmp_path / "data", database_url, {}))


@pytest.fixture
async def slow_model() -> AsyncIterator[ScriptedModel]:
    async with serve_model() as model:
        yield model


@pytest.fixture
def modelled(database_url: str, tmp_path: Path, slow_model: ScriptedModel) -> Iterator[Replicas]:
    """Two that ask the test's model."""
    variables = {"OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": slow_model.address, "TODO_MODEL": "scripted"}
    yield from _running(Replicas(tmp_path / "data", database_url, variables))


def _running(replicas: Replicas) -> Iterator[Replicas]:
    try:
        replicas.start()
        replicas.start()
        yield replicas
    finally:
        replicas.stop()


@pytest.fixture
async def client(request: pytest.FixtureRequest) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in at both."""
    name = "modelled" if "modelled" in request.fixturenames else "replicas"
    replicas: Replicas = request.getfixturevalue(name)
    async with signed_up(replicas.servers[0].address) as client:
        yield client
