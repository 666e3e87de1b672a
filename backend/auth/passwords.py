"""Passwords as Better Auth keeps them: ``salt:key`` in hex, by scrypt (`@better-auth/utils/password`)."""

import asyncio
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from hashlib import scrypt
from unicodedata import normalize

MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 128
_N, _R, _P, _KEY_LENGTH = 16384, 16, 1, 64
_MEMORY = 128 * _N * _R * 2
# Each hash takes 32 MB and a core for some 50 ms: two at a time, the others wait, and the event loop never does.
_HASHERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="scrypt")


def length(password: str) -> int:
    """The length that Better Auth measures: JavaScript's, in UTF-16 units."""
    return len(password.encode("utf-16-le", "surrogatepass")) // 2


async def hash_password(password: str) -> str:
    """A new hash; the length is to be checked first."""
    salt = secrets.token_hex(16)
    return f"{salt}:{(await _key(password, salt)).hex()}"


async def verify_password(stored: str, password: str) -> bool:
    """Whether ``password`` made the ``stored`` hash, in time that tells nothing; ValueError for what is no hash."""
    salt, colon, key = stored.partition(":")
    if not (salt and colon and key):
        raise ValueError("the stored password is not salt:key")
    return hmac.compare_digest((await _key(password, salt)).hex(), key.lower())


async def _key(password: str, salt: str) -> bytes:
    # The salt is the hex text itself, not the bytes it stands for: so Better Auth hashes.
    text = normalize("NFKC", password).encode()
    return await asyncio.get_running_loop().run_in_executor(_HASHERS, _scrypt, text, salt.encode())


def _scrypt(text: bytes, salt: bytes) -> bytes:
    return scrypt(text, salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=_KEY_LENGTH)
