"""What a program can be let do: rehearse, take back, and nothing beyond its token."""

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from backend.journal.models import JournalRow
from backend.tasks.models import Completion, Task
from backend.tokens.models import AccessToken
from tests.mcp.calling import calling
from tests.support.people import Person
from tests.support.tokens import make_token

WRITES = {
    "add_task": {"title": "new"},
    "add_tasks": {"tasks": [{"title": "new"}, {"title": "newer"}]},
    "complete_task": {"task_id": 1},
    "reopen_task": {"task_id": 2},
    "delete_task": {"task_id": 1},
    "update_task": {"task_id": 1, "title": "other"},
    "reschedule_task": {"task_id": 1, "shift": "P1D"},
    "undo": {},
    "redo": {},
    "set_reminders": {"task_id": 1, "reminders": [{"before": "PT30M"}]},
    "snooze_task": {"task_id": 1, "minutes": 10},
    "change_reminder_settings": {"digest_at": "07:00"},
}


async def furnish(person: Person) -> None:
    await person.add("weekly", due="2030-03-05", recurrence="FREQ=WEEKLY", timezone="UTC")
    done = await person.add("done")
    await person.post(f"/api/tasks/{done['id']}/complete")
    await person.add("undone")
    await person.post("/api/undo")


async def everything(app: FastAPI, person: Person) -> list[object]:
    """All that the database holds of this person's list, counters too."""
    async with app.state.database.read() as session:
        tasks = (await session.execute(select(Task.__table__).where(Task.user_id == person.id))).all()
        journal = (await session.execute(select(JournalRow.__table__).where(JournalRow.user_id == person.id))).all()
        completions = await session.scalar(select(func.count()).where(Completion.user_id == person.id))
    profile = (await person.get("/api/me")).json()
    settings = (await person.get("/api/reminders/settings")).json()
    return [sorted(map(str, tasks)), sorted(map(str, journal)), completions, profile, settings]


async def test_every_tool_that_writes_is_here(app: FastAPI, token: str) -> None:
    async with calling(app, token) as client:
        tools = (await client.list_tools()).tools
    assert {tool.name for tool in tools if not tool.annotations.read_only_hint} == set(WRITES)
    assert all("dry_run" in tool.input_schema["properties"] for tool in tools if tool.name in WRITES)


@pytest.mark.parametrize("tool", WRITES)
async def test_a_dry_run_writes_nothing(app: FastAPI, person: Person, token: str, tool: str) -> None:
    await furnish(person)
    async with calling(app, token) as client:
        before = await everything(app, person)
        rehearsed = await client.do(tool, **WRITES[tool], dry_run=True)
        assert await everything(app, person) == before
        assert rehearsed["dry_run"] is True
        assert rehearsed["would_change"]
        assert "undo_token" not in rehearsed
        real = await client.do(tool, **WRITES[tool])
        assert await everything(app, person) != before
        assert real["status"] == rehearsed["status"]


async def test_a_dry_run_tells_the_differences(app: FastAPI, person: Person, token: str) -> None:
    await furnish(person)
    async with calling(app, token) as client:
        changed = await client.do("update_task", task_id=1, title="other", due="2030-03-06", dry_run=True)
        [change] = changed["would_change"]
        assert change["fields"] == {"title": ["weekly", "other"], "due": ["2030-03-05", "2030-03-06"]}
        reopened = await client.do("reopen_task", task_id=2, dry_run=True)
        assert reopened["would_change"][0]["fields"] == {"status": ["completed", "pending"]}
        added = await client.do("add_task", title="new", description="d", dry_run=True)
        assert added["task_id"] is None
        assert added["would_change"] == [{"change": "create", "title": "new", "description": "d"}]


