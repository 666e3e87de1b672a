"""The random texts that let an app in. Of each only its SHA-256 is kept; 256 random bits cannot be found by trying."""

import hashlib
import secrets

CODE, ACCESS, REFRESH = "todo-code-", "todo-access-", "todo-refresh-"
"""What each kind begins with, so that it is known by its looks, also by those who look for secrets in repositories."""


def new_secret(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_access(token: str) -> bool:
    """Whether it is an app's access token, by its looks."""
    return token.startswith(ACCESS)
