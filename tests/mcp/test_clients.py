"""The official clients against a real server, by real HTTP."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client.streamable_http import streamable_http_client

from tests.mcp.calling import Caller
from tests.mcp.serving import new_token, real_backend


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_backend(tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture
def fresh_token(server: str) -> str:
    return new_token(server)


def test_the_typescript_client(server: str, fresh_token: str, typescript: Path) -> None:
    argv = ["node", str(typescript / "flow.mjs"), f"{server}/mcp", fresh_token]
    run = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    steps: dict[str, Any] = json.loads(run.stdout)
    assert "personal access token" in steps["refused"]
    assert "not known" in steps["refusedWrong"]
    assert steps["server"]["name"] == "todo-chatbot"
    assert set(steps["capabilities"]) == {"tools", "resources", "prompts", "completions"}
    assert steps["ping"] == {}
    assert {"add_task", "list_tasks", "complete_task", "delete_task", "update_task"} <= set(steps["tools"])
    assert steps["rehearsed"]["structuredContent"]["dry_run"] is True
    assert steps["empty"]["structuredContent"]["tasks"] == []
    assert steps["added"]["structuredContent"]["task_id"] == 1
    assert steps["completed"]["structuredContent"]["status"] == "completed"
    assert (steps["wrong"]["isError"], "no task 99" in steps["wrong"]["content"][0]["text"]) == (True, True)
    assert "todo://today" in steps["resources"]
    assert "from TypeScript" in steps["read"]["contents"][0]["text"]
    assert steps["undone"]["structuredContent"]["status"] == "undone"
    [task] = steps["listed"]["structuredContent"]["tasks"]
    assert task == {"task_id": 1, "status": "pending", "title": "from TypeScript", "due": "2030-01-01"}


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_python_client(server: str, fresh_token: str, mode: str) -> None:
    shown = {"Authorization": f"Bearer {fresh_token}"}
    async with (
        httpx2.AsyncClient(headers=shown) as http,
        Caller(streamable_http_client(f"{server}/mcp", http_client=http), mode=mode) as client,
    ):
        await client.do("add_task", title="never made", dry_run=True)
        assert (await client.do("list_tasks"))["tasks"] == []
        assert (await client.do("add_task", title="from Python"))["task_id"] == 1
        assert (await client.do("list_tasks"))["total"] == 1


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_python_client_without_a_token(server: str, mode: str) -> None:
    with pytest.raises(BaseExceptionGroup) as raised:
        async with Caller(f"{server}/mcp", mode=mode):
            pass
    assert "Send a personal access token" in repr(raised.value)
