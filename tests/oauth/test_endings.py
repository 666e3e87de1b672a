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
from tests.oauth.visiting import REDIRECT, Visiting, decide, pair
from tests.support.people import PAGE, Person


async def test_a_code_shown_again_ends_all_that_came_of_it(visiting: Visiting, person: Person) -> None:
    await visiting.register()
    code = await visiting.code(person)
    tokens = pair(await visiting.exchange(code))
    renewed = pair(await visiting.renew(tokens.refresh))
    again = await visiting.exchange(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert not await visiting.works(tokens.access)
    assert not await visiting.works(renewed.access)
    assert (await visiting.renew(renewed.refresh)).json()["error"] == "invalid_grant"


async def test_of_a_code_shown_many_times_at_once_nothing_is_left(visiting: Visiting, person: Person) -> None:
    await visiting.register()
    code = await visiting.code(person)
    answers = await asyncio.gather(*(visiting.exchange(code) for _ in range(5)))
    given = [pair(answer) for answer in answers if answer.status_code == 200]
    assert len(given) <= 1
    assert not [tokens for tokens in given if await visiting.works(tokens.access)]


async def test_a_used_refresh_token_ends_its_family(visiting: Visiting, person: Person) -> None:
    first = await visiting.connect(person)
    second = pair(await visiting.renew(first.refresh))
    assert (await visiting.renew(first.refresh)).json()["error"] == "invalid_grant"
    assert not await visiting.works(second.access)
    assert (await visiting.renew(second.refresh)).json()["error"] == "invalid_grant"


async def test_another_connection_of_the_same_app_lives_on(visiting: Visiting, person: Person) -> None:
    first, other = await visiting.connect(person), await visiting.connect(person)
    await visiting.renew(first.refresh)
    await visiting.renew(first.refresh)
    assert await visiting.works(other.access)


async def test_another_app_can_use_neither_code_nor_refresh_token(
    app: FastAPI, visiting: Visiting, person: Person
) -> None:
    await visiting.register()
    code = await visiting.code(person)
    async with Visiting(app) as thief:
        await thief.register()
        assert (await thief.exchange(code)).json()["error"] == "invalid_grant"
        tokens = pair(await visiting.exchange(code))
        assert (await thief.renew(tokens.refresh)).json()["error"] == "invalid_grant"
        form = {"token": tokens.access, "client_id": thief.client_id}
        assert (await thief.post("/api/oauth/revoke", data=form)).status_code == 200
    assert await visiting.works(tokens.access)


async def test_a_code_runs_out(visiting: Visiting, person: Person, app: FastAPI) -> None:
    await visiting.register()
    code = await visiting.code(person)
    async with app.state.database.write() as session:
        await session.execute(update(OAuthCode).values(expires_at=utc_now() - timedelta(seconds=1)))
    answer = await visiting.exchange(code)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_one_place_registers_so_many_an_hour(visiting: Visiting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.oauth.clients.MOST_AN_HOUR", 2)
    for _ in range(2):
        await visiting.register()
    answer = await visiting.post("/api/oauth/register", json={"redirect_uris": [REDIRECT]})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_too_many_connected_apps(visiting: Visiting, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.oauth.grants.MOST_GRANTS", 2)
    await visiting.connect(person)
    await visiting.connect(person)
    answer = await decide(person, await visiting.ticket())
    assert answer.status_code == 409
    assert "end one in the settings" in answer.json()["detail"]


@pytest.mark.parametrize("others", [True, False])
async def test_a_changed_password_ends_apps_where_it_ends_sessions(
    app: FastAPI, visiting: Visiting, others: bool
) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE) as browser:
        body = {"name": "N", "email": f"{uuid4().hex}@example.com", "password": "long enough"}
        made = (await browser.post("/api/auth/sign-up/email", json=body)).json()
    async with Person(app, id=made["user"]["id"], token=made["token"]) as person:
        tokens = await visiting.connect(person)
        change = {"currentPassword": "long enough", "newPassword": "longer than that", "revokeOtherSessions": others}
        assert (await person.post("/api/auth/change-password", json=change)).status_code == 200
    assert await visiting.works(tokens.access) is not others
