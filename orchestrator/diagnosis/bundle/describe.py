"""What `kubectl describe` prints, as objects: pods with their containers, nodes' conditions, and everyone's events."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestrator.diagnosis.bundle.tables import event, seconds
from orchestrator.release.snapshot import Object

_FIELD = re.compile(r"^(?P<indent> *)(?P<key>[A-Za-z][\w ./()-]*?):(?:\s+(?P<value>.*)|\s*)$")
_EVENT = re.compile(r"^\s+(Warning|Normal)\s+(\S+)\s+(\S+(?: \(x\d+ over [^)]*\))?)\s+(\S+)\s+(.*)$")
_COUNT = re.compile(r"\(x(\d+) over")
_PROBES = {"Liveness": "livenessProbe", "Readiness": "readinessProbe", "Startup": "startupProbe"}
_PROBE = re.compile(
    r"(?<!\S)(?P<scheme>https?)-get (?:https?://)?[^\s:/]{0,253}:(?P<port>[\w-]{0,63})(?P<path>/\S*+)?+"
    r"\s{1,9}delay=(?P<delay>\d+)s "
    r"timeout=(?P<timeout>\d+)s"
    r" period=(?P<period>\d+)s #success=\d+ #failure=(?P<failure>\d+)"
)


@dataclass
class Block:
    """A key of the text with its value and what stands indented beneath it."""

    value: str = ""
    below: dict[str, "Block"] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def text(self, *keys: str) -> str:
        """The value at a path of keys, empty if there is none."""
        block: Block | None = self
        for key in keys:
            block = block.below.get(key) if block else None
        return block.value if block else ""


def described(text: str) -> list[Object]:
    """The objects of a text of `kubectl describe`; none for another text."""
    if not re.match(r"\s*Name:\s+\S", text):
        return []
    found: list[Object] = []
    for part in re.split(r"\n(?=Name:\s+\S)", text):
        block = _parse(part)
        item = _pod(block) if "Containers" in block.below and "Node" in block.below else _node(block)
        found += [item] if item else []
        found += _events(part, block, _kind(block))
    return found


def _parse(text: str) -> Block:
    root = Block()
    stack: list[tuple[int, Block]] = [(-1, root)]
    for line in text.splitlines():
        while line.strip() and stack[-1][0] >= len(line) - len(line.lstrip()):
            stack.pop()
        stack[-1][1].lines.append(line)
        if found := _FIELD.match(line):
            below = Block((found["value"] or "").strip())
            stack[-1][1].below[found["key"]] = below
            stack.append((len(found["indent"]), below))
    return root


def _kind(block: Block) -> str:
    marks = (
        ("Containers", "Node", "Pod"),
        ("Pod Template", "StrategyType", "Deployment"),
        ("Pod Template", "Controlled By", "ReplicaSet"),
        ("Pod Template", "Update Strategy", "StatefulSet"),
        ("Pod Template", "Completions", "Job"),
        ("Schedule", "Suspend", "CronJob"),
        ("StorageClass", "Access Modes", "PersistentVolumeClaim"),
        ("Taints", "Conditions", "Node"),
        ("Selector", "Session Affinity", "Service"),
        ("Rules", "Default backend", "Ingress"),
    )
    return next((kind for one, other, kind in marks if one in block.below and other in block.below), "Pod")


def _events(text: str, block: Block, kind: str) -> Iterator[Object]:
    _, _, events = text.partition("\nEvents:")
    namespace, name = block.text("Namespace"), block.text("Name")
    for number, line in enumerate(events.splitlines()):
        if found := _EVENT.match(line):
            kind_of, reason, age, _, message = found.groups()
            count = _COUNT.search(age)
            yield event(
                kind,
                namespace,
                name,
                reason,
                message,
                kind_of=kind_of,
                age=seconds(age.split()[0]),
                count=int(count.group(1)) if count else 1,
                number=number,
            )


def _metadata(block: Block) -> dict[str, Any]:
    lines = [block.text("Labels"), *(one.strip() for one in _lines(block, "Labels"))]
    labels = dict(line.split("=", 1) for line in lines if "=" in line and " " not in line)
    metadata: dict[str, Any] = {"name": block.text("Name"), "namespace": block.text("Namespace"), "labels": labels}
    kind, _, owner = block.text("Controlled By").partition("/")
    if owner:
        metadata["ownerReferences"] = [{"kind": kind, "name": owner, "controller": True}]
    return metadata


def _lines(block: Block, key: str) -> list[str]:
    return block.below[key].lines if key in block.below else []


def _pod(block: Block) -> Object:
    node = block.text("Node").split("/")[0]
    conditions = [
        {"type": words[0], "status": words[1]}
        for line in _lines(block, "Conditions")
        if len(words := line.split()) == 2 and words[0] != "Type"
    ]
    spec: dict[str, Any] = {
        "containers": [_container(name, one) for name, one in block.below["Containers"].below.items()],
        "initContainers": [
            _container(name, one) for name, one in block.below.get("Init Containers", Block()).below.items()
        ],
    }
    if node and node != "<none>":
        spec["nodeName"] = node
    return {
        "kind": "Pod",
        "metadata": _metadata(block),
        "spec": spec,
        "status": {
            "phase": block.text("Status").split()[0] if block.text("Status") else "",
            "conditions": conditions,
            "reason": block.text("Reason"),
            "message": block.text("Message"),
            "containerStatuses": [_status(name, one) for name, one in block.below["Containers"].below.items()],
            "initContainerStatuses": [
                _status(name, one) for name, one in block.below.get("Init Containers", Block()).below.items()
            ],
        },
    }


def _container(name: str, block: Block) -> dict[str, Any]:
    ports = [
        {"containerPort": int(number), "protocol": protocol or "TCP"}
        for number, protocol in re.findall(r"(?<!\d)(\d{1,5})/(\w+)", block.text("Port") or block.text("Ports"))
    ]
    resources = {
        kind.lower(): {key: one.value for key, one in block.below[kind].below.items()}
        for kind in ("Limits", "Requests")
        if kind in block.below
    }
    probes = {field: probe for key, field in _PROBES.items() if (probe := _probe(block.text(key)))}
    env = [{"name": key, "value": one.value} for key, one in block.below.get("Environment", Block()).below.items()]
    return {"name": name, "image": block.text("Image"), "ports": ports, "resources": resources, "env": env, **probes}


def _probe(text: str) -> dict[str, Any] | None:
    found = _PROBE.search(text)
    if not found:
        return None
    port = found["port"]
    asked = {
        "path": found["path"] or "/",
        "port": int(port) if port.isdigit() else port,
        "scheme": found["scheme"].upper(),
    }
    return {
        "httpGet": asked,
        "initialDelaySeconds": int(found["delay"]),
        "timeoutSeconds": int(found["timeout"]),
        "periodSeconds": int(found["period"]),
        "failureThreshold": int(found["failure"]),
    }


def _status(name: str, block: Block) -> dict[str, Any]:
    return {
        "name": name,
        "image": block.text("Image"),
        "ready": block.text("Ready") == "True",
        "restartCount": int(block.text("Restart Count") or 0),
        "state": _state(block.below.get("State")),
        "lastState": _state(block.below.get("Last State")),
    }


def _state(block: Block | None) -> Mapping[str, Any]:
    if block is None or not block.value:
        return {}
    told: dict[str, Any] = {"reason": block.text("Reason"), "message": block.text("Message")}
    if block.value == "Terminated":
        told["exitCode"] = int(block.text("Exit Code") or 0)
    return {block.value.lower(): {key: value for key, value in told.items() if value != ""}}


def _node(block: Block) -> Object | None:
    if _kind(block) != "Node":
        return None
    conditions = []
    for line in _lines(block, "Conditions"):
        words = re.split(r"\s{2,}", line.strip())
        if len(words) >= 5 and words[1] in ("True", "False", "Unknown"):
            conditions.append({"type": words[0], "status": words[1], "reason": words[-2], "message": words[-1]})
    taints = [block.text("Taints"), *(line.strip() for line in _lines(block, "Taints"))]
    found = [re.fullmatch(r"([^=:]+)(?:=([^:]*))?:(\w+)", one) for one in taints]
    return {
        "kind": "Node",
        "metadata": {**_metadata(block), "namespace": ""},
        "spec": {
            "taints": [{"key": one[1], "value": one[2] or "", "effect": one[3]} for one in found if one],
            "unschedulable": block.text("Unschedulable") == "true",
        },
        "status": {"conditions": conditions},
    }
