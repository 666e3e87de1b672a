"""Which workloads a cause of the cluster reaches: those of its node or namespace, those that wait for what is down."""

from collections.abc import Collection

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import condition
from orchestrator.diagnosis.workloads.store import Store

_OF_A_NODE = frozenset({"KubeletDown", "NodeNotReady", "RuntimeDown", "NodePressure", "NodeProblem", "KubeProxyDown"})


def hit_by(store: Store, sign: Sign) -> Collection[str] | None:
    """The workloads, by id; None if all may be reached, or if the files do not tell."""
    if sign.part:
        return None
    if sign.code in _OF_A_NODE and sign.subject.startswith("node/"):
        return _on(store, sign.subject.removeprefix("node/"))
    if sign.subject.startswith("namespace/"):
        inside = sign.subject.replace("namespace/", "", 1) + "/"
        return {part for pod in store.of("Pod") if (part := store.workload_id(pod)).startswith(inside)}
    if sign.code == "SchedulerDown":
        return {
            store.workload_id(pod)
            for pod in store.of("Pod")
            if not pod["spec"].get("nodeName") and condition(pod, "PodScheduled").get("status") != "True"
        }
    return None


def _on(store: Store, node: str) -> Collection[str] | None:
    pods = store.of("Pod")
    if not any(pod["spec"].get("nodeName") for pod in pods):
        return None
    unplaced = [pod for pod in pods if not pod["spec"].get("nodeName")]
    here = [pod for pod in pods if pod["spec"].get("nodeName") == node]
    empty = {store.workload_id(item) for kind in ("Deployment", "StatefulSet") for item in store.of(kind)
             if not store.pods_of(store.workload_id(item))}  # fmt: skip
    return {store.workload_id(pod) for pod in (*here, *unplaced)} | empty
