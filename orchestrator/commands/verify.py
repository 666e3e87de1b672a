"""`./todo deploy verify`: Kagent's first pass, by the built-in diagnosis; an agent's reading stands beside it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orchestrator.commands.look import Looked, look_at_cluster, look_at_files
from orchestrator.commands.session import open_run
from orchestrator.diagnosis.beside import joined
from orchestrator.diagnosis.bundle.collect import Collector
from orchestrator.diagnosis.diagnose import Diagnosis, Say, diagnose
from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.fixes import pasted
from orchestrator.diagnosis.record import prompt, record
from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.run import Run
from orchestrator.steps.health_role import beside

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

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What was found."""
        return self.diagnosis.signs

    @property
    def summary(self) -> str:
        """One line."""
        return self.diagnosis.summary

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.diagnosis.seconds

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {**self.diagnosis.as_dict(), "reading": self.reading}


@dataclass(frozen=True)
class Scope:
    """What is looked at: `only` a workload (KIND/NAME), files, all namespaces; `is_named`: --namespace was given."""

    only: str | None = None
    snapshot: Path | None = None
    everywhere: bool = False
    is_named: bool = False


class NoReleaseError(EnvironmentMissingError):
    """The namespace has no release."""


def verify(options: Options, say: Say, *, patience: float) -> Verified:
    """Diagnose the release and log it. Raises EnvironmentMissingError without a cluster, NoReleaseError without one."""
    return _release(_opened(options), say, patience=patience)


def verify_any(options: Options, say: Say, *, patience: float, scope: Scope) -> Verified | Looked:
    """Diagnose what `scope` names; the release, if it names nothing, else whatever runs in the namespace.

    Raises EnvironmentMissingError without a cluster or anything in it.
    """
    if scope.snapshot is not None:
        namespace = options.namespace if scope.is_named else None
        return look_at_files(scope.snapshot, namespace=namespace, only=scope.only)
    run = _opened(options)
    namespace = run.target.cluster.namespace
    if scope.everywhere or scope.only:
        where = None if scope.everywhere else namespace
        return look_at_cluster(run, namespace=where, only=scope.only, patience=patience)
    try:
        return _release(run, say, patience=patience)
    except NoReleaseError as error:
        try:
            return look_at_cluster(run, namespace=namespace, only=None, patience=patience)
        except EnvironmentMissingError:
            raise error from None


def _opened(options: Options) -> Run:
    run = open_run(options)
    run.door.environment = run.target.prepare(run.door, start=False)
    return run


def _release(run: Run, say: Say, *, patience: float) -> Verified:
    found = diagnose(run, say, patience=patience)
    if not (found.facts.history or found.facts.snapshot.workloads or found.facts.unreadable):
        raise NoReleaseError(
            f"there is no release todo-app in the namespace {run.target.cluster.namespace}.", remedy="./todo deploy up"
        )
    store = Collector(run.door, run.target.cluster, namespace=run.target.cluster.namespace).collect().store
    signs = joined(found.signs, found.facts, store, run.target.cluster.namespace)
    told = tuple(replace(sign, fix=pasted(sign.remedy, run.target.cluster, run.options)) for sign in signs)
    found = replace(found, signs=told)
    record(run, found)
    return Verified(found, beside(run, prompt(run), tasks=("T028",), say=say))
