"""One user can never read, change or learn of another's anything, whichever route they try, those added later too."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from backend.main import app
from tests.auth.conftest import free_port, running
from tests.auth.isolation.prober import PUBLIC, all_operations, faults, open_operations
from tests.conftest import SECRET


@pytest.fixture(scope="module", params=["backend.main:app"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a real backend and its database's file."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    data = tmp_path_factory.mktemp("data")
    argv = [sys.executable, "-m", "uvicorn", request.param, "--port", str(port), "--log-level", "warning"]
    with running(argv, f"{address}/ready", TODO_DATA=str(data), BETTER_AUTH_SECRET=SECRET):
        yield address, data / "todo.db"


async def test_nothing_of_one_user_is_anothers(place: tuple[str, Path]) -> None:
    assert await faults(*place) == []


async def test_everything_but_the_public_asks_who_is_there(place: tuple[str, Path]) -> None:
    assert await open_operations(place[0]) == []


async def test_the_public_routes_are_those_that_are_there(place: tuple[str, Path]) -> None:
    async with httpx.AsyncClient(base_url=place[0]) as browser:
        assert {str(item) for item in await all_operations(browser)} >= PUBLIC


@pytest.mark.parametrize("place", ["tests.auth.isolation.leaky:app"], indirect=True)
async def test_the_prober_finds_holes(place: tuple[str, Path]) -> None:
    found = "\n".join(await faults(*place, only="/api/leak/"))
    assert "GET /api/leak/users/{user_id} with another's user.id as path user_id shows" in found
    assert "POST /api/leak/end changed or removed another's row of session" in found
    assert "GET /api/leak/exists with another's user.email as query email answers" in found
    assert await open_operations(place[0]) == ["GET /api/leak/open"]


# What the OpenAPI document does not hold: itself and its pages. Whatever joins them needs a test of its own.
# /mcp: tests/mcp/test_access.py. What apps speak OAuth to, which its own metadata describes: tests/oauth.
_CALENDARS = {"/", "/dav", "/dav/{rest:path}", "/.well-known/caldav"}  # methods that OpenAPI has no words for
_APPS = {f"/api/oauth/{name}" for name in ("authorize", "token", "register", "revoke")}
_APPS |= {f"/.well-known/oauth-authorization-server{path}" for path in ("", "/mcp")}
_APPS |= {f"/.well-known/oauth-protected-resource{path}" for path in ("", "/mcp", "/mcp/")}
_OUTSIDE = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc", "/mcp", *_CALENDARS, *_APPS}


def test_no_route_hides_from_the_document() -> None:
    assert {path for path, shown in _routes(app.routes) if not shown} == _OUTSIDE


def _routes(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, bool]]:
    """Every route's path, and whether the document holds it; a mounted app never is in it."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _routes(included.routes)
        else:
            yield getattr(route, "path", str(route)), isinstance(route, APIRoute) and route.include_in_schema
