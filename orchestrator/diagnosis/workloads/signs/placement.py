"""Pods that no node takes: which constraint fails, by the scheduler's words and by the objects themselves."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Certainty, Sign
from orchestrator.diagnosis.workloads.look import condition, current, kubectl, ref, sign, within
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Store, matches, namespace_of, words
from orchestrator.release.snapshot import Object, is_ready, name_of

_PIECES = re.compile(r"(?<!\d)(\d{1,9}) (?:(?:node\(s\)|nodes?) )?(.{1,300}?)(?=, \d{1,9} |\. |\.$|$)")
_REASONS = (
    (
        "InsufficientResources",
        re.compile(r"Insufficient (\S+)|Too many pods|max volume count|enough free storage", re.IGNORECASE),
    ),
    (
        "VolumeElsewhere",
        re.compile(r"volume node affinity conflict|available persistent volumes|available volume zone", re.IGNORECASE),
    ),
    ("PodAntiAffinity", re.compile(r"anti-affinity", re.IGNORECASE)),
    ("PodAffinity", re.compile(r"pod affinity", re.IGNORECASE)),
    ("TopologySpread", re.compile(r"topology spread", re.IGNORECASE)),
    ("HostPortTaken", re.compile(r"free ports", re.IGNORECASE)),
    ("NodeCordoned", re.compile(r"unschedulable", re.IGNORECASE)),
    ("TaintNotTolerated", re.compile(r"taint", re.IGNORECASE)),
    ("NodeSelector", re.compile(r"node affinity|node selector|nodeSelector", re.IGNORECASE)),
)
_LATER = re.compile(r"\.? (preemption|no new claims)", re.IGNORECASE)
_CLAIM = re.compile(r'persistentvolumeclaim "?([^"\s]+)"? not found|unbound immediate PersistentVolumeClaims', re.I)
_CODES = {"NodeSelector": "NodeSelectorMismatch or NodeAffinityMismatch"}
_SETTLE = 5.0


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    yield from _rejected(store)
    for pod in current(store):
        placed = condition(pod, "PodScheduled")
        if pod["spec"].get("nodeName"):
            continue
        if pod["spec"].get("schedulingGates") or placed.get("reason") == "SchedulingGated":
            gates = ", ".join(one["name"] for one in pod["spec"].get("schedulingGates") or [])
            yield sign(store, "SchedulingGated", pod, f"held by {gates}", (f"{ref(pod)} .spec.schedulingGates", gates))
        elif message := _refusal(store, pod, placed):
            yield from _constraint(store, pod, message)
        elif (pod["spec"].get("schedulerName") or "default-scheduler") != "default-scheduler":
            yield _unknown_scheduler(store, pod)


def _rejected(store: Store) -> Iterator[Sign]:
    """Pods that the scheduler placed and the kubelet of their node refused, where no other of the workload is ready."""
    told = set()
    for pod in store.of("Pod"):
        status, workload = pod.get("status", {}), store.workload_id(pod)
        reason, message = str(status.get("reason") or ""), str(status.get("message") or "")
        code = _code_of_rejection(reason, message) if status.get("phase") == "Failed" else ""
        if code and workload not in told and not any(is_ready(one) for one in store.pods_of(workload)):
            told.add(workload)
            place = f"{ref(pod)} .status.reason", f"{reason}: {message}"
            yield sign(store, code, pod, f"the node refused the pod: {message or reason}", place)


def _code_of_rejection(reason: str, message: str) -> str:
    if reason.startswith("OutOf") or (reason == "UnexpectedAdmissionError" and "to preempt" in message):
        return "InsufficientResources"
    return {"NodeAffinity": "NodeAffinityMismatch", "NodePorts": "HostPortTaken"}.get(reason, "")


def _refusal(store: Store, pod: Object, placed: Mapping[str, Any]) -> str:
    events = [one for one in store.events_of(pod) if one.get("reason") == "FailedScheduling"]
    if pod.get("status", {}).get("phase") == "Running":
        return ""  # its node is not told, and yet it has one
    if placed.get("status") == "False" and placed.get("message"):
        return "" if within(store, placed.get("lastTransitionTime"), _SETTLE) else str(placed["message"])
    return words(events[-1]) if events and placed.get("status") != "True" else ""


def _unknown_scheduler(store: Store, pod: Object) -> Sign:
    name = str(pod["spec"]["schedulerName"])
    message = f"it waits for the scheduler {name}, which says nothing"
    return sign(store, "SchedulerUnknown", pod, message, (f"{ref(pod)} .spec.schedulerName", name))


def _constraint(store: Store, pod: Object, message: str) -> Iterator[Sign]:
    """The constraint that can be mended: one of the pod's own stands before a node's."""
    if _CLAIM.search(message):
        return  # the claim is a sign of its own
    text = _LATER.split(message)[0]
    pieces = [(int(number), reason) for number, reason in _PIECES.findall(text.partition(":")[2] or text)]
    codes = [(next((code for code, pattern in _REASONS if pattern.search(reason)), ""), number, reason)
             for number, reason in pieces]  # fmt: skip
    found = (
        [one for one in codes if one[0]]
        or [  # words of old schedulers, which count behind the reason
            (code, 0, text) for code, pattern in _REASONS if pattern.search(text)
        ][:1]
    )
    if not found:
        yield sign(store, "Unschedulable", pod, message, _place(pod, message))
        return
    if store.workload_id(pod).split("/")[1] == "DaemonSet" and len({one[0] for one in found}) > 1:
        found = [one for one in found if one[0] != "NodeSelector"]  # each of its pods is meant for one node
    order = [code for code, _ in _REASONS]
    ranked = sorted(
        {code: (code, number, reason) for code, number, reason in reversed(found)}.values(),
        key=lambda one: _rank(store, pod, one[0], one[1], order),
    )
    code, _, reason = ranked[0]
    other = next((one for one in ranked[1:] if one[0] != code and not _is_of_control_plane(store, one[2])), None)
    yield _named(store, pod, code, reason, message=message, other=other[0] if other else "")


def _rank(store: Store, pod: Object, code: str, number: int, order: list[str]) -> tuple[int, int, int]:
    """First what the pod itself asks for and no node gives; then what bars most nodes."""
    asked = {"NodeSelector": _asks_for_labels(store, pod), "NodeCordoned": False, "TaintNotTolerated": False}
    return (0 if asked.get(code, True) else 1, -number, order.index(code))


def _is_of_control_plane(store: Store, reason: str) -> bool:
    return "control-plane" in reason or "node-role.kubernetes.io/master" in reason


def _asks_for_labels(store: Store, pod: Object) -> bool:
    """Whether no node has what the pod's nodeSelector asks for; where one has it, that node is barred otherwise."""
    wanted = pod["spec"].get("nodeSelector") or {}
    return not wanted or not any(matches(node["metadata"].get("labels") or {}, wanted) for node in store.of("Node"))


