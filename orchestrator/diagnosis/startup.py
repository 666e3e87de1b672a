"""Pods that come up: how long they may take by their own probes, and why they will not. For a watcher beside helm."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from orchestrator.diagnosis.facts import Facts, Sign
from orchestrator.diagnosis.roots import roots
from orchestrator.diagnosis.signs import configuration, containers, creation, probes
from orchestrator.release.snapshot import Object, Snapshot, instant, is_ready, name_of

_KINDS = (creation, configuration, containers, probes)
_MAKING = ("ContainerCreating", "PodInitializing")
_ANY_START = 30.0  # seconds that a program may take, however impatient its probe
_AT_WORK = 120.0  # seconds that it may take while it computes: on a busy node a start is slow
_MADE_WITHIN = 60.0  # seconds for image, volumes and network
_NOT_OF_A_START = ("ScaledToZero", "RestartRate", "ClaimUnbound")  # an unbound claim shows as a pod without a place


def causes(snapshot: Snapshot, now: datetime) -> tuple[Sign, ...]:
    """Why current pods do not come up, what is final first; nothing of a start that is just slow."""
    facts = Facts(now, snapshot, settled=False)
    starting = still_starting(facts)
    found = roots(sign for sign in _all(facts) if not _is_quiet(sign, starting=starting))
    return tuple(sorted(found, key=lambda sign: not sign.final))


def _is_quiet(sign: Sign, *, starting: bool) -> bool:
    """Whether it says nothing of a release that comes up: a probe that a program does not answer yet, for one."""
    return sign.code in _NOT_OF_A_START or (starting and sign.code.endswith("Probe") and not sign.sure)


def _all(facts: Facts) -> Iterator[Sign]:
    for kind in _KINDS:
        yield from kind.signs(facts)


def still_starting(facts: Facts) -> bool:
    """Whether a pod is just being made, or runs and its readiness probe has not yet had time to fail."""
    return any(_is_starting(pod, facts) for pod in facts.pods if not is_ready(pod))


def _is_starting(pod: Object, facts: Facts) -> bool:
    specs = {one["name"]: one for one in pod["spec"]["containers"]}
    statuses = pod.get("status", {}).get("containerStatuses") or []
    running = all("running" in (one.get("state") or {}) and not one.get("restartCount") for one in statuses)
    waiting = [one for one in statuses if not one.get("ready")]
    if all(_reason(one) in _MAKING for one in statuses):
        inits = pod.get("status", {}).get("initContainerStatuses") or []
        age = (facts.now - instant(pod["metadata"].get("creationTimestamp"))).total_seconds()
        return age < _MADE_WITHIN and not any("running" in (one.get("state") or {}) for one in inits)
    least = _AT_WORK if name_of(pod) in facts.at_work else _ANY_START
    return running and any(_has_time(specs[one["name"]], one, facts.now, least) for one in waiting)


def _reason(status: Mapping[str, Any]) -> str:
    return str(((status.get("state") or {}).get("waiting") or {}).get("reason", ""))


def _has_time(container: Mapping[str, Any], status: Mapping[str, Any], now: datetime, least: float) -> bool:
    allowed = _allowed(container.get("readinessProbe") or {})
    if "startupProbe" in container:
        allowed += _allowed(container["startupProbe"])  # the other probes begin when it passed
    return (now - instant(status["state"]["running"].get("startedAt"))).total_seconds() < max(allowed, least)


def _allowed(probe: Mapping[str, Any]) -> float:
    """Seconds until a probe that never passes has failed."""
    tries = int(probe.get("failureThreshold", 3)) * float(probe.get("periodSeconds", 10))
    return float(probe.get("initialDelaySeconds", 0)) + tries + float(probe.get("timeoutSeconds", 1))
