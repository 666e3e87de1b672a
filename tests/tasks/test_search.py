"""Searches through the index of words, and lists that are longer than what is read at once."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from backend.journal.values import Actor
from backend.models import new_id
from backend.tasks import query as reading
from backend.tasks import service
from backend.tasks.listing import index as words
from backend.tasks.listing import spellings, statements
from backend.tasks.listing.index import Index
from backend.tasks.schemas import TaskCreate
from tests.support.people import Person


async def fill(app: FastAPI, person: Person, count: int) -> None:
    """Tasks of which every third speaks of a dentist, every tenth of a plumber; one number each."""
    async with app.state.database.write() as session:
        actor = Actor(user_id=person.id, surface="api", turn_id=new_id())
        for index in range(count):
            who = "the dentist" if index % 3 == 0 else "Anna"
            title = f"call {who} {'and the plumber ' if index % 10 == 9 else ''}{index}"
            due = f"2026-03-{index % 28 + 1:02}" if index % 4 else None
            await service.create(
                session, actor, TaskCreate(title=title, due=due, project="home" if index % 2 else None, tags=["x"])
            )


async def every(person: Person, **query: object) -> list[Any]:
    found: list[Any] = []
    cursor = None
    while True:
        answer = await person.get("/api/tasks", params={"limit": 7, **query, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [task["number"] for task in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


@pytest.mark.parametrize("limits", [(1000, 1000), (5, 1000), (5, 10), (5, 40)])
@pytest.mark.parametrize("sort", ["due", "-due", "created", "title", "-title", "order", "-updated", "priority"])
async def test_pages_are_the_same_whichever_way_they_are_found(
    app: FastAPI, person: Person, monkeypatch: pytest.MonkeyPatch, sort: str, limits: tuple[int, int]
) -> None:
    few, steps = limits
    monkeypatch.setattr(statements, "FEW", few)
    monkeypatch.setattr(reading, "FEW", few)
    monkeypatch.setattr(statements, "STEPS", steps)
    for kept in (statements.documents_statement, statements.edge_statement, statements.source_statements):
        kept.cache_clear()
    await fill(app, person, 60)
    listed = await every(person, sort=sort)
    assert len(listed) == 60
    cases: tuple[tuple[dict[str, object], Callable[[int], object]], ...] = (
        ({"search": "dentist"}, lambda place: place % 3 == 0),
        ({"search": "plumber 9"}, lambda place: place % 10 == 9),
        ({"project": "home"}, lambda place: place % 2 == 1),
        ({"no_due": True}, lambda place: place % 4 == 0),
        ({"tag": "x", "project": "home"}, lambda place: place % 2 == 1),
        ({"search": "an", "due_from": "2026-03-05"}, lambda place: place % 4 and place % 28 >= 4 and _has_an(place)),
    )
    for filters, is_meant in cases:
        wanted = [number for number in listed if is_meant(number - 1)]
        assert await every(person, sort=sort, **filters) == wanted, (filters, sort)
        page = (await person.get("/api/tasks", params={**filters, "count": True, "limit": 1})).json()
        assert page["total"] == len(wanted)
    for kept in (statements.documents_statement, statements.edge_statement, statements.source_statements):
        kept.cache_clear()


def _has_an(place: int) -> bool:
    return place % 3 != 0 or place % 10 == 9


async def test_a_change_is_found_by_its_new_words_alone(person: Person, stranger: Person) -> None:
    task = await person.add("water the ferns", tags=["ab"])
    other = await stranger.add("water the ferns")
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "repot the cactus", "tags": ["q"]})
    assert await person.all(search="ferns") == []
    assert await person.all(tag="ab") == []
    assert len(await person.all(search="cactus", tag="q")) == 1
    assert [found["id"] for found in await stranger.all(search="ferns")] == [other["id"]]
    await person.delete(f"/api/tasks/{task['id']}")
    assert await person.all(search="cactus") == []
    await person.post("/api/undo")
    assert len(await person.all(search="cactus")) == 1


@pytest.mark.parametrize(
    "search",
    [
        "%",
        "_",
        "a%b",
        '"',
        '" OR "',
        "NOT x",
        "ferns*",
        "(",
        "NEAR(a b)",
        "words:ferns",
        "-",
        "'",
        "\\",
        "^ferns",
        "^",
        "20.04",
        "ﬁ",
        "/",
    ],
)
async def test_what_means_something_to_a_database_is_plain_here(person: Person, search: str) -> None:
    await person.add("ferns and wire")
    assert await person.all(search=search) == []
    await person.add(f"holds {search} here")
    assert len(await person.all(search=search)) == 1


async def test_any_alphabet_and_length_is_found(person: Person) -> None:
    for title in ("купить молоко", "牛乳を買う", "🎉🎉🎉 party", "x" * 500, "Straße"):
        await person.add(title)
    for search, count in {
        "молоко": 1, "олок": 1, "牛乳を": 1, "乳": 1, "🎉🎉🎉": 1, "🎉": 1, "x" * 500: 1, "x" * 3: 1,
        "STRASSE": 1, "ß": 1, "молоко 牛": 0, " ".join(["zz"] * 160): 0,
    }.items():  # fmt: skip
        assert len(await person.all(search=search)) == count, search


async def test_a_short_word_beside_a_long_one_counts(person: Person) -> None:
    await person.add("quick lunch")
    await person.add("quick ok")
    assert [task["title"] for task in await person.all(search="quick ok")] == ["quick ok"]


async def test_a_cursor_of_another_filter_is_a_place_in_the_order(person: Person) -> None:
    for title, priority in (("a", "low"), ("b", "high"), ("c", "medium")):
        await person.add(title, priority=priority)
    cursor = (await person.get("/api/tasks", params={"sort": "priority", "limit": 2})).json()["next_cursor"]
    for priority, found in (("high", []), ("low", ["a"])):
        page = await person.all(sort="priority", priority=priority, cursor=cursor)
        assert [task["title"] for task in page] == found


async def test_without_an_index_the_same_is_found(
    app: FastAPI, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(*_: object) -> Index:
        return Index.NONE

    monkeypatch.setattr(reading, "index_of", none)
    await person.add("Call the Dentist", tags=["x"])
    await person.add("call mom")
    assert len(await person.all(search="dent call")) == 1
    assert len(await person.all(tag="x", count=True)) == 1
    assert words.holding(Index.NONE, (("dentist",),)) is None


MISTYPED = {
    "appels": "apples", "aples": "apples", "applles": "apples", "appel": "apples", "dentsit": "dentist",
    "fentist": "dentist", "recieve": "receive", "acommodaton": "accommodation", "mlik": "milk", "молко": "молоко",
    "STRASE": "strasse",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "held"), MISTYPED.items())
async def test_a_mistyped_word_finds_its_like_and_says_so(person: Person, typed: str, held: str) -> None:
    title = f"two words with {held.title()}"
    await person.add(title)
    await person.add("nothing of that kind")
    answer = (await person.get("/api/tasks", params={"search": f"words {typed}", "count": True})).json()
    assert [task["title"] for task in answer["items"]] == [title]
    assert (answer["total"], answer["similar"]) == (1, {typed.lower(): [held]})


@pytest.mark.parametrize("typed", ["appels", "applles", "aplpes"])
async def test_an_older_task_is_found_by_the_half_of_a_word(
    person: Person, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    await person.add("buy apples")
    await person.add("nothing of that kind")
    monkeypatch.setattr(spellings, "_NEWEST", 1)
    assert len(await person.all(search=typed)) == (typed != "aplpes")


@pytest.mark.parametrize(
    "search", ["cat", "mlk", "silk", "2031", "dentist apples", "bananas", " ".join(["dentsit"] * 2 + list("abcdefghi"))]
)
async def test_a_word_that_is_like_none_finds_nothing(person: Person, search: str) -> None:
    for title in ("cut the grass", "buy milk", "form 2032", "dentist", "apples"):
        await person.add(title)
    answer = (await person.get("/api/tasks", params={"search": search})).json()
    assert (answer["items"], "similar" in answer) == ([], False)


async def test_a_word_that_a_done_task_holds_is_not_mistyped(person: Person) -> None:
    task = await person.add("buy silks")
    await person.add("buy milks")
    await person.post(f"/api/tasks/{task['id']}/complete")
    answer = (await person.get("/api/tasks", params={"search": "silks", "status": "open"})).json()
    assert (answer["items"], "similar" in answer) == ([], False)


async def test_the_chat_says_what_it_looked_for(person: Person) -> None:
    await person.add("buy apples")
    answer = (await person.post("/api/chat", json={"message": "show tasks about appels"})).json()
    assert 'No task holds "appels", so I looked for "apples".' in answer["response"]
    assert "buy apples" in answer["response"]
