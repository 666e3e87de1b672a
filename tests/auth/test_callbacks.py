"""A callback address leads to the page or to an origin that the operator named, whatever the request says of itself."""

import httpx
import pytest
from fastapi import FastAPI

from backend.main import create_app
from backend.settings import Settings
from tests.auth.conftest import browser_of, settings_like, started
from tests.auth.people import PASSWORD, sign_up

EVIL = "https://evil.example/x"
CLAIMS = [
    {"x-forwarded-host": "evil.example"},
    {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"},
    {"x-forwarded-host": "evil.example, page.example", "x-forwarded-proto": "https"},
    {"forwarded": "host=evil.example;proto=https"},
    {"host": "evil.example"},
    {"host": "evil.example", "x-forwarded-proto": "https"},
    {"x-forwarded-host": "evil.example", "origin": "https://evil.example"},
    {"x-original-host": "evil.example"},
    {"referer": EVIL, "x-forwarded-server": "evil.example"},
]
TRICKS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/\u00a0/evil.example",
    "/\u200b/evil.example",
    "/\u2028/evil.example",
    "/\uff0fevil.example",
    "/\uff3cevil.example",
    "/%2fevil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%252fevil.example",
    "/%25252Fevil.example",
    "/%09/evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e%2e/%2e/evil.example",
    "/..",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "HTTPS://EVIL.example",
    "https://page.example@evil.example",
    "https://page.example:pw@evil.example/",
    "https://evil.example#@page.example",
    "https://evil.example?.page.example",
    "https://evil.example\\@page.example",
    "https://page.example.evil.example",
    "https://evilpage.example",
    "https://page.example:444/",
    "https://page.example%2eevil.example",
    "https://page\u3002example/",
    "https://p\u0430ge.example/",
    "https://page.example\uff0fevil.example",
    "ftp://page.example",
    "wss://page.example",
    "javascript://page.example/%0aalert(1)",
    "jAvAsCrIpT:alert(1)",
    "data:text/html,x",
    "blob:https://page.example/x",
    "mailto:a@page.example",
    "evil.example",
    "?next=//evil.example",
    "http://[::1",
    "http://0x7f.1/",
    "http://127.0.0.1:9999/",
    "http://localhost:9999/",
]
GOOD = [
    "/",
    "/tasks",
    "/tasks?x=1&next=//other",
    "/tasks#//top",
    "/f\u00fcr/mich",
    "https://page.example/tasks",
    "https://a.example/back",
    "https://page.example",
    "/a.b/..c",
]


async def answer_to(browser: httpx.AsyncClient, url: str, headers: dict[str, str] | None = None) -> int:
    email = (await sign_up(browser)).email
    browser.cookies.clear()
    body = {"email": email, "password": PASSWORD, "callbackURL": url}
    return (await browser.post("/api/auth/sign-in/email", json=body, headers=headers)).status_code


@pytest.mark.parametrize("claims", CLAIMS, ids=str)
async def test_what_a_caller_says_of_the_host_trusts_nobody(browser: httpx.AsyncClient, claims: dict[str, str]) -> None:
    for scheme in ("https", "http"):
        assert await answer_to(browser, EVIL.replace("https", scheme), claims) == 403


async def test_the_laptops_own_page_needs_no_setting(app: FastAPI) -> None:
    async with browser_of(app) as browser:
        for host in ("127.0.0.1:3000", "localhost:3000", "[::1]:3000"):
            own = {"x-forwarded-host": host, "origin": f"http://{host}"}
            assert await answer_to(browser, f"http://{host}/tasks", own) == 200
            assert await answer_to(browser, "http://192.168.49.2:30080/", own) == 403


async def test_tricks_fail_and_what_was_named_passes(settings: Settings) -> None:
    named = settings_like(settings, better_auth_url="https://page.example", trusted_origins="https://a.example")
    app = create_app(named)
    async with started(app), browser_of(app) as browser:
        email = (await sign_up(browser)).email
        codes = {}
        for url in (*TRICKS, *GOOD):
            body = {"email": email, "password": PASSWORD, "callbackURL": url}
            codes[url] = (await browser.post("/api/auth/sign-in/email", json=body)).status_code
    assert {url: code for url, code in codes.items() if (code == 200) != (url in GOOD)} == {}
