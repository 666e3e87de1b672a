"""The lists as resources."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from mcp.shared.exceptions import MCPError

from tests.mcp.calling import Caller, calling
from tests.support.people import Person


async def read(client: Caller, uri: str) -> Any:
    [content] = (await client.read_resource(uri)).contents
    assert (str(content.uri), content.mime_type) == (uri, "application/json")
    return json.loads(content.text)


async def titles(client: Caller, uri: str) -> list[str]:
    return [task["title"] for task in (await read(client, uri))["tasks"]]


async def test_each_list(app: FastAPI, person: Person, token: str) -> None:
    today = datetime.now(UTC).date()
    await person.add("late", due=str(today - timedelta(days=2)), timezone="UTC")
    await person.add("now", due=str(today), timezone="UTC", project="Home / Garden", tags=["a b"])
    await person.add("later", due=str(today + timedelta(days=2)), timezone="UTC")
    done = await person.add("done", project="Home / Garden")
    await person.post(f"/api/tasks/{done['id']}/complete")
    async with calling(app, token) as client:
        assert await titles(client, "todo://today") == ["late", "now"]
        assert await titles(client, "todo://overdue") == ["late"]
        assert await titles(client, "todo://pending") == ["late", "now", "later"]
        assert await titles(client, "todo://completed") == ["done"]
        assert await titles(client, "todo://project/Home%20%2F%20Garden") == ["now"]
        assert await titles(client, "todo://tag/a%20b") == ["now"]
        assert (await read(client, "todo://task/2"))["project"] == "Home / Garden"


async def test_today_is_the_users(app: FastAPI, person: Person, token: str) -> None:
    """Kiritimati is 25 hours ahead of Niue: one day there is never the other's."""
    east, west = "Pacific/Kiritimati", "Pacific/Niue"
    await person.patch("/api/me", json={"timezone": west})
    now = datetime.now(UTC)
    await person.add("today in the east", due=str((now + timedelta(hours=14)).date()), timezone=east)
    async with calling(app, token) as client:
        assert await titles(client, "todo://today") == []
    async with calling(app, token, **{"X-Timezone": east}) as client:
        assert await titles(client, "todo://today") == ["today in the east"]


async def test_they_are_listed(app: FastAPI, person: Person, token: str) -> None:
    await person.add("a", project="Home / Garden")
    async with calling(app, token) as client:
        listed = [str(resource.uri) for resource in (await client.list_resources()).resources]
        for uri in listed:
            await read(client, uri)
        templates = [item.uri_template for item in (await client.list_resource_templates()).resource_templates]
    assert listed == [
        "todo://today",
        "todo://overdue",
        "todo://pending",
        "todo://completed",
        "todo://project/Home%20%2F%20Garden",
    ]
    assert templates == ["todo://project/{name}", "todo://tag/{name}", "todo://task/{task_id}"]


async def test_projects_come_in_pages(app: FastAPI, person: Person, token: str) -> None:
    async with calling(app, token) as client:
        for start in (0, 100):
            tasks = [{"title": "t", "project": f"Project {number:03}"} for number in range(start, start + 100)]
            await client.do("add_tasks", tasks=tasks)
        await client.do("add_task", title="t", project="Project 200")
        names, cursor, pages = [], None, 0
        while pages == 0 or cursor:
            page = await client.list_resources(cursor=cursor)
            names += [resource.name for resource in page.resources if resource.name.startswith("Project")]
            cursor, pages = page.next_cursor, pages + 1
    assert (names, pages) == ([f"Project {number:03}" for number in range(201)], 3)


@pytest.mark.parametrize(
    "uri",
    ["todo://nowhere", "todo://task/0", "todo://task/x", "todo://project/", "todo://today/x", "todo://", "http://today",
     "todo://project/%00", "todo://[", "nonsense", "todo://task/99999999999"],
)  # fmt: skip
async def test_what_is_not_there(app: FastAPI, token: str, uri: str) -> None:
    async with calling(app, token) as client:
        with pytest.raises(MCPError, match="no such resource"):
            await client.read_resource(uri)


async def test_anothers_task_is_not_there(app: FastAPI, stranger: Person, token: str) -> None:
    await stranger.add("a secret", project="Hidden")
    async with calling(app, token) as client:
        assert await titles(client, "todo://project/Hidden") == []
        with pytest.raises(MCPError, match="no such resource"):
            await client.read_resource("todo://task/1")
