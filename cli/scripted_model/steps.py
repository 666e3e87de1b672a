"""What the scripted model can do at one request: answer, call tools, fail, stall, break off, talk nonsense."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

Json = dict[str, Any]
Step = Callable[[Json], Awaitable[Response]]
USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}


def says(text: str) -> Step:
    """A plain answer, in two pieces."""
    return _step([{"content": text[: len(text) // 2]}, {"content": text[len(text) // 2 :]}], {"content": text}, "stop")


def streamed(words: Callable[[], AsyncIterator[str]]) -> Step:
    """An answer word by word, as they come."""

    async def pieces(body: Json) -> AsyncIterator[str]:
        async for word in words():
            yield _chunk(body, {"role": "assistant", "content": word})
        yield _chunk(body, {}, finish="stop", usage=USAGE)
        yield "data: [DONE]\n\n"

    return _raw(pieces)


def calls(*tools: tuple[str, object], mark: str = "scripted") -> Step:
    """Tool calls at once; arguments that are text are sent as they are, so they need not be JSON. Ids end in `mark`."""
    made = [
        {
            "id": f"call_{place}_{name}_{mark}",
            "type": "function",
            "function": {"name": name, "arguments": given if isinstance(given, str) else json.dumps(given)},
        }
        for place, (name, given) in enumerate(tools)
    ]
    deltas = [{"tool_calls": [{"index": place, **call}]} for place, call in enumerate(made)]
    return _step(deltas, {"content": None, "tool_calls": made}, "tool_calls")


def fails(status: int, *, code: str | None = None, kind: str = "error", **headers: str) -> Step:
    async def step(_body: Json) -> Response:
        error = {"message": "no such luck, sk-secret", "type": kind, "code": code, "param": None}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return JSONResponse({"error": error}, status_code=status, headers=named)

    return step


def stalls(after: str = "") -> Step:
    """Silence, at once or in the middle of an answer."""

    async def pieces(body: Json) -> AsyncIterator[str]:
        if after:
            yield _chunk(body, {"role": "assistant", "content": after})
        await asyncio.sleep(30)

    return _raw(pieces)


def cuts(after: str, *, call: str | None = None) -> Step:
    """The connection breaks in the middle of an answer, or of a tool call's arguments."""

    async def pieces(body: Json) -> AsyncIterator[str]:
        delta: Json = {"role": "assistant", "content": after}
        if call:
            function = {"name": call, "arguments": after}
            delta = {"tool_calls": [{"index": 0, "id": "call_cut", "type": "function", "function": function}]}
        yield _chunk(body, delta)
        await asyncio.sleep(0.05)
        raise ConnectionError("cut by the script")

    return _raw(pieces)


def garbles() -> Step:
    async def pieces(_body: Json) -> AsyncIterator[str]:
        yield "data: {this is no json\n\n"

    return _raw(pieces)


def drips(text: str) -> Step:
    """A little every fifth of a second, without end."""

    async def pieces(body: Json) -> AsyncIterator[str]:
        for _ in range(500):
            yield _chunk(body, {"role": "assistant", "content": text})
            await asyncio.sleep(0.2)

    return _raw(pieces)


def breaks(after: str) -> Step:
    """An error as an event of the stream, after it has begun."""

    async def pieces(body: Json) -> AsyncIterator[str]:
        yield _chunk(body, {"role": "assistant", "content": after})
        error = {"message": "no such luck, sk-secret", "type": "server_error", "code": None}
        yield f"data: {json.dumps({'error': error})}\n\n"

    return _raw(pieces)


def page(text: str) -> Step:
    """A page for people."""

    async def step(_body: Json) -> Response:
        return HTMLResponse(text)

    return step


def _step(deltas: list[Json], message: Json, finish: str) -> Step:
    async def step(body: Json) -> Response:
        if not body.get("stream"):
            choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}
            return JSONResponse({**_head(body, "chat.completion"), "choices": [choice], "usage": USAGE})
        chunks = [_chunk(body, delta) for delta in deltas]
        last = _chunk(body, {}, finish=finish, usage=USAGE)
        return StreamingResponse(_all([*chunks, last, "data: [DONE]\n\n"]), media_type="text/event-stream")

    return step


def _raw(pieces: Callable[[Json], AsyncIterator[str]]) -> Step:
    async def step(body: Json) -> Response:
        return StreamingResponse(pieces(body), media_type="text/event-stream")

    return step


async def _all(pieces: list[str]) -> AsyncIterator[str]:
    for piece in pieces:
        yield piece


def _head(body: Json, kind: str) -> Json:
    return {"id": "chat-1", "object": kind, "created": 1_760_000_000, "model": body["model"]}


def _chunk(body: Json, delta: Json, *, finish: str | None = None, usage: Json | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {**_head(body, "chat.completion.chunk"), "choices": [choice], "usage": usage}
    return f"data: {json.dumps(chunk)}\n\n"
