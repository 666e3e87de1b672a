"""Workloads of which somebody asked for no pods, and that are needed: what nobody calls may be off on purpose."""

from collections.abc import Iterator

from orchestrator.diagnosis.facts import Certainty, Sign
from orchestrator.diagnosis.workloads.dependencies import needs
from orchestrator.diagnosis.workloads.look import kubectl, ref, sign
from orchestrator.diagnosis.workloads.service_pods import own_workload
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of
from orchestrator.release.snapshot import Object, name_of

_SCALERS = ("HorizontalPodAutoscaler", "ScaledObject")


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    off = [
        item
        for kind in ("Deployment", "StatefulSet")
        for item in store.of(kind)
        if item["spec"].get("replicas", 1) == 0 and namespace_of(item) not in CONTROL and not _is_scaled(store, item)
    ]
    graph = needs(store) if off else {}
    called = {part for parts in graph.values() for part in parts}
    for item in off:
        part = store.workload_id(item)
        served = any(own_workload(store, one) == part for one in store.of("Service", namespace_of(item)))
        if part in called or served:
            yield _told(store, item, "certain" if part in called else "likely")


def _is_scaled(store: Store, item: Object) -> bool:
    """Whether something else than a person decides how many pods there are."""
    targets = [
        one["spec"].get("scaleTargetRef") or {} for kind in _SCALERS for one in store.of(kind, namespace_of(item))
    ]
    return any(target.get("name") == name_of(item) for target in targets) or any(
        one.get("reason") == "ScaledDown" for one in store.events_of(item)
    )


def _told(store: Store, item: Object, certainty: Certainty) -> Sign:
    fix = kubectl(namespace_of(item), f"scale {ref(item)} --replicas 1")
    called = certainty == "certain"
    return sign(
        store,
        "ScaledToZero",
        item,
        "no pods are wanted" + (", and others call it" if called else ", and a Service leads to it"),
        (f"{ref(item)} .spec.replicas", "0"),
        fix=fix,
        certainty=certainty,
        rival="" if called else "it may be off on purpose: nothing that was captured calls it",
    )
