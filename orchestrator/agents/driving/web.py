"""One POST of JSON, within limits of time and size, whose errors never hold an address' password or a header."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

CONNECT_LIMIT = 5.0  # seconds
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Reply:
    """Status and body of an answer."""

    status: int
    body: bytes


class TooLongError(Exception):
    """The answer took longer, or is larger, than it may be; `slow` tells which."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__("too slow" if slow else "too large")
        self.slow = slow


def post(url: str, body: Mapping[str, Any], *, headers: Mapping[str, str], limit: float, largest: int) -> Reply:
    """POST `body`; the whole answer within `limit` seconds and `largest` bytes. No redirect is followed.

    Raises TooLongError, or httpx.HTTPError, ValueError (whose texts may hold a header: never show them).
    """
    import httpx  # noqa: PLC0415 - it takes longer to load than most commands, which ask no agent, take

    deadline = time.monotonic() + limit
    timeout = httpx.Timeout(limit, connect=min(CONNECT_LIMIT, limit))
    through_proxy = urlsplit(url).hostname not in _LOOPBACK
    with (
        httpx.Client(timeout=timeout, trust_env=through_proxy) as client,
        client.stream("POST", url, json=body, headers=dict(headers)) as response,
    ):
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > largest or time.monotonic() > deadline:
                raise TooLongError(slow=size <= largest)
        return Reply(response.status_code, b"".join(parts))
