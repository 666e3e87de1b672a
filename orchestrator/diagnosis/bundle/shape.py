"""Objects with the fields that every object has, whatever people left in their files."""

from collections.abc import Mapping
from typing import Any

from orchestrator.diagnosis.bundle.types import elements, fits, is_free
from orchestrator.release.snapshot import Object

_DEMANDED = {
    "conditions": ("type", "status"),
    "containers": ("name",),
    "env": ("name",),
    "readinessGates": ("conditionType",),
}
_PORTS = {"Service": ("port",)} | dict.fromkeys(
    ("Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob"), ("containerPort",)
)
_REFERENCES = ("secretKeyRef", "configMapKeyRef", "secretRef", "configMapRef")
Key = tuple[str, str, str]
"""Kind, namespace, name."""


def key_of(item: Object) -> Key:
    """What an object is known by."""
    metadata = item["metadata"]
    return str(item["kind"]), str(metadata.get("namespace") or ""), str(metadata.get("name"))


def whole(document: Mapping[str, Any]) -> dict[str, Any]:
    """The object with the fields that every object has, be they empty: files hold what people left in them."""
    document = _cleaned(document)
    item = {**document, "kind": str(document["kind"])}
    metadata = {**document["metadata"], "name": str(document["metadata"].get("name") or "")}
    owners = [{"uid": "", **one} for one in metadata.get("ownerReferences") or [] if isinstance(one, dict)]
    item["metadata"] = {**metadata, "ownerReferences": owners} if owners else metadata
    for field in ("spec", "status"):
        item[field] = document.get(field) if isinstance(document.get(field), dict) else {}
    if item["kind"] == "Pod":
        named = [one for one in item["spec"].get("containers") or [] if isinstance(one, dict)]
        item["spec"] = {**item["spec"], "containers": [{"name": "", **one} for one in named]}
    return item


def _cleaned(value: Any, field: str = "", kind: str = "", parent: str = "") -> Any:
    """Without nulls (absence in the API), values of a wrong type, and elements without what identifies them."""
    if isinstance(value, Mapping):
        return _map(value, field, str(value.get("kind") or kind) if not field else kind)
    if isinstance(value, list):
        demanded = _PORTS.get(kind, ()) if field == "ports" else _DEMANDED.get(field, ())
        kept = [_cleaned(one, field, kind, parent) for one in elements(field, value) if one is not None]
        return [one for one in kept if not isinstance(one, Mapping) or all(name in one for name in demanded)]
    return value


def _map(value: Mapping[Any, Any], field: str, kind: str) -> dict[str, Any]:
    told = {str(key): one for key, one in value.items() if one is not None}
    if is_free(field):
        nested = field == "selector"  # of a Service it is free, of others a LabelSelector
        return {key: _cleaned(one, key, kind, field) if nested else one for key, one in told.items()}
    kept = {key: _cleaned(one, key, kind, field) for key, one in told.items() if fits(key, one, field)}
    return {key: one for key, one in kept.items() if key not in _REFERENCES or "name" in one}
