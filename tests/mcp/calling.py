"""The official Python client, over the app in this process, with a token."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from fastapi import FastAPI
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from tests.support.people import PAGE


class Caller(Client):
    """A client whose calls answer what the tool answered, or fail the test."""

    async def do(self, tool: str, **arguments: Any) -> dict[str, Any]:
        result = await self.call_tool(tool, arguments)
        [content] = result.content
        assert not result.is_error, content.text
        assert json.loads(content.text) == result.structured_content
        return dict(result.structured_content)

    async def refused(self, tool: str, **arguments: Any) -> str:
        """The error that the tool answers."""
        result = await self.call_tool(tool, arguments)
        assert result.is_error, result.structured_content
        [content] = result.content
        return str(content.text)


@asynccontextmanager
async def calling(app: FastAPI, token: str, *, mode: str = "auto", **headers: str) -> AsyncIterator[Caller]:
    """Connected with this token; ``mode`` chooses the protocol's era, the handshake of old or the newest."""
    shown = {"Authorization": f"Bearer {token}", **headers}
    transport = httpx2.ASGITransport(app=app)
    async with (
        httpx2.AsyncClient(transport=transport, headers=shown, base_url=PAGE) as http,
        Caller(streamable_http_client(f"{PAGE}/mcp", http_client=http), mode=mode) as client,
    ):
        yield client
