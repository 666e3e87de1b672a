"""`/mcp`: the gate that every request passes, and the SDK's transport behind it.

Each request stands alone (stateless, answered as JSON), so any replica can answer it; one that listens
(`subscriptions/listen`) is answered by a stream. There is no session to end: GET and DELETE are not allowed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import INVALID_REQUEST
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from backend.auth.cookies import is_secure
from backend.auth.dependencies import READ_ONLY, REVOKED, bearer_token
from backend.auth.origins import foreign_page, may_be_rebound, trusted_origins
from backend.errors import ForbiddenError, NotSignedInError, ProblemError
from backend.journal.write import timezone_of
from backend.mcp.caller import Caller
from backend.mcp.server import make_server
from backend.mcp.subscriptions import Listeners
from backend.oauth.addresses import public_origin, resource_metadata_url, resource_of
from backend.oauth.grants import holder_of_access, note_grant_use
from backend.oauth.scopes import ALL
from backend.oauth.secrets import is_access
from backend.serving.request_notes import noted
from backend.session import Database, Reader, get_database
from backend.settings import Settings
from backend.tokens.service import holder_of, is_personal, note_use

PATH = "/mcp"
_NO_TOKEN = "Send a personal access token, made in the settings (Authorization: Bearer todo_…), or sign in by OAuth."  # noqa: S105
ENDED = "This token is not known: the app's access has ended, or its token has run out. Connect the app again."
_OTHER_ADDRESS = "This token is for {resource}, and this is {here}. Connect again at the address that you use."
_UNKNOWN_NAME = "A page at {origin} sent this; any name could lead here. Put it in TRUSTED_ORIGINS to let it in."
_READ_ONLY_APP = "This app may only read; nothing was changed. Connect it again and allow it to change."


class NotAllowedError(ProblemError):
    status = HTTPStatus.METHOD_NOT_ALLOWED


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """Who was let in: a program by a personal token, or an app by OAuth. ``note`` notes the use of ``id``."""

    user_id: str
    may_write: bool
    read_only: str
    name: str
    id: str
    is_due: bool
    note: Callable[[Database, str], Awaitable[None]]


class Gate:
    """ASGI app: the token decides who calls. Cookies are not looked at, so a page cannot use its visitor's.

    That also protects against DNS rebinding: a page under a false name has no token to send, and is refused besides.
    A page that names its origin must be our own, or one that the operator trusts.
    """

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.trusted = trusted_origins(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            later = await self._admit(request)
        except ProblemError as error:
            await _refusal(error)(scope, receive, send)
            return
        manager: StreamableHTTPSessionManager = self.app.state.mcp
        await manager.handle_request(scope, receive, send)
        if later:
            await later()

    async def _admit(self, request: Request) -> BackgroundTask | None:
        """Let a caller in, whom the request then knows; what is to be noted afterwards. Raises ProblemError."""
        self._refuse_foreign(request)
        database, token = await get_database(request), bearer_token(request) or ""
        origin = public_origin(request, self.settings)
        async with database.reading() as reader:
            admitted = await (_app(reader, token, origin) if is_access(token) else _program(reader, token))
        if admitted is None:
            detail = REVOKED if is_personal(token) else ENDED if token else _NO_TOKEN
            raise NotSignedInError(detail, headers=_challenge(origin, given=bool(token)))
        self.app.state.claimants.learn(token, admitted.user_id)
        self._refuse_unknown_name(request.headers.get("origin", ""))
        if request.method != "POST":
            raise NotAllowedError("This server answers POST alone.", headers={"Allow": "POST"})
        request.state.caller = Caller(
            user_id=admitted.user_id,
            may_write=admitted.may_write,
            read_only=admitted.read_only,
            token_name=admitted.name,
            timezone=await timezone_of(request.headers.get("x-timezone")),
            database=database,
            token=token,
        )
        return BackgroundTask(noted, admitted.note, database, admitted.id) if admitted.is_due else None

    def _refuse_unknown_name(self, origin: str) -> None:
        if origin not in self.trusted and may_be_rebound(origin):
            raise ForbiddenError(_UNKNOWN_NAME.format(origin=origin[:200]))

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
    listeners = Listeners(app.state.database, each=settings.todo_streams, most=settings.todo_streams_a_process)
    server = make_server(version=app.version, listeners=listeners)
    app.state.mcp = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=settings.body_limit
    )
    started = asyncio.Event()
    running = [asyncio.create_task(_run(app.state.mcp, started)), asyncio.create_task(listeners.run())]
    await started.wait()
    try:
        yield
    finally:
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _run(manager: StreamableHTTPSessionManager, started: asyncio.Event) -> None:
    async with manager.run():
        started.set()
        await asyncio.Event().wait()


async def _program(reader: Reader, token: str) -> Admitted | None:
    """The holder of a personal token."""
    holder = await holder_of(reader, token) if is_personal(token) else None
    if holder is None:
        return None
    return Admitted(
        user_id=holder.user_id,
        may_write=holder.may_write,
        read_only=READ_ONLY,
        name=holder.token_name,
        id=holder.token_id,
        is_due=holder.is_due,
        note=note_use,
    )


async def _app(reader: Reader, token: str, origin: str) -> Admitted | None:
    """The user of a connected app. Raises NotSignedInError for a token that is for another address (RFC 8707)."""
    holder = await holder_of_access(reader, token)
    if holder is None:
        return None
    if holder.resource != resource_of(origin):
        detail = _OTHER_ADDRESS.format(resource=holder.resource, here=resource_of(origin))
        raise NotSignedInError(detail, headers=_challenge(origin, given=True))
    return Admitted(
        user_id=holder.user_id,
        may_write=holder.scope == "write",
        read_only=_READ_ONLY_APP,
        name=holder.client_name,
        id=holder.grant_id,
        is_due=holder.is_due,
        note=note_grant_use,
    )


def _challenge(origin: str, *, given: bool) -> dict[str, str]:
    """RFC 6750, 3.1: an error code only where a token was sent. RFC 9728, 5.1: where to begin."""
    error = ', error="invalid_token"' if given else ""
    metadata = f', resource_metadata="{resource_metadata_url(origin)}", scope="{" ".join(ALL)}"'
    return {"WWW-Authenticate": f'Bearer realm="todo"{error}{metadata}'}


def _refusal(error: ProblemError) -> JSONResponse:
    """An error of the protocol: its clients show the message of such a body, and of no other."""
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": INVALID_REQUEST, "message": error.detail}}
    return JSONResponse(body, status_code=error.status, headers=error.headers)
