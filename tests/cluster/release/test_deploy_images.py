"""The frontend's image as it is built: one image serves two backends, and streams pass through unbuffered."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests.cluster.seen import ENGINE_IS_HERE
from tests.cluster.tree import Tree, wait_for

pytestmark = pytest.mark.cluster
PAUSE = 2.0  # seconds between the two parts of a stream


def backend(name: str) -> ThreadingHTTPServer:
    """A backend that says who it is, and streams two parts with a pause between."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/api/events"):
                self._stream()
                return
            body = json.dumps({"backend": name}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            for part in (b"data: first\n\n", b"data: second\n\n"):
                self.wfile.write(part)
                self.wfile.flush()
                time.sleep(PAUSE)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def two_pages(tree: Tree) -> Iterator[tuple[str, str]]:
    """Two containers of the same image, each over its own backend; the addresses of their pages."""
    tree.deployed()
    servers = [backend(name) for name in ("one", "two")]
    ports = ("3405", "3406")
    argv = ["docker", "run", "--detach", "--rm", "--network", "host", "--read-only", "--tmpfs", "/app/.next/cache"]
    containers = [
        subprocess.run(
            [*argv, "--env", f"PORT={port}", "--env", f"NEXT_PUBLIC_API_URL=http://127.0.0.1:{server.server_port}",
             "todo-frontend:latest"],
            check=True, capture_output=True, text=True,
        ).stdout.strip()
        for port, server in zip(ports, servers, strict=True)
    ]  # fmt: skip
    try:
        pages = tuple(f"http://127.0.0.1:{port}" for port in ports)
        wait_for(lambda: all(_answers(page) for page in pages), limit=60)
        yield pages[0], pages[1]
    finally:
        subprocess.run(["docker", "rm", "--force", *containers], check=True, capture_output=True)
        for server in servers:
            server.shutdown()


def _answers(page: str) -> bool:
    try:
        return httpx.get(page, timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


@pytest.mark.skipif(not ENGINE_IS_HERE, reason="containers of the node's engine do not reach this machine's loopback")
def test_one_image_serves_two_backends_and_streams_unbuffered(two_pages: tuple[str, str]) -> None:
    told = [httpx.get(f"{page}/api/tasks", timeout=20, trust_env=False).json() for page in two_pages]
    assert told == [{"backend": "one"}, {"backend": "two"}]
    with httpx.stream("GET", f"{two_pages[0]}/api/events", timeout=20, trust_env=False) as answer:
        arrivals = [(time.monotonic(), part) for part in answer.iter_text() if part.strip()]
    assert [part.strip() for _, part in arrivals] == ["data: first", "data: second"]
    assert arrivals[1][0] - arrivals[0][0] > PAUSE / 2
