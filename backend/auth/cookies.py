"""Better Auth's cookies: names, attributes and signatures (better-auth 1.7 `cookies/index`, better-call `crypto`)."""

import hmac
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from hashlib import sha256
from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection
from starlette.responses import Response

from backend.settings import Settings

SESSION_SECONDS = 7 * 24 * 3600
SESSION_TOKEN = "better-auth.session_token"  # noqa: S105  (a cookie's name)
DONT_REMEMBER = "better-auth.dont_remember"
TWO_FACTOR = "better-auth.two_factor"
TRUST_DEVICE = "better-auth.trust_device"
PASSKEY = "better-auth.better-auth-passkey"
_EXPIRED_TOO = "better-auth.session_data"
_UNESCAPED = "!~*'()"  # what JavaScript's encodeURIComponent leaves, beside letters, digits and -_.


def sign(value: str, secret: str) -> str:
    """``value.signature``, the signature being HMAC-SHA256 in base64; not yet escaped for a header."""
    return f"{value}.{b64encode(_digest(value, secret)).decode()}"


def verify(signed: str, secret: str) -> str | None:
    """The value that ``signed`` vouches for, or None when it was not signed with ``secret``.

    Takes base64 and base64url, padded or not, as Better Auth's cookie and bearer readers do between them.
    """
    value, dot, signature = signed.rpartition(".")
    if not dot or not value:
        return None
    try:
        given = b64decode(signature.replace("-", "+").replace("_", "/").rstrip("=") + "==")
    except (Base64Error, ValueError):
        return None
    return value if hmac.compare_digest(given, _digest(value, secret)) else None


def is_secure(connection: HTTPConnection, settings: Settings) -> bool:
    """Whether the page is served over https, by its set address or by what the proxy in front reports.

    The report may be forged, but only by the caller, about the caller's own cookies.
    """
    if (settings.better_auth_url or "").startswith("https://") or connection.url.scheme == "https":
        return True
    return connection.headers.get("x-forwarded-proto", "").split(",")[0].strip() == "https"


def cookie_name(name: str, *, secure: bool) -> str:
    return f"__Secure-{name}" if secure else name


def read_signed(connection: HTTPConnection, settings: Settings, name: str) -> str | None:
    """The value of a signed cookie; None when it is missing or its signature is wrong."""
    raw = connection.cookies.get(cookie_name(name, secure=is_secure(connection, settings)))
    return verify(unquote(raw), settings.secret) if raw else None


def set_session(
    response: Response, connection: HTTPConnection, settings: Settings, *, token: str, remember: bool
) -> None:
    """Set the session cookie and the bearer plugin's ``set-auth-token``; unremembered ones end with the browser."""
    signed = quote(sign(token, settings.secret), safe=_UNESCAPED)
    _set(response, connection, settings, SESSION_TOKEN, signed, max_age=SESSION_SECONDS if remember else None)
    if not remember:
        set_signed(response, connection, settings, DONT_REMEMBER, "true", max_age=None)
    elif read_signed(connection, settings, DONT_REMEMBER):
        _set(response, connection, settings, DONT_REMEMBER, "", max_age=0)
    response.headers["set-auth-token"] = unquote(signed)
    response.headers["Access-Control-Expose-Headers"] = "set-auth-token"


def set_signed(
    response: Response, connection: HTTPConnection, settings: Settings, name: str, value: str, *, max_age: int | None
) -> None:
    """Set a cookie whose value `read_signed` gives back; ``max_age`` in seconds, None: until the browser ends."""
    _set(response, connection, settings, name, quote(sign(value, settings.secret), safe=_UNESCAPED), max_age=max_age)


def clear(response: Response, connection: HTTPConnection, settings: Settings, name: str) -> None:
    """End a cookie."""
    _set(response, connection, settings, name, "", max_age=0)


def clear_session(
    response: Response, connection: HTTPConnection, settings: Settings, *, but_wish: bool = False
) -> None:
    """End the session's cookies; ``but_wish`` keeps the wish not to be remembered."""
    for name in (SESSION_TOKEN, _EXPIRED_TOO) if but_wish else (SESSION_TOKEN, _EXPIRED_TOO, DONT_REMEMBER):
        _set(response, connection, settings, name, "", max_age=0)


def _set(
    response: Response, connection: HTTPConnection, settings: Settings, name: str, value: str, *, max_age: int | None
) -> None:
    # Written by hand: Starlette's set_cookie would quote the escaped value and add an Expires of its own.
    secure = is_secure(connection, settings)
    parts = [f"{cookie_name(name, secure=secure)}={value}"]
    parts += [f"Max-Age={max_age}"] if max_age is not None else []
    parts += ["Path=/", "HttpOnly"] + (["Secure"] if secure else []) + ["SameSite=Lax"]
    response.headers.append("set-cookie", "; ".join(parts))


def _digest(value: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), value.encode(), sha256).digest()
