"""What a rule says of an object, and the views of pods that rules share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from orchestrator.diagnosis.facts import Certainty, Evidence, Sign, conditions
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of
from orchestrator.release.snapshot import Object, annotation, instant, is_ready, name_of, owner

Place = tuple[str, str]
"""A field of the API and what it holds."""


def ref(item: Object) -> str:
    """kind/name as kubectl takes it."""
    return f"{str(item['kind']).lower()}/{name_of(item)}"


def ref_of(workload: str) -> str:
    """kind/name of a workload's id."""
    _, kind, name = workload.split("/", 2)
    return f"{kind.lower()}/{name}"


def kubectl(space: str, command: str) -> str:
    """A command that can be pasted."""
    return f"kubectl --namespace {space} {command}" if space else f"kubectl {command}"


def sign(
    store: Store,
    code: str,
    item: Object,
    message: str,
    *places: Place,
    fix: str = "",
    subject: str = "",
    part: str | None = None,
    certainty: Certainty = "certain",
    rival: str = "",
    severity: str = "",
    log: str = "",
    container: str = "",
) -> Sign:
    """A sign about an object; its part is the workload that the object belongs to."""
    whole = store.workload_id(item) if part is None else part
    pod = name_of(item) if item["kind"] == "Pod" else ""
    return Sign(
        code,
        whole,
        subject or (ref_of(whole) if whole else ref(item)),
        message,
        tuple(Evidence(path, value) for path, value in places),
        fix,
        severity,
        log,
        pod=pod,
        container=container,
        namespace=namespace_of(item),
        certainty=certainty,
        rival=rival,
    )


@dataclass(frozen=True)
class Container:
    """A container of a pod: what was asked for, and how it is."""

    pod: Object
    spec: Mapping[str, Any]
    status: Mapping[str, Any]
    is_init: bool

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.spec.get("name") or self.status.get("name"))

    @property
    def waiting(self) -> Mapping[str, Any]:
        """Why it waits."""
        return (self.status.get("state") or {}).get("waiting") or {}

    @property
    def running(self) -> Mapping[str, Any] | None:
        """Since when it runs, None if it does not."""
        state = self.status.get("state") or {}
        return (state["running"] or {}) if "running" in state else None

    @property
    def ended(self) -> Mapping[str, Any]:
        """How it ended, the latest end."""
        now = (self.status.get("state") or {}).get("terminated")
        return now or (self.status.get("lastState") or {}).get("terminated") or {}

    @property
    def restarts(self) -> int:
        """How often it was restarted."""
        return int(self.status.get("restartCount") or 0)

    @property
    def path(self) -> str:
        """Where its status stands."""
        kind = "initContainerStatuses" if self.is_init else "containerStatuses"
        return f"{ref(self.pod)} .status.{kind}[{self.name}]"

    def limit(self, resource: str) -> str:
        """Its limit of a resource, empty without one."""
        return str(((self.spec.get("resources") or {}).get("limits") or {}).get(resource) or "")


def containers(pod: Object) -> Iterator[Container]:
    """Init containers, then the others; a status that was not captured is empty."""
    for key, is_init in (("initContainers", True), ("containers", False)):
        statuses = pod.get("status", {}).get(f"{'initC' if is_init else 'c'}ontainerStatuses") or []
        by_name = {one.get("name"): one for one in statuses}
        for spec in pod.get("spec", {}).get(key) or []:
            yield Container(pod, spec, by_name.get(spec.get("name"), {}), is_init)


def current(store: Store) -> Iterator[Object]:
    """Pods that are meant to run now: not those of older ReplicaSets, that ended, go away, or are of the cluster."""
    old = _old_sets(store)
    for pod in store.of("Pod"):
        phase = pod.get("status", {}).get("phase")
        gone = "deletionTimestamp" in pod["metadata"] or phase == "Succeeded"
        thrown_out = phase == "Failed" and not _is_of_a_job(store, pod)
        if not (gone or thrown_out or owner(pod) in old or namespace_of(pod) in CONTROL):
            yield pod


def _is_of_a_job(store: Store, pod: Object) -> bool:
    return store.workload_id(pod).split("/")[1] in ("Job", "CronJob", "Pod")


_REVISION = "deployment.kubernetes.io/revision"


def _old_sets(store: Store) -> frozenset[str]:
    """The uids of ReplicaSets that a Deployment has left behind."""
    old = set()
    for item in store.of("ReplicaSet"):
        above = store.owner_of(item)
        newest = annotation(above, _REVISION) if above is not None else ""
        if newest and annotation(item, _REVISION) not in ("", newest):
            old.add(str(item["metadata"].get("uid")))
    return frozenset(old)


def is_sick(pod: Object) -> bool:
    """Whether the pod is not ready, or has a container that does not run."""
    return not is_ready(pod)


def within(store: Store, text: str | None, seconds: float) -> bool:
    """Whether a moment is less than so many seconds ago."""
    return store.now - instant(text) < timedelta(seconds=seconds)


def condition(item: Object, kind: str) -> Mapping[str, Any]:
    """One condition, empty if absent."""
    return conditions(item).get(kind, {})


def container_ports(pod: Object) -> list[Mapping[str, Any]]:
    """Every port that the pod's containers name."""
    return [port for one in containers(pod) if not one.is_init for port in one.spec.get("ports") or []]
