"""What is wrong with a probe that fails: port, path, protocol, command, processor or patience."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orchestrator.diagnosis.facts import Certainty
from orchestrator.diagnosis.workloads.look import Container
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Store
from orchestrator.release.snapshot import Object, instant

_PATH = re.compile(r"statuscode: (40[0-9])")
_PROTOCOL = re.compile(
    r"HTTP response to HTTPS client|malformed HTTP|first record does not look like a TLS|tls:|HTTP/0\.9|"
    r"statuscode: 400|error reading server preface|frame too large|wrong version number|unimplemented|"
    r"server gave HTTP response",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"connection refused|connect: ", re.IGNORECASE)
_SLOW = re.compile(r"deadline exceeded|timed? ?out|Client.Timeout|awaiting headers", re.IGNORECASE)
_COMMAND = re.compile(
    r"executable file not found|no such file|not found|exit status|exit code|can't open|errored", re.I
)
_GRACE = 45.0  # seconds that a program may take to end, and the kubelet to notice
_SMALL_CPU = 0.1  # cores; below, a usual runtime does not answer a probe within its second
_LISTENS = re.compile(r"(?:listen\w*|running|started|serving|bound)\D{0,60}?[: ](\d{2,5})\b", re.IGNORECASE)
KINDS = ("startup", "liveness", "readiness")
PLAIN = {"startup": "StartupProbe", "liveness": "LivenessProbe", "readiness": "ReadinessProbe"}


@dataclass(frozen=True)
class Asked:
    """A probe that fails: whose, which, the kubelet's words and how often it said them."""

    store: Store
    pod: Object
    container: Container
    kind: str
    probe: Mapping[str, Any]
    said: str = ""
    count: int = 0

    @property
    def target(self) -> Mapping[str, Any]:
        """Where it asks."""
        return self.probe.get("httpGet") or self.probe.get("tcpSocket") or self.probe.get("grpc") or {}

    @property
    def listens(self) -> list[str]:
        """The ports that the container names."""
        return [str(port["containerPort"]) for port in self.container.spec.get("ports") or []]

    @property
    def first_line(self) -> str:
        """The kubelet's words, short."""
        return self.said.strip().splitlines()[0] if self.said.strip() else "is not passed in its time"

    @property
    def log(self) -> str:
        """What the container says now."""
        return self.store.log(self.pod, self.container.name)

    @property
    def is_over_threshold(self) -> bool:
        """Whether it failed as often as the kubelet lets pass, or is asked again after a restart."""
        enough = self.count >= int(self.probe.get("failureThreshold", 3))
        return enough or self.kind == "readiness" or bool(self.container.restarts)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a probe."""

    code: str
    told: str
    fix: str
    certainty: Certainty


def shown(probe: Mapping[str, Any]) -> str:
    for key in ("httpGet", "tcpSocket", "grpc"):
        if key in probe:
            return f"{key} " + " ".join(f"{name}={value}" for name, value in probe[key].items())
    return "exec " + " ".join(str(word) for word in (probe.get("exec") or {}).get("command") or [])


def _command(asked: Asked) -> Fault | None:
    if "exec" not in asked.probe:
        return None
    slow = _SLOW.search(asked.said) and not _COMMAND.search(asked.said.split("timed")[0])
    told = f"runs {shown(asked.probe)[5:] or 'nothing'}: {asked.first_line}"
    return Fault("ProbeTiming" if slow else "ProbeCommand", told, "", "certain" if asked.said else "likely")


def _port(asked: Asked) -> Fault | None:
    if not is_elsewhere(asked.container, asked.probe) or "statuscode:" in asked.said:
        return None  # whoever answers with a status listens there
    listens = asked.listens
    told = f"asks at port {asked.target.get('port')}, and the container listens on {', '.join(listens)}"
    return Fault("ProbePort", told, f"Set the {asked.kind} probe's port to {listens[0]}", "certain")


def _protocol(asked: Asked) -> Fault | None:
    if not (_PROTOCOL.search(asked.said) or _speaks_otherwise(asked.container, asked.probe, asked.said)):
        return None
    told = f"asks by {_scheme(asked.probe)}, and the program speaks another protocol: {asked.first_line}"
    return Fault("ProbeProtocol", told, "", "certain")


def _path(asked: Asked) -> Fault | None:
    if not (found := _PATH.search(asked.said)):
        return None
    return Fault(
        "ProbePath", f"asks for {asked.target.get('path', '/')}, and is answered {found.group(1)}", "", "certain"
    )


def _processor(asked: Asked) -> Fault | None:
    limit = asked.container.limit("cpu")
    small = bool(limit) and 0 < amount(limit) < _SMALL_CPU
    if not small or not (_SLOW.search(asked.said) or _REFUSED.search(asked.said)):
        return None
    fix = f"Raise the CPU limit of {asked.container.name} above {limit}"
    return Fault("CpuStarved", f"gets no answer in time under a CPU limit of {limit}", fix, "certain")


def _patience(asked: Asked) -> Fault | None:
    probe, hasty = asked.probe, _impatient(asked.probe, asked.kind, asked.container)
    if not (_SLOW.search(asked.said) or hasty):
        return None
    told = (
        f"waits {probe.get('initialDelaySeconds', 0)} s, then {probe.get('timeoutSeconds', 1)} s for an answer, "
        f"{probe.get('failureThreshold', 3)} times every {probe.get('periodSeconds', 10)} s: {asked.first_line}"
    )
    return Fault("ProbeTiming", told, "", "certain" if hasty else "likely")


def _listens_elsewhere(asked: Asked) -> Fault | None:
    """Nothing listens where the probe asks, though the manifest says so: the log tells where."""
    found = _LISTENS.search(asked.log) if _REFUSED.search(asked.said) else None
    port = str(asked.target.get("port"))
    if not found or found.group(1) == port or not port.isdigit():
        return None
    told = f"asks at port {port}, and the program says that it listens on {found.group(1)}"
    return Fault("ProbePort", told, f"Set the {asked.kind} probe's port to {found.group(1)}", "likely")


def _still_starts(asked: Asked) -> Fault | None:
    """Killed each time when the probe's patience ends, before it listens: it never gets to its end."""
    probe, ended = asked.probe, asked.container.ended
    begun, over = ended.get("startedAt"), ended.get("finishedAt")
    if asked.kind == "readiness" or not _REFUSED.search(asked.said) or ended.get("exitCode") not in (137, 143):
        return None
    patience = float(probe.get("initialDelaySeconds", 0)) + int(probe.get("failureThreshold", 3)) * float(
        probe.get("periodSeconds", 10)
    )
    if not begun or not over or not asked.container.restarts:
        return None
    lived = (instant(str(over)) - instant(str(begun))).total_seconds()
    if not patience - float(probe.get("periodSeconds", 10)) <= lived <= patience + _GRACE:
        return None
    told = f"kills it {lived:.0f} s after each start, before it listens at port {asked.target.get('port')}"
    return Fault(
        "ProbeTiming", told, "Add a startupProbe with failureThreshold 30, or raise initialDelaySeconds", "likely"
    )


