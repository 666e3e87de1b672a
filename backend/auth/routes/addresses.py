"""Better Auth's protocol: confirming one's address, and changing it."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse

from backend.auth import addresses, sessions
from backend.auth.errors import AuthError
from backend.auth.models import Session, User
from backend.auth.routes.exchange import (
    AuthRoute,
    Exchange,
    ExchangeDep,
    LiveSessionDep,
    SenderDep,
    SignedInDep,
)
from backend.auth.routes.recovery import Callback
from backend.auth.routes.redirects import back_to
from backend.auth.routes.schemas import ChangeEmailBody, SendVerificationBody, Status, UserOut, Verified
from backend.auth.sender import Sender
from backend.openapi import problems
from backend.plain_page import button_page, told_page

router = APIRouter(route_class=AuthRoute)
Token = Annotated[str, Query(max_length=1000, description="Of the mail's link; 401 for one that is wrong, or too old")]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": Verified},
    302: {"description": "To `callbackURL`"},
    **problems(401),
}


@router.post("/send-verification-email", responses=problems(429))
async def send_verification_email(
    body: SendVerificationBody,
    exchange: ExchangeDep,
    live: LiveSessionDep,
    sender: SenderDep,
) -> Status:
    """Mail a link that confirms the address; 400 where this server sends no mail."""
    exchange.check_callback(body.callback_url)
    sender = replace(sender, callback=body.callback_url)
    await addresses.send_verification(sender, email=body.email, user=live[1] if live else None)
    return Status()


@router.post("/change-email", responses=problems(401, 429))
async def change_email(
    body: ChangeEmailBody,
    exchange: ExchangeDep,
    live: SignedInDep,
    sender: SenderDep,
) -> Status:
    """Mail a link that changes the address; 400 where this server sends no mail.

    It needs a session begun within a day: a stolen old one must not do it.
    """
    exchange.check_callback(body.callback_url)
    if not sessions.is_fresh(live[0]):
        raise AuthError("SESSION_NOT_FRESH")
    await addresses.change_email(replace(sender, callback=body.callback_url), user=live[1], new=body.new_email)
    return Status()


def _returning(exchange: ExchangeDep, sender: SenderDep, callback: Callback = None) -> Sender:
    exchange.check_callback(callback)
    return replace(sender, callback=callback)


ReturningDep = Annotated[Sender, Depends(_returning)]


@router.get("/verify-email", responses=_ANSWERS, response_model=None)
async def verify_email(token: Token, exchange: ExchangeDep, live: LiveSessionDep, sender: ReturningDep) -> Response:
    """What the mail links to.

    Where a browser opens it that is not signed in as the user, a page asks first: mail scanners open links as browsers
    do, and must confirm nothing.
    """
    if exchange.wants_page and await _asks_first(sender, token, live):
        action = str(exchange.request.url.replace(scheme="", netloc=""))
        return button_page(
            title="Is this your address?",
            text="Confirm that it is, if you have asked for this mail. If not, close this page.",
            button="Confirm",
            action=action,
        )
    return await _answer(exchange, sender, token, live)


@router.post("/verify-email", responses=_ANSWERS, response_model=None, operation_id="verify_email_by_page")
async def verify_email_by_page(
    token: Token, exchange: ExchangeDep, live: LiveSessionDep, sender: ReturningDep
) -> Response:
    """What the page of `verify_email` posts."""
    return await _answer(exchange, sender, token, live)


async def _asks_first(sender: Sender, token: str, live: tuple[Session, User] | None) -> bool:
    """Whether nothing shows that the user is at the browser; not for a link that does nothing anyway."""
    try:
        owner = await addresses.owner_of(sender.database, token)
    except AuthError:
        return False
    return live is None or live[1].id != owner


async def _answer(exchange: Exchange, sender: Sender, token: str, live: tuple[Session, User] | None) -> Response:
    try:
        user = await addresses.verify(sender, token=token, visitor=live[1] if live else None)
    except AuthError as error:
        if sender.callback:
            return back_to(sender.callback, error=str(error.extra["code"]))
        if exchange.wants_page:
            return told_page(
                title="This link does not work",
                text=f"{error.detail}. Ask for a new mail in the settings.",
                home=sender.settings.page_url,
                status=error.status,
            )
        raise
    if sender.callback:
        return back_to(sender.callback)
    if exchange.wants_page:
        return told_page(title="Confirmed", text="This address is yours.", home=sender.settings.page_url)
    out = Verified(user=UserOut.model_validate(user) if user else None)
    return JSONResponse(out.model_dump(mode="json", by_alias=True))
