"""The server with the fixtures of MCP's conformance suite beside its own tools: `cli.strangers.conformance:app`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from backend.main import create_app
from cli.strangers.fixtures import with_fixtures


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[Any]:
    async with _own_lifespan(app) as state:
        with_fixtures(app.state.mcp.app)
        yield state


app = create_app()
_own_lifespan = app.router.lifespan_context
app.router.lifespan_context = _lifespan
