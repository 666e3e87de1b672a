"""`./todo deploy status`: the cluster, the chart and the log side by side, with every drift named. Only looks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from orchestrator import audit_check
from orchestrator.commands.session import open_run
from orchestrator.diagnosis.startup import causes
from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.release import helm, reach
from orchestrator.release.drift import drift
from orchestrator.release.snapshot import Object, Snapshot, is_ready, name_of, owner, take
from orchestrator.run import Run


@dataclass(frozen=True)
class Workload:
    """One Deployment or StatefulSet: what the chart asked for and what there is."""

    name: str
    wanted: int
    ready: int
    image: str
    restarts: int


@dataclass(frozen=True)
class Status:
    """All that `status` shows. `logged` is what the audit log last said of the release."""

    namespace: str
    release: str
    revision: int
    workloads: tuple[Workload, ...]
    causes: tuple[str, ...]
    drift: tuple[str, ...]
    logged: str
    log_faults: tuple[str, ...]
    url: str

    @property
    def healthy(self) -> bool:
        """Deployed, everything ready, nothing wrong and nothing changed by hand."""
        ready = all(one.ready == one.wanted for one in self.workloads)
        return self.release == "deployed" and ready and bool(self.workloads) and not (self.causes or self.drift)

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {**asdict(self), "healthy": self.healthy}


def status(options: Options) -> Status:
    """Read everything once. Raises EnvironmentMissingError if the target cannot be reached."""
    run = open_run(options)
    run.door.environment = run.target.prepare(run.door, start=False)
    revisions = helm.history(run.door, run.target.cluster)
    report = audit_check.check(options.root, options.record)
    if not revisions:
        return Status(options.namespace, "absent", 0, (), (), (), last_release(run.audit.records()), report.faults, "")
    snapshot = take(run.door, run.target.cluster)
    return Status(
        namespace=options.namespace,
        release=revisions[-1].status,
        revision=revisions[-1].number,
        workloads=tuple(workload(item, snapshot) for item in snapshot.workloads),
        causes=tuple(str(cause) for cause in causes(snapshot, datetime.now(UTC))),
        drift=drift(run),
        logged=last_release(run.audit.records()),
        log_faults=report.faults,
        url=_url(run),
    )


def _url(run: Run) -> str:
    return reach.direct(run, patience=0) or ""


def workload(item: Object, snapshot: Snapshot) -> Workload:
    """The numbers of one workload, from its current pods."""
    sets = {one["metadata"]["uid"] for one in snapshot.current_sets if owner(one) == item["metadata"]["uid"]}
    pods = [pod for pod in snapshot.current_pods if owner(pod) in sets | {item["metadata"]["uid"]}]
    restarts = sum(one["restartCount"] for pod in pods for one in pod["status"].get("containerStatuses") or [])
    image = str(item["spec"]["template"]["spec"]["containers"][0]["image"])
    wanted = int(item["spec"].get("replicas", 1))
    return Workload(name_of(item), wanted, sum(is_ready(pod) for pod in pods), image, restarts)


def last_release(records: list[dict[str, Any]]) -> str:
    """What the log's last entry on the release (T026) says, with its time."""
    found: list[Mapping[str, Any]] = [record for record in records if "T026" in record.get("tasks", ())]
    return f"{found[-1]['at']} {found[-1]['result']}" if found else ""


def require_release(run: Run) -> None:
    """Raise EnvironmentMissingError if there is no release in the namespace."""
    if not helm.history(run.door, run.target.cluster):
        raise EnvironmentMissingError(
            f"there is no release todo-app in the namespace {run.target.cluster.namespace}.", remedy="./todo deploy up"
        )
