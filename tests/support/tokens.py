"""Programs that come with a personal access token."""

import httpx
from fastapi import FastAPI

from tests.support.people import PAGE, Person


class Program(httpx.AsyncClient):
    """A client of the app that shows a personal access token."""

    def __init__(self, app: FastAPI, token: str) -> None:
        bearer = {"Authorization": f"Bearer {token}"}
        super().__init__(transport=httpx.ASGITransport(app=app), base_url=PAGE, headers=bearer)


async def make_token(person: Person, *, scope: str = "write", **fields: object) -> dict[str, str]:
    """A token of this person's, as the settings page makes it."""
    answer = await person.post("/api/tokens", json={"name": "a program", "scope": scope, **fields})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
