"""The server of the scripted model: real HTTP on loopback, streaming and not, as an OpenAI-compatible one speaks it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

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
    model = ScriptedModel()
    app = Starlette(routes=[Route("/v1/chat/completions", model.answer, methods=["POST"])])
    config = uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())  # serve() would take over the tests' signals
    while not server.started:  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(0.01)
    model.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.should_exit = True
        await serving
