"""`./todo deploy verify`: Kagent's first pass, by the built-in diagnosis; an agent's reading stands beside it."""

from dataclasses import dataclass
from typing import Any

from orchestrator.commands.session import open_run
from orchestrator.diagnosis.diagnose import Diagnosis, Say, diagnose
from orchestrator.diagnosis.record import prompt, record
from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.steps.reading import beside

FINDINGS, BLIND = 25, 26


@dataclass(frozen=True)
class Verified:
    """The diagnosis and, with an agent in the health role, its reading in a line; empty without one."""

    diagnosis: Diagnosis
    reading: str

    @property
    def exit_code(self) -> int:
        """0 healthy, 25 findings, 26 if all that was found is that something may not be read."""
        if self.diagnosis.healthy:
            return 0
        return BLIND if self.diagnosis.blind else FINDINGS

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {**self.diagnosis.as_dict(), "reading": self.reading}


def verify(options: Options, say: Say, *, patience: float) -> Verified:
    """Diagnose and log it. Raises EnvironmentMissingError without a cluster or a release."""
    run = open_run(options)
    run.door.environment = run.target.prepare(run.door, start=False)
    found = diagnose(run, say, patience=patience)
    if not (found.facts.history or found.facts.snapshot.workloads or found.facts.unreadable):
        raise EnvironmentMissingError(
            f"there is no release todo-app in the namespace {run.target.cluster.namespace}.", remedy="./todo deploy up"
        )
    record(run, found)
    return Verified(found, beside(run, prompt(run), tasks=("T028",), say=say))
