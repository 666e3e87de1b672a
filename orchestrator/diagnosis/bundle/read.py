"""A folder of what kubectl printed, by whatever tool and under whatever names, as a Store.

Told apart by content: JSON and YAML (single objects, lists, several in a file), `kubectl describe`, tables, metrics,
traces, units of systemd, and logs, which belong to the pod that their path or their first line names. Understood are
also the folders of `kubectl cluster-info dump` and of must-gather, and one text with many commands' output.
"""

import json
import re
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from orchestrator.diagnosis.bundle.ages import moment_by_ages
from orchestrator.diagnosis.bundle.describe import described, events_below, orphans
from orchestrator.diagnosis.bundle.documents import documents
from orchestrator.diagnosis.bundle.files import Unreadable, text_of
from orchestrator.diagnosis.bundle.listings import listed
from orchestrator.diagnosis.bundle.logs import Logs
from orchestrator.diagnosis.bundle.names import of_known_jobs
from orchestrator.diagnosis.bundle.places import FILE, in_namespace, namespace_in, placed
from orchestrator.diagnosis.bundle.rows import AGE
from orchestrator.diagnosis.bundle.samples import samples_of
from orchestrator.diagnosis.bundle.sections import Section, sections
from orchestrator.diagnosis.bundle.shape import Key, key_of, whole
from orchestrator.diagnosis.bundle.stand_ins import of_events, of_logs, of_the_sick
from orchestrator.diagnosis.bundle.tables import AGO, LASTS, bare_events, from_table, timed
from orchestrator.diagnosis.bundle.traces import spans_of
from orchestrator.diagnosis.bundle.units import units_of
from orchestrator.diagnosis.bundle.write import NAME
from orchestrator.diagnosis.workloads.store import EPOCH, Sample, Span, Store, has_times
from orchestrator.errors import EnvironmentMissingError
from orchestrator.release.snapshot import Object, instant

_ARCHIVES = (".tgz", ".tar.gz", ".tar", ".tar.bz2", ".tar.xz")
MOST_BYTES = 4 * 2**30  # that an archive may unpack to
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
    """Everything in a folder, a file or an archive. Raises EnvironmentMissingError if there is nothing to read."""
    if not source.exists():
        raise EnvironmentMissingError(f"there is no folder {source}.", remedy="Check the path after --snapshot.")
    if source.is_file() and source.name.endswith((*_ARCHIVES, ".zip")):
        return _unpacked(source)
    reader = Reader()
    files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    for path in files:
        reader.take(path, path.name if source.is_file() else path.relative_to(source).as_posix())
    store = reader.store()
    if not store.objects:
        skipped = "".join(f" {name}: {why}." for name, why in list(store.skipped.items())[:3])
        raise EnvironmentMissingError(
            f"{source} has no object of Kubernetes in its {len(files)} files.{skipped}",
            remedy="Put the output of kubectl get --output json there, or write it with ./todo deploy bundle.",
        )
    return store


