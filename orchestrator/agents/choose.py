"""Which agent plays which role."""

from collections.abc import Mapping

from orchestrator.agents.base import Agent
from orchestrator.agents.builtin import Builtin
from orchestrator.errors import EnvironmentMissingError

ROLES = ("dockerfile", "manifest", "health")
_KNOWN: dict[str, type[Builtin]] = {"builtin": Builtin}


def choose(asked: Mapping[str, str]) -> dict[str, Agent]:
    """An agent for every role, and the built-in one as `fallback`. Raises EnvironmentMissingError for unknown names."""
    for role, name in asked.items():
        if role not in ROLES or name not in _KNOWN:
            raise EnvironmentMissingError(
                f"--agent {role}={name} names an unknown {'role' if role not in ROLES else 'agent'}.",
                remedy=f"Roles: {', '.join(ROLES)}. Agents: {', '.join(_KNOWN)}.",
            )
    chosen: dict[str, Agent] = {role: _KNOWN[asked.get(role, "builtin")]() for role in ROLES}
    return {**chosen, "fallback": Builtin()}
