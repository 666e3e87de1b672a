"""`kubectl describe` of a pod: its containers with their states, probes and variables, its volumes and its place."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from orchestrator.diagnosis.bundle.blocks import Block, metadata, pairs
from orchestrator.diagnosis.bundle.tables import LASTS, seconds

_PROBES = {"Liveness": "livenessProbe", "Readiness": "readinessProbe", "Startup": "startupProbe"}
_ASKED = re.compile(
    r"(?<!\S)(?P<scheme>https?)-get (?:https?://)?[^\s:/]{0,253}:(?P<port>[\w-]{0,63})(?P<path>/\S*+)?+|"
    r"tcp-socket [^\s:]{0,253}:(?P<socket>[\w-]{1,63})|grpc <?pod>?:(?P<grpc>\d{1,5})|"
    r"exec \[(?P<command>[^\]\n]{0,2000})\]"
)
_TIMES = re.compile(
    r"delay=(?P<delay>\d+)s timeout=(?P<timeout>\d+)s period=(?P<period>\d+)s #success=\d+ #failure=(?P<failure>\d+)"
)
_FROM = re.compile(r"<set to the key '(?P<key>[^']+)' (?:in|of) (?P<kind>secret|config map) '(?P<name>[^']+)'>")
_WHEN = "%a, %d %b %Y %H:%M:%S %z"


def pod(block: Block) -> dict[str, Any]:
    """The pod as the API has it, as far as the text tells."""
    node = block.text("Node").split("/")[0]
    spec: dict[str, Any] = {
        "containers": [_container(name, one) for name, one in block.under("Containers").below.items()],
        "initContainers": [_container(name, one) for name, one in block.under("Init Containers").below.items()],
        "volumes": [found for name, one in block.under("Volumes").below.items() if (found := _volume(name, one))],
    }
    spec |= {"nodeName": node} if node and node != "<none>" else {}
    spec |= {"nodeSelector": pairs(block.told("Node-Selectors"))} if "Node-Selectors" in block.below else {}
    item = {"kind": "Pod", "metadata": _metadata(block), "spec": spec, "status": _status(block)}
    lasts = re.search(r"lasts (\S{1,20})\)", block.text("Status"))
    return {**item, LASTS: seconds(lasts[1])} if lasts else item


def _metadata(block: Block) -> dict[str, Any]:
    found = metadata(block)
    if begun := _moment(block.text("Start Time")):
        found["creationTimestamp"] = begun
    if block.text("Status").startswith("Terminating"):
        found["deletionTimestamp"] = ""  # since when is told as an age
        if grace := re.match(r"\d{1,6}", block.text("Termination Grace Period")):
            found["deletionGracePeriodSeconds"] = int(grace[0])
    return found


def _status(block: Block) -> dict[str, Any]:
    conditions = [
        {"type": words[0], "status": words[1]}
        for line in block.under("Conditions").lines
        if len(words := line.split()) == 2 and words[0] != "Type"
    ]
    found = {
        "phase": block.text("Status").split()[0] if block.text("Status") else "",
        "conditions": conditions,
        "reason": block.text("Reason"),
        "message": block.text("Message"),
    }
    found |= {"podIP": block.text("IP")} if block.text("IP") else {}
    for key, field in (("Containers", "containerStatuses"), ("Init Containers", "initContainerStatuses")):
        found[field] = [_container_status(name, one) for name, one in block.under(key).below.items()]
    return found


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
    found: dict[str, Any] = {"name": name, "image": block.text("Image"), "ports": ports, "resources": resources}
    found["env"] = [_variable(key, one.value) for key, one in block.under("Environment").below.items()]
    found |= {field: probe for key, field in _PROBES.items() if (probe := _probe(block.text(key)))}
    return found | {key.lower(): words for key in ("Command", "Args") if (words := block.told(key))}


def _variable(name: str, text: str) -> dict[str, Any]:
    if not (found := _FROM.match(text)):
        return {"name": name, "value": text}
    field = "secretKeyRef" if found["kind"] == "secret" else "configMapKeyRef"
    optional = "Optional: true" in text
    return {"name": name, "valueFrom": {field: {"name": found["name"], "key": found["key"], "optional": optional}}}


def _volume(name: str, block: Block) -> dict[str, Any] | None:
    kind, optional = block.text("Type").split(" ")[0], block.text("Optional") == "true"
    if kind == "PersistentVolumeClaim":
        return {"name": name, "persistentVolumeClaim": {"claimName": block.text("ClaimName")}}
    if kind == "ConfigMap":
        return {"name": name, "configMap": {"name": block.text("Name"), "optional": optional}}
    if kind == "Secret":
        return {"name": name, "secret": {"secretName": block.text("SecretName"), "optional": optional}}
    return None


def _probe(text: str) -> dict[str, Any] | None:
    found, times = _ASKED.search(text), _TIMES.search(text)
    if not found or not times:
        return None
    return {
        **_asked(found),
        "initialDelaySeconds": int(times["delay"]),
        "timeoutSeconds": int(times["timeout"]),
        "periodSeconds": int(times["period"]),
        "failureThreshold": int(times["failure"]),
    }


def _asked(found: re.Match[str]) -> dict[str, Any]:
    if found["command"] is not None:
        return {"exec": {"command": found["command"].split()}}
    if found["socket"]:
        return {"tcpSocket": {"port": _number(found["socket"])}}
    if found["grpc"]:
        return {"grpc": {"port": int(found["grpc"])}}
    asked = {"path": found["path"] or "/", "port": _number(found["port"]), "scheme": found["scheme"].upper()}
    return {"httpGet": asked}


def _number(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _container_status(name: str, block: Block) -> dict[str, Any]:
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
    told |= {"startedAt": _moment(block.text("Started")), "finishedAt": _moment(block.text("Finished"))}
    if block.value == "Terminated":
        told["exitCode"] = int(block.text("Exit Code") or 0)
    return {block.value.lower(): {key: value for key, value in told.items() if value != ""}}


def _moment(text: str) -> str:
    """A time as describe writes it, as the API does (UTC); empty for another text."""
    try:
        return datetime.strptime(text, _WHEN).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return ""
