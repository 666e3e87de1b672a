"""A scripted HTTP server on loopback: an OpenAI-compatible model, or kagent's A2A endpoint."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What the server says to one request: a JSON value, or raw text; late by `seconds`; `drip`: a byte a moment."""

    body: Any
    status: int = 200
    seconds: float = 0.0
    drip: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        """As it goes over the wire."""
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


@dataclass
class Asked:
    """The requests so far: path, headers and body of each."""

    url: str
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


@contextmanager
def serving(*answers: Answer) -> Iterator[Asked]:
    """A server that gives the answers in order, the last one ever after."""
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked.requests.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
            answer = answers[min(len(asked.requests), len(answers)) - 1]
            closing.wait(answer.seconds)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self._send(answer)
            except OSError:
                return  # the client has had enough

        def _send(self, answer: Answer) -> None:
            for start in range(0, len(answer.bytes), 1 if answer.drip else len(answer.bytes)):
                self.wfile.write(answer.bytes[start : start + 1] if answer.drip else answer.bytes)
                if answer.drip:
                    self.wfile.flush()
                    time.sleep(0.05)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class' name
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    asked = Asked(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


def completion(content: str | None, *, finish: str = "stop", refusal: str | None = None) -> Answer:
    """A chat completion."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return Answer(
        {
            "id": "c1",
            "object": "chat.completion",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        }
    )
