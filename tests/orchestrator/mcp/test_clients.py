"""The official TypeScript client, and the snippets of the page."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.mcp.catalogue import DESCRIBED
from tests.orchestrator.mcp.driving import argv, environment, helm_calls, records
from tests.orchestrator.standins import ROOT

CLIENT = ROOT / "tests" / "mcp" / "client"
PAGE = (ROOT / "docs" / "infra-orchestrator.md").read_text()


def test_the_typescript_client_asks_its_person_and_makes_the_change(tree: Path) -> None:
    node = shutil.which("node")
    if node is None or not (CLIENT / "node_modules" / "@modelcontextprotocol").exists():
        pytest.skip("the official TypeScript client is not installed: cd tests/mcp/client && npm ci")
    run = subprocess.run(
        [node, str(CLIENT / "infra.mjs"), *argv(tree, "mcp", "--allow-changes")],
        env=environment(tree), cwd=tree, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["server"]["name"] == "infra-orchestrator"
    assert seen["tools"] == list(DESCRIBED)
    assert seen["plan"]["structuredContent"]["due"] > 0
    assert seen["rollback"]["structuredContent"]["summary"] == "rolled back to revision 1"
    assert "typescript 1 wants to change the deployment" in seen["asked"][0]
    assert len(helm_calls(tree)) == 1
    assert records(tree)[1]["details"]["asked_by"] == "typescript 1, over MCP"


def snippets(language: str) -> list[str]:
    """The page's blocks in a language, with this checkout's program."""
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return [text.replace("/path/to/todo-chatbot/todo", str(ROOT / "todo")) for text in found]


def test_the_python_snippet_runs(tree: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", snippets("python")[0]],
        env={**environment(tree), "PATH": f"{tree}/bin:{tree}/plain:{Path(sys.executable).parent}:/usr/bin:/bin"},
        cwd=tree, capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    assert "'steps': [" in run.stdout


def test_the_clients_settings_start_what_there_is() -> None:
    desktop, editor = (json.loads(text) for text in snippets("json"))
    for entry in (desktop["mcpServers"]["infra-orchestrator"], editor["servers"]["infra-orchestrator"]):
        assert entry["command"] == str(ROOT / "todo")
        done = subprocess.run(
            [entry["command"], *entry["args"], "--help"], capture_output=True, text=True, timeout=60, check=True
        )
        assert "Serve these commands to an agent" in done.stdout
    assert " ".join(["todo", *editor["servers"]["infra-orchestrator"]["args"]]) in snippets("sh")[0]


def test_the_page_has_every_tool_and_argument() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert set(rows) == set(DESCRIBED)
    for name, tool in DESCRIBED.items():
        for argument in tool.input_schema["properties"]:
            shown = {"target": "a place", "context": "a place", "namespace": "a place"}.get(argument, f"`{argument}`")
            assert shown in rows[name] or argument == "approval"
