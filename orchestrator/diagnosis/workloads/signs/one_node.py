"""Services whose pods are ready, and that do not answer from one node only: kube-proxy or the network of that node."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.dependencies import complaints, needs
from orchestrator.diagnosis.workloads.look import current, sign
from orchestrator.diagnosis.workloads.store import Store
from orchestrator.release.snapshot import Object, is_ready

_MANY = 3  # workloads of a node; fewer may have a reason of their own


def signs(store: Store) -> Iterator[Sign]:
    """At most one: of several nodes that cannot reach what is ready, no one is at fault."""
    told = _by_node(store)
    if len(told) != 1:
        return
    node, callers = next(iter(told.items()))
    goals = {goal for others in callers.values() for goal in others}
    if len(callers) < 2 or not _is_reached_elsewhere(store, node, goals):
        return
    pod = store.pods_of(next(iter(callers)))[0]
    names = ", ".join(sorted(goal.split("/")[2] for goal in goals))
    message = f"{len(callers)} workloads of {node} cannot reach {names}, whose pods are ready and answer other nodes"
    yield sign(
        store,
        "KubeProxyDown",
        pod,
        message,
        ("logs of the node's pods; Endpoints", message),
        part="",
        subject=f"node/{node}",
        certainty="likely" if len(callers) >= _MANY else "possible",
        rival="" if len(callers) >= _MANY else "the node's network plugin, or a firewall",
    )


def _by_node(store: Store) -> Mapping[str, Mapping[str, set[str]]]:
    """Node to caller to the workloads that it cannot reach though they are ready."""
    places = {store.workload_id(pod): str(pod["spec"].get("nodeName") or "") for pod in current(store)}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for caller, goal in complaints(store):
        if caller != goal and places.get(caller) and _is_well(store, goal):
            found[places[caller]][caller].add(goal)
    return found


def _is_well(store: Store, workload: str) -> bool:
    pods: tuple[Object, ...] = store.pods_of(workload)
    return bool(pods) and all(is_ready(pod) for pod in pods)


def _is_reached_elsewhere(store: Store, node: str, goals: set[str]) -> bool:
    """Whether a workload on another node calls one of them, and does not complain."""
    graph = needs(store)
    return any(
        goals & set(graph.get(store.workload_id(pod), ()))
        for pod in current(store)
        if pod["spec"].get("nodeName") not in (node, None) and is_ready(pod)
    )
