"""A forgotten password: who asks learns nothing, the link works once, and what hung on the old password ends."""

import asyncio
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from backend.auth.models import User, Verification
from backend.auth.proofs import LIFETIME
from backend.models import utc_now
from tests.auth.mails.conftest import Mails, browser_of
from tests.auth.people import PASSWORD, sign_in, sign_up

NEW = "another battery staple"
ASK = "/api/auth/request-password-reset"
RESET = "/api/auth/reset-password"


async def _ask(browser: httpx.AsyncClient, email: str, **body: str) -> httpx.Response:
    return await browser.post(ASK, json={"email": email, **body})


async def test_sets_a_new_password_and_ends_all_sessions(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails
) -> None:
    person = await sign_up(browser)
    async with browser_of(app) as other:
        assert (await _ask(other, person.email.upper())).status_code == 200
        answer = await other.post(RESET, json={"token": await mails.token(), "newPassword": NEW})
        assert answer.json() == {"status": True}
        assert (await browser.get("/api/auth/get-session")).json() is None
        assert (await sign_in(other, person.email)).status_code == 401
        assert (await sign_in(other, person.email, NEW)).status_code == 200


async def test_the_answer_is_the_same_for_who_has_no_account(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    known, unknown = await _ask(browser, person.email), await _ask(browser, f"nobody-{uuid4().hex}@example.com")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert len(await mails.links()) == 1


async def test_a_mail_server_that_stalls_does_not_tell_either(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    mails.box.silence = 1
    began = perf_counter()
    await _ask(browser, person.email)
    assert perf_counter() - began < 1
    assert len(await mails.links()) == 1


async def test_a_link_works_once_even_for_two_at_once(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    await _ask(browser, person.email)
    token = await mails.token()
    tries = [browser.post(RESET, json={"token": token, "newPassword": NEW + str(number)}) for number in range(4)]
    answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 400} == {"INVALID_TOKEN"}


async def test_a_link_expires(app: FastAPI, browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    await _ask(browser, person.email)
    token = await mails.token()
    async with app.state.database.write() as session:
        await session.execute(update(Verification).values(expires_at=utc_now() - timedelta(seconds=1)))
    answer = await browser.post(RESET, json={"token": token, "newPassword": NEW})
    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_TOKEN")
    assert timedelta(hours=1) == LIFETIME


async def test_of_a_link_only_a_digest_is_kept(app: FastAPI, browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    await _ask(browser, person.email)
    token = await mails.token()
    async with app.state.database.read() as session:
        rows = (await session.scalars(select(Verification))).all()
    assert any(person.id in row.value for row in rows)
    assert not any(token in row.identifier + row.value for row in rows)


@pytest.mark.parametrize("step", ["another reset", "a changed password", "a changed address", "a deleted account"])
async def test_a_link_ends_with_what_it_was_asked_for(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails, step: str
) -> None:
    person = await sign_up(browser)
    await _ask(browser, person.email)
    token = await mails.token()
    password = {"current": PASSWORD}
    if step == "another reset":
        await _ask(browser, person.email)
        await browser.post(RESET, json={"token": await mails.token(), "newPassword": NEW})
    elif step == "a changed password":
        body = {"currentPassword": PASSWORD, "newPassword": NEW}
        assert (await browser.post("/api/auth/change-password", json=body)).status_code == 200
    elif step == "a changed address":
        await browser.post("/api/auth/change-email", json={"newEmail": f"new-{uuid4().hex}@example.com"})
        (link,) = await mails.links()
        assert (await browser.get(link)).status_code == 302
    else:
        await browser.post("/api/auth/delete-user", json={"password": password["current"]})
    answer = await browser.post(RESET, json={"token": token, "newPassword": "a third battery"})
    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_TOKEN")


async def test_what_somebody_else_left_in_an_unconfirmed_account_ends(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails
) -> None:
    """Somebody signs up with another's address, keeps an access token, and asks to change the address to their own."""
    person = await sign_up(browser)
    made = await browser.post("/api/tokens", json={"name": "kept", "scope": "write"})
    assert made.status_code == 201, made.text
    await browser.post("/api/auth/change-email", json={"newEmail": f"own-{uuid4().hex}@example.com"})
    (own,) = await mails.links()
    async with browser_of(app) as owner:
        await _ask(owner, person.email)
        await owner.post(RESET, json={"token": await mails.token(), "newPassword": NEW})
        bearer = {"Authorization": f"Bearer {made.json()['token']}"}
        assert (await owner.get("/api/tasks", headers=bearer)).status_code == 401
        assert (
            (await owner.get(own, headers={"Accept": "application/json"})).headers["location"].endswith("INVALID_TOKEN")
        )
    async with app.state.database.read() as session:
        user = await session.get(User, person.id)
    assert (user.email, user.email_verified) == (person.email, True)


async def test_too_many_wrong_passwords_do_not_outlast_a_reset(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    for _ in range(10):
        await sign_in(browser, person.email, "wrong password")
    assert (await sign_in(browser, person.email)).status_code == 429
    await _ask(browser, person.email)
    await browser.post(RESET, json={"token": await mails.token(), "newPassword": NEW})
    assert (await sign_in(browser, person.email, NEW)).status_code == 200


async def test_mails_are_limited_alike_for_who_has_no_account(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    for email in (person.email, f"nobody-{uuid4().hex}@example.com"):
        statuses = [(await _ask(browser, email)).status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
    assert len(await mails.links()) == 3


async def test_the_link_never_leads_to_a_host_that_the_request_names(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    await browser.post(ASK, json={"email": person.email}, headers=headers)
    assert len(await mails.links()) == 1  # which holds each link against the page's own address
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = await _ask(browser, person.email, redirectTo=target)
        assert (answer.status_code, answer.json()["code"]) == (403, "INVALID_REDIRECT_URL")


async def test_the_page_behind_the_link_works_without_the_app(browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    await _ask(browser, person.email)
    (link,) = await mails.links()
    shown = await browser.get(link)
    assert (shown.status_code, 'type="password"' in shown.text) == (200, True)
    short = await browser.post(link, data={"newPassword": "short"})
    assert (short.status_code, "8 to 128" in short.text) == (400, True)
    assert (await browser.post(link, data={"newPassword": NEW})).status_code == 200
    assert (await sign_in(browser, person.email, NEW)).status_code == 200
    for answer in (await browser.get(link), await browser.post(link, data={"newPassword": PASSWORD})):
        assert (answer.status_code, "does not work" in answer.text) == (404, True)
    assert (await sign_in(browser, person.email, NEW)).status_code == 200


async def test_greylisting_is_waited_out(app: FastAPI, browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    app.state.outbox._pauses, kept = (0.2, 0.2), app.state.outbox._pauses
    try:
        mails.box.at_recipient = "451 4.7.1 Greylisted, try again later"
        await _ask(browser, person.email)
        await asyncio.sleep(0.1)
        mails.box.at_recipient = None
        assert len(await mails.links()) == 1
    finally:
        app.state.outbox._pauses = kept
