"""Nodes: what their conditions, their leases, their kernels and their services say."""

import re
from collections.abc import Iterator
from datetime import datetime

from orchestrator.diagnosis.facts import Sign, conditions
from orchestrator.diagnosis.workloads.look import ref, sign
from orchestrator.diagnosis.workloads.store import Store, words
from orchestrator.release.snapshot import Object, instant, name_of

_RUNTIME = re.compile(r"container runtime|docker is down|containerd|PLEG is not healthy|cri-?o", re.IGNORECASE)
_PLUGIN = re.compile(r"network plugin|cni (config|plugin)|NetworkPluginNotReady", re.IGNORECASE)
_SILENT = re.compile(r"stopped posting node status|never posted", re.IGNORECASE)
_NETWORK = re.compile(r"network for sandbox|network plugin|cni|plugin type=", re.IGNORECASE)
_BAD = re.compile(
    r"Deadlock|Readonly|Corrupt|Frequent\w*Restart|Problem|Unhealthy|HungTask|Failure|Error$", re.IGNORECASE
)
_LATE = 60.0  # seconds without a renewed lease; the kubelet renews it every ten
_STALE = 600.0  # seconds behind the other nodes' heartbeats, which come every five minutes at least
_SERVICES = {
    "kubelet": "KubeletDown",
    "containerd": "RuntimeDown",
    "docker": "RuntimeDown",
    "crio": "RuntimeDown",
    "cri-o": "RuntimeDown",
    "kube-proxy": "KubeProxyDown",
    "etcd": "EtcdDown",
}


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for node in store.of("Node"):
        yield from _node(store, node)
        yield from _events(store, node)
    yield from _leases(store)
    yield from _services(store)
    yield from _sandboxes(store)


def _node(store: Store, node: Object) -> Iterator[Sign]:
    for kind, one in conditions(node).items():
        message = str(one.get("message") or one.get("reason") or kind)
        code = _code(kind, str(one.get("status")), message)
        if code:
            place = f"{ref(node)} .status.conditions[{kind}]", f"{one.get('status')}: {message}"
            told = message if kind in ("Ready", "NetworkUnavailable") else f"{kind}: {message}"
            untold = bool(node.get("thin")) and code == "KubeletDown" and "NotReady" in message  # of a table
            yield sign(store, code, node, told, place, part="", subject=ref(node),
                       certainty="likely" if untold else "certain")  # fmt: skip


def _code(kind: str, status: str, message: str) -> str:
    if kind == "Ready":
        return "" if status == "True" else _why(message, status)
    if status != "True":
        return ""
    if kind.endswith("Pressure"):
        return "NodePressure"
    if kind == "NetworkUnavailable":
        return "NetworkPluginDown"
    return "NodeProblem" if _BAD.search(kind) else ""


def _why(message: str, status: str) -> str:
    if _PLUGIN.search(message):
        return "NetworkPluginDown"
    if _RUNTIME.search(message):
        return "RuntimeDown"
    return "KubeletDown" if status == "Unknown" or _SILENT.search(message) else "NodeNotReady"


def _events(store: Store, node: Object) -> Iterator[Sign]:
    """What the kernel did, which no condition shows."""
    for event in store.events_of(node):
        if event.get("reason") in ("SystemOOM", "OOMKilling", "KernelOops", "TaskHung", "FilesystemIsReadOnly"):
            place = f"event {event['reason']} of {ref(node)}", words(event)
            yield sign(store, "NodeProblem", node, words(event), place, part="", subject=ref(node), certainty="likely")
            return


def _leases(store: Store) -> Iterator[Sign]:
    """A kubelet that no longer renews its lease, before the node's condition tells of it."""
    renewed = {
        name_of(one): instant(str(one["spec"].get("renewTime") or "")) for one in store.of("Lease", "kube-node-lease")
    }
    beats = {name_of(node): _beat(node) for node in store.of("Node") if _beat(node) is not None}
    for node in store.of("Node"):
        name, ready = name_of(node), conditions(node).get("Ready", {}).get("status")
        late = _behind(name, renewed, store.now) > _LATE or _behind(name, beats, _newest(beats)) > _STALE
        if ready == "True" and late:
            seen = renewed.get(name) or beats.get(name)
            message = f"its kubelet was heard last at {seen:%H:%M:%S} UTC, and the node still reads Ready"
            place = f"lease kube-node-lease/{name} .spec.renewTime", f"{seen:%Y-%m-%dT%H:%M:%SZ}"
            yield sign(store, "KubeletDown", node, message, place, part="", subject=ref(node), certainty="likely")


def _newest(moments: dict[str, datetime | None]) -> datetime | None:
    return max((one for one in moments.values() if one is not None), default=None)


def _behind(name: str, moments: dict[str, datetime | None] | dict[str, datetime], now: datetime | None) -> float:
    own = moments.get(name)
    return (now - own).total_seconds() if own is not None and now is not None else 0.0


def _beat(node: Object) -> datetime | None:
    text = conditions(node).get("Ready", {}).get("lastHeartbeatTime")
    return instant(str(text)) if text else None


def _services(store: Store) -> Iterator[Sign]:
    """Services of a node that systemd does not run."""
    for unit in store.of("SystemdUnit"):
        code, state = _SERVICES.get(name_of(unit)), str(unit["status"].get("activity"))
        if code and state != "active":
            message = f"systemd says that {name_of(unit)} is {state} ({unit['status'].get('detail')})"
            yield sign(store, code, unit, message, ("systemctl status", state), part="", subject=_host(store, unit))


def _host(store: Store, unit: Object) -> str:
    """The node whose unit it is: by its journal, by its file's name, or the only one that is not ready."""
    names = [name_of(node) for node in store.of("Node")]
    sick = [name_of(one) for one in store.of("Node") if conditions(one).get("Ready", {}).get("status") != "True"]
    file = str(unit["spec"].get("file") or "")
    told = [name for name in names if name == unit["spec"].get("node")]
    told += sorted((name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", file)), key=len)[-1:]
    told += sick if len(sick) == 1 else []
    return f"node/{told[0]}" if told else name_of(unit)


def _sandboxes(store: Store) -> Iterator[Sign]:
    """Pods of several workloads that get no network: the plugin is at fault, and not one of them."""
    hit: dict[str, tuple[Object, str]] = {}
    for pod in store.of("Pod"):
        said = [words(one) for one in store.events_of(pod) if one.get("reason") == "FailedCreatePodSandBox"]
        started = any(one.get("state", {}).get("running") for one in pod["status"].get("containerStatuses") or [])
        if said and _NETWORK.search(said[-1]) and not started:
            hit.setdefault(store.workload_id(pod), (pod, said[-1]))
    if len(hit) < 2:
        return
    nodes = sorted({str(pod["spec"].get("nodeName") or "") for pod, _ in hit.values()} - {""})
    pod, message = next(iter(hit.values()))
    subject = f"node/{nodes[0]}" if len(nodes) == 1 else "the network plugin"
    place = f"event FailedCreatePodSandBox of {ref(pod)}", message
    told = f"pods of {len(hit)} workloads get no network: {message}"
    yield sign(store, "NetworkPluginDown", pod, told, place, part="", subject=subject, certainty="likely")
