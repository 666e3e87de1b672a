"""Where an app may be sent back to: which addresses may be registered, and which of them a request names. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

LONGEST = 500
MOST = 10
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_LOCAL = {"127.0.0.1", "::1", "localhost"}
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:[/?]|$)", re.IGNORECASE)
_ANY_PORT = re.compile(r"(http://(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?(?=[/?]|$)", re.ASCII | re.IGNORECASE)
# Schemes that a browser acts on itself, or that reach something other than an app.
_REFUSED = {"javascript", "vbscript", "data", "blob", "file", "filesystem", "about", "view-source", "intent", "ftp"}
_REFUSED |= {"chrome", "chrome-extension", "moz-extension", "resource", "jar", "ws", "wss", "mailto", "tel", "sms"}


def refusal(address: str) -> str | None:
    """Why nobody may be sent there, in a sentence; None where they may.

    https anywhere, http on the own machine alone (RFC 8252, 7.3), and schemes of an app's own (7.1).
    """
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "is no address"
    if not address.isascii() or not address.isprintable() or re.search(r"[\s\\]", address) or "*" in (host or ""):
        return "is no address"
    if len(address) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if has_dots(address):
        return "must have no . or .. in its path"
    if "#" in address or "@" in parts.netloc:
        return "must have no fragment and no user name"
    return _scheme_refusal(parts.scheme, host)


def _scheme_refusal(scheme: str, host: str | None) -> str | None:
    if not _SCHEME.fullmatch(scheme) or scheme in _REFUSED:
        return "must begin with https://, or with a scheme of the app's own"
    if scheme in {"http", "https"} and not host:
        return "is no address"
    if scheme == "http" and host not in _LOCAL:
        return "may be http:// on the own machine alone (127.0.0.1, [::1], localhost); elsewhere it must be https://"
    return None


def has_dots(address: str) -> bool:
    """Whether its path leads elsewhere than it says, by ``.`` or ``..``."""
    return _DOTS.search(address) is not None


def is_registered(asked: str, registered: Iterable[str]) -> bool:
    """Whether it is one of these, letter by letter; on the own machine with any port (RFC 8252, 7.3)."""
    known = list(registered)
    return asked in known or _portless(asked) in {_portless(address) for address in known if _ANY_PORT.match(address)}


def with_answer(address: str, **fields: str | None) -> str:
    """The address with these fields in its query, and all that it had itself unchanged (RFC 6749, 3.1.2)."""
    added = urlencode({name: value for name, value in fields.items() if value is not None})
    return f"{address}{'&' if '?' in address else '?'}{added}"


def is_local(address: str) -> bool:
    """Whether it leads to a program on the machine of whoever opens it."""
    parts = urlsplit(address)
    return parts.scheme not in {"http", "https"} or parts.hostname in _LOCAL


def host_of(address: str) -> str:
    """What a person is told of where it leads: the host, or the scheme of an app's own."""
    parts = urlsplit(address)
    return parts.hostname or parts.scheme if parts.scheme in {"http", "https"} else f"{parts.scheme}:"


def _portless(address: str) -> str:
    return _ANY_PORT.sub(r"\1", address, count=1)
