"""The streams, read by the AI SDK's own reader: what it refuses, `useChat` would refuse too."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, cuts
from tests.assistant.chatting import user_message
from tests.support.servers import Server, serving, signed_up

SCRIPT = Path(__file__).with_name("sdk_client.mjs")
PACKAGES = Path(__file__).parents[3] / "frontend"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (PACKAGES / "node_modules" / "ai").exists(),
    reason="needs Node and the page's packages: run `npm ci` in frontend/",
)


class Page:
    """A page with one conversation, as far as the SDK keeps it."""

    def __init__(self, address: str, client: httpx.AsyncClient) -> None:
        self.address, self.client = address, client
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str) -> dict[str, Any]:
        self.messages.append(user_message(text))
        return self.send()

    def send(self) -> dict[str, Any]:
        token = self.client.headers["Authorization"].removeprefix("Bearer ")
        argv = ["node", str(SCRIPT), str(PACKAGES), self.address, token, "c1", json.dumps(self.messages)]
        ran = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, ran.stderr
        message: dict[str, Any] = json.loads(ran.stdout)
        if self.messages[-1]["role"] == "assistant":
            self.messages.pop()
        self.messages.append(message)
        return {part["type"]: part for part in message["parts"]}


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    with serving(tmp_path, f"sqlite:///{tmp_path / 'todo.db'}") as server:
        async with signed_up(server.address) as client:
            yield Page(server.address, client)


async def test_a_change_is_a_call_a_receipt_and_words(page: Page) -> None:
    parts = page.say("add buy milk")
    assert parts["tool-add_task"]["state"] == "output-available"
    assert parts["data-receipt"]["data"]["changes"][0]["after"]["title"] == "buy milk"
    assert parts["text"] == {"type": "text", "text": 'Added "buy milk".', "state": "done"}


async def test_what_is_kept_is_what_the_sdk_made_of_it(page: Page) -> None:
    page.say("add buy milk")
    kept = (await page.client.get("/api/conversations/c1")).json()["messages"]
    assert [message["id"] for message in kept] == [message["id"] for message in page.messages]
    made = [part for part in page.messages[1]["parts"] if part["type"] != "step-start"]
    assert kept[1]["parts"] == [{key: part[key] for key in part if key != "title"} for part in made]


async def test_a_question_is_answered_by_the_sdks_approval(page: Page) -> None:
    for title in ("one", "two"):
        page.say(f"add {title}")
    parts = page.say("delete all my tasks")
    call = parts["tool-delete_task"]
    assert call["state"] == "approval-requested" and len(parts["data-approval"]["data"]["calls"][0]["tasks"]) == 2
    for part in page.messages[-1]["parts"]:
        if part["type"] == "tool-delete_task":
            part |= {"state": "approval-responded", "approval": {**part["approval"], "approved": True}}
    answered = page.send()
    assert answered["tool-delete_task"]["state"] == "output-available"
    assert (await page.client.get("/api/tasks")).json()["items"] == []


async def test_a_question_is_answered_by_words(page: Page) -> None:
    for title in ("one", "two"):
        page.say(f"add {title}")
    page.say("delete all my tasks")
    assert page.say("no")["text"]["text"] == "All right, nothing was changed."
    page.say("delete all my tasks")
    assert page.say("yes")["tool-delete_task"]["state"] == "output-available"


@pytest.fixture
def hosted(tmp_path: Path, model: ScriptedModel) -> Iterator[Server]:
    variables = {"OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": model.address, "TODO_MODEL": "scripted"}
    with serving(tmp_path, f"sqlite:///{tmp_path / 'todo.db'}", **variables) as server:
        yield server


async def test_a_model_that_breaks_off_leaves_no_call_open(hosted: Server, model: ScriptedModel) -> None:
    model.plays(calls(("add_task", {"title": "tea"})), cuts('{"title": "never', call="add_task"))
    async with signed_up(hosted.address) as client:
        page = Page(hosted.address, client)
        await asyncio.to_thread(page.say, "add tea and milk")
    states = [part["state"] for part in page.messages[-1]["parts"] if part["type"] == "tool-add_task"]
    assert states == ["output-available", "output-error"]
