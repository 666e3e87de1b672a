"""Pods that are never made, never placed, or thrown out; claims without a volume; nodes in trouble."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Evidence, Facts, Sign, conditions, named, part_of, settle
from orchestrator.release.snapshot import Object, instant, is_ready, name_of, owner

_SETTLE = 5.0  # seconds that the scheduler and the claim's controller get
_REFUSALS = (
    ("QuotaExceeded", re.compile(r"exceeded quota|failed quota", re.IGNORECASE)),
    ("ServiceAccountMissing", re.compile(r"looking up service ?account|serviceaccount \S+ not found", re.I)),
    ("AdmissionRefused", re.compile(r"forbidden|denied|admission|webhook|violates", re.IGNORECASE)),
)  # fmt: skip
_ACCOUNT = re.compile(
    r'service ?account (?:\S*[^\sa-z0-9.-])?([a-z0-9.-]++)"?:? ?(?:serviceaccount|not found)', re.IGNORECASE
)
_RETRIED = re.compile(r"conflict|the object has been modified|timeout|already exists", re.IGNORECASE)


def signs(facts: Facts) -> Iterator[Sign]:
    """Every sign of this kind."""
    yield from _workloads(facts)
    yield from _refused(facts)
    yield from _claims(facts)
    yield from _nodes(facts)
    for pod in facts.snapshot.current_pods:
        yield from _pod(pod, facts)


def _workloads(facts: Facts) -> Iterator[Sign]:
    for item in facts.snapshot.workloads:
        if item["spec"].get("replicas", 1) == 0:
            fix = f"kubectl scale {named(item)} --replicas {1 if part_of(item) == 'postgres' else 2}"
            where = (Evidence(f"{named(item)} .spec.replicas", "0"),)
            yield Sign("ScaledToZero", part_of(item), named(item), "no pods are wanted", where, fix)


def _refused(facts: Facts) -> Iterator[Sign]:
    for item in facts.snapshot.current_sets:
        condition = conditions(item).get("ReplicaFailure")
        if condition and condition.get("status") == "True":
            path = f"{named(item)} .status.conditions[ReplicaFailure].message"
            yield from _refusal(item, path, str(condition.get("message", "")))
    for item in facts.snapshot.stateful_sets:
        events = [one for one in facts.snapshot.events_of(item) if one["reason"] == "FailedCreate"]
        has_pods = any(owner(pod) == item["metadata"]["uid"] for pod in facts.pods)
        if events and not has_pods and item["spec"].get("replicas", 1):
            yield from _refusal(item, f"event FailedCreate of {named(item)}", str(events[-1].get("message") or ""))


def _refusal(item: Object, path: str, message: str) -> Iterator[Sign]:
    if _RETRIED.search(message):
        return
    code = next((code for code, pattern in _REFUSALS if pattern.search(message)), "PodCreationFailed")
    account = _ACCOUNT.search(message) if code == "ServiceAccountMissing" else None
    fix = f"kubectl create serviceaccount {account.group(1)}" if account else ""
    subject = f"pods of {part_of(item)}"
    sure = code != "PodCreationFailed"  # a server in trouble is asked again
    yield Sign(code, part_of(item), subject, message, (Evidence(path, message),), fix, sure=sure)


def _claims(facts: Facts) -> Iterator[Sign]:
    parts = {
        volume["persistentVolumeClaim"]["claimName"]: part_of(pod)
        for pod in facts.pods
        for volume in pod["spec"].get("volumes") or []
        if "persistentVolumeClaim" in volume
    }
    found = {name_of(claim): claim for claim in facts.claims}
    for name, part in sorted(parts.items()):
        claim = found.get(name)
        if claim is None and "persistentvolumeclaims" not in facts.unreadable:
            where = (Evidence(f"persistentvolumeclaim/{name}", "absent"),)
            yield Sign("ClaimUnbound", part, f"persistentvolumeclaim/{name}", "the claim does not exist", where)
        elif claim is not None and claim.get("status", {}).get("phase") != "Bound":
            yield from _unbound(claim, part, facts)


def _unbound(claim: Object, part: str, facts: Facts) -> Iterator[Sign]:
    if not settle(facts, instant(claim["metadata"].get("creationTimestamp")), _SETTLE):
        return
    events = [str(one.get("message") or "") for one in facts.snapshot.events_of(claim)]
    phase = str(claim.get("status", {}).get("phase"))
    message = events[-1] if events else f"it is {phase}"
    where = (Evidence(f"{named(claim)} .status.phase", phase),)
    yield Sign("ClaimUnbound", part, named(claim), message, where)


def _pod(pod: Object, facts: Facts) -> Iterator[Sign]:
    status = pod.get("status", {})
    if status.get("phase") == "Failed" and status.get("reason") == "Evicted":
        message = str(status.get("message", "evicted"))
        siblings = [other for other in facts.pods if owner(other) == owner(pod)]
        survived = bool(siblings) and all(is_ready(other) for other in siblings)
        where = (Evidence(f"{named(pod)} .status.reason", "Evicted"),)
        subject = f"pods of {part_of(pod)}"
        yield Sign(
            "Evicted", part_of(pod), subject, message, where, severity="warning" if survived else "error", sure=False
        )
    placed = conditions(pod).get("PodScheduled", {})
    since = instant(placed.get("lastTransitionTime"))
    if placed.get("reason") == "Unschedulable" and settle(facts, since, _SETTLE):
        message = str(placed.get("message", "no node takes it"))
        where = (Evidence(f"{named(pod)} .status.conditions[PodScheduled].message", message),)
        yield Sign("Unschedulable", part_of(pod), f"pods of {part_of(pod)}", message, where)


def _nodes(facts: Facts) -> Iterator[Sign]:
    homes = {pod["spec"].get("nodeName") for pod in facts.pods}
    for node in facts.nodes:
        if name_of(node) not in homes and None not in homes:
            continue
        for kind, condition in conditions(node).items():
            where = (Evidence(f"{named(node)} .status.conditions[{kind}].status", str(condition["status"])),)
            message = str(condition.get("message") or condition.get("reason") or kind)
            if kind == "Ready" and condition["status"] != "True":
                yield Sign("NodeNotReady", "", named(node), message, where, f"kubectl describe {named(node)}")
            elif kind.endswith("Pressure") and condition["status"] == "True":
                yield Sign("NodePressure", "", named(node), f"{kind}: {message}", where)
