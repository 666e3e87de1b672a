"""Who is asking: the one way in which the rest of the backend learns the user."""

from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from fastapi import BackgroundTasks, Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy import bindparam, select
from starlette.background import BackgroundTask
from starlette.requests import HTTPConnection

from backend.auth.cookies import SESSION_TOKEN, read_signed, verify
from backend.auth.models import Session, User
from backend.auth.sessions import extend, is_due
from backend.errors import ForbiddenError, NotSignedInError
from backend.models import utc_now
from backend.oauth.secrets import is_access
from backend.profile.models import Profile
from backend.serving.request_notes import noted
from backend.session import Database, DatabaseDep, Reader
from backend.settings import Settings, SettingsDep
from backend.tokens.service import holder_of, is_personal, note_use

_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_NOT_SIGNED_IN = "You are not signed in. Sign in and try again."
_UNKNOWN = "This session is not known; it may have been signed out. Sign in again."
_EXPIRED = "Your session has expired. Sign in again."
REVOKED = "This token is not known: it was revoked, has expired or is incomplete. Make a new one in the settings."
READ_ONLY = "This token may only read; nothing was changed. Make one that may also write in the settings."
_APPS = "This token is for /mcp alone. For the API, make a personal token in the settings."
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# Made once: every request runs it. By the tables' own columns, which the ORM adds nothing to.
_USER, _SESSION, _PROFILE = User.__table__.c, Session.__table__.c, Profile.__table__.c
_USER_OF_TOKEN = (
    select(_USER.id, _USER.name, _USER.email, _SESSION.expiresAt, _SESSION.updatedAt, _PROFILE.revision)
    .join_from(Session.__table__, User.__table__, _SESSION.userId == _USER.id)
    .outerjoin(Profile.__table__, _PROFILE.user_id == _USER.id)
    .where(_SESSION.token == bindparam("token"))
)


@dataclass(frozen=True)
class CurrentUser:
    """The user, from the session or the personal access token and from nowhere else.

    ``revision`` is that of the user's journal as the session was read; None if it was not read. ``token_name`` is what
    the token is called; None for a session.
    """

    id: str
    name: str
    email: str
    revision: int | None = None
    token_name: str | None = None

    @property
    def by_token(self) -> bool:
        return self.token_name is not None


def presented_token(request: HTTPConnection, settings: Settings) -> str | None:
    """The session token that the request shows: a bearer token, raw or signed, or else the signed cookie."""
    bearer = bearer_token(request)
    if bearer is None:
        return read_signed(request, settings, SESSION_TOKEN)
    return verify(unquote(bearer), settings.secret) if "." in bearer else bearer


def bearer_token(request: HTTPConnection) -> str | None:
    """What follows ``Bearer`` in the Authorization header; None for no header or another scheme."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def basic_credentials(request: HTTPConnection) -> tuple[str, str]:
    """The user name and password of HTTP Basic (RFC 7617); empty for no header, another scheme or what is none."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        text = b64decode(given.strip(), validate=True).decode() if scheme.lower() == "basic" else ""
    except (Base64Error, UnicodeDecodeError):
        return "", ""
    name, _, password = text.partition(":")
    return name.strip(), password.strip()


def basic_password(request: HTTPConnection) -> str:
    return basic_credentials(request)[1]


def refusal(detail: str = _UNKNOWN) -> NotSignedInError:
    """The 401, with the code and message by which Better Auth's client knows it."""
    return NotSignedInError(detail, headers=_CHALLENGE, code="UNAUTHORIZED", message="Unauthorized")


async def current_user(
    request: Request,
    settings: SettingsDep,
    database: DatabaseDep,
    background: BackgroundTasks,
    _bearer: Annotated[object, Security(HTTPBearer(auto_error=False, description="A session's or a personal token"))],
    _cookie: Annotated[object, Security(APIKeyCookie(name=SESSION_TOKEN, auto_error=False))],
) -> CurrentUser:
    """The signed-in user.

    Raises NotSignedInError (401) without a session, with one that is not known, and with one that has expired, and
    ForbiddenError (403) for a write with a token that may only read.
    The two unnamed parameters only tell the OpenAPI document how to sign in.
    """
    async with database.reading() as reader:
        user, later = await signed_in(request, settings, database, reader)
    if later:
        background.tasks.append(later)
    return user


async def signed_in(
    request: Request, settings: Settings, database: Database, reader: Reader
) -> tuple[CurrentUser, BackgroundTask | None]:
    """The signed-in user, and what is to be done after the answer. Raises as `current_user` does."""
    bearer = bearer_token(request)
    if bearer and is_personal(bearer):
        return await _token_user(request, database, reader, bearer)
    if bearer and is_access(bearer):
        raise refusal(_APPS)
    token = presented_token(request, settings)
    if not token:
        raise refusal(_NOT_SIGNED_IN)
    user, due = await _user_of(reader, token)
    request.app.state.claimants.learn(token, user.id)
    # After the answer, when the request's own write is over: SQLite has one writer at a time.
    return user, BackgroundTask(noted, extend, database, token) if due else None


async def _token_user(
    request: Request, database: Database, reader: Reader, token: str
) -> tuple[CurrentUser, BackgroundTask | None]:
    holder = await holder_of(reader, token)
    if holder is None:
        raise refusal(REVOKED)
    request.app.state.claimants.learn(token, holder.user_id)
    if request.method not in _SAFE_METHODS and not holder.may_write:
        raise ForbiddenError(READ_ONLY, headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'})
    user = CurrentUser(id=holder.user_id, name=holder.name, email=holder.email, token_name=holder.token_name)
    return user, BackgroundTask(noted, note_use, database, holder.token_id) if holder.is_due else None


async def _user_of(reader: Reader, token: str) -> tuple[CurrentUser, bool]:
    """The user of a live session, and whether the session is due to be extended.

    Raises NotSignedInError (401) for a session that is not known or has expired.
    """
    rows = await reader.rows(_USER_OF_TOKEN, {"token": token})
    if not rows:
        raise refusal(_UNKNOWN)
    row = rows[0]
    if row.expiresAt <= utc_now():
        raise refusal(_EXPIRED)
    user = CurrentUser(id=row.id, name=row.name, email=row.email, revision=row.revision or 0)
    return user, is_due(expires_at=row.expiresAt, updated_at=row.updatedAt)


CurrentUserDep = Annotated[CurrentUser, Depends(current_user)]
