"""A server that was never meant well, byte by byte, where a scripted model would speak HTTP as one should."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Json = dict[str, object]
Attack = Callable[[asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
MEGABYTE = 1024 * 1024


@asynccontextmanager
async def serving(attack: Attack) -> AsyncIterator[str]:
    """The address of a server that answers every request like that."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await attack(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the program hung up, as it should
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()


def chunk(delta: Json, *, finish: str | None = None, usage: object = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(head | {'usage': usage})}\n\n".encode()


def call(index: int, arguments: str, *, name: str = "add_task") -> Json:
    function = {"name": name, "arguments": arguments}
    return {"tool_calls": [{"index": index, "id": f"call_{index}", "type": "function", "function": function}]}


def sends(*pieces: bytes, head: bytes = HEAD) -> Attack:
    async def attack(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return attack


def repeats(piece: bytes, *, head: bytes = HEAD, pause: float = 0) -> Attack:
    """Without end."""

    async def attack(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return attack


def whole(status: str, kind: str, size: int) -> Attack:
    """A body of this size that is no stream."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {size}\r\n\r\n".encode()
    return repeats(b'"' + b"x" * 65535, head=head)


def bomb(encoding: str) -> Attack:
    """Ten thousand times smaller on the wire than in memory."""
    head = HEAD.replace(b"\r\n\r\n", f"\r\ncontent-encoding: {encoding}\r\n\r\n".encode())
    return sends(gzip.compress(b"data: " + b" " * (64 * MEGABYTE)), head=head)


# Made when they are wanted: some are large.
ATTACKS: dict[str, tuple[Callable[[], Attack], str]] = {
    "50 MB in one event": (lambda: sends(chunk({"content": "x" * (50 * MEGABYTE)})), "bytes at once"),
    "events without end": (lambda: repeats(chunk({"content": "word " * 20})), "characters"),
    "empty events without end": (lambda: repeats(b": ping\n\n" * 1000), "bytes"),
    "a line without end": (lambda: repeats(b"x" * 65536), "bytes at once"),
    "lines of one event without end": (lambda: repeats(b"data: xxxx\n" * 1000), "bytes at once"),
    "a header without end": (lambda: repeats(b"x" * 4096, head=b"HTTP/1.1 200 OK\r\nx-long: "), "could not answer"),
    "headers without end": (lambda: repeats(b"x-more: 1\r\n" * 100, head=b"HTTP/1.1 200 OK\r\n"), "could not answer"),
    "a slow head": (lambda: repeats(b"x", head=b"HTTP/1.1 200 OK\r\nx-slow: ", pause=0.1), "longer than 2 seconds"),
    "a slow body": (lambda: repeats(b" ", pause=0.1), "longer than 2 seconds"),
    "go on, go on": (lambda: repeats(b"HTTP/1.1 100 Continue\r\n\r\n", head=b"", pause=0.01), "longer than 2 seconds"),
    "10,000 calls": (
        lambda: sends(*(chunk(call(at, "{}", name="list_tasks")) for at in range(10_000))),
        "more than 20 calls",
    ),
    "10,000 calls in one event": (
        lambda: sends(chunk({"tool_calls": [call(at, "{}")["tool_calls"][0] for at in range(10_000)]})),
        "bytes at once",  # type: ignore[index]
    ),
    "20 MB of arguments": (lambda: sends(chunk(call(0, '{"title": "' + "x" * (20 * MEGABYTE)))), "bytes at once"),
    "arguments bit by bit": (
        lambda: sends(chunk(call(0, '{"title": "')), *(chunk(call(0, "x" * 20)) for _ in range(60_000))),
        "characters",
    ),
    "a gzip bomb": (lambda: bomb("gzip"), "compressed"),
    "brotli": (lambda: bomb("br"), "compressed"),
    "one encoding on another": (lambda: bomb("gzip, gzip"), "compressed"),
    "an error of 50 MB": (lambda: whole("500 No", "application/json", 50 * MEGABYTE), "bytes"),
    "a page of 50 MB": (lambda: whole("200 OK", "text/html", 50 * MEGABYTE), "bytes"),
    "a redirection of 50 MB": (
        lambda: repeats(b"x" * 65536, head=b"HTTP/1.1 302 Found\r\nlocation: /v1/chat/completions\r\n\r\n"),
        "could not answer",
    ),
    "brackets in brackets": (lambda: sends(b"data: " + b"[" * 100_000 + b"\n\n"), "could not answer"),
    "brackets in arguments": (
        lambda: sends(chunk(call(0, "[" * 20_000)), chunk({}, finish="tool_calls")),
        "could not answer",
    ),
    "a number of 10,000 digits": (lambda: sends(b'data: {"created": ' + b"9" * 10_000 + b"}\n\n"), "could not answer"),
    "choices that are a number": (lambda: sends(b'data: {"choices": 5}\n\n'), "could not answer"),
    "a delta that is a list": (lambda: sends(b'data: {"choices": [{"delta": [1]}]}\n\n'), "could not answer"),
    "null": (lambda: sends(b"data: null\n\n"), "could not answer"),
    "no UTF-8": (lambda: sends(b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n'), "could not answer"),
}
FIGURES: dict[str, object] = {
    "a huge count": {"prompt_tokens": 10**30, "completion_tokens": 10**30, "total_tokens": 10**30},
    "a negative count": {"prompt_tokens": -(10**12), "completion_tokens": -1, "total_tokens": -5},
    "a count in words": {"prompt_tokens": "many", "completion_tokens": None, "total_tokens": []},
}
