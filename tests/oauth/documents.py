"""A web server on this machine that has documents about apps."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Documents:
    """What stands at which path: a body as it is, a document, or where a path leads on."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.bodies: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[str] = []

    def put(self, path: str, **fields: Any) -> str:
        """Put a document there that is right but for ``fields``; its address."""
        document = {
            "client_id": self.url + path,
            "client_name": "Editor",
            "redirect_uris": ["http://127.0.0.1/callback"],
            "token_endpoint_auth_method": "none",
        }
        self.bodies[path] = json.dumps({**document, **fields}).encode()
        return self.url + path


@contextmanager
def documents() -> Iterator[Documents]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path)
            moved, body = held.moved.get(self.path), held.bodies.get(self.path)
            self.send_response(302 if moved else 200 if body is not None else 404)
            if moved:
                self.send_header("Location", moved)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held = Documents(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
