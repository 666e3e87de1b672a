"""What is told of others' suites: results, waivers, the page, and the door that shows a token."""

import json
import re
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread
from typing import Any

import httpx
import mcp_types as types
import pytest
from mcp.server.lowlevel.server import Server

from cli.exits import CommandError, Exit
from cli.strangers.door import showing
from cli.strangers.fixtures import with_fixtures
from cli.strangers.report import PAGE, lines, page
from cli.strangers.results import Check, Result, State, Waiver, check, waived
from cli.strangers.run import SUITES, run_suites
from cli.strangers.suites.lines import printed
from cli.strangers.waivers import WAIVERS

ROOT = Path(__file__).resolve().parents[2]
RESULT = Result(
    suite="suite",
    version="1.2",
    checks=(check("a.one", passed=True), check("a.two", passed=False, detail="no\n  way"), check("b", passed=False)),
)
WAIVER = Waiver(suite="suite", names=re.compile(r"a\..*"), reason="It is of events.")


def test_a_waiver_is_for_what_failed_alone() -> None:
    assert [one.state for one in waived(RESULT, [WAIVER]).checks] == [State.PASSED, State.WAIVED, State.FAILED]
    assert waived(RESULT, [WAIVER]).checks[1].detail == "It is of events."
    assert waived(RESULT, [Waiver(suite="other", names=re.compile(".*"), reason="x")]) == RESULT
    assert (
        waived(RESULT, [Waiver(suite="suite", names=re.compile("a"), reason="x")]) == RESULT
    )  # a whole name, not a part


def test_the_page_tells_what_did_not_pass_and_why() -> None:
    text = page([waived(RESULT, [WAIVER])], day=date(2026, 1, 2))
    assert "| suite | 1.2 | 1 | 1 | 1 |" in text
    assert "- Waived: `a.two`. It is of events." in text
    assert text.index("- Failed: `b`.") < text.index("- Waived")
    assert lines([RESULT])[1] == "    a.two: no way"


def test_the_page_is_of_all_suites_and_of_no_failure() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| [^|]+ \| (\d+) \| (\d+) \| (\d+) \|$", (ROOT / PAGE).read_text(), re.MULTILINE)
    assert [row[0] for row in rows] == list(SUITES)
    assert [row[2] for row in rows] == ["0"] * len(rows)


@pytest.mark.parametrize("waiver", WAIVERS, ids=lambda waiver: f"{waiver.suite}-{waiver.names.pattern[:20]}")
def test_a_waiver_names_a_suite_and_a_reason(waiver: Waiver) -> None:
    assert waiver.suite in SUITES
    assert waiver.names.fullmatch("") is None
    assert waiver.reason.endswith(".")


def test_a_program_that_breaks_off_has_failed() -> None:
    line = json.dumps({"name": "adds", "passed": True, "detail": ""})
    assert printed(CompletedProcess([], 0, f"noise\n{line}\n", "")) == (Check(name="adds", state=State.PASSED),)
    broken = printed(CompletedProcess([], 1, line, "Traceback\nKeyError: 1\n"))
    assert [(one.name, one.state) for one in broken] == [("adds", State.PASSED), ("comes to its end", State.FAILED)]


def test_a_suite_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="no suite: vdirsyncer-todoman") as error:
        run_suites(["nonsense"])
    assert error.value.code == Exit.USAGE


@pytest.fixture
def behind() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_REPORT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = f"{self.command} {self.path} {self.headers['Authorization']} {body.decode()}".encode()
            self.send_response(207)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_door_shows_the_token(behind: str) -> None:
    with showing("todo_x", behind) as door, httpx.Client(trust_env=False) as client:
        answer = client.request("REPORT", f"{door}/a?b=c", content=b"d")
        assert (answer.status_code, answer.text) == (207, "REPORT /a?b=c Bearer todo_x d")
        own = client.request("REPORT", f"{door}/", content=b"d", headers={"Authorization": "Bearer own"})
        assert "Bearer own" in own.text


async def test_the_fixtures_stand_beside_the_servers_own() -> None:
    own = Server[Any]("own", on_list_tools=_own_tools, on_call_tool=_own_call, **_others())
    server = with_fixtures(own)
    listed: Any = await _ask(server, "tools/list", types.PaginatedRequestParams())
    assert [tool.name for tool in listed.tools][:2] == ["add_task", "test_simple_text"]
    told: Any = await _ask(server, "tools/call", types.CallToolRequestParams(name="test_simple_text"))
    assert told.content[0].text == "This is a simple text response for testing."
    told = await _ask(server, "tools/call", types.CallToolRequestParams(name="add_task"))
    assert told.content[0].text == "added"
    uri = "test://template/123/data"
    read: Any = await _ask(server, "resources/read", types.ReadResourceRequestParams(uri=uri))
    assert json.loads(read.contents[0].text)["id"] == "123"


async def _ask(server: Server[Any], method: str, params: Any) -> Any:
    entry = server.get_request_handler(method)
    assert entry is not None
    return await entry.handler(None, params)  # type: ignore[arg-type]  # none of these looks at who asks


async def _own_tools(_context: Any, _params: Any) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[types.Tool(name="add_task", input_schema={"type": "object"})])


async def _own_call(_context: Any, _params: Any) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text="added")])


def _others() -> dict[str, Any]:
    async def unknown(_context: Any, _params: Any) -> Any:
        raise AssertionError("the fixtures did not answer")

    return dict.fromkeys(("on_read_resource", "on_get_prompt", "on_completion"), unknown)
