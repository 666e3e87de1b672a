"""Subtasks over MCP: made under a task by its number, listed, moved, and completed with what is open."""

from fastapi import FastAPI

from tests.mcp.calling import calling
from tests.support.people import Person


async def test_a_checklist(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        await client.do("add_task", title="Groceries")
        await client.do("add_tasks", tasks=[{"title": "Milk", "parent_id": 1}, {"title": "Eggs", "parent_id": "#1"}])
        await client.do("complete_task", task_id=2)
        under = await client.do("list_tasks", parent_id=1)
        assert [(task["title"], task["status"]) for task in under["tasks"]] == [
            ("Milk", "completed"),
            ("Eggs", "pending"),
        ]
        parent = (await client.do("list_tasks"))["tasks"][0]
        assert parent["subtasks"] == {"open": 1, "done": 1}
        done = await client.do("complete_task", task_id=1)
        assert (done["status"], done["subtasks"]) == ("completed", {"open": 1, "done": 1})
        await client.do("reopen_task", task_id=1)
        await client.do("complete_task", task_id=1, subtasks="complete")
        assert {task["status"] for task in await person.all()} == {"done"}
        await client.do("update_task", task_id=3, parent_id=None)
        assert [task["parent_id"] for task in await person.all(search="Eggs")] == [None]
        rehearsed = await client.do("delete_task", task_id=1, dry_run=True)
        assert len(rehearsed["would_change"]) == 2
