"""A webhook's secrets and its address: made, kept sealed, and signed with."""

import secrets
from base64 import b64encode
from datetime import datetime

from cryptography.fernet import InvalidToken
from standardwebhooks import Webhook as Signer

from backend.keys import box
from backend.reminders.channels.notice import RefusedError

PREFIX = "whsec_"
SECRET_BYTES = 32  # Standard Webhooks: 24 to 64
_PURPOSE = "webhooks"
_KEY_CHANGED = (
    "The server's secret (BETTER_AUTH_SECRET) was changed since this webhook was set up, so its address can no longer "
    "be read. Remove the webhook and set it up again."
)


def new_secret() -> str:
    """A secret as receivers of Standard Webhooks take it: ``whsec_`` and base64."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def seal(text: str, server_secret: str) -> str:
    """The text, encrypted and authenticated under a key that follows from BETTER_AUTH_SECRET."""
    return box(server_secret, _PURPOSE).encrypt(text.encode()).decode()


def unseal(sealed: str, server_secret: str) -> str:
    """Raises RefusedError where it was sealed under another secret, or tampered with."""
    try:
        return box(server_secret, _PURPOSE).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise RefusedError(_KEY_CHANGED) from error


def signed_headers(event_id: str, body: str, at: datetime, signing: list[str]) -> dict[str, str]:
    """The three headers of Standard Webhooks; a signature by each secret. ``at`` (UTC) is that of the attempt."""
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Signer(secret).sign(event_id, at, body) for secret in signing),
    }
