"""Better Auth's protocol: a forgotten password."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from backend.auth import recovery
from backend.auth.errors import AuthError
from backend.auth.routes.exchange import AuthRoute, ExchangeDep, SenderDep
from backend.auth.routes.redirects import back_to
from backend.auth.routes.schemas import Abilities, RequestResetBody, ResetPasswordBody, ResetRequested, Status
from backend.forms import form
from backend.openapi import problems
from backend.plain_page import PAGE, page_problems, password_page, told_page
from backend.session import DatabaseDep
from backend.settings import Settings, SettingsDep

router = APIRouter(route_class=AuthRoute)
_PAGE = {**PAGE, **page_problems(400, 404)}
Callback = Annotated[
    str | None,
    Query(
        alias="callbackURL",
        max_length=2000,
        description="Where to go then: an address of the page's, or a path there; else 403",
    ),
]


@router.get("/abilities")
async def read_abilities(settings: SettingsDep) -> Abilities:
    """What the sign-in page may offer; this backend's own, not Better Auth's."""
    return Abilities(mail=settings.smtp is not None)


@router.post("/request-password-reset", responses=problems(429))
async def request_password_reset(body: RequestResetBody, exchange: ExchangeDep, sender: SenderDep) -> ResetRequested:
    """Mail a link to a new password; the answer is the same whether or not the address has an account.

    400 where this server sends no mail.
    """
    exchange.check_callback(body.redirect_to, code="INVALID_REDIRECT_URL")
    await recovery.request_reset(replace(sender, callback=body.redirect_to), email=body.email)
    return ResetRequested()


# Its name until Better Auth 1.4.
router.add_api_route(
    "/forget-password",
    request_password_reset,
    methods=["POST"],
    responses=problems(429),
    operation_id="forget_password",
    deprecated=True,
)


@router.get("/reset-password/{token}", response_class=HTMLResponse, responses=_PAGE)
async def open_reset(token: str, exchange: ExchangeDep, database: DatabaseDep, callback: Callback = None) -> Response:
    """What the mail links to: leads to ``callbackURL`` with the token, or shows a page of its own without one."""
    exchange.check_callback(callback)
    is_good = await recovery.is_good(database, token)
    if callback:
        return back_to(callback, token=token) if is_good else back_to(callback, error="INVALID_TOKEN")
    return password_page(action=_path_of(token)) if is_good else _over(exchange.settings)


@router.post("/reset-password/{token}", response_class=HTMLResponse, responses=_PAGE)
async def reset_password_by_page(
    token: str,
    new_password: Annotated[str, Form(alias="newPassword", max_length=1000, json_schema_extra=form("password"))],
    database: DatabaseDep,
    settings: SettingsDep,
) -> Response:
    """What the page of `open_reset` posts."""
    try:
        await recovery.reset_password(database, token=token, new=new_password, settings=settings)
    except AuthError as error:
        if error.extra["code"] in {"PASSWORD_TOO_SHORT", "PASSWORD_TOO_LONG"}:
            return password_page(action=_path_of(token), wrong=f"{error.detail}: take 8 to 128 characters.")
        return _over(settings)
    return told_page(title="The password is set", text="Sign in with it now.", home=settings.page_url, link="Sign in")


@router.post("/reset-password")
async def reset_password(
    body: ResetPasswordBody,
    database: DatabaseDep,
    settings: SettingsDep,
    token: Annotated[str | None, Query(max_length=128)] = None,
) -> Status:
    """Set a new password by a mailed token; ends all sessions. 400 INVALID_TOKEN for one that is used or expired."""
    given = body.token or token or ""
    await recovery.reset_password(database, token=given, new=body.new_password, settings=settings)
    return Status()


def _path_of(token: str) -> str:
    return f"/api/auth/reset-password/{token}"


def _over(settings: Settings) -> Response:
    text = "It was used, or its hour is over. Ask for a new one on the sign-in page."
    return told_page(title="This link does not work", text=text, home=settings.page_url, status=404)
