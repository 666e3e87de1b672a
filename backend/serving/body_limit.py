"""Bodies are read up to a limit, whether their length is announced or not, and for a time."""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import problem

SECONDS = 60.0
REPORT_BYTES = 8_000_000
SLOW = f"The request's body did not come within {SECONDS:.0f} seconds; nothing was changed. Send it again."


class BodyLimit:
    """ASGI middleware: 413 for a body of more than ``limit`` bytes, before it is read whole; 408 for one that is late.

    A body that trickles would keep its connection, and its user's place, for as long as its sender likes. ``larger``
    are the paths that take more, each with its limit and what is said beyond it.
    """

    def __init__(self, app: ASGIApp, limit: int, larger: Mapping[str, tuple[int, str]] | None = None) -> None:
        self.app = app
        self.usual = (limit, _too_large(limit))
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        limit, detail = self._limit_of(scope)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced[:20]) > limit:
            return await problem(413, detail, headers={"Connection": "close"})(scope, receive, send)
        received, whole = 0, False
        late = asyncio.get_running_loop().time() + SECONDS

        async def receive_limited() -> Message:
            nonlocal received, whole
            try:
                async with asyncio.timeout_at(None if whole else late):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, SLOW, headers={"Connection": "close"}) from error
            whole = whole or not message.get("more_body", False)
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, detail, headers={"Connection": "close"})
            return message

        return await self.app(scope, receive_limited, send)

    def _limit_of(self, scope: Scope) -> tuple[int, str]:
        """The limit of a request, and what is said beyond it.

        A calendar program names all the tasks that it wants in one report: an address each.
        """
        limit, detail = self.larger.get(scope["path"], self.usual)
        if scope["method"] == "REPORT" and limit < REPORT_BYTES:
            return REPORT_BYTES, _too_large(REPORT_BYTES)
        return limit, detail


def _too_large(limit: int) -> str:
    return f"The request's body is larger than {limit} bytes; nothing was changed."
