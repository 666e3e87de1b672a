"""What was asked for, by whom, and the names that never change."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from orchestrator.redaction import Redactor

RELEASE = "todo-app"
CHART = Path("charts/todo-app")
HOME = ".todo-deploy"
BACKEND_SECRET = "todo-backend-secret"  # noqa: S105 - a name, not a value
POSTGRES_SECRET = "todo-postgres-secret"  # noqa: S105
FRONTEND = "todo-frontend"
BACKEND = "todo-backend"
MADE_BY = {"app.kubernetes.io/managed-by": "todo-deploy"}
WAIT_LIMIT = 120.0  # seconds; T027's maximum wait

TargetName = Literal["minikube", "kind", "context"]


@dataclass(frozen=True)
class Caller:
    """Whoever asked, and what ties a run to them.

    `tags` stand in every audit record of the run. Setting `cancelled` ends it as Ctrl-C does. `redactor` learns each
    secret that the run meets, so that no answer holds one.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    cancelled: threading.Event = field(default_factory=threading.Event)
    redactor: Redactor = field(default_factory=Redactor)


@dataclass(frozen=True)
class Options:
    """One run's choices, as the CLI parsed them."""

    root: Path
    target: TargetName = "minikube"
    context: str | None = None
    namespace: str = "default"
    registry: str | None = None
    profile: str = "minikube"
    env_file: Path | None = None
    values: tuple[Path, ...] = ()
    agents: Mapping[str, str] = field(default_factory=dict)
    agents_from: Path | None = None
    build_network: str = "host"
    platform: str | None = None  # of the nodes, as linux/arm64; None: the engine's own
    wait: float = WAIT_LIMIT
    storage: Literal["auto", "claim", "ephemeral"] = "auto"
    force: bool = False
    caller: Caller = field(default_factory=Caller, compare=False, repr=False)

    @property
    def home(self) -> Path:
        """Where the tool keeps state, lock and notes; never committed, never holding a secret."""
        return self.root / HOME

    @property
    def record(self) -> Path:
        """Where the run's audit log stands: with the run, so that a deploy changes no committed file.

        `./todo deploy commit` publishes it. A tree that is no git checkout has nowhere to publish to: the log stands in
        its root.
        """
        if not (self.root / ".git").exists():
            return self.root
        return self.home / "record" / self.place.replace("/", "-")

    @property
    def chain(self) -> str:
        """The name of the log's chain: the place, where the log is kept by place."""
        return self.place if self.record != self.root else ""

    @property
    def agent_file(self) -> Path:
        """Where agents are configured."""
        return self.agents_from or self.root / "agents.toml"

    @property
    def place(self) -> str:
        """The key under which state is kept: a run elsewhere knows nothing of this one."""
        return f"{self.target}/{self.context or self.profile}/{self.namespace}"
