"""`./todo mcp`: started as a program by the official client, as a desktop assistant starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from cli.exits import Exit
from cli.servers.folder import DataFolder, Server, write_servers
from cli.servers.processes import Process
from tests.auth.conftest import free_port
from tests.mcp.calling import Caller
from tests.mcp.serving import new_token, real_backend

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from cli.main import main; main()", "mcp"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_backend(tmp_path_factory.mktemp("data")) as address:
        yield address


def environment(**values: str) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if name not in {"TODO_TOKEN", "TODO_URL", "TODO_DATA"}}
    return {**kept, "PYTHONPATH": str(ROOT), **values}


def desktop(*, mode: str = "auto", **values: str) -> Caller:
    argv = StdioServerParameters(command=PROGRAM[0], args=PROGRAM[1:], env=environment(**values), cwd=ROOT)
    return Caller(argv, mode=mode)


def failing(*arguments: str, **values: str) -> tuple[int, str]:
    """The exit code and what is said, where it cannot serve."""
    run = subprocess.run(
        [*PROGRAM, *arguments], env=environment(**values), cwd=ROOT, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.stdout == ""
    return run.returncode, run.stderr


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_a_desktop_assistant(server: str, mode: str) -> None:
    async with desktop(mode=mode, TODO_URL=server, TODO_TOKEN=new_token(server), TZ="Asia/Tokyo") as client:
        assert client.server_info.name == "todo-chatbot"
        assert "undo_token" in client.instructions
        assert "add_task" in {tool.name for tool in (await client.list_tools()).tools}
        added = await client.do("add_task", title="by the desktop", due="2030-01-01T09:00", verbose=True)
        assert added["timezone"] == "Asia/Tokyo"
        assert "no task 9" in await client.refused("complete_task", task_id=9)
        with pytest.raises(MCPError, match="Unknown tool"):
            await client.call_tool("nope", {})
        assert "by the desktop" in (await client.read_resource("todo://task/1")).contents[0].text
        assert len((await client.list_resources()).resources) == 4
        assert len((await client.list_resource_templates()).resource_templates) == 3
        await client.do("undo", undo_token=added["undo_token"])
        assert (await client.do("list_tasks"))["tasks"] == []


async def test_a_server_that_goes_and_comes_back(tmp_path: Path) -> None:
    port = free_port()
    with real_backend(tmp_path, port=port) as address:
        token = new_token(address)
        client = await desktop(TODO_URL=address, TODO_TOKEN=token).__aenter__()
    try:
        with pytest.raises(MCPError, match="does not answer"):
            await client.call_tool("list_tasks", {})
        with real_backend(tmp_path, port=port):
            assert (await client.do("list_tasks"))["tasks"] == []
    finally:
        await client.__aexit__(None, None, None)


async def test_it_finds_the_page_that_runs(server: str, tmp_path: Path) -> None:
    page = Server(name="page", process=Process(pid=1, birth=""), port=int(server.rpartition(":")[2]), log=tmp_path)
    write_servers(DataFolder(path=tmp_path), [page])
    argv = StdioServerParameters(
        command=PROGRAM[0],
        args=[*PROGRAM[1:], "--data", str(tmp_path)],
        env=environment(TODO_TOKEN=new_token(server)),
        cwd=ROOT,
    )
    async with Caller(argv) as client:
        assert (await client.do("list_tasks"))["tasks"] == []


def test_without_a_token(server: str) -> None:
    code, said = failing("--url", server)
    assert (code, "TODO_TOKEN" in said) == (Exit.USAGE, True)


def test_with_a_wrong_token(server: str) -> None:
    code, said = failing("--url", server, "--token", "todo_wrong")
    assert (code, "This token is not known" in said) == (Exit.FAILED, True)
    assert "Traceback" not in said


def test_with_nobody_there() -> None:
    code, said = failing("--url", "http://127.0.0.1:9", "--token", "todo_x")
    assert (code, "does not answer" in said) == (Exit.NOT_RUNNING, True)


def test_with_nothing_running(tmp_path: Path) -> None:
    code, said = failing("--data", str(tmp_path), "--token", "todo_x")
    assert (code, "./todo up" in said) == (Exit.NOT_RUNNING, True)


@pytest.mark.parametrize("url", ["localhost:3000", "ftp://x", "nonsense"])
def test_with_no_address(url: str) -> None:
    assert failing("--url", url, "--token", "todo_x")[0] == Exit.USAGE
