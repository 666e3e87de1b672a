"""The keys that follow from BETTER_AUTH_SECRET, each for one purpose (HKDF, RFC 5869)."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@lru_cache(maxsize=32)
def derived_key(secret: str, purpose: str, *, length: int = 32) -> bytes:
    """The key for one purpose; of another purpose's key it tells nothing."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"todo-chatbot " + purpose.encode()).derive(
        secret.encode()
    )


def box(secret: str, purpose: str) -> Fernet:
    """What encrypts and authenticates texts of one purpose (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return Fernet(urlsafe_b64encode(derived_key(secret, purpose)))
