"""Whatever is sent, the answer is Better Auth's 400 or another refusal in a sentence, and never a failure."""

import json

import httpx
import pytest

from tests.auth.people import PASSWORD, sign_up

NUL, SURROGATE = "\\u0000", "\\ud800"
GOOD = {"name": "B", "email": "b@example.com", "password": PASSWORD}


@pytest.mark.parametrize(
    "content",
    ["", "{", "null", "[]", '"text"', "NaN", '{"email": 1}', "{" * 10_000, "\ufeff{}"],
)
@pytest.mark.parametrize("path", ["sign-up/email", "sign-in/email"])
async def test_what_is_no_body_is_400(browser: httpx.AsyncClient, path: str, content: str) -> None:
    headers = {"content-type": "application/json"}
    answer = await browser.post(f"/api/auth/{path}", content=content.encode(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize("field", GOOD)
@pytest.mark.parametrize("text", [NUL, SURROGATE])
async def test_letters_that_no_database_keeps(browser: httpx.AsyncClient, field: str, text: str) -> None:
    # A password may hold anything that is text; a surrogate alone is not, a NUL is.
    content = json.dumps(GOOD | {field: GOOD[field] + "?"}).replace("?", text)
    answer = await browser.post(
        "/api/auth/sign-up/email", content=content, headers={"content-type": "application/json"}
    )
    assert answer.status_code == (200 if (field, text) == ("password", NUL) else 400)


@pytest.mark.parametrize("token", ["\0", "x" * 129, "é", ""])
async def test_revoking_what_is_no_token(browser: httpx.AsyncClient, token: str) -> None:
    await sign_up(browser)
    assert (await browser.post("/api/auth/revoke-session", json={"token": token})).status_code in {200, 400}


@pytest.mark.parametrize(
    "url", ["http://[", "http://", "javascript:alert(1)", "/a\r\nSet-Cookie: a=b", "data:,x", "tasks"]
)
async def test_callback_addresses_that_lead_nowhere_good(browser: httpx.AsyncClient, url: str) -> None:
    person = await sign_up(browser)
    body = {"email": person.email, "password": PASSWORD, "callbackURL": url}
    answer = await browser.post("/api/auth/sign-in/email", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "INVALID_CALLBACK_URL")


async def test_a_callback_address_beyond_ascii_is_escaped(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    body = {"email": person.email, "password": PASSWORD, "callbackURL": "/für/mich?a=b%20c#d"}
    answer = await browser.post("/api/auth/sign-in/email", json=body)
    assert answer.headers["location"] == "/f%C3%BCr/mich?a=b%20c#d"
    assert answer.json()["url"] == "/für/mich?a=b%20c#d"


async def test_too_long_an_address_or_name(browser: httpx.AsyncClient) -> None:
    for wrong in ({"email": "a" * 250 + "@example.com"}, {"name": "n" * 201}, {"image": "i" * 2001}):
        answer = await browser.post("/api/auth/sign-up/email", json=GOOD | wrong)
        assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
