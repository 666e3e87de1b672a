"""`agents.toml`: who plays which role, and how each agent is reached. Unknown keys are refused."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from orchestrator.errors import EnvironmentMissingError

FILE = Path("agents.toml")


@dataclass(frozen=True)
class GordonSettings:
    """`seconds`: how long one answer may take, here and below."""

    seconds: float = 120.0


@dataclass(frozen=True)
class KubectlAiSettings:
    """`iterations`: its --max-iterations; `provider`, `model`: its own options; `pass`: variables it may see."""

    seconds: float = 180.0
    iterations: int = 5
    provider: str = ""
    model: str = ""
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class KagentSettings:
    """`agent` in `namespace` is asked; `url` is its controller's address (empty: through a port-forward)."""

    seconds: float = 300.0
    agent: str = "k8s-agent"
    namespace: str = "kagent"
    url: str = ""


@dataclass(frozen=True)
class OpenAiSettings:
    """`model` and `base_url` stand in for TODO_MODEL and OPENAI_BASE_URL. The key is never in this file."""

    seconds: float = 120.0
    model: str = ""
    base_url: str = ""


@dataclass(frozen=True)
class AgentSettings:
    """The whole file."""

    roles: Mapping[str, str] = field(default_factory=dict)
    gordon: GordonSettings = field(default_factory=GordonSettings)
    kubectl_ai: KubectlAiSettings = field(default_factory=KubectlAiSettings)
    kagent: KagentSettings = field(default_factory=KagentSettings)
    openai: OpenAiSettings = field(default_factory=OpenAiSettings)


_TABLES: Mapping[str, type] = {
    "gordon": GordonSettings,
    "kubectl-ai": KubectlAiSettings,
    "kagent": KagentSettings,
    "openai": OpenAiSettings,
}
_ATTRIBUTES = {"pass": "passed"}  # `pass` is a word of Python's


def load(path: Path) -> AgentSettings:
    """The file's settings; the defaults if there is none. Raises EnvironmentMissingError for what it cannot mean."""
    if not path.exists():
        return AgentSettings()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise _wrong(path, str(error)) from error
    _known(path, "", told, ["roles", *_TABLES])
    tables = {name.replace("-", "_"): _table(path, name, told[name]) for name in _TABLES if name in told}
    return AgentSettings(roles=_roles(path, told.get("roles", {})), **tables)


def _roles(path: Path, told: Any) -> Mapping[str, str]:
    if not isinstance(told, dict) or not all(isinstance(name, str) for name in told.values()):
        raise _wrong(path, '[roles] holds ROLE = "NAME" lines')
    return dict(told)


def _table(path: Path, name: str, told: Any) -> Any:
    if not isinstance(told, dict):
        raise _wrong(path, f"[{name}] is a table")
    kind = _TABLES[name]
    types: dict[str, Any] = {one.name: one.type for one in fields(kind)}
    _known(path, f"{name}.", told, ["pass" if one == "passed" else one for one in types])
    values: dict[str, Any] = {_ATTRIBUTES.get(str(key), str(key)): value for key, value in told.items()}
    return kind(**{key: _value(path, f"{name}.{key}", value, types[key]) for key, value in values.items()})


def _value(path: Path, name: str, value: Any, kind: Any) -> Any:
    if kind is str and isinstance(value, str):
        return value
    if kind in (float, int) and isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 3600:
        return kind(value)
    if isinstance(value, list) and kind not in (str, float, int) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise _wrong(path, f"{name} = {value!r} cannot be meant")


def _known(path: Path, prefix: str, told: Mapping[str, Any], names: list[str]) -> None:
    for name in told:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"; did you mean {prefix}{near[0]}?" if near else ""
            raise _wrong(path, f"{prefix}{name} is unknown{hint}")


def _wrong(path: Path, what: str) -> EnvironmentMissingError:
    return EnvironmentMissingError(f"{path.name}: {what}.", remedy="See docs/agents.md for what it may hold.")
