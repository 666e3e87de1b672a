"""A conversation to talk in, with the built-in engine or with a model of the test's."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from backend.assistant.engines.hosted.setup import make_hosted
from backend.main import create_app
from backend.settings import Settings
from cli.scripted_model.server import ScriptedModel, serve_model
from tests.assistant.chatting import Chat
from tests.support.people import Person, new_person


@pytest.fixture
def chat(person: Person) -> Chat:
    return Chat(person)


@pytest.fixture
async def model() -> AsyncIterator[ScriptedModel]:
    """A hosted model that follows the test's script."""
    async with serve_model() as model:
        yield model


@pytest.fixture
async def hosted_app(settings: Settings, model: ScriptedModel) -> AsyncIterator[FastAPI]:
    """The backend with that model set up."""
    values = {"openai_api_key": SecretStr("sk-secret"), "openai_base_url": model.address, "todo_model": "scripted"}
    app = create_app(settings.model_copy(update=values))
    async with app.router.lifespan_context(app):
        await app.state.migrated.wait()
        yield app


@pytest.fixture
async def user(hosted_app: FastAPI) -> AsyncIterator[Person]:
    """Someone whose assistant is that model."""
    async with await new_person(hosted_app) as person:
        yield person


@pytest.fixture
def impatient(hosted_app: FastAPI) -> None:
    """Half a second of the model's silence is too long."""
    hosted_app.state.hosted = replace(hosted_app.state.hosted, seconds=0.5)


@pytest.fixture
def talk(user: Person) -> Chat:
    return Chat(user)


@pytest.fixture
async def stranger_there(hosted_app: FastAPI) -> AsyncIterator[Person]:
    """Another user of the same backend."""
    async with await new_person(hosted_app) as person:
        yield person


@pytest.fixture
def hosted_address_gone(hosted_app: FastAPI) -> None:
    """The model's server does not listen any more."""
    values = {"openai_base_url": "http://127.0.0.1:9/v1"}
    hosted_app.state.hosted = make_hosted(hosted_app.state.settings.model_copy(update=values))
