"""People for the tests, written into the database as the sign-up would: hashing a password each time would be slow."""

from datetime import timedelta
from uuid import uuid4

import httpx
from fastapi import FastAPI

from backend.auth.models import Session, User
from backend.models import new_id, utc_now

PAGE = "http://page.example"


class Person(httpx.AsyncClient):
    """A signed-up user's program: a client of the app that shows their session token."""

    def __init__(self, app: FastAPI, *, id: str, token: str) -> None:  # noqa: A002
        bearer = {"Authorization": f"Bearer {token}"}
        super().__init__(transport=httpx.ASGITransport(app=app), base_url=PAGE, headers=bearer)
        self.id = id
        self.token = token

    async def add(self, title: str, **fields: object) -> dict[str, object]:
        """Make a task; what the backend answered."""
        answer = await self.post("/api/tasks", json={"title": title, **fields})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def all(self, **query: object) -> list[dict[str, object]]:
        """The user's tasks, of any status unless one is asked for."""
        answer = await self.get("/api/tasks", params={"status": "all", "limit": 200, **query})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])


async def new_person(app: FastAPI) -> Person:
    user_id, token = new_id(), uuid4().hex
    now = utc_now()
    async with app.state.database.write() as session:
        session.add(User(id=user_id, name="Person", email=f"{user_id}@example.com", email_verified=False))
        await session.flush()
        session.add(Session(token=token, user_id=user_id, expires_at=now + timedelta(days=6)))
    return Person(app, id=user_id, token=token)
