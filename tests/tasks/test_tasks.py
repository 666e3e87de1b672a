"""A task's life over HTTP, on both databases."""

import httpx

from tests.support.people import Person


async def test_a_new_task_has_every_field(person: Person) -> None:
    task = await person.add("  buy\t milk ", due="2026-03-05T17:00", timezone="Europe/Berlin", tags=["#Work", "WORK"])
    assert task["title"] == "buy milk"
    assert (task["number"], task["version"], task["status"], task["order"]) == (1, 1, "open", 1.0)
    assert (task["due"], task["due_at"]) == ("2026-03-05T17:00", "2026-03-05T16:00:00Z")
    assert (task["timezone"], task["tags"]) == ("Europe/Berlin", ["Work"])
    assert [task[name] for name in ("notes", "recurrence", "priority", "project", "completed_at")] == [None] * 5


async def test_what_is_read_is_what_was_written(person: Person) -> None:
    made = await person.post("/api/tasks", json={"title": "ünï ☕", "notes": "a\r\n\tb  ", "priority": "high"})
    read = await person.get(f"/api/tasks/{made.json()['id']}")
    assert read.json() == made.json()
    assert read.headers["etag"] == made.headers["etag"] == '"1"'
    assert read.json()["notes"] == "a\n\tb"


async def test_a_day_is_overdue_when_it_has_ended_where_the_user_is(person: Person) -> None:
    task = await person.add("pay rent", due="2026-03-05", timezone="America/New_York")
    assert task["due_at"] == "2026-03-06T05:00:00Z"


async def test_the_zone_is_the_bodys_then_the_headers_then_the_settings_then_utc(person: Person) -> None:
    assert (await person.add("a", due="2026-03-05"))["timezone"] == "UTC"
    assert (await person.patch("/api/me", json={"timezone": "Asia/Tokyo"})).status_code == 200
    assert (await person.add("b", due="2026-03-05"))["timezone"] == "Asia/Tokyo"
    person.headers["X-Timezone"] = "Europe/Paris"
    assert (await person.add("c", due="2026-03-05"))["timezone"] == "Europe/Paris"
    assert (await person.add("d", due="2026-03-05", timezone="Africa/Cairo"))["timezone"] == "Africa/Cairo"
    assert (await person.add("e", timezone="Africa/Cairo"))["timezone"] is None


async def test_a_change_touches_what_it_names_and_null_clears(person: Person) -> None:
    made = await person.add("a", notes="n", due="2026-03-05", priority="low", tags=["x"], project="P", order=7)
    changed = await person.patch(f"/api/tasks/{made['id']}", json={"title": "b", "notes": None, "due": None})
    task = changed.json()
    assert (task["title"], task["notes"], task["due"], task["timezone"], task["due_at"]) == (
        "b",
        None,
        None,
        None,
        None,
    )
    assert (task["priority"], task["tags"], task["project"], task["order"]) == ("low", ["x"], "P", 7.0)
    assert task["version"] == 2 and changed.headers["etag"] == '"2"'
    assert task["created_at"] == made["created_at"]


async def test_a_new_time_stays_in_the_tasks_zone_unless_another_is_said(person: Person) -> None:
    task = await person.add("a", due="2026-07-01T09:00", timezone="Europe/Berlin")
    moved = (await person.patch(f"/api/tasks/{task['id']}", json={"due": "2026-07-01T10:00"})).json()
    assert (moved["timezone"], moved["due_at"]) == ("Europe/Berlin", "2026-07-01T08:00:00Z")
    away = (await person.patch(f"/api/tasks/{task['id']}", json={"timezone": "Asia/Tokyo"})).json()
    assert (away["due"], away["due_at"]) == ("2026-07-01T10:00", "2026-07-01T01:00:00Z")


async def test_a_change_of_nothing_is_no_change(person: Person) -> None:
    task = await person.add("a", tags=["x"])
    same = await person.patch(f"/api/tasks/{task['id']}", json={"title": "a", "tags": ["x"]})
    assert same.json() == task
    assert "undo-token" not in same.headers


