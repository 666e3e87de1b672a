"""A folder of what kubectl printed, by whatever tool and under whatever names, as a Store.

Told apart by content: JSON and YAML (single objects, lists, several in a file), `kubectl describe`, tables of events,
usage tables, metrics, and logs, which belong to the pod that their path or their first line names. Understood are also
the folders of `kubectl cluster-info dump` and of must-gather.
"""

import json
import re
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from orchestrator.diagnosis.bundle.describe import described
from orchestrator.diagnosis.bundle.logs import Logs
from orchestrator.diagnosis.bundle.samples import samples_of
from orchestrator.diagnosis.bundle.tables import from_table, timed
from orchestrator.diagnosis.bundle.write import NAME
from orchestrator.diagnosis.workloads.store import Sample, Store
from orchestrator.errors import EnvironmentMissingError
from orchestrator.release.snapshot import Object, instant

_LARGEST = 64 * 2**20  # bytes of a file; what is beyond is no object
_SUFFIXES = (".tgz", ".tar.gz", ".tar")
_KINDS = {
    "pods": "Pod",
    "deployments": "Deployment",
    "replicasets": "ReplicaSet",
    "statefulsets": "StatefulSet",
    "daemonsets": "DaemonSet",
    "jobs": "Job",
    "cronjobs": "CronJob",
    "services": "Service",
    "endpoints": "Endpoints",
    "ingresses": "Ingress",
    "persistentvolumeclaims": "PersistentVolumeClaim",
    "pvcs": "PersistentVolumeClaim",
    "pvc": "PersistentVolumeClaim",
    "persistentvolumes": "PersistentVolume",
    "pvs": "PersistentVolume",
    "pv": "PersistentVolume",
    "storageclasses": "StorageClass",
    "configmaps": "ConfigMap",
    "secrets": "Secret",
    "serviceaccounts": "ServiceAccount",
    "resourcequotas": "ResourceQuota",
    "limitranges": "LimitRange",
    "networkpolicies": "NetworkPolicy",
    "nodes": "Node",
    "ingressclasses": "IngressClass",
}


def read(source: Path) -> Store:
    """Everything in a folder, a file or a tar archive. Raises EnvironmentMissingError if there is nothing to read."""
    if not source.exists():
        raise EnvironmentMissingError(f"there is no folder {source}.", remedy="Check the path after --snapshot.")
    if source.is_file() and source.name.endswith(_SUFFIXES):
        return _unpacked(source)
    reader = Reader()
    files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    for path in files:
        reader.take(path, path.name if source.is_file() else path.relative_to(source).as_posix())
    store = reader.store()
    if not store.objects:
        raise EnvironmentMissingError(
            f"{source} has no object of Kubernetes in its {len(files)} files.",
            remedy="Put the output of kubectl get --output json there, or write it with ./todo deploy bundle.",
        )
    return store


def _unpacked(source: Path) -> Store:
    with tempfile.TemporaryDirectory(prefix="todo-bundle-") as folder:
        try:
            with tarfile.open(source) as archive:
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, OSError, EOFError) as error:
            raise EnvironmentMissingError(
                f"{source} cannot be unpacked: {error}.", remedy="Unpack it, and name the folder."
            ) from error
        return read(Path(folder))


