"""Who is asking: the one way in which the rest of the backend learns the user."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from fastapi import BackgroundTasks, Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.auth.cookies import SESSION_TOKEN, read_signed, verify
from backend.auth.models import Session, User
from backend.auth.sessions import extend, is_due
from backend.errors import NotSignedInError
from backend.models import utc_now
from backend.session import DatabaseDep, ReadSessionDep
from backend.settings import Settings, SettingsDep

_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_NOT_SIGNED_IN = "You are not signed in. Sign in and try again."
_UNKNOWN = "This session is not known; it may have been signed out. Sign in again."
_EXPIRED = "Your session has expired. Sign in again."


@dataclass(frozen=True)
class CurrentUser:
    """The signed-in user, from the session and from nowhere else."""

    id: str
    name: str
    email: str


def presented_token(request: Request, settings: Settings) -> str | None:
    """The session token that the request shows: a bearer token, raw or signed, or else the signed cookie."""
    bearer = bearer_token(request)
    if bearer is None:
        return read_signed(request, settings, SESSION_TOKEN)
    return verify(unquote(bearer), settings.secret) if "." in bearer else bearer


def bearer_token(request: Request) -> str | None:
    """What follows ``Bearer`` in the Authorization header; None for no header or another scheme."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def refusal(detail: str = _UNKNOWN) -> NotSignedInError:
    """The 401, with the code and message by which Better Auth's client knows it."""
    return NotSignedInError(detail, headers=_CHALLENGE, code="UNAUTHORIZED", message="Unauthorized")


async def current_user(
    request: Request,
    settings: SettingsDep,
    database: DatabaseDep,
    session: ReadSessionDep,
    background: BackgroundTasks,
    _bearer: Annotated[object, Security(HTTPBearer(auto_error=False, description="A session token"))],
    _cookie: Annotated[object, Security(APIKeyCookie(name=SESSION_TOKEN, auto_error=False))],
) -> CurrentUser:
    """The signed-in user.

    Raises NotSignedInError (401) without a session, with one that is not known, and with one that has expired.
    The two unnamed parameters only tell the OpenAPI document how to sign in.
    """
    token = presented_token(request, settings)
    if not token:
        raise refusal(_NOT_SIGNED_IN)
    user, due = await _user_of(session, token)
    if request.method not in {"GET", "HEAD"}:
        await session.close()  # the write that follows has its own connection: never hold two
    if due:
        # After the answer, when the request's own write is over: SQLite has one writer at a time.
        background.add_task(extend, database, token)
    return user


async def _user_of(session: AsyncSession, token: str) -> tuple[CurrentUser, bool]:
    """The user of a live session, and whether the session is due to be extended."""
    columns = (User.id, User.name, User.email, Session.expires_at, Session.updated_at)
    query = select(*columns).join(Session, Session.user_id == User.id).where(Session.token == token)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise refusal(_UNKNOWN)
    if row.expires_at <= utc_now():
        raise refusal(_EXPIRED)
    user = CurrentUser(id=row.id, name=row.name, email=row.email)
    return user, is_due(expires_at=row.expires_at, updated_at=row.updated_at)


CurrentUserDep = Annotated[CurrentUser, Depends(current_user)]