async def test_done_and_open_again(person: Person) -> None:
    task = await person.add("a")
    done = (await person.post(f"/api/tasks/{task['id']}/complete")).json()
    assert done["status"] == "done" and done["completed_at"] is not None
    again = await person.post(f"/api/tasks/{task['id']}/complete")
    assert again.json() == done and "undo-token" not in again.headers
    opened = (await person.post(f"/api/tasks/{task['id']}/reopen")).json()
    assert (opened["status"], opened["completed_at"], opened["version"]) == ("open", None, 3)


async def test_numbers_are_never_given_twice(person: Person) -> None:
    first = await person.add("a")
    answer = await person.delete(f"/api/tasks/{first['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await person.get(f"/api/tasks/{first['id']}")).status_code == 404
    assert (await person.add("b"))["number"] == 2


async def test_numbers_are_each_users_own(person: Person, stranger: Person) -> None:
    await person.add("a")
    assert (await stranger.add("a"))["number"] == 1


async def test_another_users_task_is_as_one_that_is_not_there(person: Person, stranger: Person) -> None:
    task = await person.add("mine")
    path = f"/api/tasks/{task['id']}"
    answers = [
        await stranger.get(path),
        await stranger.patch(path, json={"title": "theirs"}),
        await stranger.delete(path),
        await stranger.post(f"{path}/complete"),
        await stranger.post(f"{path}/reopen"),
    ]
    missing = await stranger.get("/api/tasks/00000000-0000-7000-8000-000000000000")
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].json() == missing.json()
    assert await person.all() == [task]


async def test_a_stale_version_changes_nothing(person: Person) -> None:
    task = await person.add("a")
    path = f"/api/tasks/{task['id']}"
    fresh = await person.patch(path, json={"title": "b"}, headers={"If-Match": '"1"'})
    assert fresh.status_code == 200
    for match in ('"1"', '"99"', "nonsense", 'W/"2"'):
        stale = await person.patch(path, json={"title": "c"}, headers={"If-Match": match})
        assert_problem(stale, 412)
        assert_problem(await person.delete(path, headers={"If-Match": match}), 412)
    assert [item["title"] for item in await person.all()] == ["b"]
    assert (await person.delete(path, headers={"If-Match": '"2"'})).status_code == 204


async def test_projects_and_tags_are_counted_without_regard_to_case(person: Person) -> None:
    done = await person.add("a", project="Home", tags=["Errand", "x"])
    await person.add("b", project="home", tags=["errand"])
    await person.add("c", project="work")
    await person.post(f"/api/tasks/{done['id']}/complete")
    projects, tags = (await person.get("/api/projects")).json(), (await person.get("/api/tags")).json()
    assert [(item["name"].lower(), item["open"], item["done"]) for item in projects] == [("home", 1, 1), ("work", 1, 0)]
    assert [(item["name"].lower(), item["open"], item["done"]) for item in tags] == [("errand", 1, 1), ("x", 0, 1)]


async def test_settings_are_merged_and_null_removes(person: Person) -> None:
    await person.patch("/api/me", json={"settings": {"theme": "dark", "week": {"start": "sunday"}}})
    answer = await person.patch("/api/me", json={"settings": {"theme": None, "sound": False}})
    me = (await person.get("/api/me")).json()
    assert me == answer.json()
    assert (me["id"], me["name"], me["timezone"]) == (person.id, "Person", None)
    assert me["settings"] == {"week": {"start": "sunday"}, "sound": False}


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status and answer.json()["detail"]


async def test_a_task_is_read_by_its_number_too(person: Person) -> None:
    made = await person.add("milk")
    assert (await person.get("/api/tasks/1")).json() == made
    for name in ("2", "0", "999999999", "99999999999999999999", "²", "-1"):
        assert (await person.get(f"/api/tasks/{name}")).status_code == 404
    assert (await person.delete("/api/tasks/1")).status_code == 404  # a change names the id
