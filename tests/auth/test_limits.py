"""Guessing passwords: limited by account and by address, alike for accounts that do not exist, on every replica."""

import asyncio
import statistics
import time

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from backend.auth import limits
from backend.auth.limits import Limit
from backend.auth.models import RateLimit
from backend.main import create_app
from backend.settings import Settings
from tests.auth.conftest import browser_of, settings_like, started
from tests.auth.people import PASSWORD, sign_in, sign_up

WRONG = "not the password"


async def _guess(browser: httpx.AsyncClient, email: str, *, times: int, **headers: str) -> list[int]:
    return [(await sign_in(browser, email, WRONG, **headers)).status_code for _ in range(times)]


async def _let_time_pass(app: FastAPI, seconds: int) -> None:
    async with app.state.database.write() as session:
        await session.execute(update(RateLimit).values(last_request=RateLimit.last_request - seconds * 1000))


async def test_an_account_takes_ten_wrong_passwords(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    assert await _guess(browser, person.email, times=11) == [401] * 10 + [429]
    answer = await sign_in(browser, person.email)  # the right one does not get through either
    assert answer.status_code == 429
    assert answer.json()["detail"] == "Too many attempts. Try again in 10 minutes."
    assert answer.headers["retry-after"] == answer.headers["x-retry-after"]
    assert 590 <= int(answer.headers["retry-after"]) <= 600
    await _let_time_pass(app, 600)
    assert (await sign_in(browser, person.email)).status_code == 200


async def test_capitals_are_no_way_round(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    await _guess(browser, person.email, times=5)
    assert await _guess(browser, person.email.upper(), times=6) == [401] * 5 + [429]


async def test_another_address_is_no_way_round(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    for host in range(10):
        await _guess(browser, person.email, times=1, **{"x-forwarded-for": f"203.0.113.{host}"})
    assert await _guess(browser, person.email, times=1, **{"x-forwarded-for": "203.0.113.99"}) == [429]


async def test_an_account_that_is_not_there_answers_alike(browser: httpx.AsyncClient) -> None:
    assert await _guess(browser, "nobody@example.com", times=11) == [401] * 10 + [429]


async def test_the_right_password_clears_the_wrong_ones(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    for _ in range(3):
        assert await _guess(browser, person.email, times=9) == [401] * 9
        assert (await sign_in(browser, person.email)).status_code == 200


async def test_signing_in_rightly_is_never_limited(browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    _shrink_address_limit(monkeypatch)
    person = await sign_up(browser)
    assert {(await sign_in(browser, person.email)).status_code for _ in range(6)} == {200}


async def test_an_address_takes_so_many_over_all_accounts(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shrink_address_limit(monkeypatch)
    here, there = {"x-forwarded-for": "203.0.113.1"}, {"x-forwarded-for": "203.0.113.2"}
    codes = [(await sign_in(browser, f"a{n}@example.com", WRONG, **here)).status_code for n in range(5)]
    assert codes == [401] * 4 + [429]
    assert (await sign_in(browser, "a9@example.com", WRONG, **there)).status_code == 401


async def test_guesses_at_once_do_not_slip_through(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    answers = await asyncio.gather(*(sign_in(browser, person.email, WRONG) for _ in range(16)))
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 6


async def test_replicas_count_together(app: FastAPI, browser: httpx.AsyncClient, settings: Settings) -> None:
    person = await sign_up(browser)
    await _guess(browser, person.email, times=10)
    replica = create_app(settings_like(settings))
    async with started(replica), browser_of(replica) as other:
        assert await _guess(other, person.email, times=1) == [429]


async def test_the_password_of_a_stolen_session_cannot_be_guessed(browser: httpx.AsyncClient) -> None:
    await sign_up(browser)
    body = {"currentPassword": WRONG, "newPassword": PASSWORD}
    codes = [(await browser.post("/api/auth/change-password", json=body)).status_code for _ in range(6)]
    codes += [(await browser.post("/api/auth/delete-user", json={"password": WRONG})).status_code for _ in range(5)]
    assert codes == [400] * 10 + [429]


async def test_new_accounts_are_limited_by_address(browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "backend.auth.service.sign_up_limit", lambda address: Limit(key=f"{address}|up", attempts=2, seconds=60)
    )
    for _ in range(2):
        await sign_up(browser)
    body = {"name": "C", "email": "c@example.com", "password": PASSWORD}
    assert (await browser.post("/api/auth/sign-up/email", json=body)).status_code == 429


async def test_an_unknown_account_takes_as_long_as_a_wrong_password(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    known, unknown = [], []
    for _ in range(5):
        known.append(await _seconds(browser, person.email))
        unknown.append(await _seconds(browser, "nobody@example.com"))
    # Hashing takes some 50 ms; without it an answer takes less than a tenth of that.
    assert statistics.median(unknown) > statistics.median(known) / 2


async def test_a_password_of_a_megabyte_is_never_hashed(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise AssertionError("hashed")

    monkeypatch.setattr("backend.auth.passwords._scrypt", refuse)
    answer = await sign_in(browser, "nobody@example.com", "x" * 100_000)
    assert (answer.status_code, answer.json()["code"]) == (400, "PASSWORD_TOO_LONG")


async def _seconds(browser: httpx.AsyncClient, email: str) -> float:
    start = time.perf_counter()
    assert (await sign_in(browser, email, WRONG)).status_code == 401
    return time.perf_counter() - start


def _shrink_address_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four attempts an address instead of fifty, each of which would hash."""
    original = limits.address_limit
    monkeypatch.setattr(
        "backend.auth.service.address_limit",
        lambda address: Limit(key=original(address).key, attempts=4, seconds=original(address).seconds),
    )
