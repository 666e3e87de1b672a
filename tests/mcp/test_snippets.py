"""The snippets of docs/mcp.md: those that can run here do, and the settings page has the same."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.mcp.calling import Caller
from tests.mcp.serving import new_token, real_backend

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "mcp.md").read_text()
SNIPPETS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
ADDRESS, TOKEN = "http://localhost:3000", "todo_YOUR_TOKEN"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_backend(tmp_path_factory.mktemp("data")) as address:
        yield address


def filled(language: str, number: int = 0, *, address: str) -> str:
    """A snippet with a server's address and someone's token in it."""
    text = [text for name, text in SNIPPETS if name == language][number]
    return text.replace(ADDRESS, address).replace(TOKEN, new_token(address))


def test_python(server: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", filled("python", address=server)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    added, pending = run.stdout.splitlines()
    assert "'status': 'created'" in added
    assert "'tasks': [{'task_id': 1, 'status': 'pending', 'title': 'Buy milk'}]" in pending


def test_typescript(server: str, typescript: Path) -> None:
    run = subprocess.run(
        ["node", "--input-type=module", "-e", filled("js", address=server)], cwd=typescript,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    added, pending = map(json.loads, run.stdout.splitlines())
    assert added["status"] == "created"
    assert pending["tasks"] == [{"task_id": 1, "status": "pending", "title": "Buy milk"}]


def test_curl(server: str) -> None:
    run = subprocess.run(
        ["sh", "-c", filled("sh", address=server)], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(run.stdout)["result"]["structuredContent"]["status"] == "created"


async def test_desktop(server: str) -> None:
    program = json.loads(filled("json", address=server))["mcpServers"]["todo"]
    assert program["command"].endswith("/todo")
    argv = StdioServerParameters(command=str(ROOT / "todo"), args=program["args"], env=program["env"], cwd="/")
    async with Caller(argv) as client:
        assert (await client.do("add_task", title="Buy milk"))["task_id"] == 1


@pytest.mark.parametrize(("number", "key"), [(1, "servers"), (2, "mcpServers")])
async def test_editors(server: str, number: int, key: str) -> None:
    entry = json.loads(filled("json", number, address=server))[key]["todo"]
    async with (
        httpx2.AsyncClient(headers=entry["headers"]) as http,
        Caller(streamable_http_client(entry["url"], http_client=http)) as client,
    ):
        assert (await client.do("add_task", title="Buy milk"))["task_id"] == 1


def test_the_settings_page_has_the_same() -> None:
    shown = (ROOT / "frontend" / "lib" / "settings" / "snippets.ts").read_text().replace("\\\\", "\\")
    for _, text in SNIPPETS:
        assert text.strip().replace(ADDRESS, "${origin}").replace(TOKEN, "${token}") in shown


def test_every_tool_and_resource_is_described() -> None:
    from backend.mcp.catalogue import DESCRIBED
    from backend.mcp.resources import _LISTS, _TEMPLATES

    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert list(rows) == list(DESCRIBED)
    for path in (*_LISTS, *_TEMPLATES):
        assert f"todo://{path}" in PAGE
