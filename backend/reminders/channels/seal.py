"""The channels' keys, each derived from BETTER_AUTH_SECRET for one purpose (HKDF, RFC 5869); sealed addresses."""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.reminders.channels.notice import RefusedError

KEY_CHANGED = (
    "The server's secret (BETTER_AUTH_SECRET) was changed since this channel was set up, so its address can no longer "
    "be read. Remove the channel and set it up again."
)


@lru_cache(maxsize=32)
def derived_key(secret: str, purpose: str, *, length: int = 32) -> bytes:
    """The key for one purpose; of another purpose's key it tells nothing."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"todo-chatbot " + purpose.encode()).derive(
        secret.encode()
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
    return Fernet(urlsafe_b64encode(derived_key(secret, "channel addresses")))