def _place(pod: Object, message: str) -> tuple[str, str]:
    return f"{ref(pod)} .status.conditions[PodScheduled].message", message


def _named(store: Store, pod: Object, code: str, reason: str, *, message: str, other: str) -> Sign:
    workload = store.workload_id(pod)
    if code == "NodeSelector":
        code, told, fix = _labels(store, pod, workload)
    else:
        told, fix = _TOLD.get(code, _plain)(store, pod, reason)
    certainty: Certainty = "likely" if other else "certain"
    return sign(
        store,
        code,
        pod,
        told or message,
        _place(pod, message),
        fix=fix,
        certainty=certainty,
        rival=f"{_CODES.get(other, other)} bars other nodes" if other else "",
    )


def _plain(store: Store, pod: Object, reason: str) -> tuple[str, str]:
    return "", ""


def _labels(store: Store, pod: Object, workload: str) -> tuple[str, str, str]:
    wanted = pod["spec"].get("nodeSelector") or {}
    nodes = store.of("Node")
    lacking = {
        key: value
        for key, value in wanted.items()
        if not any((node["metadata"].get("labels") or {}).get(key) == value for node in nodes)
    }
    affinity = ((pod["spec"].get("affinity") or {}).get("nodeAffinity") or {}).get(
        "requiredDuringSchedulingIgnoredDuringExecution"
    )
    if affinity and not lacking:
        terms = [
            expression
            for term in affinity.get("nodeSelectorTerms") or []
            for expression in term.get("matchExpressions") or []
        ]
        shown = "; ".join(f"{one['key']} {one['operator']} {','.join(one.get('values') or [])}" for one in terms)
        return "NodeAffinityMismatch", f"no node satisfies the node affinity {shown}", ""
    if not wanted:  # describe tells that there is no selector; a table tells nothing
        known = "nodeSelector" in pod["spec"]
        return "NodeAffinityMismatch" if known else "NodeSelectorMismatch", "", ""
    lacking = lacking or wanted
    shown = ", ".join(f"{key}={value}" for key, value in lacking.items())
    return "NodeSelectorMismatch", f"no node has the label {shown}", _without_selector(pod, workload, lacking, nodes)


