"""The addresses of channels, sealed under a key that follows from BETTER_AUTH_SECRET."""

import hmac
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from backend.keys import box, derived_key
from backend.reminders.channels.notice import RefusedError

KEY_CHANGED = (
    "The server's secret (BETTER_AUTH_SECRET) was changed since this channel was set up, so its address can no longer "
    "be read. Remove the channel and set it up again."
)


def seal(address: str, secret: str) -> str:
    """The address, encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _box(secret).encrypt(address.encode()).decode()


def unseal(sealed: str, secret: str) -> str:
    """The address. Raises RefusedError where it was sealed under another secret, or tampered with."""
    try:
        return _box(secret).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise RefusedError(KEY_CHANGED) from error


def fingerprint(address: str, secret: str) -> str:
    """What the same address has again, and nobody without the secret can try addresses against."""
    return hmac.new(derived_key(secret, "fingerprints"), address.encode(), sha256).hexdigest()


def _box(secret: str) -> Fernet:
    return box(secret, "channel addresses")