def _plain(asked: Asked) -> Fault:
    return Fault(PLAIN[asked.kind], asked.first_line, "", "likely" if asked.said else "possible")


JUDGES = (_command, _port, _protocol, _path, _processor, _patience, _listens_elsewhere, _still_starts, _plain)


def is_elsewhere(one: Container, probe: Mapping[str, Any]) -> bool:
    asked = probe.get("httpGet") or probe.get("tcpSocket") or probe.get("grpc") or {}
    ports = one.spec.get("ports") or []
    known = {str(port["containerPort"]) for port in ports} | {str(port.get("name")) for port in ports}
    return bool(known) and "port" in asked and str(asked["port"]) not in known


def _scheme(probe: Mapping[str, Any]) -> str:
    if "httpGet" in probe:
        return str(probe["httpGet"].get("scheme") or "HTTP")
    return "gRPC" if "grpc" in probe else "TCP"


def _speaks_otherwise(one: Container, probe: Mapping[str, Any], said: str) -> bool:
    """HTTP asked of a program that speaks none: a database's image, a gRPC port by name or by its other probe."""
    if "httpGet" not in probe or _PATH.search(said):
        return False
    port = str(probe["httpGet"].get("port"))
    names = [
        str(one_.get("name") or "")
        for one_ in one.spec.get("ports") or []
        if port in (str(one_["containerPort"]), one_.get("name"))
    ]
    others = [other for kind in KINDS if (other := one.spec.get(f"{kind}Probe")) and other is not probe]
    asked_otherwise = any("grpc" in other and str(other["grpc"].get("port")) == port for other in others)
    no_http = re.search(r"(^|/)(redis|postgres|mysql|mariadb|mongo|memcached|rabbitmq)\b", str(one.spec.get("image")))
    closed = bool(re.search(r"EOF|malformed|reset by peer", said))
    return closed or asked_otherwise or any("grpc" in name for name in names) or bool(no_http)


def _impatient(probe: Mapping[str, Any], kind: str, one: Container) -> bool:
    """Gives a program less than ten seconds from its start until it is killed."""
    total = float(probe.get("initialDelaySeconds", 0)) + int(probe.get("failureThreshold", 3)) * float(
        probe.get("periodSeconds", 10)
    )
    has_startup = kind != "startup" and "startupProbe" in one.spec
    killed = one.restarts > 0 and one.ended.get("exitCode") in (137, 143, 0)
    return kind != "readiness" and killed and not has_startup and total < 15
