"""The user's part: what an app asks for, their yes or no, and the list of apps that they have connected."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from backend.errors import BadRequestError, ConflictError
from backend.journal.values import instant
from backend.oauth import clients, grants, redirects
from backend.oauth.clients import Client
from backend.oauth.documents import names_document
from backend.oauth.models import OAuthGrant
from backend.oauth.ticket import Ticket, unseal
from backend.openapi import problems, refuse_query
from backend.session import ReadSessionDep, WriteSessionDep
from backend.settings import SettingsDep
from backend.tokens.routes import SessionUserDep
from backend.tokens.service import Scope

router = APIRouter(prefix="/api/oauth", tags=["connected apps"], responses=problems(401, 403, 422, 503))
LONGEST_TICKET = 12_000
_GONE = "This app’s registration is gone. Go back to the app and connect again."

_SIGNS = "^[ -~]+$"  # a sealed request has no others; with others an address would be longer than the server reads
TicketText = Annotated[
    str, Field(max_length=LONGEST_TICKET, pattern=_SIGNS, description="`request` of the page's address")
]


class AppRequestOut(BaseModel):
    """Who asks, and for what. Names are the app's own words; nobody has checked them."""

    app: str = Field(description="What the app calls itself")
    host: str | None = Field(description="The host of the document about the app; null for one that registered itself")
    returns_to: str = Field(description="Where the answer goes: a host, or the scheme of an app's own")
    is_local: bool = Field(description="Whether that is a program on the user's own machine")
    scope: Scope
    user_id: str
    email: str


class DecisionIn(BaseModel):
    """The user's answer. ``user_id``: whom the page showed; ``scope``: what is allowed, at most what was asked for."""

    model_config = ConfigDict(extra="forbid")

    request: TicketText
    user_id: Annotated[str, Field(max_length=64)]
    allow: bool
    scope: Scope = "read"


class DecisionOut(BaseModel):
    """Where the browser goes now, with the answer."""

    redirect_to: str


class ConnectedAppOut(BaseModel):
    """An app that has access."""

    id: str
    name: str
    host: str | None
    scope: Scope
    created_at: str
    last_used_at: str | None = Field(description="To the minute")
    expires_at: str = Field(description="When its access ends unless it is used")


async def _asked(ticket: Ticket, session: ReadSessionDep) -> Client:
    row = await clients.find(session, ticket.client_id)
    if row is None:
        raise BadRequestError(_GONE)
    return clients.restored(row)


def _no_store(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"


@router.get("/request", responses=problems(400), dependencies=[Depends(_no_store)])
async def read_app_request(
    user: SessionUserDep,
    session: ReadSessionDep,
    settings: SettingsDep,
    request: Annotated[
        str, Query(max_length=LONGEST_TICKET, pattern=_SIGNS, description="As the page's address has it")
    ],
) -> AppRequestOut:
    """What an app asks the signed-in user for."""
    ticket = unseal(request, settings.secret)
    return AppRequestOut(
        app=clients.shown_name(await _asked(ticket, session)),
        host=_host(ticket.client_id),
        returns_to=redirects.host_of(ticket.redirect_uri),
        is_local=redirects.is_local(ticket.redirect_uri),
        scope=ticket.scope,
        user_id=user.id,
        email=user.email,
    )


@router.post("/decision", responses=problems(400, 409, 413), dependencies=[refuse_query, Depends(_no_store)])
async def decide(
    decision: DecisionIn, user: SessionUserDep, session: WriteSessionDep, settings: SettingsDep
) -> DecisionOut:
    """Allow or deny it. The answer goes to the app by the browser."""
    ticket = unseal(decision.request, settings.secret)
    if decision.user_id != user.id:
        raise ConflictError("Somebody else is signed in now. Reload the page to see who, and decide again.")
    answer: dict[str, str | None] = {"error": "access_denied", "error_description": "The user did not allow it."}
    if decision.allow:
        scope: Scope = "write" if (decision.scope, ticket.scope) == ("write", "write") else "read"
        answer = {"code": await grants.make_code(session, user.id, ticket, scope)}
    return DecisionOut(
        redirect_to=redirects.with_answer(ticket.redirect_uri, **answer, state=ticket.state, iss=ticket.issuer)
    )


@router.get("/apps", dependencies=[refuse_query])
async def list_connected_apps(user: SessionUserDep, session: ReadSessionDep) -> list[ConnectedAppOut]:
    """The user's connected apps, the newest first."""
    return [_shown(grant, instant(end)) for grant, end in await grants.list_grants(session, user.id)]


@router.delete("/apps/{app_id}", status_code=204, responses=problems(404), dependencies=[refuse_query])
async def end_connected_app(
    app_id: Annotated[str, Path(description="The app's id in the list, a UUID")],
    user: SessionUserDep,
    session: WriteSessionDep,
) -> None:
    """End an app's access: its tokens are refused from now on."""
    await grants.end_own_grant(session, user.id, app_id)


def _shown(grant: OAuthGrant, expires_at: str) -> ConnectedAppOut:
    return ConnectedAppOut.model_validate(
        {
            "id": grant.id,
            "name": grant.client_name,
            "host": _host(grant.client_id),
            "scope": grant.scope,
            "created_at": instant(grant.created_at),
            "last_used_at": instant(grant.last_used_at) if grant.last_used_at else None,
            "expires_at": expires_at,
        }
    )


def _host(client_id: str) -> str | None:
    return redirects.host_of(client_id) if names_document(client_id) else None
