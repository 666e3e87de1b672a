"""What containers and images say of themselves: image states, memory kills, crashes, restarts, init containers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Evidence, Facts, Sign, named, part_of, settle
from orchestrator.diagnosis.workloads.log_causes import cause_in
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_IMAGE = {
    "ErrImageNeverPull": "ErrImageNeverPull",
    "ImagePullBackOff": "ImagePullFailed",
    "ErrImagePull": "ImagePullFailed",
    "InvalidImageName": "InvalidImageName",
    "ImageInspectError": "ImageUnusable",
    "RegistryUnavailable": "ImageUnusable",
}
_START = ("RunContainerError", "CreateContainerError")
_NEVER_BEGAN = ("ContainerCannotRun", "StartError")
_TOO_LITTLE = re.compile(r"OOM|memory limit|minimum memory|signal: killed|connection reset by peer", re.IGNORECASE)
_HOPELESS = re.compile(
    r"not found|does not exist|denied|unauthorized|no such host|manifest unknown|invalid reference", re.IGNORECASE
)
_USUAL = {"backend": 512, "frontend": 256, "postgres": 384}  # MiB, the chart's limits
_UNITS = {"Ki": 1 / 1024, "Mi": 1.0, "Gi": 1024.0, "M": 1e6 / 2**20, "G": 1e9 / 2**20, "": 1 / 2**20}
_CRASHED_LATELY = 600.0  # seconds; the kubelet's longest pause is half of it
_SIGNALLED = (0, 137, 143)  # what ends by itself has another exit code
_RESTARTS, _LATELY = 3, 1800.0  # as many restarts, and seconds since the last one


def signs(facts: Facts) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in facts.pods:
        for kind in ("initContainerStatuses", "containerStatuses"):
            for one in pod.get("status", {}).get(kind) or []:
                yield from Container(pod, kind, one, facts).signs()


class Container:
    """One container's status, read."""

    def __init__(self, pod: Object, kind: str, status: Mapping[str, Any], facts: Facts) -> None:
        self.pod, self.facts, self.status = pod, facts, status
        self.part, self.name = part_of(pod), str(status["name"])
        self.path = f"{named(pod)} .status.{kind}[{self.name}]"
        self.subject = f"container {self.name} of {self.part}"
        self.is_init = kind == "initContainerStatuses"
        state = status.get("state") or {}
        self.waiting: Mapping[str, Any] = state.get("waiting") or {}
        self.running = "running" in state
        self.ended: Mapping[str, Any] = (
            state.get("terminated") or (status.get("lastState") or {}).get("terminated") or {}
        )

    def signs(self) -> Iterator[Sign]:
        """What is wrong with it, the likeliest root first."""
        reason = str(self.waiting.get("reason", ""))
        if reason in _IMAGE:
            yield self._image(reason)
        elif self._out_of_memory():
            yield self._memory()
        elif reason in _START or self.ended.get("reason") in _NEVER_BEGAN:
            yield self._start(reason or str(self.ended.get("reason")))
        elif self.is_init:
            yield from self._init()
        else:
            yield from self._crash(reason)
        if self._restarts_often():
            yield self._restarts()

    def _image(self, reason: str) -> Sign:
        image = str(self.status.get("image") or "") or self._spec().get("image", "")
        where = (Evidence(f"{self.path}.state.waiting.reason", reason), Evidence(f"{self.path}.image", str(image)))
        message = f"{image}: {self.waiting.get('message') or reason}"
        sure = reason != "ErrImagePull" or bool(_HOPELESS.search(message))
        return Sign(_IMAGE[reason], self.part, self.subject, message, where, sure=sure)

    def _out_of_memory(self) -> bool:
        if self.ended.get("reason") == "OOMKilled":
            return True
        words = f"{self.ended.get('message', '')} {self.waiting.get('message', '')}"
        never = self.ended.get("reason") in _NEVER_BEGAN or self.waiting.get("reason") in _START
        return never and bool(self._limit()) and bool(_TOO_LITTLE.search(words))

    def _memory(self) -> Sign:
        limit = self._limit() or "the node's memory"
        field = "lastState" if (self.status.get("lastState") or {}).get("terminated") else "state"
        where = (
            Evidence(f"{self.path}.{field}.terminated.reason", str(self.ended.get("reason", ""))),
            Evidence(f"{named(self.pod)} .spec.containers[{self.name}].resources.limits.memory", limit),
        )
        survived = self.running and is_ready(self.pod)
        message = f"killed for using more memory than {limit}" + (", and runs again" if survived else "")
        severity = "warning" if survived else "error"
        sure = self.waiting.get("reason") in ("CrashLoopBackOff", *_START)
        return Sign(
            "OOMKilled", self.part, self.subject, message, where, self._more_memory(), severity,
            sure=sure, pod=name_of(self.pod), container=self.name,
        )  # fmt: skip

    def _more_memory(self) -> str:
        """A command that doubles the limit, or sets the chart's own if that is more."""
        had = _mebibytes(self._limit())
        kind = "statefulset" if self.part == "postgres" else "deployment"
        if not had:
            return ""
        enough = max(2 * had, _USUAL.get(self.part, 0))
        command = f"kubectl set resources {kind}/todo-{self.part} --containers {self.name} --limits memory={enough}Mi"
        return f"{command}\nTo keep it, set {self.part}.resources.limits.memory in your values."

    def _start(self, reason: str) -> Sign:
        message = str(self.waiting.get("message") or self.ended.get("message") or reason)
        if self.waiting.get("reason") == "CrashLoopBackOff" and self.ended.get("message"):
            message = str(self.ended["message"])
        where = (Evidence(f"{self.path}.state", f"{reason}: {message}"),)
        return Sign("CannotStart", self.part, self.subject, message, where, pod=name_of(self.pod), container=self.name)

    def _init(self) -> Iterator[Sign]:
        failed = self.ended.get("exitCode", 0) != 0 and not self.status.get("ready")
        if failed:
            yield self._ending("InitFailed")
        elif self.running and self.facts.settled:
            since = str(self.status["state"]["running"].get("startedAt"))
            where = (Evidence(f"{self.path}.state.running.startedAt", since),)
            message = f"it runs since {since} and does not end: the containers after it wait"
            yield Sign("InitBlocked", self.part, self.subject, message, where, self._logs())

    def _logs(self) -> str:
        return f"kubectl logs {name_of(self.pod)} --container {self.name}"

    def _crash(self, reason: str) -> Iterator[Sign]:
        crashed = self.ended.get("exitCode", 0) != 0 and not is_ready(self.pod)
        if reason == "CrashLoopBackOff" or (crashed and (not self.running or self._died_by_itself())):
            yield self._ending("CrashLoop")

    def _died_by_itself(self) -> bool:
        """Whether a container that runs at this moment ended lately, and no probe had it ended."""
        lately = not settle(self.facts, instant(self.ended.get("finishedAt")), _CRASHED_LATELY)
        by_a_probe = self.ended.get("exitCode") in _SIGNALLED
        return bool(lately and not by_a_probe and int(self.status.get("restartCount", 0)))

    def _ending(self, code: str) -> Sign:
        number = self.ended.get("exitCode")
        count = int(self.status.get("restartCount", 0))
        where = (
            Evidence(f"{self.path}.lastState.terminated.exitCode", str(number)),
            Evidence(f"{self.path}.restartCount", str(count)),
        )
        log = self.facts.logs.get((name_of(self.pod), self.name), "")
        cause = cause_in(log)
        last = f": {cause.message}" if cause else f": {log.splitlines()[-1]}" if log else ""
        message = f"it ended with exit code {number}, {count} restarts{last}"
        return Sign(
            code, self.part, self.subject, message, where, self._way_back(), log=log,
            sure=self.waiting.get("reason") == "CrashLoopBackOff", pod=name_of(self.pod), container=self.name,
        )  # fmt: skip

    def _way_back(self) -> str:
        """Postgres' own revision before: its StatefulSet waits for a sick pod for ever, so that one has to go."""
        for item in self.facts.snapshot.stateful_sets:
            status = item.get("status", {})
            if part_of(item) == self.part and status.get("currentRevision") != status.get("updateRevision"):
                return f"kubectl rollout undo {named(item)}\nkubectl delete pod {name_of(self.pod)}"
        return ""

    def _restarts_often(self) -> bool:
        recent = not settle(self.facts, instant(self.ended.get("finishedAt")), _LATELY)
        lives = self.running and not (self._died_by_itself() and not is_ready(self.pod))
        return bool(lives and recent and int(self.status.get("restartCount", 0)) >= _RESTARTS)

    def _restarts(self) -> Sign:
        count = str(self.status["restartCount"])
        where = (Evidence(f"{self.path}.restartCount", count),)
        message = f"{count} restarts, the last at {self.ended.get('finishedAt')}"
        return Sign("RestartRate", self.part, self.subject, message, where, f"{self._logs()} --previous")

    def _spec(self) -> Mapping[str, Any]:
        spec = self.pod["spec"]
        every = [*(spec.get("initContainers") or []), *spec["containers"]]
        return next((one for one in every if one["name"] == self.name), {})

    def _limit(self) -> str:
        return str(((self._spec().get("resources") or {}).get("limits") or {}).get("memory") or "")


def _mebibytes(quantity: str) -> int:
    """A memory quantity in MiB, 0 if it cannot be read."""
    found = re.fullmatch(r"(\d+)(\w*)", quantity)
    return int(int(found.group(1)) * _UNITS[found.group(2)]) if found and found.group(2) in _UNITS else 0
