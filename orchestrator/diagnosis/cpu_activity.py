"""Which pods compute now, by their nodes' kubelets: a program that still starts is told from one that hangs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.process import Door
from orchestrator.release.snapshot import Object, is_ready, name_of
from orchestrator.targets.base import Cluster

_WORKING = 50e6  # nanocores: a twentieth of a processor; a server that only answers its probes uses less
_LIMIT = 20.0


def at_work(door: Door, cluster: Cluster, pods: Sequence[Object]) -> frozenset[str]:
    """The names of those of `pods` that are not ready and compute; empty where kubelets may not be asked."""
    waiting = [pod for pod in pods if not is_ready(pod)]
    nodes = {str(pod["spec"].get("nodeName", "")) for pod in waiting} - {""}
    found: set[str] = set()
    for node in sorted(nodes):
        answer = door.run(cluster.kubectl("get", "--raw", summary_path(node)), limit=_LIMIT, check=False)
        if answer.ok:
            found.update(computing(json.loads(answer.out), cluster.namespace))
    return frozenset({name_of(pod) for pod in waiting} & found)


def summary_path(node: str) -> str:
    """Where the API server passes on the kubelet's Summary API (stats/v1alpha1)."""
    return f"/api/v1/nodes/{node}/proxy/stats/summary"


def computing(summary: Mapping[str, Any], namespace: str) -> Iterator[str]:
    """The names of the namespace's pods with a container that uses a twentieth of a processor or more."""
    for pod in summary.get("pods") or []:
        uses = [(one.get("cpu") or {}).get("usageNanoCores") or 0 for one in pod.get("containers") or []]
        if pod["podRef"]["namespace"] == namespace and max(uses, default=0) >= _WORKING:
            yield str(pod["podRef"]["name"])