def _unpacked(source: Path) -> Store:
    with tempfile.TemporaryDirectory(prefix="todo-bundle-") as folder:
        try:
            if source.name.endswith(".zip"):
                with zipfile.ZipFile(source) as packed:
                    _refuse_more(source, sum(member.file_size for member in packed.infolist()))
                    packed.extractall(folder)  # noqa: S202 - members' names are made relative
            else:
                with tarfile.open(source) as archive:
                    _refuse_more(source, sum(member.size for member in archive))
                    archive.extractall(folder, filter="data")
        except (tarfile.TarError, zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
            raise EnvironmentMissingError(
                f"{source} cannot be unpacked: {error}.", remedy="Unpack it, and name the folder."
            ) from error
        return read(Path(folder))


def _refuse_more(source: Path, size: int) -> None:
    """An archive of a stranger's must not fill the disk. Neither format gives out more than its members say."""
    if size > MOST_BYTES:
        raise EnvironmentMissingError(
            f"{source} would unpack to {size / 2**30:.1f} GiB.",
            remedy="Unpack what you trust of it, and name the folder.",
        )


class Reader:
    """Takes files one after another."""

    def __init__(self) -> None:
        self._objects: dict[Key, Object] = {}
        self._described: list[Object] = []  # what JSON says stands above it
        self._rows: list[Object] = []  # of tables: what describe says stands above it
        self._orphans: list[Object] = []  # events of a description without its head
        self._samples: list[Sample] = []
        self._spans: list[Span] = []
        self._listed: set[str] = set()
        self._partial: set[str] = set()  # kinds of lists that were cut
        self._taken: datetime | None = None
        self._logs = Logs()
        self._skipped: dict[str, str] = {}

    def take(self, path: Path, name: str) -> None:
        """Read one file; one that is neither objects nor a known form is a log. What cannot be read is noted."""
        try:
            text = text_of(path)
        except Unreadable as error:
            self._skipped[name] = str(error)
            return
        if not text.strip():
            self._empty(name)
        elif Path(name).name == NAME and '"todoBundle"' in text:
            self._own(json.loads(text))
        else:
            rest = self._logs.sections(text)
            if rest.strip() and not self._objects_in(rest, name):
                self._words_in(rest, name)

    def store(self) -> Store:
        """What was read."""
        known = {**placed([*self._described, *self._rows], self._objects.values()), **self._objects}
        known |= placed(of_the_sick(self._orphans, known.values()), known.values())
        events = [item for item in known.values() if item["kind"] == "Event"]
        others = of_known_jobs({key: item for key, item in known.items() if key[0] != "Event"})
        known |= others
        named = {key_of(one): one for one in of_events(events, others)}
        named |= {key_of(one): one for one in of_logs(self._logs.names(), {**others, **named})}
        objects = {**known, **named}
        logs, previous = self._logs.placed([item for item in objects.values() if item["kind"] == "Pod"])
        now = self._taken or self._now(known)
        return Store(
            tuple(_dated(timed(item, now), now) for item in objects.values()),
            logs,
            previous,
            tuple(self._samples),
            frozenset(self._listed),
            now,
            spans=tuple(self._spans),
            skipped=self._skipped,
            partial=frozenset(self._partial),
        )

    def _now(self, known: Mapping[Key, Object]) -> datetime:
        """The moment of the look: the newest time that the objects or the logs tell."""
        untold = [item for item in known.values() if AGO not in item]
        told = Store(tuple(untold)).now if has_times(untold) else EPOCH
        newest = max(told, self._logs.latest() or EPOCH, moment_by_ages([*known.values(), *self._rows]))
        return newest if newest > EPOCH else datetime.now(UTC)

    def _own(self, told: dict[str, Any]) -> None:
        """What a bundle of this program says of itself."""
        self._listed.update(str(kind) for kind in told.get("listed") or [])
        self._taken = instant(str(told.get("taken") or "")) if told.get("taken") else None

    def _empty(self, name: str) -> None:
        if kind := _KINDS.get(Path(name).stem.lower()):
            self._listed.add(kind)

    def _objects_in(self, text: str, name: str) -> bool:
        spans = spans_of(text)
        self._spans += spans
        found = documents(text, name) if not spans else documents("", name)
        if found.cut:
            self._skipped[name] = found.cut
        for document in found.values:
            self._add(document, name)
        return bool(found.values or found.cut or spans)

    def _words_in(self, text: str, name: str) -> None:
        """A text for people: samples, units, or parts each of which is a table, descriptions or a log."""
        samples, units = samples_of(text), units_of(text, name)
        self._samples += samples
        self._described += [whole(item) for item in units]
        if samples or units:
            return
        parts = sections(text)
        for part in parts:
            if not self._part(part, name) and (part.kind == "other"):
                alone = not part.title or (len(parts) == 1 and not part.is_log)
                self._logs.keep(name if alone else f"{name} {part.title}", part.text)

    def _part(self, part: Section, name: str) -> bool:
        if part.is_log:
            return False
        if part.text.lstrip()[:1] == "{" or part.text.startswith(("apiVersion:", "items:")):
            return self._objects_in(part.text, name)
        rows = [*from_table(part.text), *listed(part.text)] if part.kind == "table" else []
        samples = samples_of(part.text) if part.kind == "table" and not rows else []
        self._samples += samples
        told = described(part.text) if part.kind == "description" else events_below(part.title, part.text)
        if part.kind == "other" and not told:
            rows = bare_events(part.text)
            self._orphans += orphans(part.text) if not rows else []
        space = namespace_in(part.title)
        self._rows += [{**in_namespace(whole(item), space), FILE: name} for item in rows]
        self._described += [{**whole(item), FILE: name} for item in told]
        return bool(rows or told or samples or (part.kind == "other" and orphans(part.text)))

    def _add(self, document: Any, name: str) -> None:
        if isinstance(document, list):
            for one in document:
                self._add(one, name)
        elif isinstance(document, dict) and isinstance(document.get("items"), list):
            kind = str(document.get("kind") or "List").removesuffix("List") or _KINDS.get(Path(name).stem.lower(), "")
            if kind and not document.get("cut"):
                self._listed.add(kind)
            for one in document["items"]:
                self._add({"kind": kind, **one} if isinstance(one, dict) else one, name)
            if document.get("cut"):
                self._partial |= {str(one.get("kind") or kind) for one in document["items"] if isinstance(one, dict)}
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
        self._objects[key_of(item)] = item
        self._listed.add(item["kind"])


def _dated(item: Object, now: datetime) -> Object:
    """A thin object with the times that its ages tell."""
    if AGE not in item and not item.get("thin"):
        return item
    dated: dict[str, Any] = json.loads(
        re.sub(r'"ago": ([\d.]+)', lambda found: _ended(now, found[1]), json.dumps(item))
    )
    if LASTS in item:
        dated["metadata"]["deletionTimestamp"] = _back(now, item[LASTS])
    if AGE in item:
        dated["metadata"].setdefault("creationTimestamp", _back(now, item[AGE]))
    return {key: value for key, value in dated.items() if key != AGE}


def _back(now: datetime, age: float) -> str:
    return (now - timedelta(seconds=age)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _ended(now: datetime, ago: str) -> str:
    return f'"finishedAt": "{_back(now, float(ago))}"'
