"""Probes that fail now, from the kubelet's events; events of a time that is over do not count.

The kubelet drops events of a pod that had many, so in the end a container that runs and is not ready speaks for itself.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.diagnosis.facts import Evidence, Facts, Sign, named, part_of, settle
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_KIND = re.compile(r"(startup|liveness|readiness) probe", re.IGNORECASE)
_ANSWERED = re.compile(r"statuscode: (\d{3})")
_CODES = {"startup": "StartupProbe", "liveness": "LivenessProbe", "readiness": "ReadinessProbe"}
_SERVED = {"backend": "/health", "frontend": "/"}
_NO_ANSWER = re.compile(r"deadline exceeded|timed? ?out|refused|has not passed", re.IGNORECASE)
_LEAST_CPU = 0.1  # cores
_BACK_OFF = 300.0  # seconds; the kubelet's longest
_AGAIN = 2.5  # a failure older than so many periods was not repeated


def signs(facts: Facts) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in facts.pods:
        events = [(kind, event) for event in facts.snapshot.events_of(pod) if (kind := _kind(event))]
        told = [_sign(pod, event, kind) for kind, event in events if _counts(pod, event, kind, facts)]
        yield from told or _unpassed(pod, events, facts)


def _kind(event: Mapping[str, Any]) -> str:
    """The probe that an event tells of; empty for another event."""
    found = _KIND.search(str(event.get("message") or ""))
    return found.group(1).lower() if found and event["reason"] in ("Unhealthy", "Killing") else ""


def _unpassed(pod: Object, events: Sequence[tuple[str, Mapping[str, Any]]], facts: Facts) -> Iterator[Sign]:
    """The probe that a running container has not passed though it had its time."""
    for kind in ("startup", "readiness"):
        name = _container(pod, kind).get("name")
        statuses = pod.get("status", {}).get("containerStatuses") or []
        one = next((one for one in statuses if one["name"] == name and "running" in (one.get("state") or {})), None)
        if not facts.settled or one is None or one.get("ready") or not _probe(pod, kind):
            continue
        if kind == "startup" and one.get("started"):
            continue
        messages = [str(event["message"]) for about, event in events if about == kind]
        since = (facts.now - instant(one["state"]["running"].get("startedAt"))).total_seconds()
        message = f"it runs for {since:.0f} s and has not passed its {kind} probe"
        field = "started" if kind == "startup" else "ready"
        where = Evidence(f"{named(pod)} .status.containerStatuses[{name}].{field}", "false")
        yield _told(pod, kind, [message, *messages][-1], where, sure=False)
        return


def _counts(pod: Object, event: Mapping[str, Any], kind: str, facts: Facts) -> bool:
    """Whether the event says something of now: it is no crash's shadow, and was not overcome."""
    if kind == "readiness" and (is_ready(pod) or _passes(pod, kind)):
        return False
    probe = _probe(pod, kind)
    again = _AGAIN * float(probe.get("periodSeconds", 10)) + float(probe.get("timeoutSeconds", 1)) + 10
    if kind != "readiness" and not is_ready(pod) and (_restarted(pod) or _kills(pod, event, kind)):
        again += _BACK_OFF  # the probe that had it killed asks again only when it runs again
    if settle(facts, instant(event.get("lastTimestamp")), again):
        return False
    answered = _ANSWERED.search(str(event["message"]))
    times = int(event.get("count") or 1)
    if event["reason"] == "Killing" or (answered and (answered.group(1) < "500" or times > 1)):
        return True  # a page that is not there will not come; one that errs may, once
    if _crashed(pod) or is_ready(pod):
        return False
    return _asks_elsewhere(pod, kind) or _is_over_threshold(pod, event, kind)


def _is_over_threshold(pod: Object, event: Mapping[str, Any], kind: str) -> bool:
    return int(event.get("count") or 1) >= int(_probe(pod, kind).get("failureThreshold", 3))


def _kills(pod: Object, event: Mapping[str, Any], kind: str) -> bool:
    """Whether the kubelet restarts the container for it."""
    return event["reason"] == "Killing" or (kind != "readiness" and _is_over_threshold(pod, event, kind))


def _asks_elsewhere(pod: Object, kind: str) -> bool:
    """Whether the probe asks at a port that its container does not have."""
    asked = _probe(pod, kind).get("httpGet") or _probe(pod, kind).get("tcpSocket") or {}
    ports = _container(pod, kind).get("ports") or []
    known = {one["containerPort"] for one in ports} | {one.get("name") for one in ports}
    return bool(known) and "port" in asked and asked["port"] not in known


