"""Rollouts that cannot end, readiness gates, disruption budgets and autoscalers."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import condition, current, kubectl, ref, sign
from orchestrator.diagnosis.workloads.store import CONTROL, Store, matches, namespace_of
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_STUCK = 600.0
_V1_CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions"


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for kind in ("Deployment", "StatefulSet", "DaemonSet"):
        for item in store.of(kind):
            if namespace_of(item) not in CONTROL:
                yield from _rollout(store, item)
    for pod in current(store):
        yield from _gate(store, pod)
    for item in store.of("PodDisruptionBudget"):
        yield from _budget(store, item)
    for item in store.of("HorizontalPodAutoscaler"):
        yield from _autoscaler(store, item)


def _rollout(store: Store, item: Object) -> Iterator[Sign]:
    spec, status = item["spec"], item.get("status", {})
    progressing = condition(item, "Progressing")
    if spec.get("paused"):
        fix = kubectl(namespace_of(item), f"rollout resume {ref(item)}")
        behind = int(status.get("updatedReplicas") or 0) < int(spec.get("replicas", 1))
        yield sign(
            store,
            "RolloutPaused",
            item,
            "the rollout is paused: changes do not reach its pods",
            (f"{ref(item)} .spec.paused", "true"),
            fix=fix,
            severity="error" if behind else "",
        )
    rolling = (spec.get("strategy") or {}).get("rollingUpdate") or {}
    if str(rolling.get("maxSurge")) in ("0", "0%") and str(rolling.get("maxUnavailable")) in ("0", "0%"):
        yield sign(
            store,
            "RolloutUnavailable",
            item,
            "maxSurge and maxUnavailable are both 0",
            (f"{ref(item)} .spec.strategy.rollingUpdate", "0, 0"),
        )
    if progressing.get("status") == "False":
        message = str(progressing.get("message") or progressing.get("reason"))
        yield sign(
            store,
            "RolloutStuck",
            item,
            message,
            (f"{ref(item)} .status.conditions[Progressing]", str(progressing.get("reason"))),
            certainty="possible",
            rival="what keeps it was not captured",
        )
    elif item["kind"] != "Deployment" or not progressing:
        yield from _short(store, item)


def _short(store: Store, item: Object) -> Iterator[Sign]:
    status = item.get("status", {})
    wanted = (
        int(status.get("desiredNumberScheduled") or 0)
        if item["kind"] == "DaemonSet"
        else int(item["spec"].get("replicas", 1))
    )
    ready = int(status.get("numberReady" if item["kind"] == "DaemonSet" else "readyReplicas") or 0)
    young = (store.now - instant(item["metadata"].get("creationTimestamp"))).total_seconds() < _STUCK / 5
    pods = store.pods_of(store.workload_id(item))
    if ready < wanted and not young and status and not any(is_ready(pod) for pod in pods):
        yield sign(
            store,
            "NotReady",
            item,
            f"{ready} of {wanted} pods are ready",
            (f"{ref(item)} .status", f"{ready} of {wanted}"),
            certainty="possible",
            rival="nothing that was captured says why",
        )


def _gate(store: Store, pod: Object) -> Iterator[Sign]:
    ready = {one.get("type"): one.get("status") for one in pod.get("status", {}).get("conditions") or []}
    for gate in pod.get("spec", {}).get("readinessGates") or []:
        kind = gate["conditionType"]
        if ready.get(kind) != "True" and ready.get("ContainersReady") == "True":
            yield sign(
                store,
                "ReadinessGate",
                pod,
                f"the readiness gate {kind} is not passed",
                (f"{ref(pod)} .status.conditions[{kind}]", str(ready.get(kind, "absent"))),
            )


def _budget_of_table(store: Store, item: Object) -> Iterator[Sign]:
    """A table tells how many may go, and not of how many: none, though none of its name is sick."""
    space, name = namespace_of(item), name_of(item)
    own = [pod for kind in ("Deployment", "StatefulSet") for pod in store.pods_of(f"{space}/{kind}/{name}")]
    if item["status"].get("disruptionsAllowed", 1) == 0 and all(is_ready(pod) for pod in own):
        place = f"{ref(item)} .status.disruptionsAllowed", "0"
        told = f"it lets no pod go (minAvailable {item['spec'].get('minAvailable', 'not set')})"
        yield sign(store, "DisruptionBlocked", item, told, place, subject=ref(item), certainty="likely")


def _budget(store: Store, item: Object) -> Iterator[Sign]:
    if item.get("thin"):
        yield from _budget_of_table(store, item)
        return
    status = item.get("status", {})
    pods = [
        pod
        for pod in store.of("Pod", namespace_of(item))
        if matches(pod["metadata"].get("labels") or {}, item["spec"].get("selector") or {"none": "none"})
    ]
    if int(status.get("disruptionsAllowed") or 0) > 0 or not pods or not status:
        return
    healthy, wanted = status.get("currentHealthy"), status.get("desiredHealthy")
    part = store.workload_id(pods[0])
    full = int(status.get("expectedPods") or 0) <= int(wanted or 0)
    if full:
        message = f"it wants {wanted} of {status.get('expectedPods')} pods: none may ever go"
        drained = any(node.get("spec", {}).get("unschedulable") for node in store.of("Node"))
        yield sign(
            store,
            "DisruptionBlocked",
            item,
            message,
            (f"{ref(item)} .status.disruptionsAllowed", f"0, {healthy} healthy"),
            part=part,
            subject=ref(item),
            severity="error" if drained else "",
        )


def _scaling(item: Object) -> Mapping[str, Any]:
    """The condition ScalingActive; of autoscaling/v1 it stands, as JSON, in an annotation."""
    if found := condition(item, "ScalingActive"):
        return found
    try:
        told = json.loads((item["metadata"].get("annotations") or {}).get(_V1_CONDITIONS) or "[]")
    except ValueError:
        return {}
    return next((one for one in told if isinstance(one, dict) and one.get("type") == "ScalingActive"), {})


def _autoscaler(store: Store, item: Object) -> Iterator[Sign]:
    target = item["spec"].get("scaleTargetRef") or {}
    kind, name = str(target.get("kind")), str(target.get("name"))
    if store.lacks(kind, namespace_of(item), name):
        place = f"{ref(item)} .spec.scaleTargetRef", f"{kind}/{name}"
        yield sign(store, "AutoscalerTarget", item, f"there is no {kind} {name}", place, severity="error")
    active = _scaling(item)
    if active.get("status") == "False" and active.get("reason") not in ("ScalingDisabled",):
        message = str(active.get("message") or active.get("reason"))
        unset = re.search(r"missing request for (\w+)", message)
        fix = (
            f"Set the {unset.group(1)} request of {kind.lower()}/{name}: a percentage is of the request"
            if unset
            else ""
        )
        yield sign(
            store,
            "NoMetrics",
            item,
            message,
            (f"{ref(item)} .status.conditions[ScalingActive]", message),
            fix=fix,
            subject=name_of(item) and ref(item),
        )
