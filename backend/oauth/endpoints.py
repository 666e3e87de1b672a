"""The endpoints that apps speak to: the SDK's handlers, with what they leave open checked before and after.

No endpoint looks at a cookie, so no page can act here with its visitor's session; the user's yes is `routes`'.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import FastAPI
from mcp.server.auth.handlers.authorize import AuthorizationHandler
from mcp.server.auth.handlers.register import RegistrationHandler
from mcp.server.auth.handlers.revoke import RevocationHandler
from mcp.server.auth.handlers.token import TokenHandler
from mcp.server.auth.middleware.client_auth import ClientAuthenticator
from mcp.server.auth.settings import ClientRegistrationOptions
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.auth.origins import client_address
from backend.errors import ProblemError
from backend.oauth import addresses
from backend.oauth.clients import LARGEST_RECORD
from backend.oauth.forms import FormError, read_form, refuse_repeated, with_form, with_own_scopes
from backend.oauth.provider import Asking, Provider
from backend.oauth.redirects import with_answer
from backend.oauth.scopes import ALL
from backend.plain_page import told_page
from backend.session import get_database
from backend.settings import Settings

LONGEST_STATE = 4000
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # a SHA-256 in base64url (RFC 7636, 4.2)
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_GRANTS = {"authorization_code", "refresh_token"}
_TITLE = "This app cannot be connected"


async def authorize(request: Request) -> Response:
    """On to the page that asks the user, or back to the app with what is wrong; else a page that says so."""
    settings: Settings = request.app.state.settings
    try:
        fields = await _authorize_fields(request)
        asking = _asking(request, fields)
        asking.reads_documents = True
        if len(fields.get("state", "")) > LONGEST_STATE:
            raise FormError("invalid_request", f"Its state is longer than {LONGEST_STATE} characters.")
        provider = Provider(await get_database(request), settings, asking)
        await provider.get_client(fields.get("client_id", ""))  # here, where what is wrong with it can be told
        answer = await AuthorizationHandler(provider).handle(_as_get(request, _with_whole_challenge(fields)))
    except (FormError, ProblemError) as error:
        return _error_page(error.detail, settings, status=getattr(error, "status", 400))
    if answer.status_code != 302:
        return _error_page(_said(answer), settings, status=400)
    location = answer.headers["location"]
    if not location.startswith(f"{asking.page}{addresses.CONSENT}?request="):
        told = dict(parse_qsl(urlsplit(location).query))
        back = asking.redirect or location.partition("?")[0]
        said = {name: told.get(name) for name in ("error", "error_description", "state")}
        answer.headers["location"] = with_answer(back, **said, iss=asking.origin)  # RFC 9207, 2
    return answer


async def token(request: Request) -> Response:
    """Tokens for a code or a refresh token."""

    async def handle(provider: Provider, fields: dict[str, str]) -> Response:
        if fields.get("grant_type") not in _GRANTS:
            raise FormError("unsupported_grant_type", f"grant_type: one of {', '.join(sorted(_GRANTS))}.")
        handler = TokenHandler(provider, ClientAuthenticator(provider))
        answer: Response = await handler.handle(with_form(request, with_own_scopes(fields)))
        return answer

    return await _handled(request, handle)


async def revoke(request: Request) -> Response:
    """The app gives its access back (RFC 7009)."""

    async def handle(provider: Provider, fields: dict[str, str]) -> Response:
        # The SDK's form has the secret of an app without one as an empty field.
        form = with_form(request, {"client_secret": "", **_with_known_hint(fields)})
        return await RevocationHandler(provider, ClientAuthenticator(provider)).handle(form)

    return await _handled(request, handle)


async def register(request: Request) -> Response:
    """A new app (RFC 7591)."""
    body = await request.body()
    if len(body) > LARGEST_RECORD:
        return _refusal("invalid_client_metadata", f"Send at most {LARGEST_RECORD} bytes.", status=413)
    settings: Settings = request.app.state.settings
    asking = _asking(request, {})
    asking.redirects = _redirects_of(body)
    provider = Provider(await get_database(request), settings, asking)
    options = ClientRegistrationOptions(enabled=True, valid_scopes=None, default_scopes=ALL)
    answer = await RegistrationHandler(provider, options).handle(request)
    answer.headers.update(_NO_STORE)
    return answer


async def resource_metadata(request: Request) -> Response:
    """RFC 9728, at the address of the MCP server and, for clients that look there, at the origin's."""
    path = request.url.path.removeprefix(addresses.RESOURCE_METADATA)
    origin = addresses.public_origin(request, request.app.state.settings)
    asked = path if path.rstrip("/") == addresses.MCP else addresses.MCP
    return _document(addresses.resource_metadata(origin, path=asked).model_dump(mode="json", exclude_none=True))


