"""Prompts for a client's menu, and names that complete themselves."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference, ResourceTemplateReference

from tests.mcp.calling import Caller, calling
from tests.support.people import Person


async def lists(client: Caller, name: str, **arguments: str) -> dict[str, Any]:
    """What goes with a prompt, by its address."""
    messages = (await client.get_prompt(name, arguments)).messages
    assert messages[0].content.type == "text"
    embedded = [message.content for message in messages[1:]]
    return {str(one.resource.uri): json.loads(one.resource.text) for one in embedded}  # type: ignore[union-attr]


def titles(content: dict[str, Any]) -> list[str]:
    return [task["title"] for task in content["tasks"]]


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_prompts(app: FastAPI, token: str, mode: str) -> None:
    async with calling(app, token, mode=mode) as client:
        shown = (await client.list_prompts()).prompts
    assert [prompt.title for prompt in shown] == ["Plan my day", "Weekly review", "Clear my inbox"]


async def test_each_prompt_has_its_lists(app: FastAPI, person: Person, token: str) -> None:
    today = datetime.now(UTC).date()
    await person.add("late", due=str(today - timedelta(days=2)), timezone="UTC")
    await person.add("now", due=str(today), timezone="UTC", project="Home")
    await person.add("this week", due=str(today + timedelta(days=3)), timezone="UTC")
    await person.add("some day")
    done = await person.add("done", project="Home")
    await person.post(f"/api/tasks/{done['id']}/complete")
    async with calling(app, token, **{"X-Timezone": "UTC"}) as client:
        day = await lists(client, "plan_my_day")
        assert titles(day["todo://today"]) == ["late", "now"]
        assert titles((await lists(client, "plan_my_day", project="home"))["todo://today"]) == ["now"]
        week = await lists(client, "weekly_review")
        assert titles(week["todo://overdue"]) == ["late"]
        assert titles(week["todo://pending"]) == ["late", "now", "this week"]
        assert titles(week["todo://completed"]) == ["done"]
        assert titles((await lists(client, "clear_my_inbox"))["todo://pending"]) == ["some day"]


async def test_a_prompt_may_be_read_by_who_only_reads(app: FastAPI, read_token: str) -> None:
    async with calling(app, read_token) as client:
        assert await lists(client, "plan_my_day", day="2030-01-01")


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("nope", {}, "Unknown prompt: nope"),
        ("plan_my_day", {"day": "tomorrow"}, "YYYY-MM-DD"),
        ("plan_my_day", {"dya": "2030-01-01"}, "takes day, project"),
        ("clear_my_inbox", {"project": "x"}, "takes no arguments"),
        ("weekly_review", {"project": "x" * 101}, "at most 100"),
    ],
)
async def test_what_is_no_prompt(app: FastAPI, token: str, name: str, arguments: dict[str, str], told: str) -> None:
    async with calling(app, token) as client:
        with pytest.raises(MCPError, match=told):
            await client.get_prompt(name, arguments)


async def test_names_complete_themselves(app: FastAPI, person: Person, stranger: Person, token: str) -> None:
    await person.add("a", project="Garden", tags=["green"])
    await person.add("b", project="Home Garden")
    await person.add("c", project="Work")
    await stranger.add("d", project="Gardeners only")
    project = ResourceTemplateReference(uri="todo://project/{name}")
    async with calling(app, token) as client:
        found = (await client.complete(project, {"name": "name", "value": "gARD"})).completion
        assert (found.values, found.total, found.has_more) == (["Garden", "Home Garden"], 2, False)
        tags = await client.complete(ResourceTemplateReference(uri="todo://tag/{name}"), {"name": "name", "value": ""})
        assert tags.completion.values == ["green"]
        prompt = PromptReference(name="weekly_review")
        assert (await client.complete(prompt, {"name": "project", "value": "w"})).completion.values == ["Work"]
        with pytest.raises(MCPError, match="There is no prompt"):
            await client.complete(prompt, {"name": "colour", "value": "w"})
        with pytest.raises(MCPError, match="There is no resource"):
            await client.complete(ResourceTemplateReference(uri="file://x"), {"name": "name", "value": "w"})


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_every_tool_says_what_it_answers(app: FastAPI, token: str, mode: str) -> None:
    async with calling(app, token, mode=mode) as client:
        tools = (await client.list_tools()).tools
    assert all(tool.output_schema and tool.output_schema["required"] for tool in tools)
