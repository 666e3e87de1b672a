"""Tables of what is no pod and makes none: Services, volumes, cron jobs, budgets, autoscalers, APIs, certificates."""

import re
from typing import Any

from orchestrator.diagnosis.bundle.rows import AGE, Row, pairs_of, thin

_PORT = re.compile(r"(?<!\d)(?P<port>\d{1,5})(?::\d{1,5})?/(?P<protocol>\w{1,9})")
_MODES = {"RWO": "ReadWriteOnce", "ROX": "ReadOnlyMany", "RWX": "ReadWriteMany", "RWOP": "ReadWriteOncePod"}
_UNAVAILABLE = re.compile(r"False(?: \((?P<reason>\w+)\))?")
_WARMS_UP = 120.0  # seconds after which an autoscaler has a first value


def service(row: Row) -> dict[str, Any]:
    """Its type, ports, selector and address; what is outside is told by EXTERNAL-IP."""
    ports = [{"port": int(one["port"]), "protocol": one["protocol"]} for one in _PORT.finditer(row.get("PORT(S)", ""))]
    selector = pairs_of(row.get("SELECTOR", "<none>"))
    spec = {"type": row.get("TYPE", ""), "clusterIP": row.get("CLUSTER-IP", ""), "ports": ports, "selector": selector}
    outside = row.get("EXTERNAL-IP", "")
    status = {"loadBalancer": {"ingress": [{"ip": outside}]}} if outside[:1].isalnum() else {"loadBalancer": {}}
    return thin("Service", row, spec, status)


def endpoints(row: Row) -> dict[str, Any]:
    """Its addresses, of the first port."""
    told = (one.rpartition(":") for one in row.get("ENDPOINTS", "").replace(",", " ").split())
    found = [(ip, port) for ip, _, port in told if ip and port.isdecimal()]
    subsets = [{"addresses": [{"ip": ip} for ip, _ in found], "ports": [{"port": int(found[0][1])}]}] if found else []
    return thin("Endpoints", row, subsets=subsets)


def claim(row: Row) -> dict[str, Any]:
    """Its class, volume, phase and access modes."""
    spec: dict[str, Any] = {"accessModes": _modes(row.get("ACCESS MODES", ""))}
    spec |= {"storageClassName": row["STORAGECLASS"]} if row.get("STORAGECLASS") else {}
    spec |= {"volumeName": row["VOLUME"]} if row.get("VOLUME") else {}
    return thin("PersistentVolumeClaim", row, spec, {"phase": row.get("STATUS", "")})


def volume(row: Row) -> dict[str, Any]:
    """Its size, class, phase, access modes and whose claim holds it."""
    space, _, name = row.get("CLAIM", "").partition("/")
    spec: dict[str, Any] = {"capacity": {"storage": row.get("CAPACITY", "0")}}
    spec |= {"storageClassName": row.get("STORAGECLASS", ""), "accessModes": _modes(row.get("ACCESS MODES", ""))}
    spec |= {"claimRef": {"namespace": space, "name": name}} if name else {}
    return thin("PersistentVolume", row, spec, {"phase": row.get("STATUS", "")})


def _modes(text: str) -> list[str]:
    return [_MODES[one] for one in text.split(",") if one in _MODES]


def storage_class(row: Row) -> dict[str, Any]:
    """Its provisioner, and whether it is the default."""
    name, _, mark = row["NAME"].partition(" ")
    item = thin("StorageClass", {**row, "NAME": name}, provisioner=row.get("PROVISIONER", ""))
    if mark == "(default)":
        item["metadata"]["annotations"] = {"storageclass.kubernetes.io/is-default-class": "true"}
    return item


def cron(row: Row) -> dict[str, Any]:
    """Its schedule, and whether it is suspended or ever ran."""
    ran = row.get("LAST SCHEDULE", "<none>")
    status = {} if ran in ("", "<none>") else {"lastScheduleTime": "1970-01-01T00:00:00Z"}
    return thin("CronJob", row, {"schedule": row.get("SCHEDULE", ""), "suspend": row.get("SUSPEND") == "True"}, status)


def budget(row: Row) -> dict[str, Any]:
    """How many pods may go."""
    spec = {key: row[head] for key, head in (("minAvailable", "MIN AVAILABLE"), ("maxUnavailable", "MAX UNAVAILABLE"))
            if row.get(head, "N/A") != "N/A"}  # fmt: skip
    allowed = row.get("ALLOWED DISRUPTIONS", "")
    return thin("PodDisruptionBudget", row, spec, {"disruptionsAllowed": int(allowed) if allowed.isdigit() else 1})


def autoscaler(row: Row) -> dict[str, Any]:
    """Its target, and whether its metric is known."""
    kind, _, name = row.get("REFERENCE", "").partition("/")
    item = thin("HorizontalPodAutoscaler", row, {"scaleTargetRef": {"kind": kind, "name": name}})
    targets = row.get("TARGETS", "")
    if "<unknown>" in targets and item.get(AGE, 0) > _WARMS_UP:
        told = {"type": "ScalingActive", "status": "False", "message": f"its targets are {targets}"}
        item["status"] = {"conditions": [told]}
    return item


def api_service(row: Row) -> dict[str, Any]:
    """By which Service an API is served, and whether it answers."""
    space, _, name = row.get("SERVICE", "").partition("/")
    found = _UNAVAILABLE.match(row.get("AVAILABLE", ""))
    told = {"type": "Available", "status": "False" if found else "True"}
    told |= {"reason": found["reason"] or ""} if found else {}
    spec = {"service": {"namespace": space, "name": name}} if name else {}
    return thin("APIService", row, spec, {"conditions": [told]})


def certificate(row: Row) -> dict[str, Any]:
    """cert-manager's: whether it is issued, and into which Secret."""
    status = {"conditions": [{"type": "Ready", "status": row.get("READY", ""), "message": row.get("STATUS", "")}]}
    return thin("Certificate", row, {"secretName": row.get("SECRET", "")}, status)


def ingress(row: Row) -> dict[str, Any]:
    """Its class and address."""
    spec = {} if row.get("CLASS", "<none>") == "<none>" else {"ingressClassName": row.get("CLASS", "<none>")}
    address = [{"ip": row["ADDRESS"]}] if row.get("ADDRESS") else []
    return thin("Ingress", row, spec, {"loadBalancer": {"ingress": address}})
