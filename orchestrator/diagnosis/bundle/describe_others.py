"""`kubectl describe` of what leads traffic, scales, stores, and of resources that describe knows no form of."""

import re
from typing import Any

from orchestrator.diagnosis.bundle.blocks import Block, metadata

_BACKEND = re.compile(r"(?<!\S)(?P<name>[a-z0-9][a-z0-9.-]{0,62}):(?P<port>\w{1,15}) \(")
_DEFAULT = "storageclass.kubernetes.io/is-default-class"
_STATUSES = re.compile(r"(?<!\d)(\d{1,9}) (Running|Active|Succeeded|Failed)")
_CONDITION = re.compile(r"^ *(?P<key>Last Transition Time|Message|Reason|Status|Type): +(?P<value>\S[^\n]*)$")


def _item(kind: str, block: Block, spec: object, status: object, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "metadata": metadata(block), "spec": spec, "status": status, **more}


def addresses(block: Block) -> dict[str, Any] | None:
    """The Endpoints that a described Service names; None where it names none of either kind."""
    told = block.text("Endpoints")
    if not told:
        return None
    found = [one.strip().rpartition(":")[0] for one in told.split(",") if one.strip()[:1].isdigit()]
    subsets = [{"addresses": [{"ip": ip} for ip in found]}] if found else []
    return {"kind": "Endpoints", "metadata": {**metadata(block), "labels": {}}, "subsets": subsets}


def ingress(block: Block) -> dict[str, Any]:
    """Its class, address, backends and the Secrets of its certificates."""
    lines = [*block.under("Rules").lines, block.text("Default backend")]
    named = [found for line in lines for found in _BACKEND.finditer(line)]
    paths = [{"backend": {"service": {"name": one["name"], "port": _port(one["port"])}}} for one in named]
    spec: dict[str, Any] = {"rules": [{"http": {"paths": paths}}]}
    chosen = block.text("Ingress Class")
    spec |= {"ingressClassName": chosen} if chosen not in ("", "<none>") else {}
    secrets = [line.split()[0] for line in block.under("TLS").lines if "terminates" in line]
    spec |= {"tls": [{"secretName": name} for name in secrets]}
    address = [{"ip": block.text("Address")}] if block.text("Address") else []
    return _item("Ingress", block, spec, {"loadBalancer": {"ingress": address}})


def _port(text: str) -> dict[str, Any]:
    return {"number": int(text)} if text.isdigit() else {"name": text}


def autoscaler(block: Block) -> dict[str, Any]:
    """Its target and its conditions with their messages."""
    kind, _, name = block.text("Reference").partition("/")
    rows = [re.split(r"\s{2,}", line.strip(), maxsplit=3) for line in block.under("Conditions").lines]
    conditions = [
        {"type": row[0], "status": row[1], "reason": row[2], "message": row[3]}
        for row in rows
        if len(row) == 4 and row[1] in ("True", "False", "Unknown")
    ]
    return _item("HorizontalPodAutoscaler", block, {"scaleTargetRef": {"kind": kind, "name": name}},
                 {"conditions": conditions})  # fmt: skip


def volume(block: Block) -> dict[str, Any]:
    """Its size, class, phase and whose claim holds it."""
    space, _, name = block.text("Claim").partition("/")
    spec: dict[str, Any] = {"capacity": {"storage": block.text("Capacity") or "0"}}
    spec |= {"storageClassName": block.text("StorageClass")}
    spec |= {"claimRef": {"namespace": space, "name": name}} if name else {}
    item = _item("PersistentVolume", block, spec, {"phase": block.text("Status")})
    return {**item, "metadata": {**item["metadata"], "namespace": ""}}


def storage_class(block: Block) -> dict[str, Any]:
    """Its provisioner, and whether it is the default."""
    default = "true" if block.text("IsDefaultClass") == "Yes" else "false"
    item = _item("StorageClass", block, {}, {}, provisioner=block.text("Provisioner"))
    return {**item, "metadata": {**item["metadata"], "namespace": "", "annotations": {_DEFAULT: default}}}


def resource(block: Block) -> dict[str, Any]:
    """A resource that describe writes field by field: its conditions, its state, and the Secret that it makes."""
    status: dict[str, Any] = {"conditions": _conditions(block.under("Status").under("Conditions").lines)}
    told = block.under("Status")
    status |= {key.lower(): told.text(key) for key in ("State", "Reason", "Phase") if told.text(key)}
    name = block.under("Spec").text("Secret Name")
    spec: dict[str, Any] = {"secretName": name} if name else {}
    service = block.under("Spec").under("Service")
    spec |= {"service": {"namespace": service.text("Namespace"), "name": service.text("Name")}} if service.below else {}
    return _item(block.text("Kind"), block, spec, status)


def _conditions(lines: list[str]) -> list[dict[str, str]]:
    """Fields in the order of the alphabet, a condition's last being its type."""
    found, one = list[dict[str, str]](), dict[str, str]()
    for line in lines:
        if told := _CONDITION.match(line):
            key = told["key"].title().replace(" ", "")
            one[key[0].lower() + key[1:]] = told["value"].strip()
            if key == "Type":
                found.append(one)
                one = {}
    return found


def job(block: Block) -> dict[str, Any]:
    """Its limits, and how many of its pods ended how; why it failed its events tell."""
    counted = {key: int(number) for number, key in _STATUSES.findall(block.text("Pods Statuses"))}
    spec: dict[str, Any] = {"suspend": block.text("Suspend") == "true"}
    for key, head in (("activeDeadlineSeconds", "Active Deadline Seconds"), ("backoffLimit", "Backoff Limit")):
        if found := re.match(r"\d{1,9}", block.text(head)):
            spec[key] = int(found[0])
    status = {"succeeded": counted.get("Succeeded", 0), "failed": counted.get("Failed", 0)}
    active = counted.get("Running", 0) + counted.get("Active", 0)
    return _item("Job", block, spec, status | ({"active": active} if active else {}))
