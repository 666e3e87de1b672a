"""Personal access tokens over HTTP, for whoever is signed in on the page; a token cannot make or end tokens."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from backend.auth.dependencies import CurrentUser, CurrentUserDep
from backend.errors import ForbiddenError
from backend.forms import TOKEN_NAME_LENGTH, form
from backend.journal.values import instant
from backend.openapi import problems, refuse_query
from backend.session import ReadSessionDep, WriteSessionDep
from backend.tasks.text import clean_line
from backend.tokens import service
from backend.tokens.models import AccessToken
from backend.tokens.service import Scope

router = APIRouter(prefix="/api/tokens", tags=["tokens"], responses=problems(401, 403, 422, 503))


def _clean_name(name: str) -> str:
    return clean_line(name, limit=TOKEN_NAME_LENGTH)


class TokenCreate(BaseModel):
    """A token to be made. Without ``expires_in_days`` it works until it is revoked."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str,
        AfterValidator(_clean_name),
        Field(description="What it is for: 1-100 characters", json_schema_extra=form("token-name")),
    ]
    scope: Annotated[Scope, Field(description="`read`, or `write` to read and to change")] = "read"
    expires_in_days: int | None = Field(default=None, ge=1, le=3650)


class TokenOut(BaseModel):
    """A token as it is listed: everything but itself."""

    id: str
    name: str
    scope: Scope
    ending: str = Field(description="Its last four characters, to know it by")
    created_at: str
    last_used_at: str | None = Field(description="To the minute")
    expires_at: str | None


class MadeTokenOut(TokenOut):
    """A token just made, with itself: the only time that it is shown."""

    token: str


async def _session_user(user: CurrentUserDep) -> CurrentUser:
    """Raises ForbiddenError for a user who came with a personal access token."""
    if user.by_token:
        raise ForbiddenError("A token cannot list, make or revoke tokens; sign in on the page for that.")
    return user


SessionUserDep = Annotated[CurrentUser, Depends(_session_user)]
TokenId = Annotated[str, Path(description="The token's id, a UUID")]


@router.get("", dependencies=[refuse_query])
async def list_tokens(user: SessionUserDep, session: ReadSessionDep) -> list[TokenOut]:
    """The user's tokens, the newest first."""
    return [TokenOut.model_validate(_shown(token)) for token in await service.list_tokens(session, user.id)]


@router.post("", status_code=201, responses=problems(400, 409, 413), dependencies=[refuse_query])
async def create_token(
    new: TokenCreate, user: SessionUserDep, session: WriteSessionDep, response: Response
) -> MadeTokenOut:
    """Make a token; the answer is the only one that holds it."""
    days = new.expires_in_days
    lifetime = timedelta(days=days) if days else None
    made, secret = await service.make_token(session, user.id, name=new.name, scope=new.scope, lifetime=lifetime)
    response.headers["Cache-Control"] = "no-store"
    return MadeTokenOut.model_validate({**_shown(made), "token": secret})


@router.delete("/{token_id}", status_code=204, responses=problems(404), dependencies=[refuse_query])
async def revoke_token(token_id: TokenId, user: SessionUserDep, session: WriteSessionDep) -> None:
    """Revoke a token: whatever uses it is refused from now on."""
    await service.revoke(session, user.id, token_id)


def _shown(token: AccessToken) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "scope": token.scope,
        "ending": token.ending,
        "created_at": instant(token.created_at),
        "last_used_at": instant(token.last_used_at) if token.last_used_at else None,
        "expires_at": instant(token.expires_at) if token.expires_at else None,
    }
