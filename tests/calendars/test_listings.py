"""A list that has not changed is told from memory; any change, whoever makes it, is told at once."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from backend.calendars.dav import queries
from backend.calendars.dav.listings import Listings
from backend.profile.models import Profile
from backend.tasks.models import Task
from tests.calendars.test_dav import TODO, D, Program
from tests.support.people import Person
from tests.support.tokens import make_token

ETAGS = '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>'
QUERY = """<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO"/></C:comp-filter></C:filter></C:calendar-query>"""


@pytest.fixture
async def program(app: FastAPI, person: Person) -> AsyncIterator[Program]:
    made = await make_token(person)
    async with Program(app, person, made["token"], url="https://page.example") as program:
        yield program


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lists that the database was asked for, one for each time."""
    seen: list[str] = []
    read = queries.entries_of

    async def counted(session: object, user_id: str, task_list: queries.TaskList) -> object:
        seen.append(task_list.segment)
        return await read(session, user_id, task_list)  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "entries_of", counted)
    return seen


async def etags(program: Program, segment: str = "inbox") -> dict[str, str]:
    """The list's tasks, read by PROPFIND and by a query, which say the same."""
    path = f"{program.home}{segment}/"
    found = await program.ask("PROPFIND", path, ETAGS, Depth="1")
    asked = await program.ask("REPORT", path, QUERY, Depth="1")
    assert [node.tag for node in asked] == [f"{D}response"] * len(asked)
    told = {node.findtext(f"{D}href") or "": node.findtext(f".//{D}getetag") or "" for node in asked}
    assert {node.findtext(f"{D}href"): node.findtext(f".//{D}getetag") for node in found[1:]} == told
    return told


async def test_unchanged_it_is_not_read_again(program: Program, person: Person, reads: list[str]) -> None:
    await person.add("one")
    first = await etags(program)
    assert len(first) == 1
    assert [await etags(program) for _ in range(3)] == [first] * 3
    assert reads == ["inbox"]


async def test_every_change_is_told_at_once(program: Program, person: Person, app: FastAPI, reads: list[str]) -> None:
    states = [await etags(program)]
    task = await person.add("one")
    states.append(await etags(program))
    await person.patch(f"/api/tasks/{task['id']}", json={"priority": "high"})
    states.append(await etags(program))
    assert (await program.put("inbox/two.ics", TODO)).status_code == 201
    states.append(await etags(program))
    again = TODO.replace("X-OF-MINE", "X-OTHER")  # nothing that a page shows
    assert (await program.put("inbox/two.ics", again)).status_code == 204
    states.append(await etags(program))
    undone = await person.post("/api/undo", json={})
    assert undone.status_code == 200
    states.append(await etags(program))
    async with app.state.database.write() as session:  # as another replica does
        await session.execute(update(Task).where(Task.id == task["id"]).values(version=Task.version + 1))
        mine = update(Profile).where(Profile.user_id == person.id)
        await session.execute(mine.values(revision=Profile.revision + 1))
    states.append(await etags(program))
    await person.delete(f"/api/tasks/{task['id']}")
    states.append(await etags(program))
    assert [one for one, following in pairwise(states) if one == following] == []
    assert len(reads) == len(states)


async def test_a_task_that_moves_leaves_one_list_for_the_other(program: Program, person: Person) -> None:
    task = await person.add("one", project="Garden")
    await person.add("stays", project="Garden")
    segment = next(path for path in await _lists(program) if path != "inbox")
    assert (len(await etags(program)), len(await etags(program, segment))) == (0, 2)
    await person.patch(f"/api/tasks/{task['id']}", json={"project": None})
    assert (len(await etags(program)), len(await etags(program, segment))) == (1, 1)


async def test_of_two_users_each_has_their_own(
    program: Program, person: Person, stranger: Person, app: FastAPI
) -> None:
    await stranger.add("theirs")
    await person.add("mine")
    made = await make_token(stranger)
    async with Program(app, stranger, made["token"], url="https://page.example") as other:
        assert set(await etags(other)) & set(await etags(program)) == set()


async def _lists(program: Program) -> list[str]:
    found = await program.ask("PROPFIND", program.home, ETAGS, Depth="1")
    paths = [node.findtext(f"{D}href") or "" for node in found]
    return [path.rstrip("/").rpartition("/")[2] for path in paths if path != program.home]


def test_memory_has_a_bound() -> None:
    listings = Listings(most_bytes=3000)
    texts = {name: "".join(f"{name}{number * 7919 % 104729:x}" for number in range(300)) for name in "abcd"}
    for name, text in texts.items():
        listings.keep(("user", name, ()), "1", text)
    kept = [name for name, text in texts.items() if listings.find(("user", name, ()), "1") == text]
    assert kept, "the newest are kept"
    assert kept == sorted(texts)[-len(kept) :]
    assert len(kept) < len(texts)
    assert listings.find(("user", "d", ()), "2") is None
    listings.keep(("user", "d", ()), "2", "x" * 10)
    assert listings.find(("user", "d", ()), "2") == "x" * 10
