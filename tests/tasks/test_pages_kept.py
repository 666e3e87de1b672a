"""A page kept in memory is never shown once it is not true, whichever replica wrote."""

from fastapi import FastAPI

from backend.models import utc_now
from backend.settings import Settings
from tests.support.backend import running_app
from tests.support.people import Person


async def test_every_change_shows_at_once_on_every_replica(app: FastAPI, settings: Settings, person: Person) -> None:
    async with running_app(settings) as replica, Person(replica, id=person.id, token=person.token) as elsewhere:
        for index in range(4):
            writer, reader = (person, elsewhere) if index % 2 else (elsewhere, person)
            task = await writer.add(f"t{index}")
            assert await reader.all() == await writer.all() and len(await reader.all()) == index + 1
            await writer.patch(f"/api/tasks/{task['id']}", json={"priority": "high"})
            assert [item["priority"] for item in await reader.all()] == ["high"] * (index + 1)
        await elsewhere.post("/api/undo")
        assert [item["priority"] for item in await person.all(sort="created")] == ["high"] * 3 + [None]


async def test_a_page_is_its_users_own(person: Person, stranger: Person) -> None:
    await person.add("mine")
    assert len(await person.all()) == 1
    assert await stranger.all() == []


async def test_what_the_clock_decides_is_not_kept(person: Person, app: FastAPI) -> None:
    await person.add("late", due="2020-01-01")
    today = str(utc_now().date())
    for query in ({"overdue": True}, {"completed_from": today}, {"tag": "x"}):
        await person.all(**query)
    kept = [query for user_id, query in app.state.pages.kept() if user_id == person.id]
    assert [(query.tag, query.overdue, query.completed_from) for query in kept] == [("x", False, None)]


async def test_memory_is_bounded(person: Person, app: FastAPI) -> None:
    for index in range(600):
        await person.get("/api/tasks", params={"search": f"word{index}"})
    assert len(app.state.pages.kept()) <= 512
