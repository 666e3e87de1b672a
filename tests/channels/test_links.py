"""Signed links: forged, cut, expired, used, of other people's tasks."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from backend.reminders.channels.links import Action, ExpiredLinkError, ForgedLinkError, Link, read_link, write_link
from backend.settings import Settings
from tests.support.people import Person

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SECRET = "a secret of the tests, long enough to be one"


def link_of(task_id: str, user_id: str, *, action: Action = "done", told_at: datetime | None = None) -> Link:
    now = datetime.now(UTC).replace(microsecond=0)
    return Link(
        action=action, user_id=user_id, subject=task_id, notice_id="n", told_at=told_at or now,
        expires_at=now + timedelta(days=7),
    )  # fmt: skip


def test_comes_back_as_it_was() -> None:
    link = link_of("t", "u")
    assert read_link(write_link(link, SECRET), SECRET, now=NOW.replace(year=2020)) == link


def test_every_change_of_it_is_a_forgery() -> None:
    token = write_link(link_of("t", "u"), SECRET)
    forgeries = [token[:place] + ("A" if sign != "A" else "B") + token[place + 1 :] for place, sign in enumerate(token)]
    for forged in [*forgeries, token[:-1], token + "A", "", ".", token.partition(".")[0], "é" + token, "x" * 5000]:
        with pytest.raises(ForgedLinkError):
            read_link(forged, SECRET, now=NOW)
    with pytest.raises(ForgedLinkError):
        read_link(token, "another secret", now=NOW)


def test_expires() -> None:
    link = link_of("t", "u")
    with pytest.raises(ExpiredLinkError):
        read_link(write_link(link, SECRET), SECRET, now=link.expires_at)


async def _post(app: FastAPI, token: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page.example") as client:
        return await client.post("/api/reminders/act", params={"token": token}, headers={"Accept": "application/json"})


async def test_a_task_of_another_user_is_left_alone(
    person: Person, stranger: Person, app: FastAPI, settings: Settings
) -> None:
    task = await stranger.add("Mine")
    token = write_link(link_of(str(task["id"]), person.id), settings.secret)
    assert (await _post(app, token)).status_code == 410
    assert (await stranger.all())[0]["status"] == "open"


async def test_what_was_deleted_is_gone_and_undo_brings_the_link_back(
    person: Person, app: FastAPI, settings: Settings
) -> None:
    task = await person.add("Rent")
    token = write_link(link_of(str(task["id"]), person.id), settings.secret)
    deleted = await person.delete(f"/api/tasks/{task['id']}")
    assert (await _post(app, token)).status_code == 410
    await person.post("/api/undo", json={"undo_token": deleted.headers["undo-token"]})
    assert (await _post(app, token)).status_code == 200


async def test_an_old_link_does_not_complete_the_next_occurrence(
    person: Person, app: FastAPI, settings: Settings
) -> None:
    task = await person.add("Pill", due="2026-12-01T08:00", timezone="Europe/Paris", recurrence="FREQ=DAILY")
    before = datetime.now(UTC) - timedelta(seconds=5)
    token = write_link(link_of(str(task["id"]), person.id, told_at=before), settings.secret)
    done = await person.post(f"/api/tasks/{task['id']}/complete")
    answer = await _post(app, token)
    assert (answer.status_code, "done already" in answer.json()["detail"]) == (409, True)
    assert (await person.all())[0]["due"] == done.json()["due"]


async def test_what_a_link_did_can_be_undone(person: Person, app: FastAPI, settings: Settings) -> None:
    task = await person.add("Rent")
    answer = await _post(app, write_link(link_of(str(task["id"]), person.id), settings.secret))
    await person.post("/api/undo", json={"undo_token": answer.json()["undo_token"]})
    assert (await person.all())[0]["status"] == "open"


async def test_a_page_of_another_site_cannot_post_a_link(person: Person, app: FastAPI, settings: Settings) -> None:
    task = await person.add("Rent")
    token = write_link(link_of(str(task["id"]), person.id), settings.secret)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page.example") as client:
        answer = await client.post(f"/api/reminders/act?token={token}", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
