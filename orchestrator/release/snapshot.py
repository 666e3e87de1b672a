"""A release's objects at one moment, read through one kubectl call, and which of its pods are the current ones."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from orchestrator.options import RELEASE
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

_REVISION = "deployment.kubernetes.io/revision"
Object = Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """Workloads and pods of the release, and the namespace's events."""

    deployments: tuple[Object, ...] = ()
    replica_sets: tuple[Object, ...] = ()
    stateful_sets: tuple[Object, ...] = ()
    pods: tuple[Object, ...] = ()
    events: tuple[Object, ...] = ()

    @property
    def workloads(self) -> tuple[Object, ...]:
        """Deployments and StatefulSets."""
        return self.deployments + self.stateful_sets

    @property
    def current_pods(self) -> tuple[Object, ...]:
        """Pods of each Deployment's newest ReplicaSet and of StatefulSets, without those that are going away."""
        newest = {set_["metadata"]["uid"] for set_ in self.current_sets}
        stateful = {set_["metadata"]["uid"] for set_ in self.stateful_sets}
        return tuple(
            pod for pod in self.pods if owner(pod) in newest | stateful and "deletionTimestamp" not in pod["metadata"]
        )

    @property
    def current_sets(self) -> tuple[Object, ...]:
        """Each Deployment's ReplicaSet of its current revision."""
        revisions = {item["metadata"]["uid"]: annotation(item, _REVISION) for item in self.deployments}
        return tuple(
            item for item in self.replica_sets if annotation(item, _REVISION) == revisions.get(owner(item) or "", "-")
        )

    def events_of(self, item: Object) -> tuple[Object, ...]:
        """The events about one object."""
        uid = item["metadata"]["uid"]
        return tuple(event for event in self.events if event["involvedObject"].get("uid") == uid)


def argv(cluster: Cluster) -> list[str]:
    """Reads all kinds of a snapshot at once."""
    return cluster.kubectl("get", "deployments,replicasets,statefulsets,pods,events", "--output", "json")


def take(door: Door, cluster: Cluster) -> Snapshot:
    """Read the snapshot now."""
    return parse(json.loads(door.run(argv(cluster), limit=30).out)["items"])


def parse(items: Sequence[Object]) -> Snapshot:
    """Sort the items of a kubectl list by kind; workloads and pods of other releases are left out."""
    ours = [item for item in items if item["kind"] == "Event" or belongs(item)]

    def of(kind: str) -> tuple[Object, ...]:
        return tuple(item for item in ours if item["kind"] == kind)

    return Snapshot(of("Deployment"), of("ReplicaSet"), of("StatefulSet"), of("Pod"), of("Event"))


def belongs(item: Object) -> bool:
    """Whether the object carries the release's instance label."""
    labels = item["metadata"].get("labels") or {}
    return bool(labels.get("app.kubernetes.io/instance") == RELEASE)


def owner(item: Object) -> str | None:
    """The uid of the object's controller."""
    owners = item["metadata"].get("ownerReferences") or []
    return next((str(one["uid"]) for one in owners if one.get("controller")), None)


def annotation(item: Object, name: str) -> str:
    """One annotation, empty if absent."""
    return str((item["metadata"].get("annotations") or {}).get(name, ""))


def name_of(item: Object) -> str:
    """The object's name."""
    return str(item["metadata"]["name"])


def instant(text: str | None) -> datetime:
    """An API timestamp as UTC; the epoch if absent."""
    if not text:
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def is_ready(pod: Object) -> bool:
    """Whether the pod's Ready condition is true."""
    conditions = pod.get("status", {}).get("conditions") or []
    return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)
