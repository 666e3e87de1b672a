"""The scripted model as a server of its own: it answers at once, and stamps what it sends with the moment it left.

The first words are that moment and, after a tool's call, the nanoseconds since the call left: they hold the tool's
own time and all around it. The clock is the system's monotonic one, which every process of a machine shares.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.scripted_model.steps import Json, calls, streamed

GREETING = "good morning"
WORDS, PAUSE_SECONDS = 20, 0.01


async def answer(request: Request) -> Response:
    """Words to a greeting and after a tool's result; to anything else a task to add."""
    body: Json = await request.json()
    last = body["messages"][-1]
    now = time.monotonic_ns()
    if last["role"] == "tool" or GREETING in str(last["content"]):
        taken = now - int(last["tool_call_id"].rpartition("_")[2]) if last["role"] == "tool" else 0
        return await streamed(partial(_words, taken))(body)
    call = ("add_task", {"title": "buy milk", "due": "2031-01-01T17:00"})
    return await calls(call, mark=str(time.monotonic_ns()))(body)


async def _words(taken: int) -> AsyncIterator[str]:
    yield f"{time.monotonic_ns()} {taken} "
    for _ in range(WORDS):
        await asyncio.sleep(PAUSE_SECONDS)
        yield "well "


app = Starlette(routes=[Route("/v1/chat/completions", answer, methods=["POST"])])