def _passes(pod: Object, kind: str) -> bool:
    """Whether the container is ready, though the pod may wait for something else."""
    name = _container(pod, kind).get("name")
    statuses = pod.get("status", {}).get("containerStatuses") or []
    return any(one.get("ready") and one["name"] == name for one in statuses)


def _restarted(pod: Object) -> bool:
    return any(one.get("restartCount") for one in pod.get("status", {}).get("containerStatuses") or [])


def _crashed(pod: Object) -> bool:
    statuses = pod.get("status", {}).get("containerStatuses") or []
    return any("running" not in (one.get("state") or {}) for one in statuses)


def _sign(pod: Object, event: Mapping[str, Any], kind: str) -> Sign:
    message = str(event["message"])
    sure = _asks_elsewhere(pod, kind) or _kills(pod, event, kind) or bool(_ANSWERED.search(message))
    return _told(pod, kind, message, Evidence(f"event {event['reason']} of {named(pod)}", message.strip()), sure=sure)


def _told(pod: Object, kind: str, message: str, seen: Evidence, *, sure: bool) -> Sign:
    message = message.strip().splitlines()[0]
    probe = _probe(pod, kind)
    container = _container(pod, kind)
    asked = probe.get("httpGet") or probe.get("tcpSocket") or probe.get("exec") or {}
    shown = " ".join(f"{key}={value}" for key, value in asked.items() if key in ("path", "port", "command"))
    field = f"{named(pod)} .spec.containers[{container.get('name')}].{kind}Probe"
    part = part_of(pod)
    if limit := _too_small(container, message):
        told = f"under a CPU limit of {limit} its {kind} probe gets no answer in time"
        limits = Evidence(f"{named(pod)} .spec.containers[{container.get('name')}].resources.limits.cpu", limit)
        return Sign(
            "CpuStarved", part, f"pods of {part}", told, (seen, limits), _more_cpu(part, container), sure=sure,
            pod=name_of(pod), container=str(container["name"]),
        )  # fmt: skip
    return Sign(
        _CODES[kind], part, f"pods of {part}", message, (seen, Evidence(field, shown)), _fix(pod, kind), sure=sure,
        pod=name_of(pod), container=str(container["name"]),
    )  # fmt: skip


def _too_small(container: Mapping[str, Any], message: str) -> str:
    """The CPU limit under which no program of this app answers in time; empty if the limit is not why."""
    limit = str(((container.get("resources") or {}).get("limits") or {}).get("cpu") or "")
    return limit if limit and amount(limit) < _LEAST_CPU and _NO_ANSWER.search(message) else ""


def _more_cpu(part: str, container: Mapping[str, Any]) -> str:
    kind = "statefulset" if part == "postgres" else "deployment"
    command = f"kubectl set resources {kind}/todo-{part} --containers {container['name']} --limits cpu=500m"
    return f"{command}\nTo keep it, set {part}.resources.limits.cpu in your values."


def _fix(pod: Object, kind: str) -> str:
    """A patch to the page and the port that the app serves, where the probe asks for others."""
    part, container, asked = part_of(pod), _container(pod, kind), _probe(pod, kind).get("httpGet") or {}
    right = _SERVED.get(part)
    ports = container.get("ports") or []
    if not asked or not right or not ports or (asked.get("path") == right and not _asks_elsewhere(pod, kind)):
        return f"kubectl logs {name_of(pod)} --container {container['name']}"
    place = pod["spec"]["containers"].index(container)
    field = f"/spec/template/spec/containers/{place}/{kind}Probe/httpGet"
    change = [
        {"op": "replace", "path": f"{field}/path", "value": right},
        {"op": "replace", "path": f"{field}/port", "value": ports[0]["containerPort"]},
    ]
    patch = f"kubectl patch deployment/todo-{part} --type json --patch '{json.dumps(change)}'"
    return f"{patch}\nTo keep it, set {part}.{kind}Probe.path in your values to {right}."


def _container(pod: Object, kind: str) -> Mapping[str, Any]:
    return next((one for one in pod["spec"]["containers"] if f"{kind}Probe" in one), pod["spec"]["containers"][0])


def _probe(pod: Object, kind: str) -> Mapping[str, Any]:
    probe: Mapping[str, Any] = _container(pod, kind).get(f"{kind}Probe") or {}
    return probe