class Reader:
    """Takes files one after another."""

    def __init__(self) -> None:
        self._objects: dict[tuple[str, str, str], Object] = {}
        self._thin: dict[tuple[str, str, str], Object] = {}  # of describe and tables: what JSON says stands above it
        self._samples: list[Sample] = []
        self._listed: set[str] = set()
        self._taken: datetime | None = None
        self._logs = Logs()

    def take(self, path: Path, name: str) -> None:
        """Read one file; one that is neither objects nor a known form is a log."""
        if path.stat().st_size > _LARGEST:
            return
        data = path.read_bytes()
        if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            return
        text = _decoded(data)
        if not text.strip():
            self._empty(name)
            return
        if Path(name).name == NAME and '"todoBundle"' in text:
            self._own(json.loads(text))
            return
        rest = self._logs.sections(text)
        if rest.strip() and not (self._objects_in(rest, name) or self._words_in(rest)):
            self._logs.keep(name, rest)

    def store(self) -> Store:
        """What was read."""
        objects = {**self._thin, **self._objects}
        logs, previous = self._logs.placed([item for item in objects.values() if item["kind"] == "Pod"])
        now = Store(tuple(self._objects.values())).now
        return Store(
            tuple(timed(item, now) for item in objects.values()),
            logs,
            previous,
            tuple(self._samples),
            frozenset(self._listed),
        )

    def _own(self, told: dict[str, Any]) -> None:
        """What a bundle of this program says of itself."""
        self._listed.update(str(kind) for kind in told.get("listed") or [])
        self._taken = instant(str(told.get("taken") or "")) if told.get("taken") else None

    def _empty(self, name: str) -> None:
        if kind := _KINDS.get(Path(name).stem.lower()):
            self._listed.add(kind)

    def _objects_in(self, text: str, name: str) -> bool:
        found = list(_documents(text, name))
        for document in found:
            self._add(document, name)
        return bool(found)

    def _words_in(self, text: str) -> bool:
        thin, samples = [*described(text), *from_table(text)], samples_of(text)
        for item in thin:
            self._thin.setdefault(_key(item), whole(item))
        self._samples += samples
        return bool(thin or samples)

    def _add(self, document: Any, name: str) -> None:
        if isinstance(document, list):
            for one in document:
                self._add(one, name)
        elif isinstance(document, dict) and isinstance(document.get("items"), list):
            kind = str(document.get("kind") or "List").removesuffix("List") or _KINDS.get(Path(name).stem.lower(), "")
            if kind:
                self._listed.add(kind)
            for one in document["items"]:
                self._add({"kind": kind, **one} if isinstance(one, dict) else one, name)
        elif isinstance(document, dict) and document.get("kind") == "Status" and "status" in document:
            self._empty(name)
        elif isinstance(document, dict) and isinstance(document.get("data"), dict) and "result" in document["data"]:
            self._samples += samples_of(json.dumps(document))
        elif isinstance(document, dict) and document.get("kind") and isinstance(document.get("metadata"), dict):
            self._object(document)

    def _object(self, document: dict[str, Any]) -> None:
        item = whole(document)
        if item["kind"] in ("PodMetrics", "NodeMetrics"):
            self._samples += samples_of(json.dumps(item))
        self._objects[_key(item)] = item
        self._listed.add(item["kind"])


def whole(document: Mapping[str, Any]) -> dict[str, Any]:
    """The object with the fields that every object has, be they empty: files hold what people left in them."""
    document = _cleaned(document)
    item = {**document, "kind": str(document["kind"])}
    metadata = {"name": "", **document["metadata"]}
    owners = [{"uid": "", **one} for one in metadata.get("ownerReferences") or [] if isinstance(one, dict)]
    item["metadata"] = {**metadata, "ownerReferences": owners} if owners else metadata
    for field in ("spec", "status"):
        item[field] = document.get(field) if isinstance(document.get(field), dict) else {}
    if item["kind"] == "Pod":
        named = [one for one in item["spec"].get("containers") or [] if isinstance(one, dict)]
        item["spec"] = {**item["spec"], "containers": [{"name": "", **one} for one in named]}
    return item


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


def _cleaned(value: Any, field: str = "", kind: str = "") -> Any:
    """Without nulls, which are absence in the API, and without elements that lack what identifies them."""
    if isinstance(value, Mapping):
        kind = str(value.get("kind") or kind) if not field else kind
        found = {str(key): _cleaned(one, str(key), kind) for key, one in value.items() if one is not None}
        return {key: one for key, one in found.items() if key not in _REFERENCES or "name" in one}
    if isinstance(value, list):
        demanded = _PORTS.get(kind, ()) if field == "ports" else _DEMANDED.get(field, ())
        kept = [_cleaned(one, field, kind) for one in value if one is not None]
        return [one for one in kept if not isinstance(one, Mapping) or all(name in one for name in demanded)]
    return value


def _key(item: Object) -> tuple[str, str, str]:
    metadata = item["metadata"]
    return str(item["kind"]), str(metadata.get("namespace") or ""), str(metadata.get("name"))


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _documents(text: str, name: str) -> Iterator[Any]:
    """JSON values one after another, or YAML documents; none if it is neither, or lines of a log in JSON."""
    stripped = text.lstrip()
    if stripped[:1] in "{[":
        values = list(_json(stripped))
        if any(_is_objects(value) for value in values):
            yield from values
        return
    if name.endswith((".yaml", ".yml")) or re.match(r"(---\s*\n)?(apiVersion|kind|items):", stripped):
        try:
            values = list(YAML(typ="safe", pure=True).load_all(text))
        except YAMLError:
            return
        yield from (_plain(value) for value in values if _is_objects(value))


def _json(text: str) -> Iterator[Any]:
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        try:
            value, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError:
            return
        yield value
        place = end + len(text[end:]) - len(text[end:].lstrip())


def _is_objects(value: Any) -> bool:
    if isinstance(value, list):
        return any(_is_objects(one) for one in value)
    if not isinstance(value, dict):
        return False
    return (
        "items" in value
        or ("kind" in value and "metadata" in value)
        or value.get("kind") == "Status"
        or (isinstance(value.get("data"), dict) and "result" in value["data"])
    )


def _plain(value: Any) -> Any:
    """YAML's own times as the texts that they are in the API."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if hasattr(value, "strftime") else value
