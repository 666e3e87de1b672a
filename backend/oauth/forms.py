"""Requests of apps, made ready for the SDK's handlers: read once, checked for what those leave open."""

from base64 import b64encode
from collections import Counter
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.requests import Request
from starlette.types import Message

from backend.auth.dependencies import basic_credentials
from backend.oauth.scopes import without_idle

MOST_FIELDS = 30
_FORM = "application/x-www-form-urlencoded"


class FormError(Exception):
    """A request that says what it says in no way that has one meaning; ``code`` is that of RFC 6749, 5.2."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises FormError for another kind of body, a field sent twice (RFC 6749, 3.2)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise FormError("invalid_request", f"Send the fields as {_FORM}.")
    try:
        fields = parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FormError("invalid_request", f"The body is no form in UTF-8 of at most {MOST_FIELDS} fields.") from error
    refuse_repeated(fields)
    return with_basic(dict(fields), *basic_credentials(request))


def refuse_repeated(fields: list[tuple[str, str]]) -> None:
    """Raises FormError: of two values nobody can say which is meant."""
    repeated = [name for name, count in Counter(name for name, _ in fields).items() if count > 1]
    if repeated:
        raise FormError("invalid_request", f"{repeated[0][:40]} was sent more than once.")


def with_basic(fields: dict[str, str], name: str, password: str) -> dict[str, str]:
    """The same with the client's name from HTTP Basic, where the form leaves it out as it may (RFC 6749, 2.3.1)."""
    named = {"client_id": unquote(name)} if name and not fields.get("client_id") else {}
    secret = {"client_secret": unquote(password)} if name and not fields.get("client_secret") else {}
    return {**fields, **named, **secret}


def with_own_scopes(fields: dict[str, str]) -> dict[str, str]:
    """The same without scopes that mean nothing here; without any, the field goes."""
    if "scope" not in fields:
        return fields
    scope = without_idle(fields["scope"])
    rest = {name: value for name, value in fields.items() if name != "scope"}
    return {**rest, "scope": scope} if scope else rest


def with_form(request: Request, fields: dict[str, str]) -> Request:
    """The same request with these fields for its body.

    A secret stands in both places where one may (RFC 6749, 2.3.1): some clients register for one and use the other.
    """
    body = urlencode(fields).encode()
    replaced = {b"content-length", b"authorization"} if fields.get("client_secret") else {b"content-length"}
    headers = [(name, value) for name, value in request.scope["headers"] if name not in replaced]
    if fields.get("client_secret"):
        pair = f"{quote(fields.get('client_id', ''), safe='')}:{quote(fields['client_secret'], safe='')}"
        headers.append((b"authorization", b"Basic " + b64encode(pair.encode())))

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({**request.scope, "headers": [*headers, (b"content-length", str(len(body)).encode())]}, receive)
