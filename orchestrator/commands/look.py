"""`./todo deploy verify` beyond the release: any namespace, all of them, or files; and `./todo deploy bundle`."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.commands.session import open_run
from orchestrator.diagnosis.bundle.collect import Collected, Collector
from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.bundle.write import write
from orchestrator.diagnosis.facts import Facts, Sign
from orchestrator.diagnosis.fixes import pasted
from orchestrator.diagnosis.signs.permissions import signs as unreadable_signs
from orchestrator.diagnosis.workloads.decide import decide
from orchestrator.diagnosis.workloads.look import current
from orchestrator.diagnosis.workloads.store import WORKLOADS, Store
from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.release.snapshot import is_ready
from orchestrator.run import Run

FINDINGS, BLIND = 25, 26


@dataclass(frozen=True)
class Looked:
    """What was found in which place, `seconds` after the look began."""

    place: str
    store: Store
    signs: tuple[Sign, ...]
    seconds: float
    reading: str = ""

    @property
    def healthy(self) -> bool:
        """Nothing found at all."""
        return not self.signs

    @property
    def skipped(self) -> Mapping[str, str]:
        """Files that were not read, or not whole, with why."""
        return self.store.skipped

    @property
    def exit_code(self) -> int:
        """0 healthy, 25 findings, 26 if all that was found is that something may not be read."""
        if self.healthy:
            return 0
        return BLIND if all(sign.code == "CannotRead" for sign in self.signs) else FINDINGS

    @property
    def summary(self) -> str:
        """One line."""
        pods = list(current(self.store))
        ready = sum(is_ready(pod) or pod.get("status", {}).get("phase") == "Succeeded" for pod in pods)
        return f"{self.place}: {ready} of {len(pods)} pods ready"

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        pods = list(current(self.store))
        ready = sum(is_ready(pod) for pod in pods)
        told: dict[str, Any] = {
            "healthy": self.healthy,
            "place": self.place,
            "pods": {"ready": ready, "wanted": len(pods)},
        }
        told |= {"skipped": dict(self.skipped)} if self.skipped else {}
        return {**told, "findings": [sign.as_dict() for sign in self.signs], "seconds": round(self.seconds, 2)}


def look_at_files(source: Path, *, namespace: str | None, only: str | None) -> Looked:
    """Diagnose a folder or an archive; no cluster is asked. Raises EnvironmentMissingError if nothing is to be read."""
    began = time.monotonic()
    store = read(source)
    _demand(store, namespace, only, str(source))
    return Looked(str(source), store, decide(store, namespace=namespace, only=only), time.monotonic() - began)


def look_at_cluster(run: Run, *, namespace: str | None, only: str | None, patience: float) -> Looked:
    """Diagnose a namespace, or all; looks again while what was found may pass, for at most `patience` seconds."""
    began = time.monotonic()
    while True:
        found = Collector(run.door, run.target.cluster, namespace=namespace).collect()
        _demand(found.store, namespace, only, f"the namespace {namespace}" if namespace else "the cluster")
        signs = _signs(run, found, namespace, only)
        passing = not any(sign.weight == "error" and sign.certainty == "certain" for sign in signs) and _starts(
            found.store
        )
        if not passing or time.monotonic() - began >= patience:
            return Looked(namespace or "all namespaces", found.store, signs, time.monotonic() - began)
        time.sleep(1.0)


def _signs(run: Run, found: Collected, namespace: str | None, only: str | None) -> tuple[Sign, ...]:
    blind = unreadable_signs(Facts(datetime.now(UTC), unreadable=found.unreadable))
    signs = (*decide(found.store, namespace=namespace, only=only), *blind)
    return tuple(replace(sign, fix=pasted(sign.remedy, run.target.cluster, run.options)) for sign in signs)


def _starts(store: Store) -> bool:
    """Whether a pod is young and not ready yet."""
    return any(
        not is_ready(pod)
        and (store.now - _made(pod)).total_seconds() < 60
        and pod["status"].get("phase") != "Succeeded"
        for pod in current(store)
    )


def _made(pod: Any) -> datetime:
    return datetime.fromisoformat(str(pod["metadata"]["creationTimestamp"]).replace("Z", "+00:00"))


def _demand(store: Store, namespace: str | None, only: str | None, where: str) -> None:
    """Raises EnvironmentMissingError where there is nothing to judge, so that nothing reads as healthy."""
    known = [item for kind in (*WORKLOADS, "Pod") for item in store.of(kind, namespace)]
    if only and not any(f"{item['kind'].lower()}/{item['metadata']['name']}" == only for item in store.objects):
        raise EnvironmentMissingError(
            f"there is no {only} in {where}.", remedy="Name it KIND/NAME, such as deployment/web."
        )
    if not known and namespace is not None and not store.of("Event", namespace):
        spaces = sorted({str(item["metadata"].get("namespace")) for item in store.of("Pod")})
        remedy = f"It has {', '.join(spaces)}." if spaces else "Name another one with --namespace, or use --all."
        raise EnvironmentMissingError(f"nothing runs in {where}.", remedy=remedy)


def bundle(options: Options, goal: Path | None, *, everywhere: bool) -> tuple[Path, int]:
    """Write what a diagnosis reads into a folder or an archive, masked. Raises EnvironmentMissingError."""
    run = open_run(options)
    run.door.environment = run.target.prepare(run.door, start=False)
    namespace = None if everywhere else run.target.cluster.namespace
    found = Collector(run.door, run.target.cluster, namespace=namespace).collect()
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    place = goal or options.home / "bundles" / f"{namespace or 'all'}-{stamp}.tar.gz"
    return place, write(found.store, found.unreadable, place)
