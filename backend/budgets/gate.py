"""The gate that every request passes: it waits for a place in its claimant's share, or is told to come again."""

from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.auth.dependencies import basic_password, bearer_token, presented_token
from backend.auth.origins import client_address
from backend.budgets.claimants import Claimants, claim, of_address
from backend.budgets.floor import Floor, on_floor
from backend.budgets.refusals import Refusals
from backend.budgets.shares import Share, Slot
from backend.errors import TooManyRequestsError, problem
from backend.openapi import UNBUDGETED
from backend.settings import Settings
from backend.tokens.service import is_personal

WAIT_SECONDS = 15.0
TURN_WAIT_SECONDS = 60.0
_TURNS = {"/api/chat", "/api/chat/stream"}
TOO_MANY = "You have too many requests open at once; this one was not begun. Try again in a moment."
TOO_MANY_TURNS = "You have too many messages being answered at once; this one was not read. Try again in a moment."
_slot: ContextVar[Slot | None] = ContextVar("slot", default=None)


def held_slot() -> Slot | None:
    """The place that this context's request takes."""
    return _slot.get()


class Gate:
    """ASGI middleware. A stream gives its place back once it has begun: streams and turns have budgets of their own."""

    def __init__(self, app: ASGIApp, settings: Settings, claimants: Claimants) -> None:
        self.app, self.settings, self.claimants = app, settings, claimants
        self.floor, self.refusals = Floor(), Refusals()
        self.requests = Share(
            "requests",
            # SQLite is read in the event loop: more at once would be no quicker, and stand before everybody else.
            running=settings.todo_requests_running if settings.is_postgres else 1,
            waiting=settings.todo_requests_waiting,
            seconds=WAIT_SECONDS,
            detail=TOO_MANY,
        )
        self.turns = Share(
            "turns",
            running=settings.todo_turns_running,
            waiting=settings.todo_turns_waiting,
            seconds=TURN_WAIT_SECONDS,
            detail=TOO_MANY_TURNS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNBUDGETED:
            return await self.app(scope, receive, send)
        is_turn = scope["path"] in _TURNS and scope["method"] == "POST"
        who = self._claimant(HTTPConnection(scope))
        claim(who)
        try:
            slot = await (self.turns if is_turn else self.requests).take(who)
        except TooManyRequestsError as error:
            closing = {} if await self.refusals.wait(who) else {"Connection": "close"}
            answer = problem(error.status, error.detail, headers={**error.headers, **closing})
            return await answer(scope, receive, send)
        _slot.set(slot)
        try:
            await on_floor(self.floor, self._answer(scope, receive, send if is_turn else _leaving(send, slot)))
        finally:
            slot.leave()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def _claimant(self, connection: HTTPConnection) -> str:
        bearer = bearer_token(connection) or basic_password(connection)
        token = bearer if bearer and is_personal(bearer) else presented_token(connection, self.settings)
        user_id = self.claimants.user_of(token) if token else None
        return user_id or of_address(client_address(connection))


def _leaving(send: Send, slot: Slot) -> Send:
    async def send_and_leave(message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if kind.startswith("text/event-stream"):
                slot.leave()
        await send(message)

    return send_and_leave
