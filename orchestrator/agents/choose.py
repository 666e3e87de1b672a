"""Which agent plays which role: the one asked for, else the role's own, else a model with a key, else the built-in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from orchestrator.agents.base import Agent, Presence
from orchestrator.agents.builtin import Builtin
from orchestrator.errors import EnvironmentMissingError

OWN: Mapping[str, str] = {"dockerfile": "gordon", "manifest": "kubectl-ai", "health": "kagent"}
ROLES = tuple(OWN)
NAMES = ("gordon", "kubectl-ai", "kagent", "openai", "builtin")


class Outside(Agent, Protocol):
    """An agent that may be there or not."""

    @property
    def presence(self) -> Presence: ...


Roster = Mapping[str, Outside]
"""The agents beside the built-in one, by name."""


@dataclass(frozen=True)
class Choice:
    """Who plays a role, and why in a few words."""

    agent: Agent
    why: str


@dataclass
class Cast(Mapping[str, Agent]):
    """An agent for every role and the built-in one as `fallback`; a role's agent is looked for when first needed."""

    asked: Mapping[str, str]
    roster: Callable[[], Roster]
    _found: dict[str, Choice] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __getitem__(self, role: str) -> Agent:
        return self.choice(role).agent

    def __iter__(self) -> Iterator[str]:
        return iter((*ROLES, "fallback"))

    def __len__(self) -> int:
        return len(ROLES) + 1

    def choice(self, role: str) -> Choice:
        """The role's agent and why."""
        if role not in tuple(self):
            raise KeyError(role)
        with self._lock:
            if role not in self._found:
                self._found[role] = _choice(role, self.asked.get(role), self.roster)
            return self._found[role]


def choose(asked: Mapping[str, str], roster: Callable[[], Roster] = dict) -> Cast:
    """The cast of a run. Raises EnvironmentMissingError for an unknown role or agent."""
    for role, name in asked.items():
        if role not in ROLES or name not in NAMES:
            raise EnvironmentMissingError(
                f"{role}={name} names an unknown {'role' if role not in ROLES else 'agent'}.",
                remedy=f"Roles: {', '.join(ROLES)}. Agents: {', '.join(NAMES)}.",
            )
    return Cast(asked, roster)


def why(agents: Mapping[str, Agent], role: str) -> str:
    """Why the role's agent is the one it is."""
    return agents.choice(role).why if isinstance(agents, Cast) else "given"


def _choice(role: str, asked: str | None, roster: Callable[[], Roster]) -> Choice:
    if role == "fallback":
        return Choice(Builtin(), "always there")
    if asked == "builtin":
        return Choice(Builtin(), "asked for")
    known = roster()
    if asked is not None and asked in known:
        presence = known[asked].presence
        reason = "asked for" if presence.version else f"asked for, but {presence.why}: the built-in engine stands in"
        return Choice(known[asked], reason)
    passed_over: list[str] = []
    for name in (OWN[role], "openai"):
        if name in known and (presence := known[name].presence).version:
            return Choice(
                known[name],
                "; ".join([*passed_over, "it is installed and answers" if name != "openai" else "a key is set"]),
            )
        passed_over.append(known[name].presence.why if name in known else f"{name} is not there")
    return Choice(Builtin(), "; ".join(passed_over))
