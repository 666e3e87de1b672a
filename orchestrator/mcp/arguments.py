"""What the tools take, checked; and the options of a run that they stand for."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Caller, Options, TargetName

_LABEL = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
_CONTEXT = r"^[A-Za-z0-9][A-Za-z0-9._@:/-]{0,252}$"
Role = Literal["dockerfile", "manifest", "health"]
AgentName = Literal["gordon", "kubectl-ai", "kagent", "openai", "builtin"]
Verbose = Annotated[bool, Field(description="Answer everything")]
Code = Annotated[str | None, Field(max_length=40, description="The code of an approval that a person gave")]


class Place(BaseModel):
    """Where a release is; what is not given is as the server was started."""

    model_config = ConfigDict(extra="forbid")

    target: TargetName | None = None
    context: str | None = Field(default=None, pattern=_CONTEXT, description="Kube context, with target context")
    namespace: str | None = Field(default=None, pattern=_LABEL)


class Release(Place):
    """A place, and what a release there is made of."""

    values: list[str] | None = Field(default=None, max_length=10, description="Chart values files in the project")
    agents: dict[Role, AgentName] | None = Field(default=None, description="Who plays which role")


class Plan(Release):
    """For `plan`."""

    verbose: Verbose = False


class Verify(Place):
    """For `verify`."""

    settle: float = Field(default=8, ge=0, le=600, description="Seconds that what may pass gets to pass")
    agents: dict[Role, AgentName] | None = Field(default=None, description="Who reads health beside")


class Audit(BaseModel):
    """For `audit`."""

    model_config = ConfigDict(extra="forbid")

    verbose: Verbose = False


class Logs(Place):
    """For `logs`."""

    part: Literal["backend", "frontend", "postgres"] = "backend"
    lines: int = Field(default=20, ge=1, le=500, description="Last lines of each pod")


class Up(Release):
    """For `up`."""

    force: bool = Field(default=False, description="Every step, changed or not")
    approval: Code = None


class Rollback(Place):
    """For `rollback`."""

    revision: int | None = Field(default=None, ge=1, description="Default: the last good one before this")
    approval: Code = None


class Down(Place):
    """For `down`."""

    delete_data: bool = Field(default=False, description="Also the bundled Postgres' data")
    approval: Code = None


class Optimise(Place):
    """For `optimise`."""

    duration: float = Field(default=120, ge=15, le=1800, description="Seconds of load")
    rate: float = Field(default=2, ge=0.5, le=50, description="Requests a second")
    settle: float = Field(default=120, ge=0, le=600, description="Seconds that the release gets to settle")
    dry_run: bool = Field(default=True, description="Only recommend; else keep the sure sizes and upgrade")
    approval: Code = None


def options_of(base: Options, given: BaseModel, caller: Caller) -> Options:
    """The run's options: `base` with what was given. Raises EnvironmentMissingError for files outside the project."""
    told = given.model_dump(exclude_none=True, include={"target", "context", "namespace", "force"})
    if values := getattr(given, "values", None):
        told["values"] = tuple(_inside(base.root, Path(name)) for name in values)
    if agents := getattr(given, "agents", None):
        told["agents"] = {**base.agents, **agents}
    return replace(base, **told, caller=caller)


def _inside(root: Path, path: Path) -> Path:
    found = (root / path).resolve()
    if not found.is_relative_to(root.resolve()) or not found.is_file():
        raise EnvironmentMissingError(
            f"{path} is no file of the project.", remedy="Name values files by their path from the project's root."
        )
    return found
