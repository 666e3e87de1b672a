"""What a browser is asked to sign: a challenge, kept for five minutes and good once (WebAuthn calls it a ceremony)."""

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, delete
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url

from backend.auth.errors import AuthError
from backend.auth.models import Verification
from backend.auth.proofs import new_token
from backend.models import utc_now

LIFETIME = timedelta(minutes=5)
Kind = Literal["registration", "authentication"]
_NAMELESS = (
    "A passkey belongs to a host name, and this page was opened by an address in numbers ({host}). Open it by its "
    "name; on this machine that is http://localhost with the same port."
)


@dataclass(frozen=True)
class Page:
    """The page that asks: what passkeys are bound to. ``host`` is WebAuthn's relying party id."""

    origin: str
    host: str


def page_at(origin: str) -> Page:
    """The page of this origin. Raises AuthError where it has no name, for which browsers make no passkey."""
    host = urlsplit(origin).hostname or ""
    if not host or _is_number(host):
        raise AuthError("PASSKEY_NEEDS_A_NAME", _NAMELESS.format(host=host or "none"))
    return Page(origin=origin, host=host)


async def begin(session: AsyncSession, kind: Kind, challenge: bytes, *, user_id: str | None) -> str:
    """Keep the challenge; the token of its cookie."""
    await session.execute(delete(Verification).where(_all_of(kind), Verification.expires_at < utc_now()))
    token = new_token()
    value = json.dumps({"challenge": bytes_to_base64url(challenge), "user": user_id})
    row = Verification(identifier=_identifier(kind, token), value=value, expires_at=utc_now() + LIFETIME)
    session.add(row)
    await session.flush()
    return token


async def end(session: AsyncSession, kind: Kind, token: str | None, *, user_id: str | None) -> bytes:
    """The challenge, which from now on is none. Raises AuthError for one that is unknown, over or somebody else's."""
    found = delete(Verification).where(Verification.identifier == _identifier(kind, token or ""))
    row = (await session.execute(found.returning(Verification.value, Verification.expires_at))).one_or_none()
    kept = json.loads(row.value) if row and row.expires_at > utc_now() else None
    if kept is None or (kind == "registration" and kept["user"] != user_id):
        raise AuthError("CHALLENGE_NOT_FOUND")
    return base64url_to_bytes(kept["challenge"])


def _all_of(kind: Kind) -> ColumnElement[bool]:
    return Verification.identifier.startswith(f"passkey-{kind}:", autoescape=True)


def _identifier(kind: Kind, token: str) -> str:
    return f"passkey-{kind}:{sha256(token.encode()).hexdigest()}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
