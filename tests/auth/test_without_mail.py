"""Without a mail server, what needs one says so, by Better Auth's codes."""

import httpx

from tests.auth.people import sign_up


async def test_says_that_there_is_no_mail(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    assert (await browser.get("/api/auth/abilities")).json() == {"mail": False}
    codes = {
        "request-password-reset": ({"email": person.email}, "RESET_PASSWORD_DISABLED"),
        "forget-password": ({"email": person.email}, "RESET_PASSWORD_DISABLED"),
        "send-verification-email": ({"email": person.email}, "VERIFICATION_EMAIL_NOT_ENABLED"),
        "change-email": ({"newEmail": "new@example.com"}, "CHANGE_EMAIL_DISABLED"),
    }
    for path, (body, code) in codes.items():
        answer = await browser.post(f"/api/auth/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
