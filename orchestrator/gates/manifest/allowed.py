"""What a manifest may hold at all: a key that is not named here is refused, whatever it does."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.contracts import DeploymentFacts, Facts, ServiceFacts
from orchestrator.gates.manifest.compare import Told

# A tree of the keys allowed: ANY is a value of any kind, a one-item list the shape of a list's items.
ANY: Any = object()
_METADATA = {"name": ANY, "labels": ANY}
_PROBE = {
    "httpGet": {"path": ANY, "port": ANY, "scheme": ANY},
    "initialDelaySeconds": ANY,
    "periodSeconds": ANY,
    "timeoutSeconds": ANY,
    "failureThreshold": ANY,
    "successThreshold": ANY,
}
_CONTAINER = {
    "name": ANY,
    "image": ANY,
    "imagePullPolicy": ANY,
    "ports": [{"name": ANY, "containerPort": ANY, "protocol": ANY}],
    "envFrom": ANY,
    "resources": {"requests": ANY, "limits": ANY},
    "livenessProbe": _PROBE,
    "readinessProbe": _PROBE,
    "lifecycle": {"preStop": {"exec": {"command": ANY}}},
    "securityContext": {"allowPrivilegeEscalation": ANY, "readOnlyRootFilesystem": ANY, "capabilities": ANY},
    "volumeMounts": [{"name": ANY, "mountPath": ANY}],
}
_POD_SECURITY = {
    "runAsNonRoot": ANY,
    "runAsUser": ANY,
    "runAsGroup": ANY,
    "fsGroup": ANY,
    "seccompProfile": ANY,
}
_POD = {
    "automountServiceAccountToken": ANY,
    "terminationGracePeriodSeconds": ANY,
    "securityContext": _POD_SECURITY,
    "containers": [_CONTAINER],
    "volumes": [{"name": ANY, "emptyDir": {"sizeLimit": ANY}}],
}
_DEPLOYMENT = {
    "replicas": ANY,
    "revisionHistoryLimit": ANY,
    "strategy": ANY,
    "selector": {"matchLabels": ANY},
    "template": {"metadata": {"labels": ANY}, "spec": _POD},
}
_SERVICE = {
    "type": ANY,
    "selector": ANY,
    "ports": [{"name": ANY, "port": ANY, "targetPort": ANY, "protocol": ANY, "nodePort": ANY}],
}


def beyond(document: Mapping[str, Any], facts: Facts) -> Iterator[Told]:
    """One finding a key (or a shape) that the contract's kind of manifest does not need."""
    body: dict[str, Any] = {"data": ANY}
    if isinstance(facts, DeploymentFacts):
        body = {"spec": _DEPLOYMENT}
    elif isinstance(facts, ServiceFacts):
        body = {"spec": _SERVICE}
    yield from _walk(document, {"apiVersion": ANY, "kind": ANY, "metadata": _METADATA, **body}, "")


def _walk(value: Any, shape: Any, path: str) -> Iterator[Told]:
    if shape is ANY or value is None:
        return
    if isinstance(shape, list):
        yield from _items(value, shape[0], path)
    elif not isinstance(value, Mapping):
        yield "shape", f"{path} is not a mapping.", "Write it as one."
    else:
        for key, inner in value.items():
            place = f"{path}.{key}".lstrip(".")
            if key not in shape:
                yield "beyond", f"{place} was not asked for.", "Leave it out."
            else:
                yield from _walk(inner, shape[key], place)


def _items(value: Any, shape: Any, path: str) -> Iterator[Told]:
    if not isinstance(value, list):
        yield "shape", f"{path} is not a list.", "Write it as one."
        return
    for index, item in enumerate(value):
        yield from _walk(item, shape, f"{path}.{index}")
