"""Personal access tokens: made on the page, shown once, good for the API within their scope, until revoked."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select, update

from backend.auth.models import User
from backend.models import utc_now
from backend.tokens.models import AccessToken
from tests.support.people import Person
from tests.support.tokens import Program, make_token


async def test_a_token_is_shown_once(person: Person) -> None:
    made = await make_token(person, name="  my   editor ")
    assert made["token"].startswith("todo_")
    assert len(made["token"]) == 45
    [listed] = (await person.get("/api/tokens")).json()
    assert listed == {name: value for name, value in made.items() if name != "token"}
    assert (listed["name"], listed["ending"]) == ("my editor", made["token"][-4:])


async def test_the_answer_that_holds_it_is_not_cached(person: Person) -> None:
    answer = await person.post("/api/tokens", json={"name": "a"})
    assert answer.headers["cache-control"] == "no-store"


async def test_only_its_digest_is_kept(app: FastAPI, person: Person) -> None:
    made = await make_token(person)
    async with app.state.database.read() as session:
        [row] = (await session.execute(select(AccessToken.__table__).where(AccessToken.user_id == person.id))).all()
    assert not [value for value in row if isinstance(value, str) and made["token"][5:-4] in value]


async def test_a_token_stands_for_its_user(app: FastAPI, person: Person, stranger: Person) -> None:
    await person.add("mine")
    await stranger.add("not mine")
    async with Program(app, (await make_token(person))["token"]) as program:
        assert [task["title"] for task in (await program.get("/api/tasks")).json()["items"]] == ["mine"]
        assert (await program.get("/api/me")).json()["id"] == person.id
        assert (await program.post("/api/tasks", json={"title": "made by a program"})).status_code == 201


async def test_read_only_reads_and_nothing_else(app: FastAPI, person: Person) -> None:
    task = await person.add("stays")
    async with Program(app, (await make_token(person, scope="read"))["token"]) as program:
        assert (await program.get("/api/tasks")).status_code == 200
        for method, path, body in (
            ("POST", "/api/tasks", {"title": "no"}),
            ("PATCH", f"/api/tasks/{task['id']}", {"title": "no"}),
            ("DELETE", f"/api/tasks/{task['id']}", None),
            ("POST", "/api/undo", None),
            ("POST", "/api/chat", {"message": "add no"}),
        ):
            answer = await program.request(method, path, json=body)
            assert answer.status_code == 403, path
            assert "may only read" in answer.json()["detail"]
            assert "insufficient_scope" in answer.headers["www-authenticate"]
    assert [item["title"] for item in await person.all()] == ["stays"]


async def test_scope_is_read_unless_write_is_asked_for(person: Person) -> None:
    assert (await person.post("/api/tokens", json={"name": "a"})).json()["scope"] == "read"


async def test_a_token_cannot_make_list_or_revoke_tokens(app: FastAPI, person: Person) -> None:
    made = await make_token(person)
    async with Program(app, made["token"]) as program:
        assert (await program.get("/api/tokens")).status_code == 403
        assert (await program.post("/api/tokens", json={"name": "more"})).status_code == 403
        assert (await program.delete(f"/api/tokens/{made['id']}")).status_code == 403
    assert len((await person.get("/api/tokens")).json()) == 1


async def test_a_token_is_no_session(app: FastAPI, person: Person) -> None:
    async with Program(app, (await make_token(person))["token"]) as program:
        assert (await program.get("/api/auth/get-session")).json() is None
        assert (await program.post("/api/auth/delete-user", json={})).status_code == 401
    assert (await person.get("/api/me")).status_code == 200


async def test_revoked_is_refused(app: FastAPI, person: Person) -> None:
    made = await make_token(person)
    async with Program(app, made["token"]) as program:
        assert (await program.get("/api/tasks")).status_code == 200
        assert (await person.delete(f"/api/tokens/{made['id']}")).status_code == 204
        answer = await program.get("/api/tasks")
    assert answer.status_code == 401
    assert "Make a new one" in answer.json()["detail"]
    assert (await person.delete(f"/api/tokens/{made['id']}")).status_code == 404


async def test_anothers_token_cannot_be_revoked(person: Person, stranger: Person) -> None:
    made = await make_token(person)
    assert (await stranger.get("/api/tokens")).json() == []
    assert (await stranger.delete(f"/api/tokens/{made['id']}")).status_code == 404
    assert len((await person.get("/api/tokens")).json()) == 1


async def test_an_expired_token_is_refused_and_still_listed(app: FastAPI, person: Person) -> None:
    made = await make_token(person, expires_in_days=1)
    async with Program(app, made["token"]) as program:
        assert (await program.get("/api/tasks")).status_code == 200
        async with app.state.database.write() as session:
            statement = update(AccessToken).where(AccessToken.id == made["id"])
            await session.execute(statement.values(expires_at=utc_now() - timedelta(seconds=1)))
        assert (await program.get("/api/tasks")).status_code == 401
    assert len((await person.get("/api/tokens")).json()) == 1


async def test_use_is_noted_at_most_once_a_minute(app: FastAPI, person: Person) -> None:
    made = await make_token(person)

    async def last_used() -> str | None:
        [listed] = (await person.get("/api/tokens")).json()
        return listed["last_used_at"]

    assert await last_used() is None
    async with Program(app, made["token"]) as program:
        await program.get("/api/tasks")
        first = await last_used()
        assert first is not None
        await asyncio.sleep(0.01)
        await program.get("/api/tasks")
        assert await last_used() == first
        async with app.state.database.write() as session:
            statement = update(AccessToken).where(AccessToken.id == made["id"])
            await session.execute(statement.values(last_used_at=utc_now() - timedelta(seconds=61)))
        await program.get("/api/tasks")
        assert (await last_used() or "") > first


async def test_there_is_a_most(person: Person) -> None:
    for _ in range(50):
        await make_token(person)
    answer = await person.post("/api/tokens", json={"name": "one more"})
    assert answer.status_code == 409
    assert "revoke one" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [{}, {"name": " "}, {"name": "x" * 101}, {"name": "a", "scope": "all"}, {"name": "a", "expires_in_days": 0},
     {"name": "a", "expires_in_days": 3651}, {"name": "a\x00b"}, {"name": "a", "user_id": "someone"}],
)  # fmt: skip
async def test_what_cannot_be_is_refused(person: Person, body: dict[str, object]) -> None:
    assert (await person.post("/api/tokens", json=body)).status_code == 422


async def test_tokens_go_with_their_user(app: FastAPI, person: Person) -> None:
    made = await make_token(person)
    async with app.state.database.write() as session:
        await session.execute(delete(User).where(User.id == person.id))
    async with app.state.database.read() as session:
        assert await session.get(AccessToken, made["id"]) is None
    async with Program(app, made["token"]) as program:
        assert (await program.get("/api/tasks")).status_code == 401
