"""The addresses that this server says of itself (RFC 8414, RFC 9728), by the origin that a program knows it by."""

import re
from urllib.parse import urlsplit

from mcp.shared.auth import OAuthMetadata, ProtectedResourceMetadata
from pydantic import AnyHttpUrl
from starlette.requests import HTTPConnection

from backend.auth.cookies import is_secure
from backend.errors import BadRequestError
from backend.oauth.scopes import ALL
from backend.settings import Settings

MCP = "/mcp"
AUTHORIZE, TOKEN, REGISTER, REVOKE = (f"/api/oauth/{name}" for name in ("authorize", "token", "register", "revoke"))
CONSENT = "/connect"
RESOURCE_METADATA = "/.well-known/oauth-protected-resource"
SERVER_METADATA = "/.well-known/oauth-authorization-server"
AUTHENTICATION = ["none", "client_secret_post", "client_secret_basic"]
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.ASCII)
_PORTS = {"http": ":80", "https": ":443"}


def public_origin(connection: HTTPConnection, settings: Settings) -> str:
    """That of BETTER_AUTH_URL or, where it is not set, the one that the request was sent to.

    A request that lies about its host gets an answer for that host alone, which nobody else sees. Raises
    BadRequestError for a host that is none.
    """
    if settings.better_auth_url:
        parts = urlsplit(settings.better_auth_url)
        return f"{parts.scheme}://{parts.netloc}".lower()
    headers = connection.headers
    host = (headers.get("x-forwarded-host") or headers.get("host", "")).split(",")[0].strip().lower()
    if not _HOST.fullmatch(host):
        raise BadRequestError("The request's Host is no host name.")
    scheme = "https" if is_secure(connection, settings) else "http"
    return f"{scheme}://{host.removesuffix(_PORTS[scheme])}"


def page_origin(connection: HTTPConnection, settings: Settings) -> str:
    """Where the page is that asks the user; a program that speaks to the backend itself is shown the known page."""
    forwarded = settings.better_auth_url or connection.headers.get("x-forwarded-host")
    return public_origin(connection, settings) if forwarded else settings.page_url


def resource_of(origin: str) -> str:
    """What tokens are for (RFC 8707): the address of the MCP server."""
    return origin + MCP


def is_own_resource(asked: str, origin: str) -> bool:
    """Whether a program means this server by it: in whatever spelling, with or without a slash, or by its origin."""
    try:
        parts = urlsplit(asked)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return False
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    said = f"{parts.scheme}://{host}{port.removesuffix(_PORTS.get(parts.scheme, '-'))}"
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    return plain and said == origin and parts.path.rstrip("/") in {"", MCP}


def resource_metadata_url(origin: str) -> str:
    return origin + RESOURCE_METADATA + MCP


def resource_metadata(origin: str, *, path: str = MCP) -> ProtectedResourceMetadata:
    """``path``: as the program asked for it, since some take a slash at its end for another resource."""
    return ProtectedResourceMetadata(
        resource=AnyHttpUrl(origin + path),
        authorization_servers=[_bare(origin)],
        scopes_supported=ALL,
        resource_name="Todo Chatbot",
    )


def server_metadata(origin: str) -> OAuthMetadata:
    return OAuthMetadata(
        issuer=_bare(origin),
        authorization_endpoint=AnyHttpUrl(origin + AUTHORIZE),
        token_endpoint=AnyHttpUrl(origin + TOKEN),
        registration_endpoint=AnyHttpUrl(origin + REGISTER),
        revocation_endpoint=AnyHttpUrl(origin + REVOKE),
        scopes_supported=ALL,
        response_types_supported=["code"],
        response_modes_supported=["query"],
        grant_types_supported=["authorization_code", "refresh_token"],
        token_endpoint_auth_methods_supported=AUTHENTICATION,
        revocation_endpoint_auth_methods_supported=AUTHENTICATION,
        code_challenge_methods_supported=["S256"],
        client_id_metadata_document_supported=True,
        authorization_response_iss_parameter_supported=True,
    )


def _bare(origin: str) -> AnyHttpUrl:
    """Without a slash at its end: issuers are compared letter by letter (RFC 8414, 3.3)."""
    return OAuthMetadata.model_validate(
        {"issuer": origin, "authorization_endpoint": origin, "token_endpoint": origin}
    ).issuer
