"""The cluster itself: the pods of its control plane, of kube-proxy and of DNS."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import causes_in
from orchestrator.diagnosis.workloads.look import condition, containers, ref, sign, within
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of, words
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_PARTS = (
    ("kube-scheduler", "SchedulerDown"),
    ("kube-controller-manager", "ControllerDown"),
    ("kube-proxy", "KubeProxyDown"),
    ("kube-apiserver", "ApiServerDown"),
    ("etcd", "EtcdDown"),
    ("coredns", "DnsDown"),
    ("kube-dns", "DnsDown"),
)
_WORDS = {
    "SchedulerDown": "the scheduler",
    "ControllerDown": "the controller manager",
    "KubeProxyDown": "kube-proxy",
    "ApiServerDown": "the API server",
    "EtcdDown": "etcd",
    "DnsDown": "the cluster's DNS",
}


_PLUGINS = re.compile(
    r"(?P<name>calico-node|canal|cilium(?!-operator)|kube-flannel(-ds)?|weave-net|aws-node|antrea-agent|kube-router|"
    r"azure-cni\S*|kindnet|ovnkube-node|ovs-node|multus\S*?)-[a-z0-9]{5}"
)
_SLOW = re.compile(r"slow fdatasync|failed to send out heartbeat on time|likely overloaded|server is overloaded")
_FULL = re.compile(r"mvcc: database space exceeded|alarm:NOSPACE|alarm.*NOSPACE")


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    plugins = list(_plugins(store))
    yield from plugins
    yield from (one for one in _down(store) if not (plugins and one.code == "DnsDown" and _has_no_network(store)))
    yield from _short_of_proxies(store)
    yield from _slow_store(store)


def _plugins(store: Store) -> Iterator[Sign]:
    """The network plugin's pods, one a node, of which some are not ready."""
    sick: dict[str, list[Object]] = {}
    for pod in store.of("Pod"):
        if (found := _PLUGINS.fullmatch(name_of(pod))) and not is_ready(pod) and not _is_young(store, pod):
            sick.setdefault(found["name"], []).append(pod)
    for name, pods in sick.items():
        log = "\n".join(store.last_words(pod) for pod in pods)
        said = [words(event) for pod in pods for event in store.events_of(pod) if event.get("type") == "Warning"]
        last = [line for line in log.splitlines() if re.search(r"error|fatal|fail|^[EF]\d{4}", line, re.IGNORECASE)]
        why = (last or said or [str(pods[0]["status"].get("phase"))])[-1].strip()[:300]
        message = f"{len(pods)} pods of the network plugin {name} are not ready: {why}"
        place = f"pod {namespace_of(pods[0])}/{name_of(pods[0])} .status.conditions[Ready]", "False"
        fix = f"kubectl --namespace {namespace_of(pods[0]) or 'kube-system'} logs {ref(pods[0])} --all-containers"
        yield sign(store, "NetworkPluginDown", pods[0], message, place, part="", subject=f"daemonset/{name}", fix=fix,
                   log=log[-2000:])  # fmt: skip


def _is_young(store: Store, pod: Object) -> bool:
    made = str(pod["metadata"].get("creationTimestamp") or "")
    return bool(made) and store.now > instant(made) and within(store, made, 120.0)


def _has_no_network(store: Store) -> bool:
    """Whether the cluster's DNS waits for its network: then it is not at fault."""
    own = [pod for pod in store.of("Pod") if name_of(pod).startswith(("coredns", "kube-dns")) and not is_ready(pod)]
    return all(one.waiting.get("reason") in (None, "ContainerCreating") and not one.ended
               for pod in own for one in containers(pod))  # fmt: skip


def _slow_store(store: Store) -> Iterator[Sign]:
    """An etcd that runs and does not keep up with its disk, or has no room left."""
    for pod in store.of("Pod"):
        if not name_of(pod).startswith("etcd") or not is_ready(pod):
            continue
        lines = store.last_words(pod).splitlines()[-100:]
        slow, full = ([line for line in lines if one.search(line)] for one in (_SLOW, _FULL))
        told = full or (slow if len(slow) >= 2 else [])
        if told:
            why = "has no room left" if full else "does not keep up: its disk is slow"
            fix = "Give etcd a disk of its own that syncs within 10 ms; look with fio and with etcdctl endpoint status"
            last = told[-1].strip()[:300]
            yield sign(store, "EtcdDown", pod, f"etcd {why}: {last}", (f"log of {ref(pod)}", last), part="",
                       subject=ref(pod), fix="" if full else fix, certainty="likely")  # fmt: skip


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
    log = store.last_words(pod)
    fix = ""
    if expired := causes_in(log, frozenset({"CertificateExpired"})):
        message += f"; {expired[0].message}"
        fix = "On the control plane's node: kubeadm certs check-expiration; kubeadm certs renew all"
    return sign(store, code, pod, message, place, part="", subject=ref(pod), log=log[-2000:], fix=fix)


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
