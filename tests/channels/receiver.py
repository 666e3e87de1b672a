"""An HTTP server of the tests' own: a push service, or one that is shaped like ntfy's or a webhook's."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass
class Request:
    """What came: its path, its headers by lower-case names, its body."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """``status`` and ``headers`` are what it answers, ``by_size`` refuses bodies over so many bytes with 413.

    ``pause`` is how many seconds it takes to answer.
    """

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    by_size: int | None = None
    drip: bool = False
    pause: float = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self) -> Request:
        """The one request that came; it is forgotten."""
        assert len(self.requests) == 1, self.requests
        return self.requests.pop()

    def reset(self) -> None:
        self.requests.clear()
        self.status, self.headers, self.text, self.by_size, self.drip = 201, {}, "", None, False
        self.pause = 0

    def answer_of(self, body: bytes) -> int:
        return 413 if self.by_size is not None and len(body) > self.by_size else self.status


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A server until the block ends."""
    held = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            held.requests.append(Request(self.path, headers, body))
            sleep(held.pause)
            self.send_response(held.answer_of(body))
            for name, value in held.headers.items():
                self.send_header(name, value)
            content = held.text.encode()
            self.send_header("Content-Length", str(10_000 if held.drip else len(content)))
            self.end_headers()
            if held.drip:
                self._drip()
            self.wfile.write(content)

        do_PUT = do_GET = do_POST  # noqa: N815

        def _drip(self) -> None:
            try:
                for _ in range(600):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    sleep(0.1)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()


class Browser:
    """What subscribes to a push service: it alone can read what is pushed."""

    def __init__(self, endpoint: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"sixteen bytes ok"
        self.endpoint = endpoint

    @property
    def subscription(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": _encode(point), "auth": _encode(self.auth)}}

    def read(self, request: Request) -> dict[str, Any]:
        """The message, decrypted (RFC 8291)."""
        content = http_ece.decrypt(request.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return dict(json.loads(content))


def check_vapid(request: Request, *, audience: str, public_key: str) -> dict[str, Any]:
    """The claims, as a push service checks them (RFC 8292): signed by the key that is shown, and for this service."""
    scheme, _, rest = request.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert parts["k"] == public_key
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decode(parts["k"]))
    claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=audience)
    return dict(claims)


def _encode(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
