"""The cluster itself: nodes, kubelets, container runtimes, the control plane, kube-proxy, DNS."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign, conditions
from orchestrator.diagnosis.workloads.look import condition, containers, ref, sign
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_RUNTIME = re.compile(r"container runtime|docker is down|containerd|PLEG is not healthy|cri-?o", re.IGNORECASE)
_PLUGIN = re.compile(r"network plugin|cni (config|plugin)|NetworkPluginNotReady", re.IGNORECASE)
_SILENT = re.compile(r"stopped posting node status|never posted", re.IGNORECASE)
_PARTS = (
    ("kube-scheduler", "SchedulerDown"),
    ("kube-controller-manager", "ControllerDown"),
    ("kube-proxy", "KubeProxyDown"),
    ("coredns", "DnsDown"),
    ("kube-dns", "DnsDown"),
)
_UNPLACED = 20.0  # seconds in which a scheduler says something of a new pod
_WORDS = {
    "SchedulerDown": "the scheduler",
    "ControllerDown": "the controller manager",
    "KubeProxyDown": "kube-proxy",
    "DnsDown": "the cluster's DNS",
}


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for node in store.of("Node"):
        yield from _node(store, node)
    yield from _down(store)
    yield from _short_of_proxies(store)
    yield from _unscheduled(store)


def _node(store: Store, node: Object) -> Iterator[Sign]:
    for kind, one in conditions(node).items():
        message = str(one.get("message") or one.get("reason") or kind)
        place = f"{ref(node)} .status.conditions[{kind}]", f"{one.get('status')}: {message}"
        if kind == "Ready" and one.get("status") != "True":
            yield sign(store, _why(message, str(one.get("status"))), node, message, place, part="", subject=ref(node))
        elif kind.endswith("Pressure") and one.get("status") == "True":
            yield sign(store, "NodePressure", node, f"{kind}: {message}", place, part="", subject=ref(node))
        elif kind == "NetworkUnavailable" and one.get("status") == "True":
            yield sign(store, "NetworkPluginDown", node, message, place, part="", subject=ref(node))


def _why(message: str, status: str) -> str:
    if _PLUGIN.search(message):
        return "NetworkPluginDown"
    if _RUNTIME.search(message):
        return "RuntimeDown"
    return "KubeletDown" if status == "Unknown" or _SILENT.search(message) else "NodeNotReady"


def _down(store: Store) -> Iterator[Sign]:
    """A part of the control plane whose pods are there and none of them is ready."""
    pods = [pod for pod in store.of("Pod") if namespace_of(pod) in CONTROL]
    for name, code in _PARTS:
        own = [pod for pod in pods if name_of(pod).startswith(name)]
        sick = [pod for pod in own if not is_ready(pod)]
        if own and (len(sick) == len(own) or (code == "KubeProxyDown" and sick)):
            yield _told(store, code, sick[0])
    for item in (*store.of("Deployment", "kube-system"), *store.of("DaemonSet", "kube-system")):
        found = [code for name, code in _PARTS if name_of(item) == name]
        if found and item["kind"] == "Deployment" and item["spec"].get("replicas") == 0:
            message = f"{_WORDS[found[0]]} is scaled to no pods"
            fix = f"kubectl --namespace kube-system scale {ref(item)} --replicas 2"
            yield sign(
                store,
                found[0],
                item,
                message,
                (f"{ref(item)} .spec.replicas", "0"),
                part="",
                subject=ref(item),
                fix=fix,
            )


def _told(store: Store, code: str, pod: Object) -> Sign:
    waiting = [str(one.waiting.get("reason") or one.ended.get("reason") or "") for one in containers(pod)]
    why = ", ".join(filter(None, waiting)) or str(condition(pod, "Ready").get("reason") or pod["status"].get("phase"))
    message = f"{_WORDS[code]} is not ready: {why}"
    place = f"pod kube-system/{name_of(pod)} .status.conditions[Ready]", why
    return sign(store, code, pod, message, place, part="", subject=ref(pod), log=store.last_words(pod)[-2000:])


def _short_of_proxies(store: Store) -> Iterator[Sign]:
    """Nodes without a kube-proxy, where others have one, or where the DaemonSet wants none."""
    for item in store.of("DaemonSet", "kube-system"):
        status = item.get("status", {})
        wanted, ready = int(status.get("desiredNumberScheduled") or 0), int(status.get("numberReady") or 0)
        nodes = [node for node in store.of("Node") if condition(node, "Ready").get("status") == "True"]
        if name_of(item) == "kube-proxy" and (ready < wanted or wanted < len(nodes)):
            message = f"kube-proxy is ready on {ready} of {max(wanted, len(nodes))} nodes"
            place = f"{ref(item)} .status.numberReady", str(ready)
            yield sign(store, "KubeProxyDown", item, message, place, part="", subject=ref(item))


def _unscheduled(store: Store) -> Iterator[Sign]:
    """Pods to which no scheduler said anything."""
    waiting = [pod for pod in store.of("Pod") if _is_ignored(store, pod)]
    known = {str(pod["spec"].get("schedulerName") or "default-scheduler") for pod in waiting}
    if waiting and "default-scheduler" in known:
        message = f"{len(waiting)} pods have no node, and no scheduler has said why"
        pod = next(
            pod for pod in waiting if (pod["spec"].get("schedulerName") or "default-scheduler") == "default-scheduler"
        )
        place = f"{ref(pod)} .spec.nodeName, .status.conditions[PodScheduled]", "absent"
        yield sign(store, "SchedulerDown", pod, message, place, part="", subject="kube-scheduler", certainty="likely")


def _is_ignored(store: Store, pod: Object) -> bool:
    spec, status = pod.get("spec", {}), pod.get("status", {})
    if spec.get("nodeName") or status.get("phase") not in ("Pending", None) or spec.get("schedulingGates"):
        return False
    if "metadata" not in pod or not pod["metadata"].get("creationTimestamp") or condition(pod, "PodScheduled"):
        return False
    age = (store.now - instant(pod["metadata"]["creationTimestamp"])).total_seconds()
    return age > _UNPLACED and not store.events_of(pod)
