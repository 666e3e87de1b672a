"""Better Auth's protocol: passkeys."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from webauthn.helpers import options_to_json_dict

from backend.auth import cookies, sessions
from backend.auth.errors import AuthError
from backend.auth.origins import foreign_page, trusted_origins
from backend.auth.passkeys import ceremony, service
from backend.auth.passkeys.ceremony import Page
from backend.auth.routes.exchange import (
    AuthRoute,
    ClientDep,
    Exchange,
    ExchangeDep,
    LiveSessionDep,
    SignedInDep,
)
from backend.auth.routes.schemas import Instant, Name, SessionAnswer, Status, Token, Wire, session_answer
from backend.openapi import problems
from backend.session import DatabaseDep, ReadSessionDep, WriteSessionDep

router = APIRouter(prefix="/passkey", route_class=AuthRoute)
Options = dict[str, Any]


class RegistrationQuery(Wire):
    authenticator_attachment: Literal["platform", "cross-platform"] | None = None
    name: Name | None = None


class RegistrationBody(Wire):
    response: dict[str, Any] = Field(description="What navigator.credentials.create gave, as JSON")
    name: Name | None = None


class AuthenticationBody(Wire):
    response: dict[str, Any] = Field(description="What navigator.credentials.get gave, as JSON")


class PasskeyBody(Wire):
    id: Token


class RenameBody(PasskeyBody):
    name: Annotated[Name, Field(min_length=1)]


class PasskeyOut(Wire):
    id: str
    name: str | None
    public_key: str
    user_id: str
    credential_id: str = Field(serialization_alias="credentialID")
    counter: int
    device_type: str
    backed_up: bool
    transports: str | None
    created_at: Instant
    aaguid: str | None


class Renamed(Wire):
    passkey: PasskeyOut


def _page(exchange: ExchangeDep) -> Page:
    """The page that asks. Raises AuthError for a foreign one, and where it has no name."""
    settings = exchange.settings
    secure = cookies.is_secure(exchange.request, settings)
    if foreign_page(exchange.request, secure=secure, trusted=trusted_origins(settings)):
        raise AuthError("INVALID_CALLBACK_URL", "Passkeys are for this server's own page.")
    return ceremony.page_at(exchange.origin)


PageDep = Annotated[Page, Depends(_page)]


@router.get("/generate-register-options", responses=problems(403))
async def generate_passkey_registration_options(
    exchange: ExchangeDep,
    live: SignedInDep,
    page: PageDep,
    database: DatabaseDep,
    wish: Annotated[RegistrationQuery, Query()],
) -> Options:
    """What a browser makes a passkey by; 403 SESSION_NOT_FRESH when the session was begun more than a day ago."""
    _require_fresh(live)
    asked = service.Wish(name=wish.name, attachment=wish.authenticator_attachment)
    options, token = await service.begin_registration(
        database, live[1], page, wish=asked, secret=exchange.settings.secret
    )
    return _asked(exchange, options_to_json_dict(options), token)


@router.post("/verify-registration", responses=problems(403))
async def verify_passkey_registration(
    body: RegistrationBody, exchange: ExchangeDep, live: SignedInDep, page: PageDep, database: DatabaseDep
) -> PasskeyOut:
    """Keep the passkey that the browser made. 400 CHALLENGE_NOT_FOUND, FAILED_TO_VERIFY_REGISTRATION."""
    _require_fresh(live)
    token = exchange.shown(cookies.PASSKEY)
    name = body.name.strip() if body.name else None
    passkey = await service.register(database, live[1], page, token=token, credential=body.response, name=name or None)
    return PasskeyOut.model_validate(passkey)


@router.get("/generate-authenticate-options", responses=problems(429))
async def passkey_generate_authenticate_options(
    exchange: ExchangeDep, live: LiveSessionDep, page: PageDep, client: ClientDep, database: DatabaseDep
) -> Options:
    """What a browser signs in by; no address is asked, since the authenticator knows whose passkey it is."""
    user_id = live[1].id if live else None
    options, token = await service.begin_sign_in(database, client, page, user_id=user_id)
    return _asked(exchange, options_to_json_dict(options), token)


@router.post("/verify-authentication")
async def passkey_verify_authentication(
    body: AuthenticationBody, exchange: ExchangeDep, page: PageDep, client: ClientDep, database: DatabaseDep
) -> SessionAnswer:
    """Sign in by passkey. 400 CHALLENGE_NOT_FOUND, AUTHENTICATION_FAILED; 401 PASSKEY_NOT_FOUND."""
    token = exchange.shown(cookies.PASSKEY)
    session, user = await service.sign_in(database, client, page, token=token, credential=body.response)
    exchange.start(session.token, remember=True)
    return session_answer(session, user)


@router.get("/list-user-passkeys")
async def list_passkeys(live: SignedInDep, session: ReadSessionDep) -> list[PasskeyOut]:
    """One's passkeys, the oldest first."""
    return [PasskeyOut.model_validate(passkey) for passkey in await service.list_of(session, live[1].id)]


@router.post("/delete-passkey", responses=problems(404))
async def delete_passkey(body: PasskeyBody, live: SignedInDep, session: WriteSessionDep) -> Status:
    """Sign in by it no more. 404 for one that is not one's own or not known."""
    await service.remove(session, live[1].id, passkey_id=body.id)
    return Status()


@router.post("/update-passkey", responses=problems(404))
async def update_passkey(body: RenameBody, live: SignedInDep, session: WriteSessionDep) -> Renamed:
    """Name a passkey. 404 for one that is not one's own or not known."""
    if not body.name.strip():
        raise AuthError("VALIDATION_ERROR", "[body.name] must not be blank")
    passkey = await service.rename(session, live[1].id, passkey_id=body.id, name=body.name.strip())
    return Renamed(passkey=PasskeyOut.model_validate(passkey))


def _require_fresh(live: SignedInDep) -> None:
    if not sessions.is_fresh(live[0]):
        raise AuthError("SESSION_NOT_FRESH")


def _asked(exchange: Exchange, options: Options, token: str) -> Options:
    exchange.keep(cookies.PASSKEY, token, seconds=int(ceremony.LIFETIME.total_seconds()))
    exchange.response.headers["Cache-Control"] = "no-store"
    return options
