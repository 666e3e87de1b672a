"""`./todo mcp`: the list for an assistant that starts its tools as programs, over standard input and output.

It holds nothing itself: each request goes on to the `/mcp` of a running Todo Chatbot.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import httpx2
import mcp_types as types
import typer
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp_types.version import LATEST_MODERN_VERSION

from cli.exits import CommandError, Exit
from cli.servers.folder import open_folder, read_servers

SECONDS = 60.0
T = TypeVar("T")
Context = ServerRequestContext[Any, Any]
Page = types.PaginatedRequestParams | None


def command(
    *,
    url: Annotated[
        str | None, typer.Option(envvar="TODO_URL", help="The page's address. Default: that of the running page.")
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="TODO_TOKEN", help="A personal access token, made on the settings page.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder of the running page. Default: .todo.")] = None,
) -> None:
    """Serve the list to a desktop assistant over standard input and output."""
    if not token:
        raise CommandError("Set TODO_TOKEN to a token from the settings page, or give --token.", code=Exit.USAGE)
    asyncio.run(serve(endpoint(url) if url else running_endpoint(data), token=token))


def endpoint(url: str) -> str:
    """The address to ask, given the page's or already with its path. Raises CommandError for what is no address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise CommandError(f"--url is an address such as http://localhost:3000, not {url!r}.", code=Exit.USAGE)
    return url if parts.path.strip("/") else url.rstrip("/") + "/mcp"


def running_endpoint(data: Path | None) -> str:
    """That of the page that runs on the data folder. Raises CommandError: nothing runs."""
    servers = read_servers(open_folder(data))
    if not servers:
        raise CommandError("Nothing runs on this data folder: ./todo up, or give --url.", code=Exit.NOT_RUNNING)
    return endpoint(servers[-1].address)


async def serve(url: str, *, token: str) -> None:
    """Pass on until standard input ends. Raises CommandError where the server is not there or refuses the token."""
    async with connection(token) as http:
        await check(http, url)
        upstream = Upstream(url, http)
        server = await relay(upstream)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())


@dataclass(frozen=True)
class Upstream:
    """Where requests go on to. Each stands alone, so a server that was away meanwhile is no matter."""

    url: str
    http: httpx2.AsyncClient

    async def ask(self, question: Callable[[Client], Awaitable[T]], *, mode: str = LATEST_MODERN_VERSION) -> T:
        """The answer. Raises MCPError: the server's own, or that it does not answer."""
        try:
            transport = streamable_http_client(self.url, http_client=self.http, terminate_on_close=False)
            async with Client(transport, mode=mode) as client:
                try:
                    return await question(client)
                except MCPError as error:
                    refusal = error
        except (ExceptionGroup, httpx2.TransportError) as error:
            message = f"{self.url} does not answer; nothing is known to have changed. Is it running?"
            raise MCPError(types.INTERNAL_ERROR, message) from error
        raise refusal


@asynccontextmanager
async def connection(token: str) -> AsyncIterator[httpx2.AsyncClient]:
    zone = local_zone()
    headers = {"Authorization": f"Bearer {token}"} | ({"X-Timezone": zone} if zone else {})
    async with httpx2.AsyncClient(headers=headers, timeout=SECONDS) as http:
        yield http


async def check(http: httpx2.AsyncClient, url: str) -> None:
    """One ping, so that what is wrong is said in a sentence."""
    ping = {"jsonrpc": "2.0", "id": 0, "method": "ping"}
    try:
        answer = await http.post(url, json=ping, headers={"Accept": "application/json, text/event-stream"})
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        raise CommandError(f"{url} does not answer ({error}). Is it running?", code=Exit.NOT_RUNNING) from error
    if answer.status_code != httpx2.codes.OK:
        raise CommandError(f"{url} refuses: {reason(answer)}", code=Exit.FAILED)


def reason(answer: httpx2.Response) -> str:
    """What the answer says, or its status where it says nothing that we know."""
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"


async def relay(upstream: Upstream) -> Server[Any]:
    """A server that asks ``upstream`` whatever it is asked; errors of the protocol pass through."""

    async def list_tools(_context: Context, page: Page) -> types.ListToolsResult:
        return await upstream.ask(lambda client: client.list_tools(cursor=page.cursor if page else None))

    async def call_tool(_context: Context, call: types.CallToolRequestParams) -> types.CallToolResult:
        return await upstream.ask(lambda client: client.call_tool(call.name, call.arguments))

    async def list_resources(_context: Context, page: Page) -> types.ListResourcesResult:
        return await upstream.ask(lambda client: client.list_resources(cursor=page.cursor if page else None))

    async def list_templates(_context: Context, page: Page) -> types.ListResourceTemplatesResult:
        return await upstream.ask(lambda client: client.list_resource_templates(cursor=page.cursor if page else None))

    async def read_resource(_context: Context, call: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return await upstream.ask(lambda client: client.read_resource(call.uri))

    about, instructions = await upstream.ask(introduction, mode="auto")
    return Server(
        about.name,
        version=about.version,
        title=about.title,
        instructions=instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


async def introduction(client: Client) -> tuple[types.Implementation, str | None]:
    return client.server_info or types.Implementation(name="todo", version=""), client.instructions


def local_zone() -> str | None:
    """This machine's IANA zone; None where it does not tell."""
    linked = str(Path("/etc/localtime").resolve()).rpartition("zoneinfo/")[2]
    return next((name for name in (os.environ.get("TZ"), linked) if name in available_timezones()), None)
