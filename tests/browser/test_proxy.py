"""The page's `/api` passes everything through, unbuffered, to whichever backend its environment names."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.browser.servers import Program, page_for


class Echo(BaseHTTPRequestHandler):
    """A backend that tells what reached it."""

    protocol_version = "HTTP/1.1"
    name: ClassVar[str]
    proceed: ClassVar[threading.Event]
    left: ClassVar[threading.Event]
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        if self.path.startswith("/api/stream"):
            self.stream()
        else:
            self.tell()

    def tell(self) -> None:
        self.asked.append(self.command)
        if self.path == "/api/broken" and len(self.asked) == 1:  # as a server does that goes away
            self.close_connection = True
            return
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length) if length else self.read_chunks()
        self.send_response(418)
        for name, value in [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; HttpOnly"), ("ETag", '"7"')]:
            self.send_header(name, value)
        told = "\n".join([self.name, self.command, self.path, body.decode(), *map(": ".join, self.headers.items())])
        self.send_header("Content-Length", str(len(told.encode())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(told.encode())

    def __getattr__(self, name: str) -> Callable[[], None]:
        """`http.server` looks for a `do_` function by the request's method; all but GET are told alike."""
        if name.startswith("do_"):
            return self.tell
        raise AttributeError(name)

    def read_chunks(self) -> bytes:
        if self.headers.get("transfer-encoding") != "chunked":
            return b""
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def stream(self) -> None:
        """One event, then others only once the test has seen the first; notes when the listener has left."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"data: first\n\n")
        self.proceed.wait(10)
        try:
            for _ in range(200):
                self.wfile.write(b"data: more\n\n")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.left.set()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def echo() -> Iterator[tuple[str, type[Echo]]]:
    yield from serving("one")


@pytest.fixture
def other_echo() -> Iterator[tuple[str, type[Echo]]]:
    yield from serving("two")


def serving(name: str) -> Iterator[tuple[str, type[Echo]]]:
    handler = type(
        "Handler", (Echo,), {"name": name, "proceed": threading.Event(), "left": threading.Event(), "asked": []}
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()


@pytest.fixture
def proxy(echo: tuple[str, type[Echo]], release: Path, tmp_path: Path) -> Iterator[Program]:
    program = page_for(echo[0], release=release, log=tmp_path / "page.log")
    program.start()
    yield program
    program.stop()


def test_one_build_serves_any_backend(
    proxy: Program, other_echo: tuple[str, type[Echo]], release: Path, tmp_path: Path
) -> None:
    other = page_for(other_echo[0] + "/", release=release, log=tmp_path / "other.log")
    other.start()
    try:
        answers = [httpx.get(program.address + "/api/who").text for program in (proxy, other)]
    finally:
        other.stop()
    assert [answer.splitlines()[0] for answer in answers] == ["one", "two"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_method_path_query_body_and_status_pass_through(proxy: Program, method: str) -> None:
    body = b"" if method == "GET" else '{"title": "Größe"}'.encode()
    answer = httpx.request(method, proxy.address + "/api/tasks/a%2Fb?tag=x%20y&tag=z", content=body)
    assert answer.status_code == 418
    verb, target, received = answer.text.splitlines()[1:4]
    assert (verb, received) == (method, body.decode())
    assert urlsplit(target).path == "/api/tasks/a%2Fb"
    assert parse_qsl(urlsplit(target).query) == [("tag", "x y"), ("tag", "z")]


@pytest.mark.parametrize(("method", "status", "asked"), [("GET", 418, 2), ("POST", 502, 1)])
def test_a_connection_that_breaks_is_asked_again_by_what_changes_nothing(
    proxy: Program, echo: tuple[str, type[Echo]], method: str, status: int, asked: int
) -> None:
    assert httpx.request(method, proxy.address + "/api/broken").status_code == status
    assert echo[1].asked == [method] * asked


def test_headers_pass_both_ways_but_those_of_one_connection(proxy: Program) -> None:
    sent = {
        "Idempotency-Key": "k",
        "If-Match": '"3"',
        "Cookie": "s=1",
        "Connection": "x-hop",
        "X-Hop": "1",
        "TE": "trailers",
    }
    answer = httpx.get(proxy.address + "/api/echo", headers={**sent, "Host": "todo.example"})
    told = answer.text.lower()
    assert "idempotency-key: k" in told
    assert 'if-match: "3"' in told
    assert "cookie: s=1" in told
    assert "x-hop" not in told
    assert "\nte: " not in told
    assert "x-forwarded-host: todo.example" in told
    assert "x-forwarded-proto: http" in told
    assert "x-forwarded-for: 127.0.0.1" in told.replace("::ffff:", "")
    assert answer.headers.get_list("set-cookie") == ["a=1; Path=/", "b=2; HttpOnly"]
    assert answer.headers["etag"] == '"7"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_without_length_is_streamed_on(proxy: Program) -> None:
    def parts() -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    answer = httpx.post(proxy.address + "/api/upload", content=parts())
    assert answer.text.splitlines()[3] == "one two"


def test_events_arrive_before_the_stream_ends_and_leaving_ends_it(proxy: Program, echo: tuple[str, type[Echo]]) -> None:
    with httpx.stream("GET", proxy.address + "/api/stream", headers={"Accept": "text/event-stream"}) as answer:
        lines = answer.iter_lines()
        assert next(lines) == "data: first"
        assert not echo[1].proceed.is_set()
        echo[1].proceed.set()
        assert "data: more" in (next(lines), next(lines), next(lines))
    assert echo[1].left.wait(10), "the backend was not told that the listener left"


def test_a_stop_ends_open_event_streams_soon(proxy: Program, echo: tuple[str, type[Echo]]) -> None:
    with httpx.stream("GET", proxy.address + "/api/stream", headers={"Accept": "text/event-stream"}) as answer:
        assert next(answer.iter_lines()) == "data: first"
        assert proxy.stop() < 5


def test_no_backend_is_a_problem_that_says_so(release: Path, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        program = page_for(address, release=release, log=tmp_path / "page.log")
        program.start()
        try:
            answer = httpx.get(program.address + "/api/tasks")
        finally:
            program.stop()
    assert answer.status_code == 502
    assert answer.headers["content-type"] == "application/problem+json"
    assert "can't be reached" in answer.json()["detail"]