async def test_a_dry_run_finds_what_the_run_would(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        rule = {"title": "t", "due": "2030-01-01", "recurrence": "FREQ=HOURLY"}
        assert await client.refused("add_task", **rule, dry_run=True) == await client.refused("add_task", **rule)


@pytest.mark.parametrize(
    "tool", [tool for tool in WRITES if tool != "change_reminder_settings"]
)  # settings: no journal
async def test_every_write_can_be_undone_and_redone(app: FastAPI, person: Person, token: str, tool: str) -> None:
    await furnish(person)

    async def state() -> list[object]:
        kept = ("number", "title", "due", "recurrence", "status", "reminders")
        return [[task[name] for name in kept] for task in await person.all(sort="created")]

    async with calling(app, token) as client:
        before = await state()
        made = await client.do(tool, **WRITES[tool])
        after = await state()
        assert after != before
        undone = await client.do("undo", undo_token=made["undo_token"])
        assert (await state(), undone["undone"]) == (before, made["undo_token"])
        await client.do("undo", undo_token=undone["undo_token"])
        assert await state() == after


async def test_one_call_is_one_turn_by_mcp(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        made = await client.do("add_tasks", tasks=[{"title": "a"}, {"title": "b"}])
    async with app.state.database.read() as session:
        rows = (await session.scalars(select(JournalRow).where(JournalRow.user_id == person.id))).all()
    assert {(row.surface, row.turn_id) for row in rows} == {("mcp", made["undo_token"])}
    assert len(rows) == 2


async def test_undo_without_a_token_takes_the_latest_back(app: FastAPI, person: Person, token: str) -> None:
    await person.add("by the page")
    async with calling(app, token) as client:
        undone = await client.do("undo")
        assert undone["tasks"] == [{"task_id": 1, "status": "deleted", "title": "by the page"}]
        assert "nothing to undo" in await client.refused("undo")
        assert "undo token" in await client.refused("undo", undo_token="unknown")
    assert await person.all() == []


async def test_undo_refuses_what_was_changed_since(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        added = await client.do("add_task", title="mine")
        await client.do("update_task", task_id=1, title="changed since")
        assert "changed" in await client.refused("undo", undo_token=added["undo_token"])
    assert [task["title"] for task in await person.all()] == ["changed since"]


@pytest.mark.parametrize("tool", WRITES)
async def test_a_read_only_token_cannot_write(app: FastAPI, person: Person, read_token: str, tool: str) -> None:
    await furnish(person)
    before = await everything(app, person)
    async with calling(app, read_token) as client:
        for dry_run in (False, True):
            assert "may only read" in await client.refused(tool, **WRITES[tool], dry_run=dry_run)
    assert await everything(app, person) == before


async def test_a_read_only_token_reads(app: FastAPI, person: Person, read_token: str) -> None:
    await furnish(person)
    async with calling(app, read_token) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert names == {"list_tasks", "search_tasks", "list_projects", "list_changes", "list_reminders"}
        assert (await client.do("list_tasks"))["total"] == 2
        assert (await client.read_resource("todo://pending")).contents[0].text


async def test_nothing_of_another_user_is_there(app: FastAPI, person: Person, stranger: Person, token: str) -> None:
    theirs = await stranger.add("a secret", project="Hidden")
    change = (await stranger.patch(f"/api/tasks/{theirs['id']}", json={"title": "secret"})).headers["undo-token"]
    async with calling(app, token) as client:
        assert (await client.do("list_tasks", user_id=stranger.id))["tasks"] == []
        assert (await client.do("search_tasks", user_id=stranger.id, query="secret"))["tasks"] == []
        assert (await client.do("list_projects", user_id=stranger.id))["projects"] == []
        unknown = "0190a000-0000-7000-8000-000000000000"
        for tool in ("complete_task", "reopen_task", "delete_task"):
            said = await client.refused(tool, user_id=stranger.id, task_id=theirs["id"])
            assert said == await client.refused(tool, task_id=unknown)
            assert "no task 1." in await client.refused(tool, user_id=stranger.id, task_id=1)
        assert await client.refused("undo", undo_token=change) == await client.refused("undo", undo_token=unknown)
        await client.do("add_task", user_id=stranger.id, title="mine")
        assert [r.name for r in (await client.list_resources()).resources if "project" in r.uri] == []
    assert [task["title"] for task in await stranger.all()] == ["secret"]
    assert [task["title"] for task in await person.all()] == ["mine"]


async def test_the_tokens_use_is_noted(app: FastAPI, person: Person) -> None:
    made = await make_token(person)
    async with calling(app, made["token"]) as client:
        await client.do("list_tasks")
    async with app.state.database.read() as session:
        token = await session.get(AccessToken, made["id"])
    assert token is not None and token.last_used_at is not None
