"""Reads the containers' use from metrics-server where there is one, else from each node's kubelet."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from orchestrator.diagnosis.cpu_activity import summary_path
from orchestrator.errors import CommandFailedError, DeployError
from orchestrator.options import RELEASE
from orchestrator.process import Completed
from orchestrator.run import Run
from orchestrator.sizing.measuring import sources
from orchestrator.sizing.model import PARTS, Container, Kernel, Point, Reading

_LIMIT = 20.0
_PATIENCE = 5  # looks that may fail in a row: a busy node answers late
_SHORTEST = 2.0  # seconds between counters, below which their difference says nothing
_MAY_NOT = ("forbidden", "unauthorized")


class MeasureError(DeployError):
    """Nothing can be said about sizes: no metrics, no right to read them, or no answer under load."""

    exit_code = 27


def pods_now(run: Run) -> tuple[Container, ...]:
    """The parts' containers by their pods' status."""
    argv = run.target.cluster.kubectl(
        "get", "pods", "--selector", f"app.kubernetes.io/instance={RELEASE}", "--output", "json"
    )
    return sources.containers(json.loads(run.door.run(argv, limit=_LIMIT).out)["items"])


@dataclass
class Sampler:
    """Collects readings; `source` names where from. Make it by `sampler`."""

    run: Run
    source: str
    read: Callable[[Iterable[str]], tuple[Point, ...]]
    readings: list[Reading] = field(default_factory=list)
    pods: tuple[Container, ...] = ()
    _last: dict[str, Point] = field(default_factory=dict)
    _failed: int = 0

    def look(self) -> None:
        """Add what is new. Raises MeasureError after several looks that failed in a row."""
        try:
            self.pods = pods_now(self.run)
            points = self.read({one.node for one in self.pods if one.node})
        except CommandFailedError as error:
            self._failed += 1
            if self._failed >= _PATIENCE:
                raise MeasureError(f"the metrics cannot be read any more: {error.tail}") from error
            return
        self._failed = 0
        parts = {one.pod: one.part for one in self.pods}
        for point in points:
            if parts.get(point.pod) == point.container:
                self._take(point)

    def _take(self, point: Point) -> None:
        last = self._last.get(point.pod)
        if last is not None and point.at <= last.at:
            return  # the same numbers again: kubelets count every ten seconds or more
        if last is not None and point.cpu is None and point.at - last.at < _SHORTEST:
            return
        self._last[point.pod] = point
        cpu, seconds = use(last, point)
        self.readings.append(Reading(point.container, point.pod, point.at, seconds, cpu, point.memory))


def use(last: Point | None, point: Point) -> tuple[float | None, float]:
    """(Millicores, seconds that they are the mean of); no number after a container's restart, or at first sight."""
    if point.cpu is not None:
        return point.cpu, point.seconds
    if last is None or last.core_seconds is None or point.core_seconds is None:
        return None, 0.0
    if point.core_seconds < last.core_seconds:
        return None, 0.0
    seconds = point.at - last.at
    return (point.core_seconds - last.core_seconds) / seconds * 1000, seconds


def sampler(run: Run) -> Sampler:
    """A sampler over what this cluster offers. Raises MeasureError, saying which right is missing."""
    metrics = _raw(run, f"/apis/metrics.k8s.io/v1beta1/namespaces/{run.target.cluster.namespace}/pods")
    if metrics.ok and json.loads(metrics.out).get("items"):
        return Sampler(run, "metrics-server", lambda nodes: _from_server(run))
    node = next((one.node for one in pods_now(run) if one.node), "")
    answer = _raw(run, summary_path(node))
    if answer.ok:
        return Sampler(run, "the kubelet's summary", lambda nodes: _from_kubelets(run, nodes))
    raise _nothing(run, metrics, answer, node)


def kernel(run: Run, nodes: Iterable[str]) -> dict[str, Kernel]:
    """What the kernel counted, by pod; empty where cAdvisor may not be read: it adds to the readings."""
    found: dict[str, Kernel] = {}
    for node in sorted(set(nodes)):
        answer = _raw(run, f"/api/v1/nodes/{node}/proxy/metrics/cadvisor")
        if answer.ok:
            told = sources.kernel(answer.out, run.target.cluster.namespace)
            found.update({pod: one for (pod, container), one in told.items() if container in PARTS})
    return found


def _from_server(run: Run) -> tuple[Point, ...]:
    path = f"/apis/metrics.k8s.io/v1beta1/namespaces/{run.target.cluster.namespace}/pods"
    return sources.metrics(json.loads(_demanded(run, path)))


def _from_kubelets(run: Run, nodes: Iterable[str]) -> tuple[Point, ...]:
    documents = [json.loads(_demanded(run, summary_path(node))) for node in sorted(nodes)]
    return tuple(point for one in documents for point in sources.summary(one, run.target.cluster.namespace))


def _raw(run: Run, path: str) -> Completed:
    return run.door.run(run.target.cluster.kubectl("get", "--raw", path), limit=_LIMIT, check=False)


def _demanded(run: Run, path: str) -> str:
    return run.door.run(run.target.cluster.kubectl("get", "--raw", path), limit=_LIMIT).out


def _nothing(run: Run, server: Completed, kubelet: Completed, node: str) -> MeasureError:
    refused = [
        right
        for answer, right in (
            (server, "`list pods` in the API group metrics.k8s.io"),
            (kubelet, "`get nodes/proxy`"),
        )
        if any(word in answer.err.lower() for word in _MAY_NOT)
    ]
    told = run.door.redactor.mask(kubelet.err.strip().splitlines()[-1] if kubelet.err.strip() else "no answer")
    if refused:
        return MeasureError(
            f"the use of the pods may not be read: this user lacks {' and '.join(refused)}.",
            remedy="Grant it (see docs/sizing.md), or use a user that has it.",
        )
    return MeasureError(
        f"there is no metrics-server, and the kubelet of {node or 'the node'} does not answer: {told}.",
        remedy="Install metrics-server, or let the API server reach the kubelet.",
    )
