"""Why a release does not come up, read from the API's own fields. Pure: objects in, causes out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestrator.release.snapshot import Object, Snapshot, instant, is_ready, name_of, owner

_PULL_IS_HOPELESS = re.compile(
    r"not found|does not exist|denied|unauthorized|no such host|manifest unknown|invalid reference", re.IGNORECASE
)
_CREATION_IS_HOPELESS = re.compile(r"forbidden|exceeded quota|denied|invalid|not found", re.IGNORECASE)
_STATUS = re.compile(r"statuscode: (\d{3})")
_SETTLE = 5.0  # seconds that the scheduler gets to find a node or a claim to bind


@dataclass(frozen=True)
class Cause:
    """One reason: `final` when waiting longer cannot help. `container` and `previous` say whose log shows more."""

    reason: str
    pod: str
    message: str
    remedy: str
    final: bool
    container: str = ""
    previous: bool = False

    def __str__(self) -> str:
        where = f"{self.pod}/{self.container}" if self.container else self.pod
        return f"{where}: {self.reason}: {self.message}"


_WAITING: dict[str, tuple[bool, str]] = {
    "ErrImageNeverPull": (
        True,
        "The node has no such image: build it in the node's engine (run the deployment again).",
    ),
    "InvalidImageName": (True, "Mend the image name in the values."),
    "ImagePullBackOff": (True, "Check the image's name and tag, and that the node may pull it."),
    "ErrImagePull": (False, "Check the image's name and tag, and that the node may pull it."),
    "CreateContainerConfigError": (True, "Make the Secret, ConfigMap or key that it names, then run again."),
    "CreateContainerError": (True, "Read the message: the container cannot be made as the manifest says."),
    "RunContainerError": (True, "Check the image's command and its files."),
    "CrashLoopBackOff": (True, "Mend what the log shows, then run again."),
}


def causes(snapshot: Snapshot, now: datetime) -> tuple[Cause, ...]:
    """Every cause seen in the current pods and ReplicaSets, final ones first."""
    found = [*_sets(snapshot)]
    for pod in snapshot.current_pods:
        found += [*_scheduling(pod, now), *_containers(pod), *_events(pod, snapshot)]
    return tuple(sorted(found, key=lambda cause: not cause.final))


def _sets(snapshot: Snapshot) -> Iterator[Cause]:
    for item in snapshot.current_sets:
        for condition in item.get("status", {}).get("conditions") or []:
            if condition["type"] == "ReplicaFailure" and condition["status"] == "True":
                yield _creation(item, str(condition.get("reason", "FailedCreate")), str(condition.get("message", "")))
    for item in snapshot.stateful_sets:
        has_pods = any(owner(pod) == item["metadata"]["uid"] for pod in snapshot.current_pods)
        for event in snapshot.events_of(item):
            if event["reason"] == "FailedCreate" and not has_pods:
                yield _creation(item, "FailedCreate", str(event.get("message") or ""))


def _creation(item: Object, reason: str, message: str) -> Cause:
    """A refusal stays; anything else (a conflict, a time-out) is tried again by the cluster."""
    remedy = "Lift the quota, admission rule or service account that it names."
    final = bool(_CREATION_IS_HOPELESS.search(message))
    return Cause(reason, name_of(item), message or "no pod can be made", remedy, final=final)


def _scheduling(pod: Object, now: datetime) -> Iterator[Cause]:
    for condition in pod.get("status", {}).get("conditions") or []:
        if condition["type"] == "PodScheduled" and condition.get("reason") == "Unschedulable":
            waited = (now - instant(condition.get("lastTransitionTime"))).total_seconds()
            yield Cause(
                "Unschedulable",
                name_of(pod),
                condition.get("message", "no node takes it"),
                "Ask for less in the values, free the node, or provide the volume.",
                final=waited >= _SETTLE,
            )


def _containers(pod: Object) -> Iterator[Cause]:
    status = pod.get("status", {})
    for one in (*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())):
        waiting = (one.get("state") or {}).get("waiting") or {}
        ended = (one.get("lastState") or {}).get("terminated") or (one.get("state") or {}).get("terminated") or {}
        crashed = bool(ended) and ended.get("exitCode", 0) != 0
        if waiting.get("reason") in _WAITING:
            yield _waiting(pod, one["name"], waiting, ended if crashed else {})
        elif crashed:
            yield Cause(
                str(ended.get("reason") or "Error"),
                name_of(pod),
                _ending(ended),
                "Raise its memory limit." if ended.get("reason") == "OOMKilled" else "Mend what the log shows.",
                final=False,
                container=one["name"],
                previous="running" in (one.get("state") or {}),
            )


def _waiting(pod: Object, container: str, waiting: dict[str, Any], ended: dict[str, Any]) -> Cause:
    reason = str(waiting["reason"])
    final, remedy = _WAITING[reason]
    message = str(waiting.get("message") or "")
    if reason == "CrashLoopBackOff":
        message = _ending(ended) if ended else message
        remedy = "Raise its memory limit." if ended.get("reason") == "OOMKilled" else remedy
    final = final or bool(_PULL_IS_HOPELESS.search(message))
    return Cause(
        reason, name_of(pod), message, remedy, final, container=container, previous=reason == "CrashLoopBackOff"
    )


def _ending(ended: dict[str, Any]) -> str:
    if ended.get("reason") == "OOMKilled":
        return "killed for using more memory than its limit (OOMKilled)"
    return f"it ended with exit code {ended.get('exitCode')}"


def _events(pod: Object, snapshot: Snapshot) -> Iterator[Cause]:
    for event in snapshot.events_of(pod):
        reason, message, count = event["reason"], str(event.get("message") or ""), int(event.get("count") or 1)
        if reason == "Unhealthy" and not is_ready(pod):
            yield _probe(pod, message, count)
        elif reason == "Killing" and "liveness" in message:
            yield Cause("LivenessFailed", name_of(pod), message, "Check the liveness probe and the log.", final=True)
        elif reason == "FailedMount":
            hopeless = count >= 2 and "not found" in message
            yield Cause("FailedMount", name_of(pod), message, "Make what the volume names.", final=hopeless)
        elif reason == "FailedCreatePodSandBox":
            yield Cause(reason, name_of(pod), message, "Look at the node's network and its pause image.", final=False)


def _probe(pod: Object, message: str, count: int) -> Cause:
    """A 4xx answer means the app is up and has no such page; 5xx twice, that it cannot serve; else it may yet start."""
    status = _STATUS.search(message)
    code = int(status.group(1)) if status else 0
    final = 400 <= code < 500 or (code >= 500 and count >= 2)
    containers = pod["spec"]["containers"]
    return Cause(
        "ProbeFailing",
        name_of(pod),
        message.splitlines()[0] if message else "a probe fails",
        "Check the probe's path and port against what the app serves.",
        final=final,
        container=str(containers[0]["name"]),
    )
