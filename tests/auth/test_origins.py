"""Foreign pages can change nothing, and callers cannot choose the address that they are counted under."""

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import HTTPConnection

from backend.auth.origins import client_address
from backend.main import create_app
from backend.settings import Settings
from tests.auth.conftest import browser_of, settings_like, started
from tests.auth.people import sign_up
from tests.support.people import PAGE

FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "http://page.example.evil.example"},
    {"origin": "http://page.example:8080"},
    {"origin": "null"},
    {"origin": "null", "sec-fetch-site": "cross-site"},
    {"origin": "file://"},
    {"origin": "page.example"},
    {"sec-fetch-site": "cross-site"},
    {"origin": "https://evil.example", "authorization": "Basic YTpi"},
]
OWN = [
    {},
    {"origin": PAGE},
    {"origin": "HTTP://PAGE.example"},
    {"origin": "null", "sec-fetch-site": "same-origin"},
    {"origin": "https://front.example", "x-forwarded-host": "front.example"},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-mode": "cors"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_foreign_page_changes_nothing(browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await sign_up(browser)
    answer = await browser.post("/api/auth/sign-out", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert (await browser.get("/api/auth/get-session")).json() is not None


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_foreign_page_cannot_sign_someone_in(browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    body = {"name": "E", "email": "e@example.com", "password": "correct horse"}
    assert (await browser.post("/api/auth/sign-up/email", json=body, headers=headers)).status_code == 403


@pytest.mark.parametrize("headers", OWN)
async def test_the_page_itself_and_programs_pass(browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await sign_up(browser)
    assert (await browser.post("/api/auth/sign-out", headers=headers)).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_every_path_is_guarded(browser: httpx.AsyncClient, method: str) -> None:
    answer = await browser.request(method, "/api/anything", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_a_bearer_token_needs_no_origin(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    headers = person.bearer | {"origin": "https://tool.example"}
    assert (await browser.post("/api/auth/revoke-other-sessions", headers=headers)).status_code == 200


async def test_trusted_origins_pass_and_over_https_http_does_not(settings: Settings) -> None:
    changed = settings_like(
        settings,
        better_auth_url="https://page.example",
        trusted_origins="https://a.example/, http://b.example",
    )
    app = create_app(changed)
    async with started(app), browser_of(app) as browser:
        codes = {
            origin: (await browser.post("/api/auth/sign-out", headers={"origin": origin})).status_code
            for origin in ("https://page.example", "https://a.example", "http://b.example", PAGE, "https://c.example")
        }
    assert list(codes.values()) == [200, 200, 200, 403, 403]


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
        ("10.1.2.3", "not an address", "10.1.2.3"),
        ("::ffff:10.1.2.3", "::ffff:8.8.4.4", "8.8.4.4"),
        ("::1", "2606:4700:1:2:3:4:5:6", "2606:4700:1:2::/64"),
        ("testclient", None, "unknown"),
    ],
)
def test_the_address_counted(app_scope: dict[str, object], peer: str, forwarded: str | None, counted: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    assert client_address(HTTPConnection(app_scope | {"client": (peer, 1), "headers": headers})) == counted


@pytest.fixture
def app_scope() -> dict[str, object]:
    return {"type": "http", "method": "GET", "path": "/", "query_string": b"", "scheme": "http"}


async def test_reading_is_not_guarded(app: FastAPI, browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/api/auth/get-session", headers={"origin": "https://evil.example"})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers  # so the foreign page cannot read it
