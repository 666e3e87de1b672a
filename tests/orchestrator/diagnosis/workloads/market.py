"""A market of a dozen services, as kubectl prints it: a page calls most of the others, the orders call some."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.orchestrator.diagnosis.workloads.shop import Object, at, item

SPACE = "market"
NODES = ("node-1", "node-2", "node-3")
SERVICES: dict[str, tuple[int, tuple[str, ...]]] = {
    "page": (8080, ("catalogue", "currency", "basket", "advice", "shipping", "orders", "adverts")),
    "orders": (5050, ("catalogue", "shipping", "payment", "mail", "currency", "basket")),
    "advice": (8081, ("catalogue",)),
    "catalogue": (3550, ()),
    "currency": (7000, ()),
    "basket": (7070, ("cache",)),
    "shipping": (50051, ()),
    "payment": (50052, ()),
    "mail": (5000, ()),
    "adverts": (9555, ()),
    "cache": (6379, ()),
}
STATIC = ("kube-apiserver-cp", "etcd-cp", "kube-controller-manager-cp", "kube-scheduler-cp")


@dataclass
class Market:
    """All objects by kind/name, to be changed in place; logs and other texts by file name. `wired` by env or file."""

    wired: str = "env"
    objects: dict[str, Object] = field(default_factory=dict)
    events: list[Object] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in NODES:
            heard = [{"type": "Ready", "status": "True", "message": "kubelet is posting ready status",
                      "lastHeartbeatTime": at(0)}]  # fmt: skip
            self.add(item("Node", node, {}, {"conditions": heard}, namespace=None))
        for place, name in enumerate(SERVICES):
            self._service(place, name)
        for name in (*STATIC, *(f"kube-proxy-{node}" for node in NODES), "coredns-a", "coredns-b"):
            spec = {"nodeName": "node-1", "containers": [{"name": "main"}]}
            status = {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}
            self.add(item("Pod", name, spec, status, namespace="kube-system"))
        corefile = ".:53 {\n  errors\n  kubernetes cluster.local in-addr.arpa {\n  }\n  forward . /etc/resolv.conf\n}\n"
        self.add(item("ConfigMap", "coredns", namespace="kube-system") | {"data": {"Corefile": corefile}})

    def __getitem__(self, name: str) -> Object:
        return self.objects[name]

    def add(self, one: Object) -> Object:
        """One more object."""
        self.objects[f"{one['kind'].lower()}/{one['metadata']['name']}"] = one
        return one

    def _service(self, place: int, name: str) -> None:
        port, calls = SERVICES[name]
        probe = {"tcpSocket": {"port": port}, "periodSeconds": 10, "failureThreshold": 3}
        container: Object = {"name": "server", "image": f"registry.example/{name}:1", "readinessProbe": probe}
        container |= {"ports": [{"containerPort": port}], "resources": {"limits": {"memory": "128Mi"}}}
        spec: Object = {"containers": [container]}
        if self.wired == "env":
            container["env"] = [{"name": f"{one.upper()}_ADDR", "value": f"{one}:{SERVICES[one][0]}"} for one in calls]
        else:
            told = json.dumps({one: f"{one}:{SERVICES[one][0]}" for one in calls})
            self.add(item("ConfigMap", f"{name}-config", namespace=SPACE) | {"data": {"config.json": told}})
            spec["volumes"] = [{"name": "config", "configMap": {"name": f"{name}-config"}}]
        labels = {"app": name}
        template = {"metadata": {"labels": labels}, "spec": json.loads(json.dumps(spec))}
        wanted = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
        is_ready = {"observedGeneration": 1, "replicas": 1, "readyReplicas": 1, "updatedReplicas": 1}
        above = self.add(item("Deployment", name, wanted, dict(is_ready), namespace=SPACE, generation=1))
        middle = self.add(item("ReplicaSet", f"{name}-7d9c5b8f6", {"replicas": 1, "template": template},
                               {"replicas": 1}, namespace=SPACE, ownerReferences=[_by(above)]))  # fmt: skip
        running = {"name": "server", "ready": True, "restartCount": 0, "state": {"running": {"startedAt": at(9000)}}}
        conditions = [{"type": kind, "status": "True"} for kind in ("PodScheduled", "ContainersReady", "Ready")]
        status = {"phase": "Running", "podIP": f"10.244.0.{place + 10}", "conditions": conditions,
                  "containerStatuses": [running]}  # fmt: skip
        spec = {**spec, "nodeName": NODES[place % 3]}
        self.add(item("Pod", f"{name}-7d9c5b8f6-xk2zq", spec, status, namespace=SPACE, labels=labels,
                      ownerReferences=[_by(middle)]))  # fmt: skip
        ports = [{"port": port, "targetPort": port, "protocol": "TCP"}]
        serving = {"selector": labels, "clusterIP": f"10.96.0.{place + 20}", "ports": ports}
        self.add(item("Service", name, serving, namespace=SPACE))
        self.add(item("Endpoints", name, namespace=SPACE) | {"subsets": [{"addresses": [{"ip": status["podIP"]}]}]})

    def pod(self, name: str) -> Object:
        """The pod of a service."""
        return self[f"pod/{name}-7d9c5b8f6-xk2zq"]

    def status(self, name: str) -> Object:
        """The status of its container."""
        found: Object = self.pod(name)["status"]["containerStatuses"][0]
        return found

    def container(self, name: str) -> Object:
        """Its container; that of the template is the same object afterwards."""
        found: Object = self.pod(name)["spec"]["containers"][0]
        self[f"deployment/{name}"]["spec"]["template"]["spec"]["containers"] = [found]
        return found

    def say(self, name: str, line: str, *, before: bool = False) -> None:
        """Its log tells the line a dozen times."""
        end = "-previous.log" if before else ".log"
        lines = [f"{at(80 - 7 * number)} {line}\n" for number in range(12)]
        self.texts[f"{self.pod(name)['metadata']['name']}{end}"] = "".join(lines)

    def complain(self, name: str, of: str) -> None:
        """It says that another does not answer at its address."""
        address = self[f"service/{of}"]["spec"]["clusterIP"]
        self.say(name, f"rpc error: code = Unavailable desc = dial tcp {address}:{SERVICES[of][0]}: connection refused")

    def unready(self, name: str) -> None:
        """Its pod is not ready, and all that follows."""
        for one in self.pod(name)["status"]["conditions"][1:]:
            one["status"] = "False"
        self.status(name)["ready"] = False
        self[f"endpoints/{name}"]["subsets"] = []
        stuck = {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "timed out"}
        self[f"deployment/{name}"]["status"] |= {"readyReplicas": 0, "conditions": [stuck]}

    def crash(self, name: str, line: str, *, code: int = 1, reason: str = "Error") -> None:
        """It ends again and again with a last word."""
        self.unready(name)
        ended = {"exitCode": code, "reason": reason, "startedAt": at(45), "finishedAt": at(40)}
        self.status(name).update(restartCount=9, state={"waiting": {"reason": "CrashLoopBackOff"}},
                                 lastState={"terminated": ended})  # fmt: skip
        self.say(name, line, before=True)

    def unplaced(self, name: str, message: str = "") -> None:
        """Its pod has no node; with a message, the scheduler says why."""
        self.unready(name)
        self.pod(name)["spec"].pop("nodeName")
        placed = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}
        self.pod(name)["status"] = {"phase": "Pending", "conditions": [placed] if message else []}

    def unmade(self, name: str) -> None:
        """It has no pod."""
        del self.objects[f"pod/{name}-7d9c5b8f6-xk2zq"]
        self[f"endpoints/{name}"]["subsets"] = []
        self[f"replicaset/{name}-7d9c5b8f6"]["status"] = {"replicas": 0}

    def event(self, about: Object, reason: str, message: str) -> None:
        """A warning about an object."""
        meta = about["metadata"]
        named = {"kind": about["kind"], "name": meta["name"], "namespace": meta.get("namespace"), "uid": meta["uid"]}
        told = {"involvedObject": named, "reason": reason, "message": message, "type": "Warning", "count": 9}
        told |= {"lastTimestamp": at(30)}
        self.events.append(item("Event", f"event-{len(self.events)}", namespace=meta.get("namespace")) | told)

    def write(self, folder: Path) -> Path:
        """Lists in JSON, and the texts."""
        kinds: dict[str, list[Any]] = {"Event": self.events}
        for one in self.objects.values():
            kinds.setdefault(one["kind"], []).append(one)
        for kind, items in kinds.items():
            (folder / f"{kind.lower()}s.json").write_text(json.dumps({"kind": "List", "items": items}))
        return self.write_texts(folder)

    def write_texts(self, folder: Path) -> Path:
        """Only the texts."""
        for name, text in self.texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder


def _by(owner: Object) -> Object:
    meta = owner["metadata"]
    return {"kind": owner["kind"], "name": meta["name"], "uid": meta["uid"], "controller": True}
