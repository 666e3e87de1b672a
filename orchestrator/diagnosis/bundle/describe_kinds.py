"""`kubectl describe` of what is no pod: nodes, workloads, Services, endpoints, claims."""

import re
from typing import Any

from orchestrator.diagnosis.bundle.blocks import Block, metadata, pairs

_REPLICAS = re.compile(
    r"(?<!\d)(\d{1,9}) desired(?: \| (\d{1,9}) updated)?(?: \| (\d{1,9}) total)?(?: \| (\d{1,9}) available)?"
)
_CURRENT = re.compile(r"(?<!\d)(\d{1,9}) current / (\d{1,9}) desired")
_PORT = re.compile(r"(?<!\S)(?:(?P<name>[\w-]{1,63}+)\s{1,9})?(?P<number>\d{1,5})/(?P<protocol>\w{1,9})")
_FULL = re.compile(r"(?P<kind>Kind|Type)\s+Status")


def nothing(block: Block) -> None:
    """A kind of which only the events are read."""
    return


def _item(kind: str, block: Block, spec: object, status: object, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "metadata": metadata(block), "spec": spec, "status": status, **more}


def node(block: Block) -> dict[str, Any]:
    """A node's conditions, taints and whether it is cordoned."""
    conditions = []
    for line in block.under("Conditions").lines:
        words = re.split(r"\s{2,}", line.strip())
        if len(words) >= 5 and words[1] in ("True", "False", "Unknown"):
            conditions.append({"type": words[0], "status": words[1], "reason": words[-2], "message": words[-1]})
    found = [re.fullmatch(r"([^=:]+)(?:=([^:]*))?:(\w+)", one) for one in block.told("Taints")]
    spec = {
        "taints": [{"key": one[1], "value": one[2] or "", "effect": one[3]} for one in found if one],
        "unschedulable": block.text("Unschedulable") == "true",
    }
    item = _item("Node", block, spec, {"conditions": conditions})
    return {**item, "metadata": {**item["metadata"], "namespace": ""}}


def _conditions(block: Block) -> list[dict[str, str]]:
    rows = [line.split() for line in block.under("Conditions").lines]
    return [
        {"type": row[0], "status": row[1], "reason": " ".join(row[2:])}
        for row in rows
        if len(row) >= 2 and row[1] in ("True", "False", "Unknown")
    ]


def _template(block: Block) -> dict[str, Any]:
    return {"metadata": {"labels": pairs(block.under("Pod Template").told("Labels"))}}


def deployment(block: Block) -> dict[str, Any]:
    """Its replicas, selector, the labels of its pods, its conditions."""
    found = _REPLICAS.search(block.text("Replicas"))
    wanted, updated, total, available = (int(one or 0) for one in found.groups()) if found else (1, 1, 1, 1)
    spec = {
        "replicas": wanted,
        "selector": {"matchLabels": pairs(block.told("Selector"))},
        "template": _template(block),
    }
    status = {"replicas": total, "updatedReplicas": updated, "readyReplicas": available}
    return _item("Deployment", block, spec, {**status, "conditions": _conditions(block)})


def stateful(block: Block) -> dict[str, Any]:
    """Its replicas and selector."""
    found = re.search(r"(?<!\d)(\d{1,9}) desired \| (\d{1,9}) total", block.text("Replicas"))
    wanted, total = (int(one) for one in found.groups()) if found else (1, 1)
    ready = re.search(r"(?<!\d)(\d{1,9}) Running", block.text("Pods Status"))
    spec = {
        "replicas": wanted,
        "selector": {"matchLabels": pairs(block.told("Selector"))},
        "template": _template(block),
    }
    return _item("StatefulSet", block, spec, {"replicas": total, "readyReplicas": int(ready[1]) if ready else 0})


def replicas(block: Block) -> dict[str, Any]:
    """How many pods there are of how many."""
    found = _CURRENT.search(block.text("Replicas"))
    there, wanted = (int(one) for one in found.groups()) if found else (1, 1)
    return _item("ReplicaSet", block, {"replicas": wanted}, {"replicas": there, "conditions": _conditions(block)})


def daemons(block: Block) -> dict[str, Any]:
    """On how many nodes it should be, is, and is available."""
    wanted, there, ready = (
        int(re.sub(r"\D", "", block.text(key)) or 0)
        for key in (
            "Desired Number of Nodes Scheduled",
            "Current Number of Nodes Scheduled",
            "Number of Nodes Scheduled with Available Pods",
        )
    )
    status = {"desiredNumberScheduled": wanted, "currentNumberScheduled": there, "numberReady": ready}
    return _item("DaemonSet", block, {}, status)


def cron(block: Block) -> dict[str, Any]:
    """Its schedule, and whether it is suspended."""
    deadline = re.match(r"(\d+)s", block.text("Starting Deadline Seconds"))
    spec: dict[str, Any] = {"schedule": block.text("Schedule"), "suspend": block.text("Suspend") == "True"}
    spec |= {"startingDeadlineSeconds": int(deadline[1])} if deadline else {}
    last = block.text("Last Schedule Time")
    return _item(
        "CronJob", block, spec, {} if last in ("", "<unset>") else {"lastScheduleTime": "1970-01-01T00:00:00Z"}
    )


def claim(block: Block) -> dict[str, Any]:
    """Its class, volume, phase and access modes."""
    spec: dict[str, Any] = {"accessModes": _modes(block.text("Access Modes"))}
    spec |= {"storageClassName": block.text("StorageClass")} if block.text("StorageClass") else {}
    spec |= {"volumeName": block.text("Volume")} if block.text("Volume") else {}
    return _item("PersistentVolumeClaim", block, spec, {"phase": block.text("Status").split()[0] or "Pending"})


def _modes(text: str) -> list[str]:
    short = {"RWO": "ReadWriteOnce", "ROX": "ReadOnlyMany", "RWX": "ReadWriteMany", "RWOP": "ReadWriteOncePod"}
    return [short[one] for one in text.split(",") if one in short]


def service(block: Block) -> dict[str, Any]:
    """Its selector, ports and address. Several ports come under equal keys, of which the last is read."""
    port, target = _PORT.search(block.text("Port")), _PORT.search(block.text("TargetPort"))
    ports = []
    if port:
        goal = int(target["number"]) if target else int(port["number"])
        named = block.text("TargetPort").split("/")[0]
        ports = [
            {
                "name": port["name"] or "",
                "port": int(port["number"]),
                "protocol": port["protocol"],
                "targetPort": goal if not named or named.isdigit() else named,
            }
        ]
    spec = {"type": block.text("Type"), "clusterIP": block.text("IP"), "ports": ports,
            "selector": pairs(block.told("Selector"))}  # fmt: skip
    spec |= {"internalTrafficPolicy": told} if (told := block.text("Internal Traffic Policy")) else {}
    return _item("Service", block, spec, {})


def endpoints(block: Block) -> dict[str, Any]:
    """The addresses of its first subset."""
    subset = block.under("Subsets")
    ready, late = (
        [{"ip": one} for one in subset.text(key).split(",") if one and one != "<none>"]
        for key in ("Addresses", "NotReadyAddresses")
    )
    subsets = [{"addresses": ready, "notReadyAddresses": late}] if ready or late else []
    return _item("Endpoints", block, {}, {}, subsets=subsets)
