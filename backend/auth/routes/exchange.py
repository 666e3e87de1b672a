"""What the routes of Better Auth's protocol share: its answer to a bad body, the cookies, the client, the session."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from backend.auth import cookies, sessions
from backend.auth.dependencies import CurrentUserDep, presented_token, refusal
from backend.auth.errors import AuthError
from backend.auth.models import Session, User
from backend.auth.origins import client_address, is_trusted_url, trusted_origins
from backend.auth.sender import Sender
from backend.auth.service import Client
from backend.models import utc_now
from backend.session import DatabaseDep
from backend.settings import Settings, SettingsDep


class AuthRoute(APIRoute):
    """A route that answers a bad body as Better Auth does: 400 VALIDATION_ERROR, each field named."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                parts = [f"[{'.'.join(map(str, item['loc']))}] {item['msg']}" for item in error.errors()]
                raise AuthError("VALIDATION_ERROR", "; ".join(parts)[:500]) from error

        return answer


@dataclass(frozen=True)
class Exchange:
    """A request and the answer being made to it: what cookies and callback addresses are about."""

    request: Request
    response: Response
    settings: Settings

    @property
    def token(self) -> str | None:
        """The session token that the request shows, alive or not."""
        return presented_token(self.request, self.settings)

    @property
    def remembers(self) -> bool:
        """False for a browser that signed in without wanting to be remembered."""
        return not cookies.read_signed(self.request, self.settings, cookies.DONT_REMEMBER)

    def start(self, token: str, *, remember: bool) -> None:
        cookies.set_session(self.response, self.request, self.settings, token=token, remember=remember)

    def end(self) -> None:
        cookies.clear_session(self.response, self.request, self.settings)

    def shown(self, name: str) -> str | None:
        """The value of a signed cookie; None where it is missing or forged."""
        return cookies.read_signed(self.request, self.settings, name)

    def keep(self, name: str, value: str, *, seconds: int | None) -> None:
        """Set a signed cookie; for None seconds until the browser ends."""
        cookies.set_signed(self.response, self.request, self.settings, name, value, max_age=seconds)

    def drop(self, name: str) -> None:
        cookies.clear(self.response, self.request, self.settings, name)

    def check_callback(self, url: str | None, *, code: str = "INVALID_CALLBACK_URL") -> None:
        """Raise AuthError for a callback address that leads off the page's own and the trusted origins."""
        if url and not is_trusted_url(url, self.request, self.settings):
            raise AuthError(code)

    @property
    def origin(self) -> str:
        """The page's origin: as the browser states it or, where it states none, by the address that it asked."""
        stated = self.request.headers.get("origin")
        scheme = "https" if cookies.is_secure(self.request, self.settings) else "http"
        headers = self.request.headers
        host = headers.get("x-forwarded-host", "").split(",")[0].strip() or headers.get("host", "")
        asked = f"{scheme}://{host}"
        known = asked in trusted_origins(self.settings) or not self.settings.better_auth_url
        return stated or (asked if known else self.settings.page_url)

    @property
    def wants_page(self) -> bool:
        """Whether a browser shows the answer to a person: programs ask for JSON, or for whatever there is."""
        return "text/html" in self.request.headers.get("accept", "")


def _exchange(request: Request, response: Response, settings: SettingsDep) -> Exchange:
    return Exchange(request=request, response=response, settings=settings)


def _client(request: Request) -> Client:
    agent = request.headers.get("user-agent")
    return Client(address=client_address(request), user_agent=agent[:500] if agent else None)


ClientDep = Annotated[Client, Depends(_client)]
ExchangeDep = Annotated[Exchange, Depends(_exchange)]


def _sender(request: Request, client: ClientDep, database: DatabaseDep, settings: SettingsDep) -> Sender:
    return Sender(database, request.app.state.outbox, settings, client)


SenderDep = Annotated[Sender, Depends(_sender)]


async def _live_session(exchange: ExchangeDep, database: DatabaseDep) -> tuple[Session, User] | None:
    """The session that the request shows and its user; None without one, with an unknown or an expired one."""
    if not exchange.token:
        return None
    async with database.read() as session:
        found = await sessions.find(session, exchange.token)
    return found if found and found[0].expires_at > utc_now() else None


LiveSessionDep = Annotated[tuple[Session, User] | None, Depends(_live_session)]


def _signed_in(live: LiveSessionDep, _user: CurrentUserDep) -> tuple[Session, User]:
    """The live session and its user. Raises NotSignedInError (401) without one."""
    if live is None:
        raise refusal()
    return live


SignedInDep = Annotated[tuple[Session, User], Depends(_signed_in)]
