"""An app that connects itself to somebody's list, step by step, as it should or otherwise."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from fastapi import FastAPI

from tests.support.people import PAGE, Person

REDIRECT = "http://127.0.0.1:33418/callback"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789"
_PLACES = count(1)  # what one place may do in an hour is limited
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@dataclass(frozen=True)
class Pair:
    """The tokens of an answer."""

    access: str
    refresh: str
    scope: str


class Visitor(httpx.AsyncClient):
    """A program without a session. ``client_id`` is known once it has registered."""

    def __init__(self, app: FastAPI, page: str = PAGE) -> None:
        place = {"X-Forwarded-For": f"2001:db8:{next(_PLACES):x}::1"}
        super().__init__(transport=httpx.ASGITransport(app=app), base_url=page, headers=place)
        self.client_id = ""
        self.secret: str | None = None

    async def register(self, **fields: Any) -> dict[str, Any]:
        """Register as a public client, but for ``fields``."""
        body = {"client_name": "Editor", "redirect_uris": [REDIRECT], "token_endpoint_auth_method": "none"}
        answer = await self.post("/api/oauth/register", json={**body, **fields})
        assert answer.status_code == 201, answer.text
        said: dict[str, Any] = answer.json()
        self.client_id, self.secret = said["client_id"], said.get("client_secret")
        return said

    async def ask(self, **fields: str | None) -> httpx.Response:
        """Ask to be let in; a field of None is left out."""
        usual = {"response_type": "code", "client_id": self.client_id, "redirect_uri": REDIRECT, "state": "s1"}
        usual |= {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
        usual["resource"] = f"{str(self.base_url).rstrip('/')}/mcp"
        given = {name: value for name, value in {**usual, **fields}.items() if value is not None}
        return await self.get("/api/oauth/authorize", params=given)

    async def ticket(self, **fields: str | None) -> str:
        """Ask as one should; what the page that asks the user is given."""
        answer = await self.ask(**fields)
        assert answer.status_code == 302, answer.text
        return parse_qs(urlsplit(answer.headers["location"]).query)["request"][0]

    async def code(self, person: Person, *, scope: str = "write", **fields: str | None) -> str:
        """The code after the person's yes."""
        answer = await decide(person, await self.ticket(**fields), scope=scope)
        assert answer.status_code == 200, answer.text
        return returned(answer)["code"]

    async def exchange(self, code: str, **fields: str | None) -> httpx.Response:
        usual = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
        return await self.ask_token({**usual, "code_verifier": VERIFIER, **fields})

    async def renew(self, refresh: str, **fields: str | None) -> httpx.Response:
        return await self.ask_token({"grant_type": "refresh_token", "refresh_token": refresh, **fields})

    async def ask_token(self, fields: dict[str, str | None]) -> httpx.Response:
        usual = {"client_id": self.client_id, "client_secret": self.secret}
        given = {name: value for name, value in {**usual, **fields}.items() if value is not None}
        return await self.post("/api/oauth/token", data=given)

    async def connect(self, person: Person, *, scope: str = "write", **fields: str | None) -> Pair:
        """All of it, as it should be."""
        if not self.client_id:
            await self.register()
        return pair(await self.exchange(await self.code(person, scope=scope, **fields)))

    async def call(self, access: str, tool: str, **arguments: Any) -> httpx.Response:
        """Call a tool."""
        params = {"name": tool, "arguments": arguments}
        return await self.post(
            "/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params},
            headers={"Authorization": f"Bearer {access}", "Accept": "application/json, text/event-stream"},
        )

    async def works(self, access: str) -> bool:
        """Whether the token is taken."""
        answer = await self.call(access, "list_projects")
        assert answer.status_code in {200, 401}, answer.text
        return answer.status_code == 200


def pair(answer: httpx.Response) -> Pair:
    assert answer.status_code == 200, answer.text
    said = answer.json()
    return Pair(said["access_token"], said["refresh_token"], said["scope"])


async def decide(
    person: Person, ticket: str, *, allow: bool = True, scope: str = "write", **fields: Any
) -> httpx.Response:
    body = {"request": ticket, "allow": allow, "scope": scope, "user_id": person.id, **fields}
    return await person.post("/api/oauth/decision", json=body)


def returned(answer: httpx.Response) -> dict[str, str]:
    """What the app is told by where the browser goes."""
    return dict(parse_qsl(urlsplit(answer.json()["redirect_to"]).query))