def _without_selector(pod: Object, workload: str, lacking: Mapping[str, str], nodes: tuple[Object, ...]) -> str:
    """A label for a node that the pod would fit, or the selector's key gone."""
    space, kind, name = workload.split("/", 2)
    if kind not in ("Deployment", "StatefulSet", "DaemonSet"):
        names = [name_of(node) for node in nodes]
        pairs = " ".join(f"{key}={value}" for key, value in lacking.items())
        return f"kubectl label node {names[0] if names else 'NODE'} {pairs} --overwrite"
    keys = ",".join(f'"{key}":null' for key in lacking)
    patch = f'{{"spec":{{"template":{{"spec":{{"nodeSelector":{{{keys}}}}}}}}}}}'
    return f"{kubectl(space, f'patch {kind.lower()}/{name} --type merge --patch')} '{patch}'"


def _resources(store: Store, pod: Object, reason: str) -> tuple[str, str]:
    found = re.search(r"Insufficient (\S+)", reason)
    if not found:
        volumes = "max volume count" in reason
        if volumes or "storage" in reason:
            told = "every node has as many volumes as it may" if volumes else "no node's driver has storage left"
            return told, "Add a node, or end pods with volumes" if volumes else "Add storage, or ask for less"
        return "every node has as many pods as it may", "Add a node, or end pods"
    resource = found.group(1)
    asked = [
        str(((one.get("resources") or {}).get("requests") or {}).get(resource, "0"))
        for one in pod["spec"].get("containers") or []
    ]
    most = max(
        (str((node.get("status", {}).get("allocatable") or {}).get(resource, "0")) for node in store.of("Node")),
        key=amount,
        default="",
    )
    sums = "+".join(one for one in asked if one != "0")
    if not sums or amount(most) == 0:
        return f"no node has the {resource} that it requests", f"Add a node that has {resource}, or do not request it"
    told = f"it requests {sums} {resource}, and the largest node has {most}"
    total = sum(amount(one) for one in asked)
    if most and total <= amount(most):
        told += ", taken by other pods"
    return told, f"Lower the {resource} request to what the program uses, or add a node"


def _taint(store: Store, pod: Object, reason: str) -> tuple[str, str]:
    taints = [
        taint
        for node in store.of("Node")
        for taint in node.get("spec", {}).get("taints") or []
        if taint.get("effect") != "PreferNoSchedule"
    ]
    shown = re.search(r"taint \{([^}]*)\}", reason)
    named = sorted({f"{one['key']}={one.get('value', '')}:{one['effect']}" for one in taints}) or (
        [shown.group(1)] if shown else []
    )
    return (
        f"it does not tolerate the taint {', '.join(named)}",
        f"Tolerate {', '.join(named)} in the pod, or take it off the node",
    )


def _cordon(store: Store, pod: Object, reason: str) -> tuple[str, str]:
    nodes = [name_of(node) for node in store.of("Node") if node.get("spec", {}).get("unschedulable")]
    lines = "\n".join(f"kubectl uncordon {name}" for name in nodes)
    return f"{', '.join(nodes) or 'the nodes'} cordoned: no new pods there", lines


def _anti(store: Store, pod: Object, reason: str) -> tuple[str, str]:
    others = ", ".join(
        name_of(one)
        for one in store.of("Pod", namespace_of(pod))
        if one["spec"].get("nodeName") and store.workload_id(one) == store.workload_id(pod)
    )
    return f"every node has a pod it must not stand beside{': ' + others if others else ''}", ""


_TOLD = {
    "InsufficientResources": _resources,
    "TaintNotTolerated": _taint,
    "NodeCordoned": _cordon,
    "PodAntiAffinity": _anti,
}
