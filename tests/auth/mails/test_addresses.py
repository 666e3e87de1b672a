"""Confirming an address and changing it: by links, which mail scanners open too."""

from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from backend.auth.models import User
from tests.auth.mails.conftest import Mails, browser_of
from tests.auth.people import Person, sign_up

SEND = "/api/auth/send-verification-email"
CHANGE = "/api/auth/change-email"
SCANNER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "User-Agent": "Mozilla/5.0 (a scanner)"}


async def _user(app: FastAPI, person: Person) -> User:
    async with app.state.database.read() as session:
        user = await session.get(User, person.id)
    assert user is not None
    return user


async def _confirmed(browser: httpx.AsyncClient, mails: Mails) -> Person:
    person = await sign_up(browser)
    await browser.post(SEND, json={"email": person.email})
    (link,) = await mails.links()
    await browser.get(link)
    return person


def _fresh(name: str = "new") -> str:
    return f"{name}-{uuid4().hex}@example.com"


async def test_a_scanner_confirms_nothing_and_the_user_does_afterwards(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails
) -> None:
    person = await sign_up(browser)
    await browser.post(SEND, json={"email": person.email, "callbackURL": "/settings"})
    (link,) = await mails.links()
    async with browser_of(app) as scanner:
        for _ in range(2):
            opened = await scanner.get(link, headers=SCANNER)
            assert (opened.status_code, "<form" in opened.text) == (200, True)
        await scanner.head(link, headers=SCANNER)
        assert not (await _user(app, person)).email_verified
        answer = await scanner.post(link, headers=SCANNER)  # what the page's button posts
    assert (answer.status_code, answer.headers["location"]) == (302, "/settings")
    assert (await _user(app, person)).email_verified


async def test_who_is_signed_in_needs_no_button(app: FastAPI, browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    await browser.post(SEND, json={"email": person.email})
    (link,) = await mails.links()
    answer = await browser.get(link, headers=SCANNER)
    assert (answer.status_code, answer.headers["location"]) == (302, "/")
    assert (await _user(app, person)).email_verified


async def test_sending_tells_a_stranger_nothing(app: FastAPI, browser: httpx.AsyncClient, mails: Mails) -> None:
    confirmed = await _confirmed(browser, mails)
    async with browser_of(app) as other, browser_of(app) as nobody:
        waiting = await sign_up(other)
        emails = (waiting.email, confirmed.email, _fresh("nobody"))
        answers = [await nobody.post(SEND, json={"email": email}) for email in emails]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, b'{"status":true}')}
    assert len(await mails.links()) == 1


async def test_changing_asks_the_old_address_and_then_the_new(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails
) -> None:
    person, new = await _confirmed(browser, mails), _fresh()
    await browser.post(CHANGE, json={"newEmail": new.upper()})
    assert [mail["To"] for mail in mails.box.mails] in ([], [person.email])
    (old_link,) = await mails.links()
    await browser.get(old_link)
    (new_link,) = await mails.links()
    assert (await _user(app, person)).email == person.email
    await browser.get(new_link)
    user = await _user(app, person)
    assert (user.email, user.email_verified) == (new, True)
    again = await browser.get(new_link)
    assert (again.status_code, again.headers["location"]) == (302, "/")


async def test_an_address_that_is_taken_tells_nothing_and_gets_nothing(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails
) -> None:
    async with browser_of(app) as other:
        taken = await sign_up(other)
    await sign_up(browser)
    answers = [await browser.post(CHANGE, json={"newEmail": email}) for email in (taken.email, _fresh())]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, b'{"status":true}')}
    assert len(await mails.links()) == 1


async def test_an_address_that_was_taken_meanwhile_stays_whose_it_is(
    app: FastAPI, browser: httpx.AsyncClient, mails: Mails
) -> None:
    person, new = await sign_up(browser), _fresh()
    await browser.post(CHANGE, json={"newEmail": new, "callbackURL": "/settings?tab=account"})
    (link,) = await mails.links()
    async with browser_of(app) as other:
        body = {"name": "Quick", "email": new, "password": "correct horse battery"}
        assert (await other.post("/api/auth/sign-up/email", json=body)).status_code == 200
    answer = await browser.get(link)
    assert answer.headers["location"] == "/settings?tab=account&error=USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"
    assert (await _user(app, person)).email == person.email


async def test_a_link_for_another_user_is_not_followed(app: FastAPI, browser: httpx.AsyncClient, mails: Mails) -> None:
    person = await sign_up(browser)
    await browser.post(CHANGE, json={"newEmail": _fresh()})
    (link,) = await mails.links()
    async with browser_of(app) as other:
        await sign_up(other)
        answer = await other.get(link, headers={"Accept": "application/json"})
    assert answer.headers["location"].endswith("error=INVALID_USER")
    assert (await _user(app, person)).email == person.email


@pytest.mark.parametrize("email", ["", "a", "a@b", "a@b.c\nBcc: x@example.com", "a b@example.com", "é@example.com"])
async def test_what_is_no_address_is_refused(browser: httpx.AsyncClient, mails: Mails, email: str) -> None:
    await sign_up(browser)
    for path, name in ((CHANGE, "newEmail"), (SEND, "email"), ("/api/auth/request-password-reset", "email")):
        answer = await browser.post(path, json={name: email})
        assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR"), path
    assert await mails.links() == []


async def test_an_unconfirmed_address_gets_no_reminders_until_it_is_confirmed(
    browser: httpx.AsyncClient, mails: Mails
) -> None:
    await sign_up(browser)
    made = (await browser.post("/api/channels", json={"kind": "email"})).json()
    assert (made["state"], "Confirm your address" in made["reason"]) == ("off", True)
    assert (await browser.post(f"/api/channels/{made['id']}/test")).status_code == 409
    (link,) = await mails.links()
    answer = await browser.get(link)
    assert answer.headers["location"] == "/settings"
    (kept,) = [item for item in (await browser.get("/api/channels")).json() if item["kind"] == "email"]
    assert (kept["state"], kept["reason"], kept["verified_at"] is not None) == ("ok", None, True)
    assert (await browser.post(f"/api/channels/{made['id']}/test")).status_code == 200
    assert mails.box.take()["Subject"] == "This is how reminders reach you here"


async def test_reminders_follow_to_the_new_address(browser: httpx.AsyncClient, mails: Mails) -> None:
    await _confirmed(browser, mails)
    channel = (await browser.post("/api/channels", json={"kind": "email"})).json()
    new = _fresh()
    await browser.post(CHANGE, json={"newEmail": new})
    await browser.get((await mails.links())[0])
    await browser.get((await mails.links())[0])
    await browser.post(f"/api/channels/{channel['id']}/test")
    assert mails.box.take()["To"] == new
