"""Whose pods a Service selects, and the workload that it is for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.diagnosis.workloads.store import Store, matches, namespace_of
from orchestrator.release.snapshot import Object, name_of

Template = tuple[str, Mapping[str, Any], Mapping[str, Any]]
"""Workload id, labels, pod spec."""


def templates(store: Store, space: str) -> Sequence[Template]:
    """Of all that makes pods in a namespace, and of pods that nothing made."""
    return store.once(("templates", space), lambda: list(_templates(store, space)))


def _templates(store: Store, space: str) -> Iterator[Template]:
    for kind in ("Deployment", "StatefulSet", "DaemonSet"):
        for item in store.of(kind, space):
            template = item.get("spec", {}).get("template") or {}
            if template.get("spec"):
                labels = (template.get("metadata") or {}).get("labels") or {}
                yield f"{space}/{kind}/{name_of(item)}", labels, template["spec"]
    told = set()
    for pod in store.of("Pod", space):
        part = store.workload_id(pod)
        if part not in told and (not pod["metadata"].get("ownerReferences") or _is_alone(store, pod)):
            told.add(part)
            yield part, pod["metadata"].get("labels") or {}, pod["spec"]


def _is_alone(store: Store, pod: Object) -> bool:
    """Whether the template of its workload was not captured, so that the pod tells what it is."""
    top = store.workload_of(pod)
    kept = top["kind"] in ("Deployment", "StatefulSet", "DaemonSet")
    return "deletionTimestamp" not in pod["metadata"] and not (
        (top.get("spec", {}).get("template") or {}).get("spec") if kept else top["kind"] in ("Job", "CronJob")
    )


def chosen(store: Store, service: Object) -> list[Object]:
    """The pods that a Service selects and that are not going away."""
    return store.once(("chosen", id(service)), lambda: _chosen(store, service))


def _chosen(store: Store, service: Object) -> list[Object]:
    selector = service["spec"].get("selector") or {}
    return [
        pod
        for pod in store.of("Pod", namespace_of(service))
        if selector
        and matches(pod["metadata"].get("labels") or {}, selector)
        and "deletionTimestamp" not in pod["metadata"]
        and pod.get("status", {}).get("phase") not in ("Succeeded", "Failed")
    ]


def own_workload(store: Store, service: Object) -> str:
    """The workload that a Service is for: of its name, else of its port, else the one it selects."""
    return store.once(("own", id(service)), lambda: _own_workload(store, service))


def _own_workload(store: Store, service: Object) -> str:
    space, name = namespace_of(service), name_of(service)
    every = list(templates(store, space))
    for workload, labels, _ in every:
        if name in (
            workload.split("/")[2],
            labels.get("app"),
            labels.get("app.kubernetes.io/name"),
            labels.get("name"),
        ):
            return workload
    for kind in ("Deployment", "StatefulSet", "DaemonSet"):
        if store.get(kind, space, name) is not None or store.pods_of(f"{space}/{kind}/{name}"):
            return f"{space}/{kind}/{name}"  # of a table, which tells no template
    short = [workload for workload, _, _ in every if _kin(name, workload.split("/")[2])]
    if len(short) == 1:
        return short[0]
    pods = chosen(store, service)
    return store.workload_id(pods[0]) if pods else f"{space}/Service/{name}"


def _kin(one: str, other: str) -> bool:
    strip = ("-service", "-svc", "-deployment", "-deploy", "-app")
    for end in strip:
        one, other = one.removesuffix(end), other.removesuffix(end)
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
