"""Documents of metrics-server, the kubelet and the API server, parsed. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.release.snapshot import Object, instant, is_ready, name_of
from orchestrator.sizing.model import PARTS, Container, Kernel, Point, Sizes
from orchestrator.sizing.quantities import amount, millicores, octets

_DURATION = re.compile(r"(?<![\d.])(\d++(?:\.\d++)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_METRIC = re.compile(r"^(container_[a-z_]+)\{([^}]*)\} ([0-9.eE+-]+)", re.MULTILINE)
_LABEL = re.compile(r'(?<!\w)(\w++)="([^"]*+)"')
_KERNEL = {
    "container_memory_max_usage_bytes": "peak",
    "container_memory_usage_bytes": "usage",
    "container_memory_working_set_bytes": "working",
    "container_cpu_cfs_periods_total": "periods",
    "container_cpu_cfs_throttled_periods_total": "throttled",
}


def containers(pods: Sequence[Object]) -> tuple[Container, ...]:
    """The parts' containers in running pods that are not going away."""
    found = [_container(pod) for pod in pods if "deletionTimestamp" not in pod["metadata"]]
    return tuple(one for one in found if one is not None)


def _container(pod: Object) -> Container | None:
    part = str((pod["metadata"].get("labels") or {}).get("app.kubernetes.io/component", ""))
    spec = next((one for one in pod["spec"]["containers"] if one["name"] == part), None)
    status = next((one for one in pod["status"].get("containerStatuses") or [] if one["name"] == part), None)
    if part not in PARTS or spec is None or status is None:
        return None
    last = (status.get("lastState") or {}).get("terminated") or (status.get("state") or {}).get("terminated") or {}
    running = (status.get("state") or {}).get("running") or {}
    return Container(
        part=part,
        pod=name_of(pod),
        node=str(pod["spec"].get("nodeName", "")),
        sizes=sizes(spec.get("resources") or {}),
        restarts=int(status.get("restartCount", 0)),
        killed=last.get("reason") == "OOMKilled",
        ready=is_ready(pod),
        born=instant(running.get("startedAt")).timestamp(),
    )


def sizes(resources: Mapping[str, Any]) -> Sizes:
    """A `resources` mapping of a container or of the values. Raises ValueError for what is no quantity."""
    requests, limits = resources.get("requests") or {}, resources.get("limits") or {}
    return Sizes(
        cpu_request=_read(requests, "cpu", millicores),
        memory_request=_read(requests, "memory", octets),
        cpu_limit=_read(limits, "cpu", millicores),
        memory_limit=_read(limits, "memory", octets),
    )


def _read(mapping: Mapping[str, Any], key: str, read: Any) -> int | None:
    return None if mapping.get(key) is None else int(read(mapping[key]))


def metrics(document: Mapping[str, Any]) -> tuple[Point, ...]:
    """Points of metrics-server's PodMetricsList (metrics.k8s.io/v1beta1): a mean over each `window`."""
    return tuple(
        Point(
            pod=name_of(pod),
            container=str(one["name"]),
            at=instant(pod["timestamp"]).timestamp(),
            memory=octets(one["usage"]["memory"]),
            cpu=float(amount(one["usage"]["cpu"]) * 1000),
            seconds=duration(str(pod.get("window", "0s"))),
        )
        for pod in document.get("items") or []
        for one in pod.get("containers") or []
    )


def duration(text: str) -> float:
    """Go's duration in seconds."""
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION.findall(text))


def summary(document: Mapping[str, Any], namespace: str) -> tuple[Point, ...]:
    """Points of a kubelet's summary: core-seconds since the container's start. What has no numbers yet is left out."""
    return tuple(
        point
        for pod in document.get("pods") or []
        if pod["podRef"]["namespace"] == namespace
        for one in pod.get("containers") or []
        if (point := _point(str(pod["podRef"]["name"]), one)) is not None
    )


def _point(pod: str, container: Mapping[str, Any]) -> Point | None:
    cpu, memory = container.get("cpu") or {}, container.get("memory") or {}
    if "usageCoreNanoSeconds" not in cpu or "workingSetBytes" not in memory:
        return None
    return Point(
        pod=pod,
        container=str(container["name"]),
        at=instant(cpu["time"]).timestamp(),
        memory=int(memory["workingSetBytes"]),
        core_seconds=int(cpu["usageCoreNanoSeconds"]) / 1e9,
    )


def kernel(text: str, namespace: str) -> dict[tuple[str, str], Kernel]:
    """What cAdvisor tells of each (pod, container): its peak without the page cache that it could give back.

    The kernel's own peak counts page cache, which fills any limit; the part that is cache now is taken off.
    """
    told: dict[tuple[str, str], dict[str, float]] = {}
    for name, labels, value in _metrics(text):
        if labels.get("namespace") == namespace and labels.get("container", "") not in ("", "POD"):
            told.setdefault((labels["pod"], labels["container"]), {})[name] = float(value)
    return {key: _kernel(one) for key, one in told.items()}


def _metrics(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    for name, labels, value in _METRIC.findall(text):
        if name in _KERNEL:
            yield _KERNEL[name], dict(_LABEL.findall(labels)), value


def _kernel(told: Mapping[str, float]) -> Kernel:
    peak = None
    if {"peak", "usage", "working"} <= told.keys() and told["peak"] > 0:
        peak = int(told["peak"] - max(0.0, told["usage"] - told["working"]))
    return Kernel(peak, int(told.get("periods", 0)), int(told.get("throttled", 0)))
