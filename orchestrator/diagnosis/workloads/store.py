"""A cluster's objects at one moment, from any source, and how they belong together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from orchestrator.release.snapshot import Object, instant, name_of

CONTROL = frozenset({"kube-system", "kube-public", "kube-node-lease", "local-path-storage", "kube-flannel"})
"""Namespaces of the cluster itself: they are evidence of its state, and no one's workload."""
OF_THE_CLUSTER = frozenset(
    {
        "Node", "PersistentVolume", "Namespace", "StorageClass", "IngressClass", "ClusterRole", "ClusterRoleBinding",
        "APIService", "ClusterIssuer", "CSIDriver", "PriorityClass", "RuntimeClass", "ValidatingWebhookConfiguration",
        "MutatingWebhookConfiguration",
    }
)  # fmt: skip
"""Kinds whose objects are in no namespace, though events about them are in one."""
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
_TIMES = (
    "lastTimestamp",
    "eventTime",
    "creationTimestamp",
    "startedAt",
    "finishedAt",
    "lastHeartbeatTime",
    "lastProbeTime",
    "lastTransitionTime",
    "renewTime",
    "lastScheduleTime",
)
EPOCH = datetime.fromtimestamp(0, UTC)
Made = TypeVar("Made")
LogKey = tuple[str, str, str]
"""Namespace, pod, container (empty where a file does not tell)."""


@dataclass(frozen=True)
class Sample:
    """One measured value: the metric's name, its labels and what it was."""

    name: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True)
class Span:
    """A piece of a trace: what a service did, in which parent's course, for how many seconds, and whether it failed."""

    trace: str
    id: str
    parent: str
    service: str
    name: str
    seconds: float
    failed: bool = False
    words: str = ""


