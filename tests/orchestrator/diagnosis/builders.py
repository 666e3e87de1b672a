"""A healthy release as API objects, small, to be broken in one place by each test."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator.diagnosis.facts import Answer, Facts
from orchestrator.release.helm import Revision
from orchestrator.release.snapshot import Snapshot

NOW = datetime(2026, 11, 22, 20, 0, 0, tzinfo=UTC)
PORTS = {"backend": 8000, "frontend": 3000, "postgres": 5432}
KEYS = frozenset({"DATABASE_URL", "OPENAI_API_KEY", "BETTER_AUTH_SECRET"})
Object = dict[str, Any]


def at(seconds: float) -> str:
    """An API timestamp so many seconds before NOW."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def labels(part: str) -> dict[str, str]:
    return {"app": f"todo-{part}", "app.kubernetes.io/instance": "todo-app", "app.kubernetes.io/component": part}


def meta(name: str, part: str, owner: str | None = None) -> Object:
    owners = [{"uid": owner, "controller": True}] if owner else []
    return {
        "name": name, "uid": f"uid-{name}", "labels": labels(part), "ownerReferences": owners,
        "creationTimestamp": at(600), "annotations": {"deployment.kubernetes.io/revision": "1"},
    }  # fmt: skip


def pod(part: str) -> Object:
    """A pod that runs and is ready."""
    owner = "uid-todo-postgres" if part == "postgres" else f"uid-todo-{part}-set"
    source = {"backend": {"secretRef": {"name": "todo-backend-secret"}}}.get(part)
    source = source or {"configMapRef": {"name": "todo-frontend-config"}}
    probe = {"httpGet": {"path": "/health", "port": PORTS[part]}, "periodSeconds": 15}
    container = {
        "name": part, "image": f"todo-{part}:1", "ports": [{"name": part, "containerPort": PORTS[part]}],
        "envFrom": [] if part == "postgres" else [source], "resources": {"limits": {"memory": "256Mi"}},
        "livenessProbe": {**probe, "periodSeconds": 30}, "readinessProbe": probe,
    }  # fmt: skip
    status = {
        "name": part, "restartCount": 0, "image": f"todo-{part}:1", "ready": True, "started": True,
        "state": {"running": {"startedAt": at(500)}},
    }  # fmt: skip
    return {
        "kind": "Pod",
        "metadata": meta(f"todo-{part}-pod", part, owner),
        "spec": {"nodeName": "minikube", "containers": [container]},
        "status": {
            "phase": "Running", "containerStatuses": [status],
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": at(400)}],
        },
    }  # fmt: skip


def workload(part: str) -> Object:
    kind = "StatefulSet" if part == "postgres" else "Deployment"
    return {"kind": kind, "metadata": meta(f"todo-{part}", part), "spec": {"replicas": 1}, "status": {}}


def replica_set(part: str) -> Object:
    return {"kind": "ReplicaSet", "metadata": meta(f"todo-{part}-set", part, f"uid-todo-{part}"), "status": {}}


def service(part: str) -> Object:
    port = {"name": part, "port": PORTS[part], "targetPort": PORTS[part]}
    spec = {"selector": {"app": f"todo-{part}"}, "ports": [port]}
    return {"kind": "Service", "metadata": meta(f"todo-{part}", part), "spec": spec}


def endpoints(part: str) -> Object:
    subsets = [{"addresses": [{"ip": "10.0.0.1"}], "ports": [{"port": PORTS[part]}]}]
    return {"kind": "Endpoints", "metadata": meta(f"todo-{part}", part), "subsets": subsets}


def node() -> Object:
    status = [{"type": "Ready", "status": "True"}, {"type": "MemoryPressure", "status": "False"}]
    return {"kind": "Node", "metadata": {"name": "minikube"}, "status": {"conditions": status}}


@dataclass
class World:
    """The release's objects by part, to be changed in place; `facts()` is what a look would gather."""

    pods: dict[str, Object] = field(default_factory=lambda: {part: pod(part) for part in PORTS})
    workloads: dict[str, Object] = field(default_factory=lambda: {part: workload(part) for part in PORTS})
    sets: dict[str, Object] = field(
        default_factory=lambda: {part: replica_set(part) for part in ("backend", "frontend")}
    )
    services: dict[str, Object] = field(default_factory=lambda: {part: service(part) for part in PORTS})
    endpoints: dict[str, Object] = field(default_factory=lambda: {part: endpoints(part) for part in PORTS})
    node: Object = field(default_factory=node)
    events: list[Object] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    def facts(self) -> Facts:
        every = self.workloads.values()
        snapshot = Snapshot(
            deployments=tuple(item for item in every if item["kind"] == "Deployment"),
            stateful_sets=tuple(item for item in every if item["kind"] == "StatefulSet"),
            replica_sets=tuple(self.sets.values()),
            pods=tuple(self.pods.values()),
            events=tuple(self.events),
        )
        plain = Facts(
            NOW, snapshot, tuple(self.services.values()), tuple(self.endpoints.values()), nodes=(self.node,),
            secrets={"todo-backend-secret": KEYS}, config_maps={"todo-frontend-config": frozenset()},
            api_address="http://todo-backend:8000", dns=1, history=(Revision(1, "deployed", ""),),
        )  # fmt: skip
        return replace(plain, **self.more)

    def status(self, part: str) -> Object:
        """The status of the part's container."""
        found: Object = self.pods[part]["status"]["containerStatuses"][0]
        return found

    def unready(self, part: str) -> None:
        """Its pod is not ready, so its Service has no endpoint, and whoever needs it answers 5xx."""
        self.pods[part]["status"]["conditions"][0]["status"] = "False"
        self.status(part)["ready"] = False
        self.endpoints[part]["subsets"] = []
        if part == "backend":
            self.more["answers"] = (Answer("frontend", "/api/auth/get-session", 502),)

    def waiting(self, part: str, reason: str, message: str = "") -> None:
        """Its container waits, with all that follows from it, down to a stuck rollout and a failed release."""
        self.status(part)["state"] = {"waiting": {"reason": reason, "message": message}}
        self.unready(part)
        progress = {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}
        self.workloads[part]["status"]["conditions"] = [progress]
        self.more["history"] = (Revision(2, "failed", "timed out"),)

    def ended(self, part: str, code: int, reason: str = "Error", seconds: float = 60) -> None:
        """Its container's last run ended so."""
        self.status(part)["lastState"] = {"terminated": {"exitCode": code, "reason": reason, "finishedAt": at(seconds)}}

    def event(self, item: Object, reason: str, message: str, *, count: int = 3, seconds: float = 5) -> None:
        """An event about the object."""
        about = {"uid": item["metadata"]["uid"]}
        told = {"reason": reason, "message": message, "count": count, "lastTimestamp": at(seconds)}
        self.events.append({"kind": "Event", "involvedObject": about, **told})

    def without_pod(self, part: str) -> None:
        """No pod of the part was ever made."""
        del self.pods[part]
        self.endpoints[part]["subsets"] = []


def codes(found: Sequence[Any]) -> list[str]:
    return [sign.code for sign in found]
