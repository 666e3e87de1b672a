"""Bodies are read up to a limit, whether their length is announced or not."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import problem


class BodyLimit:
    """ASGI middleware: 413 for a body of more than ``limit`` bytes, before it is read whole."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit
        self.detail = f"The request's body is larger than {limit} bytes; nothing was changed."

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced[:20]) > self.limit:
            return await problem(413, self.detail, headers={"Connection": "close"})(scope, receive, send)
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise HTTPException(413, self.detail, headers={"Connection": "close"})
            return message

        return await self.app(scope, receive_limited, send)
