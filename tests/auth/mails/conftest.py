"""A backend that sends mail, and what it sent."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from backend.settings import Settings
from tests.support.backend import settings_for
from tests.support.mailbox import Mailbox, links, mailbox
from tests.support.shared import app, database_url

__all__ = ["app", "database_url"]
PAGE = "https://todo.example.com"


@dataclass(frozen=True)
class Mails:
    """The mails of the backend, once all are sent."""

    app: FastAPI
    box: Mailbox

    async def links(self) -> list[str]:
        """The link of each mail, the earliest first, without the page's address; they are forgotten."""
        await asyncio.wait_for(self.app.state.outbox.settle(), timeout=20)
        found = [next(iter(links(mail).values())) for mail in self.box.mails]
        self.box.mails.clear()
        assert all(url.startswith(f"{PAGE}/api/auth/") for url in found)
        return [url.removeprefix(PAGE) for url in found]

    async def token(self) -> str:
        """The token of the one mail that came."""
        (link,) = await self.links()
        parts = urlsplit(link)
        return (
            parts.path.rpartition("/")[2]
            if "reset-password" in link
            else parts.query.partition("=")[2].partition("&")[0]
        )


@pytest.fixture(scope="module")
def _box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory, _box: Mailbox) -> Settings:
    data = tmp_path_factory.mktemp("data")
    return settings_for(
        data, database_url, smtp_url=_box.url, smtp_from="todo@example.com", smtp_seconds=2, better_auth_url=PAGE
    )


def browser_of(app: FastAPI) -> httpx.AsyncClient:
    """A browser at the page's own address, which is https: its cookies are Secure."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE)


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(app) as client:
        yield client


@pytest.fixture
def mails(app: FastAPI, _box: Mailbox) -> Mails:
    _box.reset()
    return Mails(app, _box)
