"""An app's request on its way to the user's yes or no: checked, then signed, so that nothing is kept until then."""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass

from backend.auth.cookies import sign, verify
from backend.errors import BadRequestError
from backend.tokens.service import Scope

SECONDS = 3600
_KIND = "connect:"
_OVER = "This request is over. Go back to the app and connect again."
_BROKEN = "This request is not one of this server's, or a part of it is missing. Go back to the app and connect again."


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What the app asked for. ``issuer`` is this server as the app knows it; ``expires_at`` is in Unix seconds."""

    client_id: str
    redirect_uri: str
    redirect_given: bool
    state: str | None
    challenge: str
    scope: Scope
    resource: str
    issuer: str
    expires_at: int


def expiry() -> int:
    """An hour from now: long enough to make an account first."""
    return int(time.time()) + SECONDS


def seal(ticket: Ticket, secret: str) -> str:
    payload = urlsafe_b64encode(json.dumps(asdict(ticket), separators=(",", ":")).encode()).decode()
    return sign(_KIND + payload, secret)


def unseal(sealed: str, secret: str) -> Ticket:
    """Raises BadRequestError for what was not sealed here, and for what is over."""
    value = verify(sealed, secret) if sealed.isascii() else None
    if value is None or not value.startswith(_KIND):
        raise BadRequestError(_BROKEN)
    ticket = Ticket(**json.loads(urlsafe_b64decode(value.removeprefix(_KIND))))
    if ticket.expires_at < time.time():
        raise BadRequestError(_OVER)
    return ticket