@dataclass(frozen=True)
class Store:
    """Objects, logs, samples and spans. `listed` names the kinds that were asked for: only of them is absence a fact.

    `logs` and `previous` hold the last lines of a container's run and of the run before it. `given` is the moment of
    the look (UTC); without it the newest time in the objects counts. `skipped` says of files why they were not read.
    Of the kinds in `partial` a list was cut, so that nothing follows from absence. `live`: of a cluster just asked.
    """

    objects: tuple[Object, ...] = ()
    logs: Mapping[LogKey, str] = field(default_factory=dict)
    previous: Mapping[LogKey, str] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    listed: frozenset[str] = frozenset()
    given: datetime | None = None
    spans: tuple[Span, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    live: bool = False
    _memory: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What follows from the objects, made at the first asking and kept."""
        if key not in self._memory:
            self._memory[key] = make()
        found: Made = self._memory[key]
        return found

    @cached_property
    def now(self) -> datetime:
        """The moment that the objects are of."""
        if self.given:
            return self.given
        return max((instant(text) for item in self.objects for text in _times(item)), default=datetime.now(UTC))

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[tuple[str, str], Object]]:
        found: dict[str, dict[tuple[str, str], Object]] = {}
        for item in self.objects:
            found.setdefault(str(item["kind"]), {})[namespace_of(item), name_of(item)] = item
        return found

    @cached_property
    def _by_space(self) -> Mapping[tuple[str, str], tuple[Object, ...]]:
        found: dict[tuple[str, str], list[Object]] = {}
        for kind, items in self._by_kind.items():
            for (space, _), item in items.items():
                found.setdefault((kind, space), []).append(item)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def _by_uid(self) -> Mapping[str, Object]:
        return {str(item["metadata"]["uid"]): item for item in self.objects if item["metadata"].get("uid")}

    @cached_property
    def _events(self) -> Mapping[tuple[str, str, str], tuple[Object, ...]]:
        found: dict[tuple[str, str, str], list[Object]] = {}
        for event in self.of("Event"):
            about = event.get("involvedObject") or event.get("regarding") or {}
            kind, space = str(about.get("kind", "")), str(about.get("namespace") or namespace_of(event))
            key = kind, "" if kind in OF_THE_CLUSTER else space, str(about.get("name"))
            found.setdefault(key, []).append(event)
        return {key: tuple(sorted(events, key=when)) for key, events in found.items()}

    def of(self, kind: str, namespace: str | None = None) -> tuple[Object, ...]:
        """All objects of a kind, of one namespace if it is given."""
        if namespace is None:
            return tuple(self._by_kind.get(kind, {}).values())
        return self._by_space.get((kind, namespace), ())

    def get(self, kind: str, namespace: str, name: str) -> Object | None:
        """One object, or None."""
        return self._by_kind.get(kind, {}).get((namespace, name))

    def knows(self, kind: str) -> bool:
        """Whether the kind was asked for, so that what is not there does not exist."""
        return kind not in self.partial and (kind in self.listed or kind in self._by_kind)

    def lacks(self, kind: str, namespace: str, name: str) -> bool:
        """Whether it is a fact that there is no such object."""
        return self.knows(kind) and self.get(kind, namespace, name) is None

    def events_of(self, item: Object) -> tuple[Object, ...]:
        """Events about the object, the latest last. An event of an earlier object of the same name is left out."""
        uid = item["metadata"].get("uid")
        return tuple(
            event
            for event in self._events.get((str(item["kind"]), namespace_of(item), name_of(item)), ())
            if not uid or (event.get("involvedObject") or {}).get("uid") in (None, "", uid)
        )

    def owner_of(self, item: Object) -> Object | None:
        """The object's controller, if it is among the objects."""
        for one in item["metadata"].get("ownerReferences") or []:
            found = self._by_uid.get(str(one.get("uid"))) or self.get(
                str(one.get("kind")), namespace_of(item), str(one.get("name"))
            )
            if found is not None:
                return found
        return None

    def workload_of(self, item: Object) -> Object:
        """What a person made for this object to be: the uppermost owner, or itself."""
        for _ in range(5):
            above = self.owner_of(item)
            if above is None:
                return item
            item = above
        return item

    def workload_id(self, item: Object) -> str:
        """namespace/kind/name of the workload; a pod whose owners were not captured goes by its owner's name."""
        top = self.workload_of(item)
        owners = top["metadata"].get("ownerReferences") or []
        if owners and top["kind"] in ("Pod", "ReplicaSet"):
            kind, name = str(owners[0].get("kind")), str(owners[0].get("name"))
            if kind == "ReplicaSet":
                kind, name = "Deployment", name.rsplit("-", 1)[0]
            return f"{namespace_of(top)}/{kind}/{name}"
        if top["kind"] == "ReplicaSet":
            return f"{namespace_of(top)}/Deployment/{name_of(top).rsplit('-', 1)[0]}"
        return f"{namespace_of(top)}/{top['kind']}/{name_of(top)}"

    @cached_property
    def _pods_of(self) -> Mapping[str, tuple[Object, ...]]:
        found: dict[str, list[Object]] = {}
        for pod in self.of("Pod"):
            found.setdefault(self.workload_id(pod), []).append(pod)
        return {key: tuple(pods) for key, pods in found.items()}

    def pods_of(self, workload: str) -> tuple[Object, ...]:
        """The pods of a workload by its id, those that are going away too."""
        return self._pods_of.get(workload, ())

    def log(self, pod: Object, container: str = "", *, before: bool = False) -> str:
        """The last lines of a container, of all the pod's containers without one."""
        logs = self.previous if before else self.logs
        space, name = namespace_of(pod), name_of(pod)
        if container and (space, name, container) in logs:
            return logs[space, name, container]
        wanted = [
            text
            for (where, whose, which), text in logs.items()
            if (where, whose) == (space, name) and (not container or which in ("", container))
        ]
        return "\n".join(wanted)

    def last_words(self, pod: Object, container: str = "") -> str:
        """What a container said when it ended, else what it says now."""
        return "\n".join(
            text for text in (self.log(pod, container, before=True), self.log(pod, container)) if text.strip()
        )


def has_times(items: Iterable[Object]) -> bool:
    """Whether any of the objects tells a time."""
    return any(True for item in items for _ in _times(item))


def namespace_of(item: Object) -> str:
    """The object's namespace, empty for one of the cluster."""
    return str(item["metadata"].get("namespace") or "")


def when(event: Object) -> datetime:
    """When an event was last seen, UTC."""
    series = event.get("series") or {}
    return max(
        instant(text)
        for text in (
            series.get("lastObservedTime"),
            event.get("lastTimestamp"),
            event.get("eventTime"),
            event.get("firstTimestamp"),
        )
    )


def words(event: Object) -> str:
    """An event's message."""
    return str(event.get("message") or event.get("note") or "")


def times(event: Object) -> int:
    """How often an event was seen."""
    return int(event.get("count") or (event.get("series") or {}).get("count") or 1)


def matches(labels: Mapping[str, Any], selector: Mapping[str, Any]) -> bool:
    """Whether labels satisfy a LabelSelector (matchLabels, matchExpressions), or a plain map."""
    if "matchLabels" not in selector and "matchExpressions" not in selector:
        return all(labels.get(key) == value for key, value in selector.items())
    plain = selector.get("matchLabels") or {}
    if any(labels.get(key) != value for key, value in plain.items()):
        return False
    return all(_expression(labels, one) for one in selector.get("matchExpressions") or [])


def _expression(labels: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    key, operator, values = one["key"], one["operator"], [str(value) for value in one.get("values") or []]
    value = labels.get(key)
    answers = {
        "In": lambda: value in values,
        "NotIn": lambda: value not in values,
        "Exists": lambda: key in labels,
        "DoesNotExist": lambda: key not in labels,
        "Gt": lambda: value is not None and float(value) > float(values[0]),
        "Lt": lambda: value is not None and float(value) < float(values[0]),
    }
    return bool(answers[operator]())


def _times(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            if key in _TIMES and isinstance(one, str):
                yield one
            else:
                yield from _times(one)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for one in value:
            yield from _times(one)
