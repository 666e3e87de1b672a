"""A door before the server that shows the token: for suites that cannot sign in."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "upgrade"}
PIECE = 65_536


@contextmanager
def showing(token: str, address: str) -> Iterator[str]:
    """The address of a server on 127.0.0.1 that passes everything on to ``address``, as the token's holder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(token, urlsplit(address).netloc))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(token: str, place: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Passes a request on, whatever its method; the answer ends with the connection."""

        def __getattr__(self, name: str) -> object:
            if name.startswith("do_"):
                return self._pass_on
            raise AttributeError(name)

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            headers.setdefault("Authorization", f"Bearer {token}")
            upstream = http.client.HTTPConnection(place, timeout=60)
            try:
                upstream.request(self.command, self.path, body=body or None, headers=headers)
                with suppress(BrokenPipeError, ConnectionResetError):  # a suite may hang up on an answer that streams
                    self._answer(upstream.getresponse())
            finally:
                upstream.close()

        def _answer(self, answer: http.client.HTTPResponse) -> None:
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            while piece := answer.read1(PIECE):
                self.wfile.write(piece)
                self.wfile.flush()

        def log_message(self, *_arguments: object) -> None:
            """Nothing: the suite tells what it did."""

    return Handler
