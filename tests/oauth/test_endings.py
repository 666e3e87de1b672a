"""What ends an app's access, or keeps it from beginning, on either database."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from backend.models import utc_now
from backend.oauth.models import OAuthCode
from tests.oauth.visitor import REDIRECT, Visitor, decide, pair
from tests.support.people import PAGE, Person


async def test_a_code_shown_again_ends_all_that_came_of_it(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    code = await visitor.code(person)
    tokens = pair(await visitor.exchange(code))
    renewed = pair(await visitor.renew(tokens.refresh))
    again = await visitor.exchange(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert not await visitor.works(tokens.access)
    assert not await visitor.works(renewed.access)
    assert (await visitor.renew(renewed.refresh)).json()["error"] == "invalid_grant"


async def test_of_a_code_shown_many_times_at_once_nothing_is_left(visitor: Visitor, person: Person) -> None:
    await visitor.register()
    code = await visitor.code(person)
    answers = await asyncio.gather(*(visitor.exchange(code) for _ in range(5)))
    given = [pair(answer) for answer in answers if answer.status_code == 200]
    assert len(given) <= 1
    assert not [tokens for tokens in given if await visitor.works(tokens.access)]


async def test_a_used_refresh_token_ends_its_family(visitor: Visitor, person: Person) -> None:
    first = await visitor.connect(person)
    second = pair(await visitor.renew(first.refresh))
    assert (await visitor.renew(first.refresh)).json()["error"] == "invalid_grant"
    assert not await visitor.works(second.access)
    assert (await visitor.renew(second.refresh)).json()["error"] == "invalid_grant"


async def test_another_connection_of_the_same_app_lives_on(visitor: Visitor, person: Person) -> None:
    first, other = await visitor.connect(person), await visitor.connect(person)
    await visitor.renew(first.refresh)
    await visitor.renew(first.refresh)
    assert await visitor.works(other.access)


async def test_another_app_can_use_neither_code_nor_refresh_token(
    app: FastAPI, visitor: Visitor, person: Person
) -> None:
    await visitor.register()
    code = await visitor.code(person)
    async with Visitor(app) as thief:
        await thief.register()
        assert (await thief.exchange(code)).json()["error"] == "invalid_grant"
        tokens = pair(await visitor.exchange(code))
        assert (await thief.renew(tokens.refresh)).json()["error"] == "invalid_grant"
        form = {"token": tokens.access, "client_id": thief.client_id}
        assert (await thief.post("/api/oauth/revoke", data=form)).status_code == 200
    assert await visitor.works(tokens.access)


async def test_a_code_runs_out(visitor: Visitor, person: Person, app: FastAPI) -> None:
    await visitor.register()
    code = await visitor.code(person)
    async with app.state.database.write() as session:
        await session.execute(update(OAuthCode).values(expires_at=utc_now() - timedelta(seconds=1)))
    answer = await visitor.exchange(code)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_one_place_registers_so_many_an_hour(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.oauth.clients.MOST_AN_HOUR", 2)
    for _ in range(2):
        await visitor.register()
    answer = await visitor.post("/api/oauth/register", json={"redirect_uris": [REDIRECT]})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_too_many_connected_apps(visitor: Visitor, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.oauth.grants.MOST_GRANTS", 2)
    await visitor.connect(person)
    await visitor.connect(person)
    answer = await decide(person, await visitor.ticket())
    assert answer.status_code == 409
    assert "end one in the settings" in answer.json()["detail"]


@pytest.mark.parametrize("others", [True, False])
async def test_a_changed_password_ends_apps_where_it_ends_sessions(
    app: FastAPI, visitor: Visitor, others: bool
) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as browser:
        body = {"name": "N", "email": f"{uuid4().hex}@example.com", "password": "long enough"}
        made = (await browser.post("/api/auth/sign-up/email", json=body)).json()
    async with Person(app, id=made["user"]["id"], token=made["token"]) as person:
        tokens = await visitor.connect(person)
        change = {"currentPassword": "long enough", "newPassword": "longer than that", "revokeOtherSessions": others}
        assert (await person.post("/api/auth/change-password", json=change)).status_code == 200
    assert await visitor.works(tokens.access) is not others
