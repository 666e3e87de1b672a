"""A healthy shop in a namespace, as kubectl prints it: web calls api, api calls db; a job, a cron job, an Ingress."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Object = dict[str, Any]
NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
SPACE = "shop"
PORTS = {"web": 8080, "api": 9000, "db": 5432}
CALLS = {"web": ("API_URL", "http://api:9000"), "api": ("DB_HOST", "db")}


def at(seconds: float) -> str:
    """An API timestamp so many seconds before NOW."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def item(kind: str, name: str, spec: object = None, status: object = None, **metadata: Any) -> Object:
    """An object of the shop's namespace; one of the cluster with namespace=None."""
    space = metadata.pop("namespace", SPACE)
    about = {"name": name, "uid": f"uid-{kind}-{name}", "creationTimestamp": at(3600), **metadata}
    about |= {"namespace": space} if space else {}
    found: Object = {"apiVersion": "v1", "kind": kind, "metadata": about}
    found |= {"spec": spec} if spec is not None else {}
    return found | ({"status": status} if status is not None else {})


def container(name: str) -> Object:
    """What the container of a part asks for."""
    probe = {
        "httpGet": {"path": "/health", "port": PORTS[name], "scheme": "HTTP"},
        "periodSeconds": 10,
        "failureThreshold": 3,
        "timeoutSeconds": 1,
        "initialDelaySeconds": 5,
    }
    if name == "db":
        probe = {"tcpSocket": {"port": 5432}, "periodSeconds": 10, "failureThreshold": 3}
    env = [{"name": CALLS[name][0], "value": CALLS[name][1]}] if name in CALLS else []
    env += [{"name": "DB_PORT", "value": "5432"}] if name == "api" else []
    env += (
        [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}]
        if name != "web"
        else []
    )
    return {
        "name": name,
        "image": f"registry.example/{name}:1.0",
        "env": env,
        "ports": [{"name": "main", "containerPort": PORTS[name], "protocol": "TCP"}],
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "500m", "memory": "256Mi"}},
        "readinessProbe": probe,
        "livenessProbe": dict(probe),
    }


def running(name: str, image: str) -> Object:
    """The status of a container that runs well."""
    return {
        "name": name,
        "image": image,
        "ready": True,
        "started": True,
        "restartCount": 0,
        "state": {"running": {"startedAt": at(3000)}},
        "lastState": {},
    }


