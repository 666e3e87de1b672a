"""The tools, called by the official client: what they answer and what they change."""

from datetime import date, timedelta

from fastapi import FastAPI

from tests.mcp.calling import calling
from tests.support.people import Person

ZONE = "Europe/Berlin"


async def test_the_five_of_the_contract(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        added = await client.do("add_task", user_id="someone", title="Buy groceries", description="Milk, eggs, bread")
        assert (added["task_id"], added["status"], added["title"]) == (1, "created", "Buy groceries")
        await client.do("add_task", user_id="someone", title="Call mom")
        updated = await client.do("update_task", user_id="someone", task_id=1, title="Buy groceries and fruits")
        assert (updated["task_id"], updated["status"], updated["title"]) == (1, "updated", "Buy groceries and fruits")
        done = await client.do("complete_task", user_id="someone", task_id=2)
        assert (done["task_id"], done["status"], done["title"]) == (2, "completed", "Call mom")
        listed = await client.do("list_tasks", user_id="someone")
        assert listed["tasks"] == [
            {"task_id": 1, "status": "pending", "title": "Buy groceries and fruits"},
            {"task_id": 2, "status": "completed", "title": "Call mom"},
        ]
        for status, number in (("pending", 1), ("completed", 2)):
            assert [task["task_id"] for task in (await client.do("list_tasks", status=status))["tasks"]] == [number]
        deleted = await client.do("delete_task", user_id="someone", task_id=1)
        assert (deleted["task_id"], deleted["status"], deleted["title"]) == (1, "deleted", "Buy groceries and fruits")
    assert [(task["title"], task["notes"]) for task in await person.all()] == [("Call mom", None)]


async def test_a_task_is_named_by_number_or_uuid(app: FastAPI, person: Person, token: str) -> None:
    task = await person.add("one")
    async with calling(app, token) as client:
        for name in (1, "1", "#1", task["id"], str(task["id"]).upper()):
            assert (await client.do("complete_task", task_id=name))["task_id"] == 1


async def test_all_fields_go_in_and_come_back(app: FastAPI, person: Person, token: str) -> None:
    fields = {"due": "2030-03-05T17:00", "timezone": ZONE, "priority": "high", "tags": ["a", "b"], "project": "Home"}
    async with calling(app, token) as client:
        added = await client.do(
            "add_task", title="t", description="d", recurrence="FREQ=WEEKLY", verbose=True, **fields
        )
    [task] = await person.all()
    assert {name: task[name] for name in fields} == fields
    assert (task["notes"], task["recurrence"]) == ("d", "FREQ=WEEKLY")
    assert {name: added[name] for name in fields} == fields
    assert (added["description"], added["id"]) == ("d", task["id"])


async def test_answers_are_small_unless_asked(app: FastAPI, person: Person, token: str) -> None:
    await person.add("t", due="2030-03-05", notes="long " * 100, project="Home", tags=["a"])
    async with calling(app, token) as client:
        assert (await client.do("list_tasks"))["tasks"] == [
            {"task_id": 1, "status": "pending", "title": "t", "due": "2030-03-05"}
        ]
        [whole] = (await client.do("list_tasks", verbose=True))["tasks"]
    assert {"id", "description", "project", "tags", "timezone"} <= whole.keys()


async def test_null_clears_a_field(app: FastAPI, person: Person, token: str) -> None:
    await person.add("t", due="2030-03-05", notes="n", priority="high", tags=["a"], project="Home")
    async with calling(app, token) as client:
        cleared = {"description": None, "due": None, "priority": None, "tags": None, "project": None}
        await client.do("update_task", task_id=1, **cleared)
    [task] = await person.all()
    assert [task[name] for name in ("notes", "due", "priority", "tags", "project")] == [None, None, None, [], None]


async def test_the_users_words_are_in_their_zone(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token, **{"X-Timezone": "Asia/Tokyo"}) as client:
        await client.do("add_task", title="in the program's", due="2030-01-01T09:00")
        await client.do("add_task", title="in its own", due="2030-01-01T09:00", timezone=ZONE)
    assert [task["timezone"] for task in await person.all(sort="created")] == ["Asia/Tokyo", ZONE]


async def test_completing_a_recurring_task_moves_it(app: FastAPI, person: Person, token: str) -> None:
    today = date.today()
    await person.add("gym", due=f"{today}T00:00", recurrence="FREQ=DAILY", timezone="UTC")
    async with calling(app, token) as client:
        done = await client.do("complete_task", task_id=1)
    assert (done["status"], done["next_due"][:10]) == ("completed", str(today + timedelta(days=1)))
    assert [task["status"] for task in await person.all()] == ["open"]


async def test_completing_twice_says_so(app: FastAPI, person: Person, token: str) -> None:
    await person.add("t")
    async with calling(app, token) as client:
        assert "unchanged" not in await client.do("complete_task", task_id=1)
        again = await client.do("complete_task", task_id=1)
        assert (again["status"], again["unchanged"], "undo_token" in again) == ("completed", True, False)
        assert (await client.do("reopen_task", task_id=1))["status"] == "reopened"
    assert [task["status"] for task in await person.all()] == ["open"]


async def test_a_batch_is_made_whole_or_not_at_all(app: FastAPI, person: Person, token: str) -> None:
    tasks = [{"title": f"task {number}", "project": "Trip"} for number in range(1, 4)]
    async with calling(app, token) as client:
        added = await client.do("add_tasks", tasks=tasks)
        assert (added["status"], added["count"]) == ("created", 3)
        assert [task["task_id"] for task in added["tasks"]] == [1, 2, 3]
        # The last one is well formed; that its rule cannot go with its due turns up when it is written.
        bad = {"title": "bad", "due": "2030-01-01", "recurrence": "FREQ=HOURLY"}
        assert "recurrence" in await client.refused("add_tasks", tasks=[{"title": "not kept"}, bad])
        assert "tasks.1.title" in await client.refused("add_tasks", tasks=[{"title": "not kept"}, {"title": " "}])
        assert len(await person.all()) == 3
        await client.do("undo", undo_token=added["undo_token"])
    assert await person.all() == []


async def test_rescheduling_keeps_recurrence_and_time(app: FastAPI, person: Person, token: str) -> None:
    await person.add("gym", due="2030-03-05T17:00", recurrence="FREQ=WEEKLY", timezone=ZONE)
    async with calling(app, token) as client:
        for arguments, due in (
            ({"due": "2030-03-07"}, "2030-03-07T17:00"),
            ({"shift": "P1D"}, "2030-03-08T17:00"),
            ({"shift": "-PT2H"}, "2030-03-08T15:00"),
            ({"due": "2030-03-09T08:30"}, "2030-03-09T08:30"),
        ):
            moved = await client.do("reschedule_task", task_id=1, **arguments)
            assert (moved["status"], moved["due"]) == ("rescheduled", due)
    [task] = await person.all()
    assert (task["recurrence"], task["timezone"]) == ("FREQ=WEEKLY", ZONE)


async def test_search_takes_words_and_filters(app: FastAPI, person: Person, token: str) -> None:
    await person.add("pay the rent", due="2030-01-01", project="Home", priority="high")
    await person.add("pay the gas bill", due="2020-01-01", tags=["bills"])
    await person.add("water plants", project="Home")
    async with calling(app, token) as client:
        for arguments, found in (
            ({"query": "pay"}, [1, 2]),
            ({"query": "the bill"}, [2]),
            ({"project": "home"}, [1, 3]),
            ({"tag": "bills"}, [2]),
            ({"priority": "high"}, [1]),
            ({"overdue": True}, [2]),
            ({"due_from": "2029-12-31", "due_to": "2030-01-01"}, [1]),
            ({"query": "pay", "project": "Home"}, [1]),
            ({"status": "completed"}, []),
        ):
            answer = await client.do("search_tasks", **arguments)
            assert sorted(task["task_id"] for task in answer["tasks"]) == found, arguments
            assert answer["total"] == len(found)


async def test_pages_follow_each_other(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        await client.do("add_tasks", tasks=[{"title": f"task {number}"} for number in range(7)])
        seen, cursor = [], None
        for _ in range(3):
            page = await client.do("list_tasks", limit=3, cursor=cursor)
            seen += [task["task_id"] for task in page["tasks"]]
            cursor = page.get("next_cursor")
        assert (seen, cursor) == ([1, 2, 3, 4, 5, 6, 7], None)
        assert "cursor" in await client.refused("list_tasks", cursor="nonsense")


async def test_projects_with_their_counts(app: FastAPI, person: Person, token: str) -> None:
    await person.add("a", project="Home")
    await person.add("b", project="Work")
    async with calling(app, token) as client:
        await client.do("complete_task", task_id=2)
        assert (await client.do("list_projects"))["projects"] == [
            {"name": "Home", "pending": 1, "completed": 0},
            {"name": "Work", "pending": 0, "completed": 1},
        ]
