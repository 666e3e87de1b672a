"""What the user may not read: one finding, with every kind and the commands that would grant it."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Evidence, Facts, Sign

_USER = re.compile(r'User "([^"]+)"')
_ACCOUNT = "system:serviceaccount:"
_CLUSTER_WIDE = ("nodes",)
_NAME = "todo-verify"


def signs(facts: Facts) -> Iterator[Sign]:
    """At most one."""
    kinds = sorted(facts.unreadable)
    if kinds:
        where = tuple(Evidence(f"HTTP 403 for {kind}", facts.unreadable[kind]) for kind in kinds)
        found = _USER.search(" ".join(facts.unreadable.values()))
        user = found.group(1) if found else ""
        message = f"{user or 'the user'} may not read {', '.join(kinds)}"
        yield Sign("CannotRead", "", ", ".join(kinds), message, where, _grant(kinds, user))


def _grant(kinds: list[str], user: str) -> str:
    """Commands for an administrator; a sentence if the API server names no user."""
    if not user:
        return ""
    whom = f"--user {user}"
    if user.startswith(_ACCOUNT):
        whom = f"--serviceaccount {user.removeprefix(_ACCOUNT)}"
    lines = ["As an administrator:"]
    for scope, wanted in (
        ("", [kind for kind in kinds if kind not in _CLUSTER_WIDE]),
        ("cluster", [kind for kind in kinds if kind in _CLUSTER_WIDE]),
    ):
        if wanted:
            lines += [
                f"kubectl create {scope}role {_NAME} --verb get,list --resource {','.join(wanted)}",
                f"kubectl create {scope}rolebinding {_NAME} --{scope}role {_NAME} {whom}",
            ]
    return "\n".join(lines)
