"""Passkeys: what an authenticator did not sign, or signed for another page, changes nothing and is told."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.auth.conftest import browser_of
from tests.auth.people import sign_up

PAGE = "http://localhost:3000"


def _named(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    client = browser_of(app, origin=PAGE, **headers)
    client.base_url = httpx.URL(PAGE)
    return client


def _data(kind: str, challenge: str, origin: str = PAGE) -> str:
    text_ = json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": origin})
    return urlsafe_b64encode(text_.encode()).decode().rstrip("=")


NONSENSE: list[dict[str, Any]] = [
    {},
    {"id": "x"},
    {"id": "x", "rawId": "x", "type": "public-key", "response": {}},
    {"id": "x", "rawId": "y", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}},
    {"id": "eHg", "rawId": "eHg", "type": "public-key", "response": {"clientDataJSON": "", "attestationObject": ""}},
    {"id": None, "rawId": 1, "type": [], "response": "text"},
    {"id": "eHg", "rawId": "eHg", "type": "public-key", "response": {"clientDataJSON": 5, "attestationObject": []}},
]


@pytest.mark.parametrize("response", NONSENSE)
async def test_nonsense_is_refused(app: FastAPI, response: dict[str, Any]) -> None:
    async with _named(app) as browser:
        await sign_up(browser)
        options = (await browser.get("/api/auth/passkey/generate-register-options")).json()
        if "clientDataJSON" in response.get("response", {}) and response["id"] == "x":
            response["response"]["clientDataJSON"] = _data("create", options["challenge"])
        answer = await browser.post("/api/auth/passkey/verify-registration", json={"response": response})
        assert (answer.status_code, answer.json()["code"]) == (400, "FAILED_TO_VERIFY_REGISTRATION")
        assert (await browser.get("/api/auth/passkey/list-user-passkeys")).json() == []


async def test_a_challenge_is_good_once_and_for_its_user(app: FastAPI) -> None:
    async with _named(app) as browser, _named(app) as other:
        await sign_up(browser)
        await sign_up(other)
        await browser.get("/api/auth/passkey/generate-register-options")
        other.cookies.set("better-auth.better-auth-passkey", browser.cookies["better-auth.better-auth-passkey"])
        codes = []
        for client in (other, browser, browser):
            answer = await client.post("/api/auth/passkey/verify-registration", json={"response": {}})
            codes.append(answer.json()["code"])
        assert codes == ["CHALLENGE_NOT_FOUND", "FAILED_TO_VERIFY_REGISTRATION", "CHALLENGE_NOT_FOUND"]


async def test_a_sign_in_challenge_makes_no_passkey(app: FastAPI) -> None:
    async with _named(app) as browser:
        await sign_up(browser)
        await browser.get("/api/auth/passkey/generate-authenticate-options")
        answer = await browser.post("/api/auth/passkey/verify-registration", json={"response": {}})
        assert answer.json()["code"] == "CHALLENGE_NOT_FOUND"


async def test_asks_for_the_devices_own_lock(app: FastAPI) -> None:
    async with _named(app) as browser:
        await sign_up(browser)
        made = (await browser.get("/api/auth/passkey/generate-register-options")).json()
        used = (await browser.get("/api/auth/passkey/generate-authenticate-options")).json()
        again = (await browser.get("/api/auth/passkey/generate-register-options")).json()
    assert made["rp"] == {"id": "localhost", "name": "Todo Chatbot"}
    assert made["authenticatorSelection"]["userVerification"] == used["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["user"]["id"] == again["user"]["id"]
    assert made["challenge"] != again["challenge"]


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "192.168.4.7", "[::1]:3000"])
async def test_an_address_in_numbers_is_told(app: FastAPI, host: str) -> None:
    async with browser_of(app, **{"x-forwarded-host": host}) as browser:
        await sign_up(browser)
        answer = await browser.get("/api/auth/passkey/generate-register-options")
    assert (answer.status_code, answer.json()["code"]) == (400, "PASSKEY_NEEDS_A_NAME")
    assert "http://localhost" in answer.json()["detail"]


async def test_a_foreign_page_with_a_bearer_token_makes_none(app: FastAPI) -> None:
    async with browser_of(app, origin="https://evil.example") as browser:
        async with _named(app) as own:
            person = await sign_up(own)
        answer = await browser.get("/api/auth/passkey/generate-register-options", headers=person.bearer)
        assert answer.status_code == 403


async def test_an_old_session_makes_none(app: FastAPI) -> None:
    async with _named(app) as browser:
        await sign_up(browser)
        async with app.state.database.write() as session:
            await session.execute(text("UPDATE session SET \"createdAt\" = '2020-01-01 00:00:00'"))
        answer = await browser.get("/api/auth/passkey/generate-register-options")
    assert (answer.status_code, answer.json()["code"]) == (403, "SESSION_NOT_FRESH")


async def test_there_is_a_most(app: FastAPI) -> None:
    async with _named(app) as browser:
        person = await sign_up(browser)
        row = (
            "INSERT INTO passkey VALUES (:id, NULL, '', :user, :id, 0, 'singleDevice', FALSE, NULL, '2026-01-01', NULL)"
        )
        async with app.state.database.write() as session:
            for number in range(20):
                await session.execute(text(row), {"id": f"key{number}", "user": person.id})
        answer = await browser.get("/api/auth/passkey/generate-register-options")
    assert (answer.status_code, answer.json()["code"]) == (400, "TOO_MANY_PASSKEYS")
