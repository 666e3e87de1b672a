"""Occurrences of recurring tasks that were completed, told one by one."""

from tests.support.people import Person


async def completions(person: Person, **query: object) -> list[tuple[str, str]]:
    answer = await person.get("/api/completions", params=query)
    assert answer.status_code == 200, answer.text
    return [(item["task"]["title"], item["due"]) for item in answer.json()["items"]]


async def test_each_occurrence_is_told_the_latest_first(person: Person) -> None:
    task = await person.add("water plants", due="2026-03-04", recurrence="FREQ=DAILY", timezone="UTC")
    await person.post(f"/api/tasks/{(await person.add('once'))['id']}/complete")
    for _ in range(2):
        await person.post(f"/api/tasks/{task['id']}/complete")
    found = await completions(person)
    assert [title for title, _ in found] == ["water plants"] * 2
    assert found[1][1] == "2026-03-04" < found[0][1]
    assert await completions(person, limit=1) == found[:1]


async def test_what_was_undone_or_deleted_is_not_among_them(person: Person) -> None:
    task = await person.add("water plants", due="2026-03-04", recurrence="FREQ=DAILY", timezone="UTC")
    done = await person.post(f"/api/tasks/{task['id']}/complete")
    await person.post("/api/undo", json={"undo_token": done.headers["undo-token"]})
    assert await completions(person) == []
    await person.post(f"/api/tasks/{task['id']}/complete")
    assert len(await completions(person)) == 1
    await person.delete(f"/api/tasks/{task['id']}")
    assert await completions(person) == []


async def test_days_lie_in_the_zone_that_is_asked_for(person: Person) -> None:
    task = await person.add("water plants", due="2026-03-04", recurrence="FREQ=DAILY", timezone="UTC")
    await person.post(f"/api/tasks/{task['id']}/complete")
    at = (await person.get("/api/completions")).json()["items"][0]["completed_at"]
    day = {"completed_from": at[:10], "completed_to": at[:10], "timezone": "UTC"}
    assert len(await completions(person, **day)) == 1
    assert await completions(person, completed_to="2026-01-01", timezone="Pacific/Kiritimati") == []


async def test_another_person_has_none_of_them(person: Person, stranger: Person) -> None:
    task = await person.add("water plants", due="2026-03-04", recurrence="FREQ=DAILY", timezone="UTC")
    await person.post(f"/api/tasks/{task['id']}/complete")
    assert await completions(stranger) == []


async def test_what_is_no_question_is_refused(person: Person) -> None:
    for query in ({"limit": 0}, {"completed_from": "yesterday"}, {"timezone": "Moon"}, {"status": "done"}):
        answer = await person.get("/api/completions", params=query)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), query