@dataclass
class Shop:
    """All objects by kind/name, to be changed in place; logs by (pod, container), previous runs' too."""

    objects: dict[str, Object] = field(default_factory=dict)
    logs: dict[tuple[str, str], str] = field(default_factory=dict)
    previous: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    events: list[Object] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in PORTS:
            self._part(name)
        labels = {"kubernetes.io/hostname": "node-1", "disk": "ssd"}
        for node in ("node-1",):
            self.add(
                item(
                    "Node",
                    node,
                    {"taints": []},
                    {
                        "conditions": [
                            {
                                "type": "Ready",
                                "status": "True",
                                "message": "kubelet is posting ready status",
                                "lastHeartbeatTime": at(0),
                            },
                            {"type": "MemoryPressure", "status": "False"},
                        ],
                        "allocatable": {"cpu": "4", "memory": "8Gi", "pods": "110"},
                        "nodeInfo": {"architecture": "amd64"},
                    },
                    namespace=None,
                    labels=labels,
                )
            )
        self.add(item("Secret", "db", None, None) | {"data": {"password": "aGlkZGVuLXZhbHVl"}, "type": "Opaque"})
        self.add(item("ConfigMap", "settings", None, None) | {"data": {"LEVEL": "info"}})
        claim = {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
            "storageClassName": "fast",
            "volumeName": "pv-1",
        }
        self.add(item("PersistentVolumeClaim", "data", claim, {"phase": "Bound"}))
        volume = {
            "accessModes": ["ReadWriteOnce"],
            "capacity": {"storage": "1Gi"},
            "storageClassName": "fast",
            "claimRef": {"namespace": SPACE, "name": "data"},
        }
        self.add(item("PersistentVolume", "pv-1", volume, {"phase": "Bound"}, namespace=None))
        self.add(item("StorageClass", "fast", None, None, namespace=None))
        self.add(item("IngressClass", "nginx", None, None, namespace=None))
        path = {"path": "/", "backend": {"service": {"name": "web", "port": {"number": 80}}}}
        self.add(item("Ingress", "front", {"ingressClassName": "nginx", "rules": [{"http": {"paths": [path]}}]}, {}))
        self["pod/db-0"]["spec"]["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
        self.add(
            item(
                "Job",
                "report",
                {"backoffLimit": 3},
                {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]},
            )
        )
        self.add(
            item("CronJob", "nightly", {"schedule": "0 3 * * *", "suspend": False}, {"lastScheduleTime": at(32400)})
        )
        for name in ("kube-scheduler-node-1", "kube-proxy-abcde", "coredns-5f6-xyz"):
            self.add(
                item(
                    "Pod",
                    name,
                    {"nodeName": "node-1", "containers": [{"name": "main"}]},
                    {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
                    namespace="kube-system",
                )
            )

    def __getitem__(self, name: str) -> Object:
        return self.objects[name]

    def add(self, one: Object) -> Object:
        """One more object."""
        self.objects[f"{one['kind'].lower()}/{one['metadata']['name']}"] = one
        return one

    def _part(self, name: str) -> None:
        labels, kind = {"app": name}, "StatefulSet" if name == "db" else "Deployment"
        template = {"metadata": {"labels": labels}, "spec": {"containers": [container(name)]}}
        spec = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
        status = {"replicas": 1, "readyReplicas": 1, "updatedReplicas": 1}
        owner = self.add(item(kind, name, spec, status, annotations={"deployment.kubernetes.io/revision": "1"}))
        if kind == "Deployment":
            owner = self.add(
                item(
                    "ReplicaSet",
                    f"{name}-abc12",
                    spec,
                    dict(status),
                    labels=labels,
                    ownerReferences=[_by(owner)],
                    annotations={"deployment.kubernetes.io/revision": "1"},
                )
            )
        pod = item(
            "Pod",
            "db-0" if name == "db" else f"{name}-abc12-x",
            {"nodeName": "node-1", "containers": [container(name)]},
            {
                "phase": "Running",
                "conditions": [
                    {"type": "PodScheduled", "status": "True"},
                    {"type": "ContainersReady", "status": "True"},
                    {"type": "Ready", "status": "True", "lastTransitionTime": at(2900)},
                ],
                "containerStatuses": [running(name, f"registry.example/{name}:1.0")],
            },
            labels=labels,
            ownerReferences=[_by(owner)],
        )
        self.add(pod)
        port = 80 if name == "web" else PORTS[name]
        self.add(
            item(
                "Service",
                name,
                {
                    "selector": labels,
                    "clusterIP": "10.0.0.9",
                    "ports": [{"name": "main", "port": port, "targetPort": PORTS[name], "protocol": "TCP"}],
                },
            )
        )
        self.add(item("Endpoints", name) | {"subsets": [{"addresses": [{"ip": "10.1.0.5"}]}]})

    def pod(self, name: str) -> Object:
        """The pod of a part."""
        return self["pod/db-0" if name == "db" else f"pod/{name}-abc12-x"]

    def spec(self, name: str) -> Object:
        """The pod's container; the template's is the same object afterwards."""
        kind = "statefulset" if name == "db" else "deployment"
        found: Object = self.pod(name)["spec"]["containers"][0]
        self[f"{kind}/{name}"]["spec"]["template"]["spec"]["containers"] = [found]
        return found

    def status(self, name: str) -> Object:
        """The status of the part's container."""
        found: Object = self.pod(name)["status"]["containerStatuses"][0]
        return found

    def unready(self, name: str) -> None:
        """The pod is not ready, and all that follows from it."""
        for one in self.pod(name)["status"]["conditions"]:
            if one["type"] in ("Ready", "ContainersReady"):
                one["status"] = "False"
        self.status(name)["ready"] = False
        self[f"endpoints/{name}"]["subsets"] = []
        owner = self["statefulset/db" if name == "db" else f"deployment/{name}"]
        owner["status"] = {
            "replicas": 1,
            "readyReplicas": 0,
            "updatedReplicas": 1,
            "conditions": []
            if name == "db"
            else [
                {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "timed out"}
            ],
        }

    def waiting(self, name: str, reason: str, message: str = "") -> None:
        """The part's container waits."""
        self.unready(name)
        self.status(name)["state"] = {"waiting": {"reason": reason, "message": message}}

    def crashed(self, name: str, code: int = 1, *, log: str = "", reason: str = "Error", runs: bool = False) -> None:
        """The part's container ends again and again; `runs`: at this very moment it runs."""
        self.waiting(name, "CrashLoopBackOff", "back-off 40s restarting failed container")
        ended = {"terminated": {"exitCode": code, "reason": reason, "finishedAt": at(20), "startedAt": at(25)}}
        self.status(name).update(restartCount=5, lastState=ended)
        if runs:
            self.status(name)["state"] = {"running": {"startedAt": at(3)}}
        if log:
            self.previous[self.pod(name)["metadata"]["name"], name] = log

    def pending(self, name: str, message: str) -> None:
        """The scheduler takes the part's pod nowhere."""
        self.unready(name)
        pod = self.pod(name)
        del pod["spec"]["nodeName"]
        pod["status"] = {
            "phase": "Pending",
            "conditions": [
                {
                    "type": "PodScheduled",
                    "status": "False",
                    "reason": "Unschedulable",
                    "message": message,
                    "lastTransitionTime": at(60),
                }
            ],
        }

    def refused(self, name: str, message: str) -> None:
        """The part's pod cannot be made."""
        pod = self.pod(name)
        del self.objects[f"pod/{pod['metadata']['name']}"]
        self[f"endpoints/{name}"]["subsets"] = []
        self[f"deployment/{name}"]["status"] = {"replicas": 0, "conditions": []}
        failure = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": message}
        self[f"replicaset/{name}-abc12"]["status"] = {"replicas": 0, "conditions": [failure]}

    def event(self, about: Object, reason: str, message: str, *, count: int = 6, seconds: float = 5) -> None:
        """An event about an object."""
        meta = about["metadata"]
        found = {"kind": about["kind"], "name": meta["name"], "namespace": meta.get("namespace"), "uid": meta["uid"]}
        self.events.append(
            item("Event", f"event-{len(self.events)}")
            | {
                "involvedObject": found,
                "reason": reason,
                "message": message,
                "count": count,
                "type": "Warning",
                "lastTimestamp": at(seconds),
            }
        )

    def probe(self, name: str, kind: str, message: str, **asked: Any) -> None:
        """A probe of the part fails."""
        self.unready(name)
        if asked:
            self.spec(name)[f"{kind.lower()}Probe"] = {**self.spec(name)[f"{kind.lower()}Probe"], **asked}
        self.event(self.pod(name), "Unhealthy", f"{kind} probe failed: {message}")

    def write(self, folder: Path) -> Path:
        """One list of every kind, as `kubectl get KIND --all-namespaces --output json` prints it; logs beside it."""
        kinds: dict[str, list[Object]] = {"Event": self.events}
        for one in self.objects.values():
            kinds.setdefault(one["kind"], []).append(one)
        for kind, items in kinds.items():
            text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=2)
            (folder / f"{kind.lower()}s.json").write_text(text)
        for end, logs in (("", self.logs), ("-previous", self.previous)):
            for (pod, name), text in logs.items():
                (folder / f"{pod}_{name}{end}.log").write_text(text)
        for name, text in self.texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder


def _by(owner: Mapping[str, Any]) -> Object:
    return {
        "kind": owner["kind"],
        "name": owner["metadata"]["name"],
        "uid": owner["metadata"]["uid"],
        "controller": True,
    }
