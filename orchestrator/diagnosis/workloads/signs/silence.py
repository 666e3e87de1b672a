"""Parts of the control plane that are told by what does not happen: no pods, no node, no answer to what was changed."""

from collections.abc import Iterator

from orchestrator.diagnosis.facts import Certainty, Sign
from orchestrator.diagnosis.workloads.look import condition, ref, sign
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of
from orchestrator.release.snapshot import Object, instant, name_of

_STATIC = {
    "kube-apiserver": "ApiServerDown",
    "etcd": "EtcdDown",
    "kube-controller-manager": "ControllerDown",
    "kube-scheduler": "SchedulerDown",
}
_UNPLACED = 20.0  # seconds in which a scheduler says something of a new pod
_UNMADE = 45.0  # seconds in which a controller makes what is wanted
_LEADS = 60.0  # seconds without a renewed lease of a leader, who renews it every two


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    gone = set(_absent(store))
    yield from _leaders(store)
    yield from _unscheduled(store, "kube-scheduler" in gone)
    made = next(_unmade(store, "kube-controller-manager" in gone), None)
    if made:
        yield made
    told = {"kube-scheduler"} if any(_ignored(store, gone="kube-scheduler" in gone)) else set()
    told |= {"kube-controller-manager"} if made else set()
    for name in sorted(gone - told):
        yield _missing(store, name)


def _absent(store: Store) -> Iterator[str]:
    """Static pods of which the others are there; a managed cluster shows none of them."""
    names = [name_of(pod) for pod in store.of("Pod", "kube-system")] if store.knows("Pod") else []
    there = {part for part in _STATIC if any(name.startswith(f"{part}-") for name in names)}
    if len(there) >= 2:
        yield from set(_STATIC) - there


def _missing(store: Store, name: str) -> Sign:
    other = next(pod for pod in store.of("Pod", "kube-system") if name_of(pod).startswith(tuple(_STATIC)))
    message = f"{name} has no pod in kube-system, where the rest of the control plane has"
    place = f"pods kube-system/{name}-*", "absent"
    return sign(store, _STATIC[name], other, message, place, part="", subject=name, certainty="likely")


def _leaders(store: Store) -> Iterator[Sign]:
    for lease in store.of("Lease", "kube-system"):
        code = _STATIC.get(name_of(lease))
        renewed = instant(str(lease["spec"].get("renewTime") or ""))
        if code and renewed.timestamp() > 0 and (store.now - renewed).total_seconds() > _LEADS:
            message = f"{name_of(lease)} renewed its lease last at {renewed:%H:%M:%S} UTC"
            place = f"lease kube-system/{name_of(lease)} .spec.renewTime", f"{renewed:%Y-%m-%dT%H:%M:%SZ}"
            yield sign(store, code, lease, message, place, part="", subject=name_of(lease), certainty="likely")


def _unscheduled(store: Store, gone: bool) -> Iterator[Sign]:
    """Pods to which no scheduler said anything."""
    waiting = list(_ignored(store, gone=gone))
    if not waiting:
        return
    message = f"{len(waiting)} pods have no node, and no scheduler has said why"
    message += "; kube-scheduler has no pod in kube-system" if gone else ""
    place = f"{ref(waiting[0])} .spec.nodeName, .status.conditions[PodScheduled]", "absent"
    sure: Certainty = "certain" if gone else "likely"
    yield sign(store, "SchedulerDown", waiting[0], message, place, part="", subject="kube-scheduler", certainty=sure)


def _ignored(store: Store, *, gone: bool) -> Iterator[Object]:
    for pod in store.of("Pod"):
        ours = (pod.get("spec", {}).get("schedulerName") or "default-scheduler") == "default-scheduler"
        if ours and _is_ignored(store, pod, gone=gone):
            yield pod


def _is_ignored(store: Store, pod: Object, *, gone: bool) -> bool:
    spec, status = pod.get("spec", {}), pod.get("status", {})
    if spec.get("nodeName") or status.get("phase") not in ("Pending", None) or spec.get("schedulingGates"):
        return False
    if pod.get("thin") and ((not gone and not pod.get("described")) or status.get("initContainerStatuses")):
        return False  # a table tells of no node and of no word of the scheduler's
    if not pod["metadata"].get("creationTimestamp") or condition(pod, "PodScheduled"):
        return False
    if any(one.get("state") for one in status.get("containerStatuses") or []):
        return False  # its node made something of it already
    age = (store.now - instant(pod["metadata"]["creationTimestamp"])).total_seconds()
    return age > _UNPLACED and not store.events_of(pod)


def _unmade(store: Store, gone: bool) -> Iterator[Sign]:
    """What a controller should have made of an object, and has not."""
    for kind in ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"):
        for item in store.of(kind):
            if item.get("thin") or namespace_of(item) in CONTROL or not _is_old(store, item):
                continue
            if why := _neglect(store, item, gone=gone):
                message = f"{ref(item)} {why}" + ("; kube-controller-manager has no pod in kube-system" if gone else "")
                place = f"{ref(item)} .status", why
                yield sign(
                    store,
                    "ControllerDown",
                    item,
                    message,
                    place,
                    part="",
                    subject="kube-controller-manager",
                    certainty="certain" if gone else "likely",
                )


def _is_old(store: Store, item: Object) -> bool:
    made = instant(item["metadata"].get("creationTimestamp"))
    return made.timestamp() > 0 and (store.now - made).total_seconds() > _UNMADE


def _neglect(store: Store, item: Object, *, gone: bool) -> str:
    spec, status = item["spec"], item.get("status", {})
    wanted, seen = item["metadata"].get("generation"), status.get("observedGeneration")
    if seen is not None and wanted is not None and int(seen) < int(wanted) and (gone or not store.live):
        return f"was changed {int(wanted) - int(seen)} times since a controller saw it"
    if item["kind"] == "Job":
        unseen = not status and not spec.get("suspend") and not store.events_of(item)
        return "has not been begun, and no pod was made" if unseen else ""
    if not int(spec.get("replicas", 1)) or spec.get("paused") or store.events_of(item):
        return ""
    if item["kind"] == "Deployment" and not status and store.knows("ReplicaSet"):
        own = [one for one in store.of("ReplicaSet", namespace_of(item)) if store.owner_of(one) is item]
        return "" if own else "has no ReplicaSet and no status"
    bare = not status or (seen is None and not int(status.get("replicas") or 0))
    pods = store.knows("Pod") and not store.pods_of(store.workload_id(item))
    return "wants pods and has no status" if bare and pods and not status.get("conditions") and not status else ""
