"""Feeds: a secret address that calendar programs read."""

from datetime import timedelta

import httpx
import icalendar
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from backend.calendars.models import CalendarFeed
from tests.support.people import PAGE, Person
from tests.support.tokens import Program, make_token


async def make_feed(person: Person, **fields: object) -> dict[str, str]:
    answer = await person.post("/api/calendars/feeds", json={"name": "my phone", **fields})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def anybody(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE)


async def read(app: FastAPI, path: str, **headers: str) -> httpx.Response:
    async with anybody(app) as program:
        return await program.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def parts(answer: httpx.Response, name: str) -> list[icalendar.Component]:
    assert answer.status_code == 200, answer.text
    return list(icalendar.Calendar.from_ical(answer.content).walk(name))


async def test_a_feed_tells_events_with_alarms_and_recurrence(app: FastAPI, person: Person) -> None:
    await person.add(
        "water, plants",
        due="2026-12-04T09:00",
        timezone="Europe/Berlin",
        recurrence="FREQ=WEEKLY;BYDAY=FR",
        tags=["home"],
        reminders=[{"before": "PT30M"}],
    )
    await person.add("no day")
    feed = await make_feed(person)
    [event] = parts(await read(app, feed["path"]), "VEVENT")
    assert event["SUMMARY"] == "water, plants"
    assert event["DTSTART"].dt.isoformat() == "2026-12-04T09:00:00+01:00"
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=FR"
    assert event["CATEGORIES"].to_ical() == b"home"
    assert [alarm["TRIGGER"].to_ical() for alarm in event.walk("VALARM")] == [b"-PT30M"]


async def test_a_feed_of_tasks_tells_those_without_a_day_too(app: FastAPI, person: Person) -> None:
    task = await person.add("no day", priority="high")
    feed = await make_feed(person, component="todo")
    [todo] = parts(await read(app, feed["path"]), "VTODO")
    assert (todo["UID"], todo["SUMMARY"], todo["PRIORITY"]) == (task["id"], "no day", 1)


async def test_default_reminders_are_told_too(app: FastAPI, person: Person) -> None:
    await person.add("call", due="2099-12-04T09:00", timezone="UTC")
    feed = await make_feed(person)
    [alarm] = parts(await read(app, feed["path"]), "VALARM")
    assert alarm["TRIGGER"].dt == timedelta()
    await person.put("/api/reminders/settings", json={"default": []})
    assert parts(await read(app, feed["path"]), "VALARM") == []


@pytest.mark.parametrize(("view", "value"), [("project", "HOUSE"), ("tag", "garden")])
async def test_a_view_is_a_part_of_the_list(app: FastAPI, person: Person, view: str, value: str) -> None:
    await person.add("in", project="house", tags=["Garden"])
    await person.add("out", project="household", tags=["gardening"])
    feed = await make_feed(person, component="todo", view=view, value=value)
    assert [todo["SUMMARY"] for todo in parts(await read(app, feed["path"]), "VTODO")] == ["in"]


async def test_done_tasks_are_told_where_asked_for(app: FastAPI, person: Person) -> None:
    task = await person.add("done")
    await person.post(f"/api/tasks/{task['id']}/complete")
    for done, count in ((False, 0), (True, 1)):
        feed = await make_feed(person, component="todo", done=done)
        assert len(parts(await read(app, feed["path"]), "VTODO")) == count


async def test_what_has_not_changed_is_not_sent_again(app: FastAPI, person: Person) -> None:
    await person.add("first")
    feed = await make_feed(person, component="todo")
    etag = (await read(app, feed["path"])).headers["etag"]
    assert not etag.startswith("W/")
    again = await read(app, feed["path"], if_none_match=f'"other", W/{etag}')
    assert (again.status_code, again.content) == (304, b"")
    await person.add("second")
    changed = await read(app, feed["path"], if_none_match=etag)
    assert changed.headers["etag"] != etag
    assert len(parts(changed, "VTODO")) == 2


async def test_the_same_tag_is_the_same_text(app: FastAPI, person: Person) -> None:
    await person.add("call", due="2026-12-04T09:00", timezone="Europe/Berlin")
    feed = await make_feed(person)
    first, second = await read(app, feed["path"]), await read(app, feed["path"])
    assert (first.headers["etag"], first.content) == (second.headers["etag"], second.content)


async def test_a_revoked_address_opens_nothing(app: FastAPI, person: Person, stranger: Person) -> None:
    feed = await make_feed(person)
    assert (await stranger.delete(f"/api/calendars/feeds/{feed['id']}")).status_code == 404
    assert (await read(app, feed["path"])).status_code == 200
    assert (await person.delete(f"/api/calendars/feeds/{feed['id']}")).status_code == 204
    answer = await read(app, feed["path"])
    assert answer.status_code == 404
    assert "Make a new one" in answer.json()["detail"]


async def test_only_the_digest_of_the_secret_is_kept(app: FastAPI, person: Person) -> None:
    feed = await make_feed(person)
    secret = feed["path"].partition("key=")[2]
    async with app.state.database.read() as session:
        [row] = (await session.execute(select(CalendarFeed.__table__).where(CalendarFeed.user_id == person.id))).all()
    assert not [value for value in row if isinstance(value, str) and secret[5:-4] in value]
    [listed] = (await person.get("/api/calendars/feeds")).json()
    assert {**listed, "path": feed["path"]} == feed


async def test_a_token_makes_no_feeds(app: FastAPI, person: Person) -> None:
    async with Program(app, (await make_token(person))["token"]) as program:
        assert (await program.post("/api/calendars/feeds", json={"name": "no"})).status_code == 403


@pytest.mark.parametrize("fields", [{"view": "tag"}, {"value": "x"}, {"component": "journal"}, {"name": " "}])
async def test_bad_feeds_are_refused(person: Person, fields: dict[str, str]) -> None:
    answer = await person.post("/api/calendars/feeds", json={"name": "x", **fields})
    assert answer.status_code == 422, answer.text


async def test_an_address_without_its_key_opens_nothing(app: FastAPI) -> None:
    for query in ("", "?key=", "?key=feed_x", "?key=%00", "?key=%ff"):
        assert (await read(app, f"/api/calendars/feed.ics{query}")).status_code == 404
