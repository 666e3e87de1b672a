"""The SDK's own MCP client, which signs in by OAuth through whatever browser it is given."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider, TokenStorage
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

T = TypeVar("T")
SECONDS = 60


class Kept(TokenStorage):
    """What the program remembers."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


class Program:
    """A program on this machine. ``page`` becomes the address that it wants opened in a browser."""

    def __init__(self, address: str, name: str) -> None:
        self.address = address
        self.kept = Kept()
        self.page: Future[str] = Future()
        self._returned: Future[str] = Future()
        self._server = HTTPServer(("127.0.0.1", 0), _returning(self._returned))
        redirect = f"http://127.0.0.1:{self._server.server_port}/callback"
        self._metadata = OAuthClientMetadata.model_validate({"client_name": name, "redirect_uris": [redirect]})

    def start(self, work: Callable[[Client], Awaitable[T]]) -> "Future[T]":
        """Do it with a client of the list, beside the test; the future's value is what it gave."""
        done: Future[T] = Future()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        threading.Thread(target=self._run, args=(work, done), daemon=True).start()
        return done

    def _run(self, work: Callable[[Client], Awaitable[Any]], done: "Future[Any]") -> None:
        try:
            done.set_result(asyncio.run(self._work(work)))
        except BaseException as error:
            done.set_exception(error)
        finally:
            self._server.shutdown()

    async def _work(self, work: Callable[[Client], Awaitable[T]]) -> T:
        signing_in = OAuthClientProvider(
            f"{self.address}/mcp",
            self._metadata,
            self.kept,
            redirect_handler=self._open,
            callback_handler=self._wait,
        )
        async with (
            httpx2.AsyncClient(auth=signing_in, timeout=SECONDS) as http,
            Client(streamable_http_client(f"{self.address}/mcp", http_client=http)) as client,
        ):
            return await work(client)

    async def _open(self, address: str) -> None:
        self.page.set_result(address)

    async def _wait(self) -> AuthorizationCodeResult:
        address = await asyncio.wait_for(asyncio.wrap_future(self._returned), SECONDS)
        told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if "code" not in told:
            raise PermissionError(told["error"])
        return AuthorizationCodeResult(code=told["code"], state=told.get("state"), iss=told.get("iss"))


def _returning(returned: "Future[str]") -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"You can close this page.")
            if self.path.startswith("/callback"):
                returned.set_result(self.path)

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    return Handler
