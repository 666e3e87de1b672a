"""A bounded HTTP load from this process on 127.0.0.1: prepared requests over kept-alive connections, as little Python
as possible between them, so that the server is what is measured.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cli.bench.figures import Load

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as its bytes, and the status that must come back."""

    text: bytes
    status: int = 200
    token: str = ""


def request(method: str, path: str, *, token: str = "", body: bytes = b"", status: int = 200) -> Request:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {len(body)}"]
    lines += ["Content-Type: application/json"] if body else []
    lines += [f"Authorization: Bearer {token}"] if token else []
    return Request(text="\r\n".join([*lines, "", ""]).encode() + body, status=status, token=token)


def apply_load(port: int, requests: Sequence[Request], *, connections: int) -> Load:
    """Send every request once, over so many connections at a time. Raises RuntimeError at an unexpected answer."""
    return asyncio.run(_apply(port, requests, connections))


async def _apply(port: int, requests: Sequence[Request], connections: int) -> Load:
    queue = iter(requests)
    started = time.perf_counter()
    rounds = await asyncio.gather(*(_connection(port, queue) for _ in range(connections)))
    seconds = time.perf_counter() - started
    return Load(seconds=seconds, latencies=tuple(latency for latencies in rounds for latency in latencies))


async def _connection(port: int, queue: Iterator[Request]) -> list[float]:
    """Take requests off the shared queue until it is empty; the milliseconds that each took."""
    reader, writer = await asyncio.open_connection(HOST, port)
    latencies = []
    try:
        for wanted in queue:
            started = time.perf_counter()
            writer.write(wanted.text)
            status, body = await answer_of(reader)
            latencies.append((time.perf_counter() - started) * 1000)
            if status != wanted.status:
                raise RuntimeError(f"{wanted.text.split(b' HTTP')[0].decode()} answered {status}: {body[:300]!r}")
    finally:
        writer.close()
        await writer.wait_closed()
    return latencies


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one answer with a Content-Length, or without a body; its status and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
    return int(head[9:12]), await reader.readexactly(length)
