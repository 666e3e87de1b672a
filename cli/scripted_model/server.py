"""The server of the scripted model: real HTTP on loopback, streaming and not, as an OpenAI-compatible one speaks it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.scripted_model.steps import Json, Step


@dataclass
class ScriptedModel:
    """``script`` is played step by step, one a request; its last step is repeated. ``requests`` are what came."""

    address: str = ""
    script: list[Step] = field(default_factory=list)
    requests: list[Json] = field(default_factory=list)

    def plays(self, *steps: Step) -> None:
        self.script, self.requests = list(steps), []

    async def answer(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return await step(body)


@asynccontextmanager
async def serve_model() -> AsyncIterator[ScriptedModel]:
    """The model on a free port, in this event loop."""
    model = ScriptedModel()
    server = server_of(model.answer)
    serving = asyncio.create_task(server._serve())  # serve() would take over the process's signals
    while not server.started:  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(0.01)
    model.address = address_of(server)
    try:
        yield model
    finally:
        server.should_exit = True
        await serving


@contextmanager
def threaded_model() -> Iterator[ScriptedModel]:
    """The same in a thread, for programs that are not asynchronous."""
    model = ScriptedModel()
    server = server_of(model.answer)
    thread = Thread(target=lambda: asyncio.run(server._serve()), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    model.address = address_of(server)
    try:
        yield model
    finally:
        server.should_exit = True
        thread.join()


def server_of(answer: Callable[[Request], Awaitable[Response]], *, port: int = 0) -> uvicorn.Server:
    """A server of chat completions; without a port, on a free one."""
    app = Starlette(routes=[Route("/v1/chat/completions", answer, methods=["POST"])])
    config = uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
    return uvicorn.Server(config)


def address_of(server: uvicorn.Server) -> str:
    """What a client is told as its base URL."""
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
