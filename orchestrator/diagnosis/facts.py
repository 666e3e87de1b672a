"""What was gathered, as plain data, and the signs that are read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from orchestrator.diagnosis.rules import RULES
from orchestrator.diagnosis.stages import Rule
from orchestrator.release.helm import Revision
from orchestrator.release.snapshot import Object, Snapshot, name_of

Certainty = Literal["certain", "likely", "possible"]
Keys = Mapping[str, frozenset[str] | None]
"""Names of Secrets (or ConfigMaps) to their keys, None for one that is absent. Never a value."""


@dataclass(frozen=True)
class Answer:
    """What a GET through the API server's proxy gave: the HTTP status (0: none) and the words with it."""

    part: str
    path: str
    status: int
    words: str = ""


@dataclass(frozen=True)
class Facts:
    """The release's objects and what they refer to at one moment. `settled`: time enough was given to get ready.

    `logs` holds the masked last lines by (pod, container); `unreadable` the kinds that may not be read, each with the
    API server's words; `dns` the number of ready DNS addresses, None if unknown; `at_work` names pods that compute.
    """

    now: datetime
    snapshot: Snapshot = field(default_factory=Snapshot)
    services: tuple[Object, ...] = ()
    endpoints: tuple[Object, ...] = ()
    claims: tuple[Object, ...] = ()
    autoscalers: tuple[Object, ...] = ()
    nodes: tuple[Object, ...] = ()
    secrets: Keys = field(default_factory=dict)
    config_maps: Keys = field(default_factory=dict)
    api_address: str | None = None
    dns: int | None = None
    history: tuple[Revision, ...] = ()
    answers: tuple[Answer, ...] = ()
    logs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    at_work: frozenset[str] = frozenset()
    settled: bool = True

    @property
    def pods(self) -> tuple[Object, ...]:
        """The current pods that are meant to run: those that ended or were evicted are left out."""
        return tuple(pod for pod in self.snapshot.current_pods if pod.get("status", {}).get("phase") != "Failed")


@dataclass(frozen=True)
class Evidence:
    """A field of the API and what it holds."""

    path: str
    value: str


@dataclass(frozen=True)
class Sign:
    """Something that is wrong: the rule's code, its part ("" for all), what with, evidence and a likely fix.

    `sure`: waiting cannot help. `pod` and `container`: whose log shows more. A fix's lines are commands or sentences.
    `certainty`: certain if the evidence allows no other cause, likely if another is rare, possible if it is a guess;
    `rival` is then the other cause that the same evidence allows, in words.
    """

    code: str
    part: str
    subject: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    fix: str = ""
    severity: str = ""
    log: str = ""
    sure: bool = True
    pod: str = ""
    container: str = ""
    namespace: str = ""
    certainty: Certainty = "certain"
    rival: str = ""

    @property
    def rule(self) -> Rule:
        """Its rule."""
        return RULES[self.code]

    @property
    def weight(self) -> str:
        """error or warning."""
        return self.severity or self.rule.severity

    @property
    def final(self) -> bool:
        """Whether it is an error that will not pass by itself."""
        return self.weight == "error" and self.sure

    @property
    def remedy(self) -> str:
        """The fix for this very object, else the rule's."""
        return self.fix or self.rule.fix

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        evidence = [{"path": one.path, "value": one.value} for one in self.evidence]
        told = {"code": self.code, "severity": self.weight, "part": self.part, "subject": self.subject}
        return {**told, "message": self.message, "evidence": evidence, "fix": self.remedy, "log": self.log,
                "certainty": self.certainty, "rival": self.rival, "namespace": self.namespace}  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code}: {self.subject}: {self.message}"


def part_of(item: Object) -> str:
    """The part that an object belongs to: backend, frontend or postgres."""
    labels = item["metadata"].get("labels") or {}
    return str(labels.get("app.kubernetes.io/component") or str(labels.get("app", "")).removeprefix("todo-"))


def named(item: Object) -> str:
    """kind/name as kubectl takes it."""
    return f"{str(item.get('kind', 'pod')).lower()}/{name_of(item)}"


def conditions(item: Object) -> Mapping[str, Mapping[str, Any]]:
    """The object's conditions by type."""
    return {str(one["type"]): one for one in item.get("status", {}).get("conditions") or []}


def settle(facts: Facts, since: datetime, seconds: float) -> bool:
    """Whether `seconds` have gone by since then."""
    return (facts.now - since).total_seconds() >= seconds
