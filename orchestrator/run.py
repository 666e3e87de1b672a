"""What every step of one run shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from orchestrator.agents.base import Agent
from orchestrator.audit import AuditLog
from orchestrator.options import Options
from orchestrator.process import Door
from orchestrator.targets.base import Target


@dataclass
class Outputs:
    """What finished (or skipped) steps left for later ones, by step; safe to use from several threads."""

    _by_step: dict[str, dict[str, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, step: str, outputs: Mapping[str, str]) -> None:
        """Keep what `step` gave."""
        with self._lock:
            self._by_step[step] = dict(outputs)

    def get(self, step: str, name: str, default: str = "") -> str:
        """What `step` gave under `name`."""
        with self._lock:
            return self._by_step.get(step, {}).get(name, default)


@dataclass
class Run:
    """The options, the door, the audit log, the target and the agents of one run."""

    options: Options
    door: Door
    audit: AuditLog
    target: Target
    agents: Mapping[str, Agent]
    outputs: Outputs = field(default_factory=Outputs)

    @property
    def root(self) -> Path:
        """The project's folder: build context, chart, contracts and log are under it."""
        return self.options.root
