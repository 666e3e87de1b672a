"""What cannot be a task is refused with the field's name and a sentence, and changes nothing."""

from typing import Any

import pytest

from tests.support.people import Person

BAD_FIELDS: list[tuple[str, Any, str]] = [
    ("title", "", "empty"),
    ("title", " \n\t ", "empty"),
    ("title", "\u200b\u200d", "empty"),
    ("title", "x" * 501, "500"),
    ("title", "a\x00b", "control"),
    ("title", "a\x1b[31m", "control"),
    ("title", None, "string"),
    ("title", 5, "string"),
    ("notes", "x" * 10_001, "10000"),
    ("notes", "a\x07", "control"),
    ("due", "2026-02-30", "calendar"),
    ("due", "2025-02-29T10:00", "calendar"),
    ("due", "2026-03-05T24:00", "time of day"),
    ("due", "2026-03-05T17:60", "time of day"),
    ("due", "2026-03-05T17:00:00", "YYYY-MM-DD"),
    ("due", "2026-03-05T17:00Z", "YYYY-MM-DD"),
    ("due", "2026-03-05 17:00", "YYYY-MM-DD"),
    ("due", "2026-3-5", "YYYY-MM-DD"),
    ("due", "٢٠٢٦-03-05", "YYYY-MM-DD"),
    ("due", "0001-01-01", "year"),
    ("due", "9999-12-31", "year"),
    ("due", "tomorrow", "YYYY-MM-DD"),
    ("due", 1772668800, "string"),
    ("timezone", "Mars/Olympus", "IANA"),
    ("timezone", "../../etc/passwd", "IANA"),
    ("timezone", "europe/berlin", "IANA"),
    ("recurrence", "every day", "RRULE"),
    ("recurrence", "", "RRULE"),
    ("recurrence", "FREQ=SECONDLY", "FREQ"),
    ("recurrence", "FREQ=DAILY;FREQ=DAILY", "one value"),
    ("recurrence", "INTERVAL=2", "FREQ="),
    ("recurrence", "FREQ=DAILY;INTERVAL=0", "INTERVAL"),
    ("recurrence", "FREQ=DAILY;COUNT=0", "COUNT"),
    ("recurrence", "FREQ=DAILY;COUNT=99999", "COUNT"),
    ("recurrence", "FREQ=DAILY;COUNT=2;UNTIL=20300101", "together"),
    ("recurrence", "FREQ=DAILY;UNTIL=20260230", "calendar"),
    ("recurrence", "FREQ=DAILY;UNTIL=soon", "UNTIL"),
    ("recurrence", "FREQ=DAILY;DTSTART=20260101", "DTSTART"),
    ("recurrence", "DTSTART:20260101\nRRULE:FREQ=DAILY", "part"),
    ("recurrence", "FREQ=WEEKLY;BYDAY=XX", "BYDAY"),
    ("recurrence", "FREQ=WEEKLY;BYDAY=1MO", "MONTHLY"),
    ("recurrence", "FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"),
    ("recurrence", "FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"),
    ("recurrence", "FREQ=HOURLY;BYHOUR=9", "BY parts"),
    ("recurrence", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day"),
    ("recurrence", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no day"),
    ("recurrence", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300", "no day"),
    ("recurrence", "FREQ=DAILY;" + "WKST=MO;" * 60, "300"),
    ("priority", "urgent", "high"),
    ("tags", "work", "list"),
    ("tags", [""], "empty"),
    ("tags", ["#"], "empty"),
    ("tags", ["x" * 51], "50"),
    ("tags", [f"t{index}" for index in range(21)], "20"),
    ("project", " ", "empty"),
    ("project", "x" * 101, "100"),
    ("order", "first", "number"),
    ("order", 1e300, "less"),
    ("number", 7, "not permitted"),
    ("user_id", "someone", "not permitted"),
    ("status", "done", "not permitted"),
]


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database is enough for what never reaches it."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'todo.db'}"


async def test_bad_fields_are_refused_by_name(person: Person) -> None:
    task = await person.add("kept", due="2026-03-05T17:00")
    for name, value, words in BAD_FIELDS:
        body = {"title": "x", "due": "2026-03-05T17:00", name: value}
        for answer in (
            await person.post("/api/tasks", json=body),
            await person.patch(f"/api/tasks/{task['id']}", json={name: value}),
        ):
            assert answer.status_code == 422, (name, value, answer.text)
            problem = answer.json()
            assert problem["errors"][0]["field"].split(".")[0] == name, (value, problem)
            assert words in problem["detail"], (name, value, problem["detail"])
            assert "\x00" not in answer.text
    assert await person.all() == [task]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"title": "a"', 400),
        (b"\xff\xfe", 400),
        (b"", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'"title"', 422),
        (b'{"title": "\\ud800"}', 422),
        (b'{"\\ud800": 1, "title": "a"}', 422),
        (b'{"title": "a", "order": NaN}', 422),
        (b'{"title": "a", "order": 1e999}', 422),
        (b'{"title": ' + b"[" * 50_000 + b"}", 400),
    ],
)
async def test_bodies_that_are_no_task(person: Person, body: bytes, status: int) -> None:
    answer = await person.post("/api/tasks", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert await person.all() == []


@pytest.mark.parametrize(
    "query",
    [
        "unknown=1",
        "limit=0",
        "limit=201",
        "limit=x",
        "status=closed",
        "sort=number",
        "sort=--due",
        "priority=p1",
        "due_from=2026-02-30",
        "due_from=2026-03-05T10:00",
        "completed_to=today",
        "timezone=Nowhere",
        "overdue=maybe",
        "cursor=x",
        "cursor=bnVsbA",
        "search=%00",
        "tag=%23",
        "project=",
        "user_id=someone",
    ],
)
async def test_questions_that_make_no_sense(person: Person, query: str) -> None:
    answer = await person.get(f"/api/tasks?{query}")
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "cursor",
    ["WyJkdWUiLCAiXHUwMDAwIiwgMV0", "WyJkdWUiLCAiXHVkODAwIiwgMV0", "WyJkdWUiLCAiYSIsIDFlOTldXX0", "WyJ" + "x" * 40],
)
async def test_a_page_that_nobody_was_given_is_not_found(person: Person, cursor: str) -> None:
    """It has the form that the document states, so it is no bad request."""
    answer = await person.get("/api/tasks", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (404, "cursor"), answer.text


@pytest.mark.parametrize("path", ["/api/projects", "/api/tags", "/api/me", "/api/tasks/x"])
async def test_routes_without_parameters_take_none(person: Person, path: str) -> None:
    assert (await person.get(f"{path}?limit=1")).status_code == 422


@pytest.mark.parametrize("id_", ["x", "%00", "1", "00000000-0000-7000-8000-000000000000", "%F0%9F%98%80", "a" * 3000])
async def test_ids_that_no_task_has(person: Person, id_: str) -> None:
    assert (await person.get(f"/api/tasks/{id_}")).status_code == 404
    assert (await person.post(f"/api/tasks/{id_}/complete")).status_code == 404


async def test_a_header_with_an_unknown_zone(person: Person) -> None:
    for answer in (
        await person.get("/api/tasks", headers={"X-Timezone": "Mars/Olympus"}),
        await person.post("/api/tasks", json={"title": "a"}, headers={"X-Timezone": "Mars/Olympus"}),
    ):
        assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "X-Timezone"


async def test_a_repeating_task_keeps_its_due(person: Person) -> None:
    task = await person.add("a", due="2026-03-05", recurrence="FREQ=DAILY")
    answer = await person.patch(f"/api/tasks/{task['id']}", json={"due": None})
    assert answer.status_code == 422 and "recurrence" in answer.json()["detail"]
    both = await person.patch(f"/api/tasks/{task['id']}", json={"due": None, "recurrence": None})
    assert both.status_code == 200


@pytest.mark.parametrize(
    ("due", "rule", "words"),
    [
        ("2026-03-05", "FREQ=HOURLY", "needs a time"),
        ("2026-03-05", "FREQ=DAILY;BYHOUR=9", "needs a time"),
        ("2026-03-05", "FREQ=DAILY;UNTIL=20260301", "before"),
        (None, "FREQ=HOURLY", "needs a due"),
    ],
)
async def test_rules_that_do_not_go_with_the_due(person: Person, due: str | None, rule: str, words: str) -> None:
    answer = await person.post("/api/tasks", json={"title": "a", "due": due, "recurrence": rule})
    assert answer.status_code == 422 and words in answer.json()["detail"]


@pytest.mark.parametrize("kept", ['{"a": NaN}', '{"a": "\\ud800"}', '{"a": "' + "x" * 17_000 + '"}', "[]", "null"])
async def test_settings_that_cannot_be_kept(person: Person, kept: str) -> None:
    body = f'{{"settings": {kept}}}'
    answer = await person.patch("/api/me", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert (await person.get("/api/me")).json()["settings"] == {}


async def test_a_body_that_is_not_json_is_told_where(person: Person) -> None:
    answer = await person.post("/api/tasks", content=b'{"title":', headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "The body is not JSON at character 9. Nothing was changed."
