"""Filters, search, order and pages, on both databases."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.models import utc_now
from tests.support.people import Person


def titles(tasks: list[dict[str, object]]) -> list[object]:
    return [task["title"] for task in tasks]


async def test_due_days_are_inclusive_and_local_to_the_task(person: Person) -> None:
    await person.add("day", due="2026-03-05")
    await person.add("late", due="2026-03-05T23:59", timezone="Asia/Tokyo")
    await person.add("next", due="2026-03-06")
    await person.add("never")
    assert titles(await person.all(due_from="2026-03-05", due_to="2026-03-05")) == ["day", "late"]
    assert titles(await person.all(due_from="2026-03-06")) == ["next"]
    assert titles(await person.all(due_to="2026-03-05")) == ["day", "late"]
    assert titles(await person.all(no_due=True)) == ["never"]
    assert titles(await person.all(due_from="2026-03-07", due_to="2026-03-01")) == []


async def test_overdue_tasks_are_open_and_past_their_instant(person: Person) -> None:
    now = utc_now()
    minute = timedelta(minutes=2)
    past, future = [(now + sign * minute).strftime("%Y-%m-%dT%H:%M") for sign in (-1, 1)]
    await person.add("past", due=past)
    await person.add("future", due=future)
    await person.add("long ago", due="2020-01-01")
    done = await person.add("done", due="2020-01-01")
    await person.post(f"/api/tasks/{done['id']}/complete")
    assert titles(await person.all(overdue=True)) == ["long ago", "past"]


async def test_the_status_is_open_unless_another_is_asked_for(person: Person) -> None:
    await person.add("open")
    done = await person.add("done")
    await person.post(f"/api/tasks/{done['id']}/complete")
    default = (await person.get("/api/tasks")).json()["items"]
    assert titles(default) == titles(await person.all(status="open")) == ["open"]
    assert titles(await person.all(status="done")) == ["done"]
    assert titles(await person.all(status="all")) == ["open", "done"]


async def test_what_was_finished_on_a_day_holds_occurrences_too(person: Person) -> None:
    today = utc_now().date()
    yesterday = str(today - timedelta(days=1))
    for title, recurrence in (("once", None), ("daily", "FREQ=DAILY")):
        task = await person.add(title, due=yesterday, recurrence=recurrence)
        assert (await person.post(f"/api/tasks/{task['id']}/complete")).status_code == 200
    await person.add("open")
    for status in ("done", "all"):
        found = await person.all(status=status, completed_from=str(today), completed_to=str(today))
        assert sorted(map(str, titles(found))) == ["daily", "once"]
    default = await person.get("/api/tasks", params={"completed_from": str(today), "count": True})
    assert default.json()["total"] == 2
    assert titles(await person.all(status="open", completed_from=str(today))) == ["daily"]
    assert await person.all(completed_to=yesterday) == []


async def test_the_day_of_completion_is_the_users(person: Person) -> None:
    task = await person.add("a")
    done = (await person.post(f"/api/tasks/{task['id']}/complete")).json()
    at = datetime.fromisoformat(done["completed_at"])
    zones = ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")  # 25 hours apart: they never share one date
    days = {zone: str(at.astimezone(ZoneInfo(zone)).date()) for zone in zones}
    assert len(set(days.values())) > 1
    for day in set(days.values()):
        found = {zone: len(await person.all(completed_from=day, completed_to=day, timezone=zone)) for zone in zones}
        assert found == {zone: int(its == day) for zone, its in days.items()}


async def test_words_are_found_anywhere_without_regard_to_case(person: Person) -> None:
    await person.add("Call the Dentist", notes="bring CARD", tags=["Health"], project="Élan")
    await person.add("call mom")
    await person.add("100% of_it")
    for search, found in {
        "dentist call": ["Call the Dentist"],
        "CALL": ["Call the Dentist", "call mom"],
        "card health élan": ["Call the Dentist"],
        "ÉLAN": ["Call the Dentist"],
        "dentist mom": [],
        "%": ["100% of_it"],
        "f_i": ["100% of_it"],
        "l_m": [],
        "  ": ["Call the Dentist", "call mom", "100% of_it"],
    }.items():
        assert titles(await person.all(search=search, sort="created")) == found, search


async def test_unicode_is_folded_on_both_sides(person: Person) -> None:
    await person.add("Straße kaufen", tags=["ÄRGER"], project="ΣΊΣΥΦΟΣ")
    assert len(await person.all(search="STRASSE")) == 1
    assert len(await person.all(tag="ärger")) == 1
    assert len(await person.all(project="σίσυφος")) == 1


async def test_tag_project_and_priority_are_compared_whole(person: Person) -> None:
    await person.add("a", tags=["work", "deep"], project="Home", priority="high")
    await person.add("b", tags=["workshop"], project="Homework")
    assert titles(await person.all(tag="#WORK")) == ["a"]
    assert titles(await person.all(project="home")) == ["a"]
    assert titles(await person.all(priority="high")) == ["a"]
    assert titles(await person.all(tag="deep", project="Home", priority="low")) == []


async def test_orders_and_their_reverse(person: Person) -> None:
    await person.add("Beta", due="2026-03-06", priority="low", order=3)
    await person.add("alpha", due="2026-03-06T08:00", priority="high", order=1)
    await person.add("gamma", order=2)
    await person.add("Delta", due="2025-01-01", priority="medium", order=2)
    for sort, found in {
        "due": ["Delta", "Beta", "alpha", "gamma"],
        "-due": ["alpha", "Beta", "Delta", "gamma"],
        "created": ["Beta", "alpha", "gamma", "Delta"],
        "-created": ["Delta", "gamma", "alpha", "Beta"],
        "priority": ["alpha", "Delta", "Beta", "gamma"],
        "title": ["alpha", "Beta", "Delta", "gamma"],
        "-title": ["gamma", "Delta", "Beta", "alpha"],
        "order": ["alpha", "gamma", "Delta", "Beta"],
    }.items():
        assert titles(await person.all(sort=sort)) == found, sort
    first = (await person.all(sort="created"))[0]
    await person.patch(f"/api/tasks/{first['id']}", json={"notes": "touched"})
    assert titles(await person.all(sort="-updated"))[0] == "Beta"


async def pages(person: Person, **query: object) -> list[object]:
    found: list[object] = []
    cursor = None
    while True:
        params = {"limit": 3, **query, **({"cursor": cursor} if cursor else {})}
        page = (await person.get("/api/tasks", params=params)).json()
        found += titles(page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_pages_together_are_the_whole_list_in_every_order(person: Person) -> None:
    for index in range(10):
        due = f"2026-03-0{index % 3 + 1}" if index % 4 else None
        await person.add(f"t{index}", due=due, priority=["high", "low", None][index % 3], order=index % 2)
    names = ("due", "created", "updated", "priority", "title", "order")
    for sort in [sign + name for name in names for sign in ("", "-")]:
        assert await pages(person, sort=sort) == titles(await person.all(sort=sort)), sort


async def test_the_total_counts_every_page(person: Person) -> None:
    for index in range(5):
        await person.add(f"t{index}", tags=["x"] if index else [])
    page = (await person.get("/api/tasks", params={"limit": 2, "count": True, "tag": "x"})).json()
    assert (len(page["items"]), page["total"]) == (2, 4)
    assert "total" not in (await person.get("/api/tasks")).json()


async def test_a_page_neither_skips_nor_repeats_while_tasks_come_and_go(person: Person) -> None:
    tasks = [await person.add(f"t{index}", due=f"2026-03-{index + 10}") for index in range(6)]
    first = (await person.get("/api/tasks", params={"limit": 3})).json()
    await person.add("earlier", due="2026-03-01")
    await person.delete(f"/api/tasks/{tasks[0]['id']}")
    await person.delete(f"/api/tasks/{tasks[2]['id']}")  # the last one shown, at which the cursor stands
    await person.post(f"/api/tasks/{tasks[1]['id']}/complete")
    await person.add("later", due="2026-03-30")
    second = (await person.get("/api/tasks", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert titles(first["items"] + second["items"]) == ["t0", "t1", "t2", "t3", "t4", "t5"]
    third = (await person.get("/api/tasks", params={"limit": 3, "cursor": second["next_cursor"]})).json()
    assert (titles(third["items"]), third["next_cursor"]) == (["later"], None)


async def test_a_cursor_belongs_to_its_order(person: Person) -> None:
    for index in range(3):
        await person.add(f"t{index}")
    cursor = (await person.get("/api/tasks", params={"limit": 1, "sort": "title"})).json()["next_cursor"]
    answer = await person.get("/api/tasks", params={"sort": "due", "cursor": cursor})
    assert answer.status_code == 404 and "same order" in answer.json()["detail"]
