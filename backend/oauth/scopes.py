"""What an app may ask for: to read, or to read and change. The words are those of personal tokens."""

from collections.abc import Sequence

from mcp.shared.auth import InvalidScopeError

from backend.tokens.service import Scope

ALL = ["read", "write"]
# Asked for by clients that take every server for one of OpenID Connect: they change nothing here.
_IDLE = {"offline_access", "openid", "profile", "email"}


def read_scopes(asked: str | None) -> list[str]:
    """The scopes that a request names; all of them where it names none. Raises InvalidScopeError for an unknown one."""
    named = without_idle(asked or "").split()
    if unknown := [scope for scope in named if scope not in ALL]:
        raise InvalidScopeError(f"There is no scope {unknown[0][:40]}. There are: {', '.join(ALL)}.")
    return sorted(set(named)) or ALL


def without_idle(asked: str) -> str:
    """The same list without the scopes that mean nothing here, and without stray blanks."""
    return " ".join(scope for scope in asked.split() if scope not in _IDLE)


def of_scopes(scopes: Sequence[str]) -> Scope:
    return "write" if "write" in scopes else "read"


def to_scopes(scope: str) -> list[str]:
    """Who may change may read too."""
    return ALL if scope == "write" else ["read"]
