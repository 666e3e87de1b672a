"""`/mcp`: the gate that every request passes, and the SDK's transport behind it.

Each request stands alone (stateless, answered as JSON), so any replica can answer it. There is no stream to open and
no session to end: GET and DELETE are not allowed.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import INVALID_REQUEST
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from backend.auth.cookies import is_secure
from backend.auth.dependencies import REVOKED, bearer_token
from backend.auth.origins import foreign_page, trusted_origins
from backend.errors import ForbiddenError, NotSignedInError, ProblemError
from backend.journal.writing import timezone_of
from backend.mcp.caller import Caller
from backend.mcp.server import make_server
from backend.serving.bookkeeping import noted
from backend.session import get_database
from backend.settings import Settings
from backend.tokens.service import Holder, holder_of, is_personal, note_use

PATH = "/mcp"
_NO_TOKEN = "Send a personal access token: Authorization: Bearer todo_… (make one in the settings of the page)."  # noqa: S105


class NotAllowedError(ProblemError):
    status = HTTPStatus.METHOD_NOT_ALLOWED


class Gate:
    """ASGI app: the token decides who calls. Cookies are not looked at, so a page cannot use its visitor's.

    That is also what protects against DNS rebinding: a page under a false name has no token to send. A page that
    names its origin must be our own, or one that the operator trusts.
    """

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.trusted = trusted_origins(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            holder = await self._admit(request)
        except ProblemError as error:
            await _refusal(error)(scope, receive, send)
            return
        manager: StreamableHTTPSessionManager = self.app.state.mcp
        await manager.handle_request(scope, receive, send)
        if holder.is_due:
            await noted(note_use, await get_database(request), holder.token_id)

    async def _admit(self, request: Request) -> Holder:
        """Whose token it is; the request then knows its caller. Raises ProblemError."""
        self._refuse_foreign(request)
        database, token = await get_database(request), bearer_token(request) or ""
        async with database.reading() as reader:
            holder = await holder_of(reader, token) if is_personal(token) else None
        if holder is None:
            raise NotSignedInError(REVOKED if token else _NO_TOKEN, headers=_challenge(given=bool(token)))
        self.app.state.claimants.learn(token, holder.user_id)
        if request.method != "POST":
            raise NotAllowedError("This server answers POST alone.", headers={"Allow": "POST"})
        request.state.caller = Caller(
            user_id=holder.user_id,
            may_write=holder.may_write,
            token_name=holder.token_name,
            timezone=await timezone_of(request.headers.get("x-timezone")),
            database=database,
        )
        return holder

    def _refuse_foreign(self, request: Request) -> None:
        secure = is_secure(request, self.settings)
        if foreign := foreign_page(request, secure=secure, trusted=self.trusted):
            raise ForbiddenError(f"This request was sent by a page of another site ({foreign}).")


def mount(app: FastAPI, settings: Settings) -> None:
    app.router.routes.append(Route(PATH, endpoint=Gate(app, settings), include_in_schema=False))


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[None]:
    """Run the SDK's transport. In a task of its own: what opened its task group must close it."""
    settings: Settings = app.state.settings
    app.state.mcp = StreamableHTTPSessionManager(
        make_server(version=app.version), json_response=True, stateless=True, max_request_body_size=settings.body_limit
    )
    started = asyncio.Event()
    running = asyncio.create_task(_run(app.state.mcp, started))
    await started.wait()
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _run(manager: StreamableHTTPSessionManager, started: asyncio.Event) -> None:
    async with manager.run():
        started.set()
        await asyncio.Event().wait()


def _challenge(*, given: bool) -> dict[str, str]:
    """RFC 6750, 3.1: an error code only where a token was sent."""
    return {"WWW-Authenticate": 'Bearer realm="todo"' + (', error="invalid_token"' if given else "")}


def _refusal(error: ProblemError) -> JSONResponse:
    """An error of the protocol: its clients show the message of such a body, and of no other."""
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": INVALID_REQUEST, "message": error.detail}}
    return JSONResponse(body, status_code=error.status, headers=error.headers)