async def server_metadata(request: Request) -> Response:
    """RFC 8414."""
    origin = addresses.public_origin(request, request.app.state.settings)
    return _document(addresses.server_metadata(origin).model_dump(mode="json", exclude_none=True))


def mount(app: FastAPI) -> None:
    endpoints: list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]] = [
        (addresses.AUTHORIZE, authorize, ["GET", "POST"]),
        (addresses.TOKEN, token, ["POST"]),
        (addresses.REVOKE, revoke, ["POST"]),
        (addresses.REGISTER, register, ["POST"]),
    ]
    for suffix in ("", addresses.MCP):
        endpoints.append((addresses.RESOURCE_METADATA + suffix, resource_metadata, ["GET"]))
        endpoints.append((addresses.SERVER_METADATA + suffix, server_metadata, ["GET"]))
    endpoints.append((f"{addresses.RESOURCE_METADATA}{addresses.MCP}/", resource_metadata, ["GET"]))
    app.router.routes.extend(
        Route(path, endpoint, methods=methods, include_in_schema=False) for path, endpoint, methods in endpoints
    )


async def _handled(request: Request, handle: Callable[[Provider, dict[str, str]], Awaitable[Response]]) -> Response:
    try:
        fields = await read_form(request)
        asking = _asking(request, fields)
        provider = Provider(await get_database(request), request.app.state.settings, asking)
        answer = await handle(provider, fields)
    except FormError as error:
        return _refusal(error.code, error.detail, status=400)
    if answer.status_code == 401 and request.headers.get("authorization"):
        answer.headers["WWW-Authenticate"] = 'Basic realm="todo"'  # RFC 6749, 5.2
    return answer


async def _authorize_fields(request: Request) -> dict[str, str]:
    if request.method == "POST":
        return await read_form(request)
    fields = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=30)
    refuse_repeated(fields)
    return dict(fields)


def _asking(request: Request, fields: dict[str, str]) -> Asking:
    settings: Settings = request.app.state.settings
    return Asking(
        origin=addresses.public_origin(request, settings),
        page=addresses.page_origin(request, settings),
        address=client_address(request),
        redirect=fields.get("redirect_uri"),
        resource=fields.get("resource"),
        secret=fields.get("client_secret"),
    )


def _with_whole_challenge(fields: dict[str, str]) -> dict[str, str]:
    """The same, so that the SDK refuses a challenge without its method, which would be a plain one (RFC 7636, 4.3)."""
    challenge = fields.get("code_challenge", "")
    if "code_challenge" in fields and "code_challenge_method" not in fields:
        return {**fields, "code_challenge_method": "plain"}
    if fields.get("code_challenge_method") == "S256" and not _CHALLENGE.fullmatch(challenge):
        return {name: value for name, value in fields.items() if name != "code_challenge"}
    return fields


def _with_known_hint(fields: dict[str, str]) -> dict[str, str]:
    """A hint that is not known is none (RFC 7009, 2.1)."""
    known = fields.get("token_type_hint") in {"access_token", "refresh_token"}
    return fields if known else {name: value for name, value in fields.items() if name != "token_type_hint"}


def _as_get(request: Request, fields: dict[str, str]) -> Request:
    return Request({**request.scope, "method": "GET", "query_string": urlencode(fields).encode()})


def _redirects_of(body: bytes) -> list[str]:
    """The redirect addresses as they were written; what is no such list, the SDK's model refuses."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return []
    listed = said.get("redirect_uris") if isinstance(said, dict) else None
    return [item for item in listed if isinstance(item, str)] if isinstance(listed, list) else []


def _said(answer: Response) -> str:
    said: dict[str, Any] = json.loads(bytes(answer.body))
    description = str(said.get("error_description") or said["error"])
    if "not found" in description:
        return (
            "This server does not know the app: its registration is gone, or was made at another server. "
            "Remove the connection in the app and add it again."
        )
    if "not registered for client" in description:
        return "The app wants you sent to an address that it has not registered. Nothing was sent there."
    return f"The app’s request is not as it must be: {description}"


def _error_page(detail: str, settings: Settings, *, status: int) -> Response:
    return told_page(title=_TITLE, text=detail, home=f"{settings.page_url}/", status=int(status))


def _refusal(code: str, detail: str, *, status: int) -> JSONResponse:
    return JSONResponse({"error": code, "error_description": detail}, status_code=status, headers=_NO_STORE)


def _document(content: dict[str, Any]) -> JSONResponse:
    """It names the host that was asked, so no cache in between may keep it."""
    return JSONResponse(content, headers=_NO_STORE)
