"""The cluster itself: the pods of its control plane, of kube-proxy and of DNS."""

from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import causes_in
from orchestrator.diagnosis.workloads.look import condition, containers, ref, sign
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of
from orchestrator.release.snapshot import Object, is_ready, name_of

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


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    yield from _down(store)
    yield from _short_of_proxies(store)


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
