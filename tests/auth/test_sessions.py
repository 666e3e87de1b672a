"""A session's life: how it is shown, extended, ended, and what its cookie may and may not do."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from backend.auth.models import Session
from backend.main import create_app
from backend.models import utc_now
from backend.settings import Settings
from tests.auth.conftest import browser_of, settings_like, started
from tests.auth.people import Person, sign_in, sign_up

PROTECTED = "/api/auth/list-sessions"
DAY = timedelta(days=1)


async def _row(app: FastAPI, token: str) -> Session | None:
    async with app.state.database.read() as session:
        found: Session | None = await session.scalar(select(Session).where(Session.token == token))
        return found


async def _shift(app: FastAPI, person: Person, by: timedelta) -> None:
    """Make the person's session older by ``by``."""
    row = await _row(app, person.token)
    assert row
    values = {"expires_at": row.expires_at - by, "updated_at": row.updated_at - by, "created_at": row.created_at - by}
    async with app.state.database.write() as session:
        await session.execute(update(Session).where(Session.token == person.token).values(**values))


async def test_lasts_seven_days(app: FastAPI, browser: httpx.AsyncClient) -> None:
    row = await _row(app, (await sign_up(browser)).token)
    assert row
    assert timedelta(days=6, hours=23) < row.expires_at - utc_now() <= timedelta(days=7)


async def test_an_expired_one_is_refused_in_a_sentence(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    await _shift(app, person, 7 * DAY)
    for headers in ({}, person.bearer):
        answer = await browser.get(PROTECTED, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert answer.json()["detail"] == "Your session has expired. Sign in again."
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_reading_an_expired_one_answers_null_and_clears_its_cookies(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    await _shift(app, await sign_up(browser), 7 * DAY)
    answer = await browser.get("/api/auth/get-session")
    assert (answer.status_code, answer.json()) == (200, None)
    assert not browser.cookies


async def test_reading_one_extends_it_after_a_day(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    assert "set-cookie" not in (await browser.get("/api/auth/get-session")).headers
    await _shift(app, person, DAY)
    answer = await browser.get("/api/auth/get-session")
    assert "Max-Age=604800" in answer.headers["set-cookie"]
    row = await _row(app, person.token)
    assert row
    assert row.expires_at - utc_now() > timedelta(days=6, hours=23)


async def test_reading_one_without_refresh_leaves_it(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    await _shift(app, person, 2 * DAY)
    answer = await browser.get("/api/auth/get-session?disableRefresh=true")
    assert "set-cookie" not in answer.headers
    row = await _row(app, person.token)
    assert row
    assert row.expires_at - utc_now() < 5 * DAY


async def test_a_program_that_never_reads_its_session_keeps_it(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    await _shift(app, person, 3 * DAY)
    for _ in range(2):
        await browser.post("/api/auth/revoke-other-sessions", headers=person.bearer)
    row = await _row(app, person.token)
    assert row
    assert row.expires_at - utc_now() > timedelta(days=6, hours=23)


async def test_an_unremembered_one_ends_with_the_browser_and_after_a_day(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    person = await sign_up(browser, remember=False)
    row = await _row(app, person.token)
    assert row
    assert row.expires_at - utc_now() <= DAY
    await _shift(app, person, timedelta(hours=12))
    answer = await browser.get("/api/auth/get-session")
    assert answer.json()["user"]["id"] == person.id
    assert "set-cookie" not in answer.headers
    browser.cookies.clear()
    await browser.get("/api/auth/get-session", headers=person.bearer)
    row = await _row(app, person.token)
    assert row
    assert row.expires_at - utc_now() <= timedelta(hours=12)


async def test_signing_out_ends_it_everywhere(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    assert (await browser.post("/api/auth/sign-out")).json() == {"success": True}
    assert not browser.cookies
    answer = await browser.get(PROTECTED, headers=person.bearer)
    assert answer.status_code == 401
    assert "signed out" in answer.json()["detail"]


@pytest.mark.parametrize(
    "cookie",
    ["{token}", "{token}.", "{token}.AAAA", "{token}.{other}", ".{signature}", "%00.{signature}", "é", "x" * 5000],
)
async def test_a_forged_cookie_is_nobody(browser: httpx.AsyncClient, cookie: str) -> None:
    person = await sign_up(browser)
    _, _, signature = browser.cookies["better-auth.session_token"].partition(".")
    other = signature.translate(str.maketrans("abcdefgh", "hgfedcba"))
    value = cookie.format(token=person.token, signature=signature, other=other)
    browser.cookies.clear()
    headers = {"cookie": f"better-auth.session_token={value}".encode()}
    assert (await browser.get(PROTECTED, headers=headers)).status_code == 401  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "authorization", ["Bearer", "Bearer ", "Bearer nobody", "Bearer a.b", "Basic YTpi", "Bearer é"]
)
async def test_a_bad_bearer_token_is_nobody(browser: httpx.AsyncClient, authorization: str) -> None:
    answer = await browser.get(PROTECTED, headers={"authorization": authorization.encode()})  # type: ignore[arg-type]
    assert answer.status_code == 401


async def test_a_bearer_token_signed_with_another_secret_is_nobody(
    app: FastAPI, browser: httpx.AsyncClient, settings: Settings
) -> None:
    person = await sign_up(browser)
    other = create_app(settings_like(settings, better_auth_secret="another secret, as long as it has to be"))
    async with started(other), browser_of(other) as stranger:
        signed = (await sign_in(stranger, person.email)).headers["set-auth-token"]
    browser.cookies.clear()
    assert (await browser.get(PROTECTED, headers={"authorization": f"Bearer {signed}"})).status_code == 401


@pytest.mark.parametrize(
    ("values", "headers"),
    [({"better_auth_url": "https://page.example"}, {}), ({}, {"x-forwarded-proto": "https"})],
)
async def test_over_https_the_cookie_is_secure_and_prefixed(
    settings: Settings, values: dict[str, str], headers: dict[str, str]
) -> None:
    app = create_app(settings_like(settings, **values))
    async with started(app), browser_of(app, **headers) as browser:
        person = await sign_up(browser)
        lines = (await sign_in(browser, person.email)).headers.get_list("set-cookie")
        assert [line.partition("=")[0] for line in lines] == ["__Secure-better-auth.session_token"]
        assert lines[0].partition("; ")[2] == "Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax"
        value = lines[0].partition(";")[0].partition("=")[2]
        plain = {"cookie": f"better-auth.session_token={value}"}  # what a page on http could plant
        prefixed = {"cookie": f"__Secure-better-auth.session_token={value}"}
        assert (await browser.get(PROTECTED, headers=plain)).status_code == 401
        assert (await browser.get(PROTECTED, headers=prefixed)).status_code == 200
