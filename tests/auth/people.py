"""People for the tests: signed up through the protocol, each with a browser of their own."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Person:
    """A signed-up user; ``bearer`` is the header by which a program of theirs signs in."""

    id: str
    email: str
    token: str
    user: dict[str, Any]

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


async def sign_up(browser: httpx.AsyncClient, *, remember: bool = True) -> Person:
    """Sign a new person up with ``browser``, which is then signed in."""
    email = f"person-{uuid4().hex}@example.com"
    body = {"name": "Person", "email": email, "password": PASSWORD, "rememberMe": remember}
    answer = await browser.post("/api/auth/sign-up/email", json=body)
    assert answer.status_code == 200, answer.text
    user = answer.json()["user"]
    return Person(id=user["id"], email=email, token=answer.json()["token"], user=user)


async def sign_in(browser: httpx.AsyncClient, email: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    return await browser.post("/api/auth/sign-in/email", json={"email": email, "password": password}, headers=headers)
