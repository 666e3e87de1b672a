"""One backend a module that takes mails, and someone who has an address for them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.support.backend import settings_for
from tests.support.people import PAGE, Person
from tests.support.shared import app, database_url

__all__ = ["app", "database_url"]
Post = Callable[..., Awaitable[httpx.Response]]
SENDER = "ada@example.com"


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"), database_url, todo_mail_in=True)


@pytest.fixture
async def path(person: Person) -> str:
    """Where the person's mails are posted to."""
    made = await person.post("/api/letterbox", json={"senders": [SENDER]})
    assert made.status_code == 201, made.text
    return str(made.json()["path"])


@pytest.fixture
async def post(app: FastAPI, path: str) -> AsyncIterator[Post]:
    """Post a mail as a provider does, who is not signed in."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as provider:

        async def act(content: bytes, *, to: str = path) -> httpx.Response:
            return await provider.post(to, content=content, headers={"content-type": "message/rfc822"})

        yield act
