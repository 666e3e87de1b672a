"""Clients that listen: the journal's changes reach them, whoever made them, until their access ends."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.subscriptions import ResourcesListChanged, ResourceUpdated

from backend.journal.values import Change
from backend.mcp.subscriptions import touches
from backend.models import utc_now
from tests.mcp.serving import new_token, real_backend

OPEN = {"status": "open", "due": None, "project": None, "tags": [], "number": 3}


def change(before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    return Change(
        revision=1, turn="t", surface="api", kind="update", task_id="x", before=before, after=after, at=utc_now()
    )


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        (None, {}, {"pending", "task/3"}),
        ({}, {"status": "done"}, {"pending", "completed", "task/3"}),
        ({"project": "Home"}, {"project": "Été"}, {"pending", "task/3", "project/home", "project/%C3%89t%C3%A9"}),
        ({"tags": ["A b"]}, None, {"pending", "task/3", "tag/a%20b"}),
        ({}, {"due": "2030-01-01"}, {"pending", "task/3", "today", "overdue"}),
    ],
)
def test_what_a_change_touches(before: dict[str, Any] | None, after: dict[str, Any] | None, touched: set[str]) -> None:
    lists = {"pending", "completed", "today", "overdue", "task/3", "task/4", "project/home", "tag/a%20b"}
    lists |= {"project/%C3%89t%C3%A9", "project/other", "nothing", "project/"}
    made = change(*(None if side is None else {**OPEN, **side} for side in (before, after)))
    assert {path for path in lists if touches(made, f"todo://{path}")} == touched
    assert not touches(made, "https://[")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_backend(tmp_path_factory.mktemp("listening")) as address:
        yield address


async def test_a_change_made_elsewhere_is_heard_until_the_token_ends(address: str) -> None:
    token, deaf = new_token(address), new_token(address)
    shown = {"Authorization": f"Bearer {token}"}
    async with (
        httpx.AsyncClient(base_url=address, headers=shown) as page,
        httpx.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {deaf}"}) as other,
        httpx2.AsyncClient(headers=shown, timeout=30) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        uris = ["todo://pending", "todo://project/Home", "todo://completed"]
        async with client.listen(resources_list_changed=True, resource_subscriptions=uris) as heard:
            await other.post("/api/tasks", json={"title": "not mine", "project": "Home"})
            await page.post("/api/tasks", json={"title": "mine", "project": "Home"})
            async with asyncio.timeout(10):
                events = [await anext(aiter(heard)) for _ in range(3)]
            assert {event.uri for event in events if isinstance(event, ResourceUpdated)} == set(uris[:2])
            assert [event for event in events if isinstance(event, ResourcesListChanged)]
