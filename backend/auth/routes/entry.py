"""Better Auth's protocol: sign-up, sign-in, sign-out and reading the session."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query

from backend.auth import service, sessions
from backend.auth.cookies import TRUST_DEVICE
from backend.auth.factor import challenge
from backend.auth.routes.exchange import AuthRoute, ClientDep, ExchangeDep, LiveSessionDep
from backend.auth.routes.factor import ask_for_code, trust_device
from backend.auth.routes.schemas import (
    SecondFactorAsked,
    SessionAnswer,
    SignedIn,
    SignedUp,
    SignInBody,
    SignUpBody,
    Success,
    UserOut,
    session_answer,
)
from backend.openapi import problems
from backend.serving.request_notes import noted
from backend.session import DatabaseDep

_URL = ":/?#[]@!$&'()*+,;=%~"  # what an address may hold unescaped (RFC 3986)

router = APIRouter(route_class=AuthRoute)


@router.get("/ok")
async def ok() -> dict[str, bool]:
    """Better Auth's own probe."""
    return {"ok": True}


@router.post("/sign-up/email", responses=problems(422, 429))
async def sign_up_email(body: SignUpBody, exchange: ExchangeDep, client: ClientDep, database: DatabaseDep) -> SignedUp:
    """Make an account and sign in; 422 USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL where the address is taken."""
    exchange.check_callback(body.callback_url)
    remember = body.remember_me is not False
    session, user = await service.sign_up(
        database,
        client,
        name=body.name,
        email=body.email,
        password=body.password,
        image=body.image,
        remember=remember,
    )
    exchange.start(session.token, remember=remember)
    return SignedUp(token=session.token, user=UserOut.model_validate(user))


# exclude_unset: no `url` without a callback
@router.post("/sign-in/email", response_model_exclude_unset=True, responses=problems(401, 429))
async def sign_in_email(
    body: SignInBody, exchange: ExchangeDep, client: ClientDep, database: DatabaseDep
) -> SignedIn | SecondFactorAsked:
    """Sign in; 401 INVALID_EMAIL_OR_PASSWORD whichever of the two is wrong, 429 after too many of those.

    Where the user has two-factor sign-in, and this browser is not trusted, ``twoFactorRedirect`` asks for a code.
    """
    exchange.check_callback(body.callback_url)
    remember = body.remember_me is not False
    user = await service.check_password(database, client, email=body.email, password=body.password)
    async with database.write() as writing:
        trust = await challenge.renew_trust(writing, user, exchange.shown(TRUST_DEVICE))
        if user.two_factor_enabled and trust is None:
            return ask_for_code(exchange, await challenge.begin(writing, user), remember=remember)
        session = await service.start(writing, user, client, remember=remember)
    if trust:
        trust_device(exchange, trust)
    exchange.start(session.token, remember=remember)
    user_out = UserOut.model_validate(user)
    if not body.callback_url:
        return SignedIn(redirect=False, token=session.token, user=user_out)
    exchange.response.headers["Location"] = quote(body.callback_url, safe=_URL)
    return SignedIn(redirect=True, token=session.token, user=user_out, url=body.callback_url)


@router.post("/sign-out")
async def sign_out(exchange: ExchangeDep, database: DatabaseDep) -> Success:
    """End the session, if there is one, and its cookies."""
    if exchange.token:
        async with database.write() as session:
            await sessions.end(session, token=exchange.token)
    exchange.end()
    return Success()


@router.get("/get-session")
async def get_session(
    exchange: ExchangeDep,
    database: DatabaseDep,
    live: LiveSessionDep,
    disable_refresh: Annotated[bool, Query(alias="disableRefresh")] = False,
) -> SessionAnswer | None:
    """The session and its user, or null; a session in use for a day is given its seven days again."""
    exchange.response.headers.update({"Cache-Control": "no-store", "Pragma": "no-cache"})
    if live is None:
        if exchange.token:
            exchange.end()
        return None
    session, user = live
    due = sessions.is_due(expires_at=session.expires_at, updated_at=session.updated_at)
    is_extended = due and exchange.remembers and not disable_refresh
    if is_extended and (times := await noted(sessions.extend, database, session.token)):
        session.updated_at, session.expires_at = times
        exchange.start(session.token, remember=True)
    return session_answer(session, user)


router.add_api_route("/get-session", get_session, methods=["POST"], operation_id="get_session_post")
