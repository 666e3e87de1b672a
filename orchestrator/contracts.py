"""The contracts of `specs/014-cloud-native-deployment/contracts/`, read into typed facts; unknown keys are refused."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

from orchestrator.errors import DeployError

FOLDER = Path("specs/014-cloud-native-deployment/contracts")
VALUES_SCHEMA = "helm-values-schema.yaml"
Role = Literal["dockerfile", "manifest", "health"]


@dataclass(frozen=True)
class Stage:
    """One stage of a Dockerfile: what it is called, what it starts from, what it does."""

    name: str
    base: str
    does: tuple[str, ...]


@dataclass(frozen=True)
class User:
    """Who the container runs as; numbers are what Kubernetes checks."""

    name: str
    uid: int
    group: str
    gid: int


@dataclass(frozen=True)
class DockerfileFacts:
    """What T007 and T011 state. Sizes are MB as `docker images` shows them."""

    title: str
    source: str
    image: str
    entry_point: str
    lock_files: tuple[str, ...]
    stages: tuple[Stage, ...]
    user: User
    port: int
    environment: Mapping[str, str]
    command: tuple[str, ...]
    size: Mapping[str, int]


@dataclass(frozen=True)
class Probe:
    """An HTTP probe; times in seconds."""

    path: str
    port: int
    initial_delay_seconds: int
    period_seconds: int


@dataclass(frozen=True)
class DeploymentFacts:
    """What T016 and T018 state, and what the chart hardens beside it."""

    api_version: str
    kind: Literal["Deployment"]
    name: str
    component: str
    replicas: int
    image: str
    image_pull_policy: str
    container_port: int
    env_from: Mapping[str, str]
    resources: Mapping[str, Mapping[str, str]]
    liveness_probe: Probe
    readiness_probe: Probe
    labels: Mapping[str, str]
    run_as: Mapping[str, int]
    writable: tuple[str, ...]
    drain: Mapping[str, Any]


@dataclass(frozen=True)
class ServiceFacts:
    """What T017 and T019 state."""

    api_version: str
    kind: Literal["Service"]
    name: str
    component: str
    type: str
    selector: Mapping[str, str]
    port: int
    target_port: int
    node_port: int | None


@dataclass(frozen=True)
class ConfigMapFacts:
    """What T020 states."""

    api_version: str
    kind: Literal["ConfigMap"]
    name: str
    component: str
    data: Mapping[str, str]


Facts = DockerfileFacts | DeploymentFacts | ServiceFacts | ConfigMapFacts
_KINDS: dict[str, type] = {"Deployment": DeploymentFacts, "Service": ServiceFacts, "ConfigMap": ConfigMapFacts}
_PARTS: dict[str, type] = {"user": User, "liveness_probe": Probe, "readiness_probe": Probe}


@dataclass(frozen=True)
class Contract:
    """One artefact: where it stands, the task that asks for it, the one that logs it, and its facts."""

    artefact: str
    task: str
    logged_by: str
    role: Role
    format: Literal["dockerfile", "manifest"]
    facts: Facts
    deviations: tuple[Mapping[str, str], ...]
    source: str

    @property
    def name(self) -> str:
        """A short name, as in step names: `backend-dockerfile`, `frontend-service`."""
        return Path(self.source).stem


@cache
def load(root: Path) -> tuple[Contract, ...]:
    """All seven contracts in the order of their tasks."""
    found = [_contract(path) for path in sorted((root / FOLDER).glob("*.yaml")) if path.name != VALUES_SCHEMA]
    if not found:
        raise DeployError(f"{FOLDER} holds no contracts.", remedy="Restore it: git checkout -- specs")
    return tuple(sorted(found, key=lambda contract: contract.task))


def of(root: Path, name: str) -> Contract:
    """The contract called `name`."""
    return next(contract for contract in load(root) if contract.name == name)


def values_schema(root: Path) -> dict[str, Any]:
    """The JSON Schema of the chart's values."""
    return _read(root / FOLDER / VALUES_SCHEMA)


def _contract(path: Path) -> Contract:
    told = _read(path)
    facts = told.pop("facts", {})
    kind = DockerfileFacts if told.get("format") == "dockerfile" else _KINDS[facts.get("kind", "")]
    parsed: Contract = _build(Contract, {**told, "source": path.name, "facts": _build(kind, facts, path)}, path)
    return parsed


def _build(kind: type, told: Mapping[str, Any], path: Path) -> Any:
    known = {field.name: field for field in fields(kind)}
    missing = [name for name, field in known.items() if name not in told and field.default is MISSING]
    if unknown := sorted(set(told) - set(known)):
        raise DeployError(f"{path.name} has unknown keys: {', '.join(unknown)}.", remedy="Mend the contract.")
    if missing:
        raise DeployError(f"{path.name} lacks {', '.join(missing)}.", remedy="Mend the contract.")
    return kind(**{name: _part(name, value, path) for name, value in told.items()})


def _part(name: str, value: Any, path: Path) -> Any:
    if name == "stages":
        return tuple(Stage(stage["name"], stage["base"], tuple(stage["does"])) for stage in value)
    if name in _PARTS:
        return _build(_PARTS[name], value, path)
    return tuple(value) if isinstance(value, list) else value


def _read(path: Path) -> dict[str, Any]:
    try:
        told = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except Exception as error:
        raise DeployError(f"{path} cannot be read: {error}.", remedy="Mend or restore the contract.") from error
    if not isinstance(told, dict):
        raise DeployError(f"{path} is not a mapping.", remedy="Mend or restore the contract.")
    return told
