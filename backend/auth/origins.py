"""Where a request comes from: the client's address, and whether the page that sent it may (CSRF)."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from unicodedata import category, normalize
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.auth.cookies import is_secure
from backend.errors import problem
from backend.settings import Settings

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}  # Unicode's general categories
_ENCODED_SLASH = re.compile(r"%(25)*(2f|5c|0[0-9a-f]|1[0-9a-f])")  # also encoded again, and controls
_DOTS_THEN_SLASH = re.compile(r"/(\.|%2e){1,2}(/|$)")
_FORBIDDEN = "This request was sent by a page of another site ({origin}); nothing was changed."


class OriginGuard:
    """ASGI middleware: a state-changing request from a foreign page is refused with 403, before anything reads it.

    A bearer token exempts, since no foreign page can make a browser send one. So does the absence of `Origin` and
    `Sec-Fetch-Site` both: browsers send at least one with every write, programs neither.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.trusted = trusted_origins(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS:
            return await self.app(scope, receive, send)
        connection = HTTPConnection(scope)
        foreign = foreign_origin(connection, secure=is_secure(connection, self.settings), trusted=self.trusted)
        if foreign is None:
            return await self.app(scope, receive, send)
        detail = _FORBIDDEN.format(origin=foreign)
        answer = problem(403, detail, code="INVALID_ORIGIN", message="Invalid origin")
        return await answer(scope, receive, send)


def trusted_origins(settings: Settings) -> frozenset[str]:
    """The origins that an operator vouches for: TRUSTED_ORIGINS and that of BETTER_AUTH_URL."""
    listed = [item.strip() for item in settings.trusted_origins.split(",")] + [settings.better_auth_url or ""]
    return frozenset(origin for item in listed if (origin := _origin_of(item)))


def foreign_origin(connection: HTTPConnection, *, secure: bool, trusted: frozenset[str]) -> str | None:
    """The origin that has no business here, in words; None when the request may pass."""
    if connection.headers.get("authorization", "").lower().startswith("bearer "):
        return None
    return foreign_page(connection, secure=secure, trusted=trusted)


def foreign_page(connection: HTTPConnection, *, secure: bool, trusted: frozenset[str]) -> str | None:
    """The origin of a page that is neither our own nor trusted, whatever it shows; None for ours and for a program."""
    headers = connection.headers
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None:
        return "unknown" if site in {"cross-site", "same-site"} else None
    if origin == "null":
        return None if site == "same-origin" else "null"
    return None if origin in trusted or _is_own(origin, headers, secure=secure) else origin[:200]


def may_be_rebound(origin: str) -> bool:
    """Whether the page is named by what anybody's DNS could point here: over http, by neither a number nor localhost.

    Over https the browser has seen a certificate for the name, which a page of the name's owner could not show here.
    """
    parts = urlsplit(origin)
    host = parts.hostname or ""
    return parts.scheme == "http" and host != "localhost" and _address(host) is None


def is_trusted_url(url: str, connection: HTTPConnection, settings: Settings) -> bool:
    """Whether a callback address leads back to the page: a plain absolute path, or one on an origin that is known.

    Known are those that the operator named. What a request says of its own host (`Host`, `X-Forwarded-Host`) any caller
    can write, so it makes none known but this machine's own: the page of `./todo up`.
    """
    if _has_disguise(url):
        return False
    if url.startswith("/"):
        return _is_plain_path(url)
    origin = _origin_of(url)
    if origin is None or "@" in origin:
        return False
    own = _is_loopback(origin) and _is_own(origin, connection.headers, secure=is_secure(connection, settings))
    return own or origin in trusted_origins(settings)


def _has_disguise(url: str) -> bool:
    """Characters that browsers drop or read as others: blanks and controls, invisible ones, slashes of other forms."""
    if any(category(character) in _UNSEEN for character in url):
        return True
    return "\\" in normalize("NFKC", url) or any(
        sign in normalize("NFKC", character) for character in url if ord(character) > 0x7F for sign in "/:@?#."
    )


def _is_plain_path(url: str) -> bool:
    """A path that stays one however often it is resolved or decoded: no double slash may come of it."""
    path = url.partition("?")[0].partition("#")[0].lower()
    return "//" not in path and not _ENCODED_SLASH.search(path) and not _DOTS_THEN_SLASH.search(path)


def client_address(connection: HTTPConnection) -> str:
    """The caller's address, in a form to count by; an IPv6 one stands for its /64, which one subscriber has whole.

    ``X-Forwarded-For`` is believed from a private or loopback peer (the frontend) alone, and of it only the last
    entry, the one that the peer's own proxy added; what stands before it any caller can write.
    """
    peer = _address(connection.client.host if connection.client else "")
    forwarded = connection.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    behind = _address(forwarded) if peer is None or peer.is_private else None
    address = behind or peer
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address or "unknown")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _is_loopback(origin: str) -> bool:
    host = urlsplit(origin).hostname or ""
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _origin_of(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:  # no address at all, such as "http://["
        return None
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme in {"http", "https"} and parts.netloc else None


def _is_own(origin: str, headers: Headers, *, secure: bool) -> bool:
    """Whether the origin is the page's own: its host is the one that the browser asked; over https, https alone.

    No foreign page can set these two headers: `Host` is the browser's, the other would need a preflight.
    """
    scheme, _, host = origin.lower().partition("://")
    if scheme not in {"http", "https"} or (secure and scheme == "http"):
        return False
    hosts = {headers.get("host", ""), headers.get("x-forwarded-host", "").split(",")[0].strip()}
    return bool(host) and host in {name.lower() for name in hosts}
