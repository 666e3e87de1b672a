"""Probes that fail now: port, path, protocol, command or time, told by the kubelet's words and by the probe itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Certainty, Sign
from orchestrator.diagnosis.workloads.log_causes import cause_in
from orchestrator.diagnosis.workloads.look import Container, containers, current, ref, sign, within
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Store, times, when, words
from orchestrator.release.snapshot import Object, is_ready

_KINDS = ("startup", "liveness", "readiness")
_PLAIN = {"startup": "StartupProbe", "liveness": "LivenessProbe", "readiness": "ReadinessProbe"}
_TOLD = re.compile(r"(startup|liveness|readiness) probe", re.IGNORECASE)
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
_SMALL_CPU = 0.1  # cores; below, a usual runtime does not answer a probe within its second
_LATE = 900.0
_GRPC = re.compile(r"service \S+ not found|UNKNOWN_SERVICE|unimplemented|grpc", re.IGNORECASE)


def signs(store: Store) -> Iterator[Sign]:
    """At most one of each container: the probe that stands first on its way."""
    for pod in current(store):
        for one in containers(pod):
            if found := next(_of(store, pod, one), None):
                yield found


def _of(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    if is_ready(pod) and not one.restarts:
        return
    for kind in _KINDS:
        probe = one.spec.get(f"{kind}Probe")
        if probe and (event := _event(store, pod, one, kind)):
            if kind == "readiness" and one.status.get("ready"):
                continue
            yield from _judged(store, pod, one, kind, probe, words(event), times(event))
    if one.running is not None and not one.status.get("ready") and not one.is_init and not _ended_by_itself(one):
        for kind in ("startup", "readiness"):
            probe = one.spec.get(f"{kind}Probe")
            if probe and not _is_young(store, one, probe):
                yield from _judged(store, pod, one, kind, probe, "", 0)


def _ended_by_itself(one: Container) -> bool:
    return bool(one.ended.get("exitCode")) and one.ended.get("exitCode") not in (137, 143)


def _is_young(store: Store, one: Container, probe: Mapping[str, Any]) -> bool:
    allowed = float(probe.get("initialDelaySeconds", 0)) + int(probe.get("failureThreshold", 3)) * float(
        probe.get("periodSeconds", 10)
    )
    return within(store, (one.running or {}).get("startedAt"), max(allowed, 30.0))


def _event(store: Store, pod: Object, one: Container, kind: str) -> Object | None:
    """The latest failure of the probe, if it is of now and of this container."""
    found = [
        event
        for event in store.events_of(pod)
        if event.get("reason") in ("Unhealthy", "ProbeWarning", "ProbeError", "Killing")
        and (told := _TOLD.search(words(event)))
        and told.group(1).lower() == kind
        and _is_about(event, one, kind)
    ]
    telling = [event for event in found if event.get("reason") != "Killing"] or found
    if not telling or (when(telling[-1]).timestamp() > 0 and not within_of(store, telling[-1])):
        return None
    return telling[-1]


def within_of(store: Store, event: Object) -> bool:
    """Whether the event was seen within a quarter of an hour before the look."""
    return (store.now - when(event)).total_seconds() < _LATE


def _is_about(event: Object, one: Container, kind: str) -> bool:
    field = str((event.get("involvedObject") or {}).get("fieldPath") or "")
    if "{" in field:
        return f"{{{one.name}}}" in field
    named = re.search(r"Container (\S+) failed", words(event))
    return not named or named.group(1).rstrip(",") == one.name


def _judged(
    store: Store, pod: Object, one: Container, kind: str, probe: Mapping[str, Any], said: str, count: int
) -> Iterator[Sign]:
    """The probe's fault, unless the program itself says why it does not answer."""
    log = store.log(pod, one.name)
    cause = cause_in(log) if one.running is not None else None
    code, told, fix, certainty = _fault(store, pod, one, kind, probe, said)
    if count and count < int(probe.get("failureThreshold", 3)) and kind != "readiness" and not one.restarts:
        if code in ("ProbeTiming", _PLAIN[kind]):
            return
    if cause and cause.fatal and code in (_PLAIN[kind], "ProbeTiming", "ProbePort") and not _is_elsewhere(one, probe):
        return  # told by the container's own words
    asked = _asked(probe)
    places = (
        (f"event of {ref(pod)}", said or "not passed in its time"),
        (f"{ref(pod)} .{one.name}.{kind}Probe", asked),
    )
    if cause and code in (_PLAIN[kind], "ProbePath") and not cause.fatal and "503" in said + code + told:
        yield sign(store, cause.code, pod, f"{one.name}: {cause.message}", *places, log=log, certainty="likely")
        return
    yield sign(
        store,
        code,
        pod,
        f"the {kind} probe of {one.name} {told}",
        *places,
        fix=fix,
        log=log,
        container=one.name,
        certainty=certainty,
        rival="" if certainty == "certain" else "or the program itself does not answer",
    )


def _asked(probe: Mapping[str, Any]) -> str:
    for key in ("httpGet", "tcpSocket", "grpc"):
        if key in probe:
            return f"{key} " + " ".join(f"{name}={value}" for name, value in probe[key].items())
    return "exec " + " ".join(str(word) for word in (probe.get("exec") or {}).get("command") or [])


def _fault(
    store: Store, pod: Object, one: Container, kind: str, probe: Mapping[str, Any], said: str
) -> tuple[str, str, str, Certainty]:
    asked = probe.get("httpGet") or probe.get("tcpSocket") or probe.get("grpc") or {}
    listens = [str(port["containerPort"]) for port in one.spec.get("ports") or []]
    shown = said.strip().splitlines()[0] if said.strip() else "is not passed in its time"
    if "exec" in probe:
        slow = _SLOW.search(said) and not _COMMAND.search(said.split("timed", maxsplit=1)[0])
        code = "ProbeTiming" if slow else "ProbeCommand"
        return code, f"runs {_asked(probe)[5:] or 'nothing'}: {shown}", "", "certain" if said else "likely"
    if _is_elsewhere(one, probe):
        fix = f"Set the {kind} probe's port to {listens[0]}"
        return (
            "ProbePort",
            f"asks at port {asked.get('port')}, and the container listens on {', '.join(listens)}",
            fix,
            "certain",
        )
    if _PROTOCOL.search(said) or _speaks_otherwise(store, pod, one, probe, said):
        return (
            "ProbeProtocol",
            f"asks by {_scheme(probe)}, and the program speaks another protocol: {shown}",
            "",
            "certain",
        )
    if found := _PATH.search(said):
        return "ProbePath", f"asks for {asked.get('path', '/')}, and is answered {found.group(1)}", "", "certain"
    if _starved(store, pod, one) and (_SLOW.search(said) or _REFUSED.search(said)):
        limit = one.limit("cpu")
        return (
            "CpuStarved",
            f"gets no answer in time under a CPU limit of {limit}",
            f"Raise the CPU limit of {one.name} above {limit}",
            "certain",
        )
    if _SLOW.search(said) or _impatient(probe, kind, one, store):
        return (
            "ProbeTiming",
            f"{_patience(probe)}: {shown}",
            "",
            "certain" if _impatient(probe, kind, one, store) else "likely",
        )
    if _REFUSED.search(said) and listens:
        return _refused(store, pod, one, kind, probe, shown)
    return _PLAIN[kind], shown, "", "likely" if said else "possible"


def _refused(
    store: Store, pod: Object, one: Container, kind: str, probe: Mapping[str, Any], shown: str
) -> tuple[str, str, str, Certainty]:
    """Nothing listens where the probe asks, though the manifest says so: by the log, or by what others ask."""
    asked = probe.get("httpGet") or probe.get("tcpSocket") or probe.get("grpc") or {}
    found = re.search(
        r"(?:listen\w*|running|started|serving|bound)\D{0,60}?[: ](\d{2,5})\b", store.log(pod, one.name), re.I
    )
    if found and found.group(1) != str(asked.get("port")) and not str(asked.get("port")).isalpha():
        told = f"asks at port {asked.get('port')}, and the program says that it listens on {found.group(1)}"
        return "ProbePort", told, f"Set the {kind} probe's port to {found.group(1)}", "likely"
    return _PLAIN[kind], shown, "", "likely"


def _is_elsewhere(one: Container, probe: Mapping[str, Any]) -> bool:
    asked = probe.get("httpGet") or probe.get("tcpSocket") or probe.get("grpc") or {}
    ports = one.spec.get("ports") or []
    known = {str(port["containerPort"]) for port in ports} | {str(port.get("name")) for port in ports}
    return bool(known) and "port" in asked and str(asked["port"]) not in known


def _scheme(probe: Mapping[str, Any]) -> str:
    if "httpGet" in probe:
        return str(probe["httpGet"].get("scheme") or "HTTP")
    return "gRPC" if "grpc" in probe else "TCP"


def _speaks_otherwise(store: Store, pod: Object, one: Container, probe: Mapping[str, Any], said: str) -> bool:
    """HTTP asked of a program that speaks none: a database's image, a gRPC port by name or by its other probe."""
    if "httpGet" not in probe or _PATH.search(said):
        return False
    port = str(probe["httpGet"].get("port"))
    names = [
        str(one_.get("name") or "")
        for one_ in one.spec.get("ports") or []
        if port in (str(one_["containerPort"]), one_.get("name"))
    ]
    others = [other for kind in _KINDS if (other := one.spec.get(f"{kind}Probe")) and other is not probe]
    asked_otherwise = any("grpc" in other and str(other["grpc"].get("port")) == port for other in others)
    no_http = re.search(r"(^|/)(redis|postgres|mysql|mariadb|mongo|memcached|rabbitmq)\b", str(one.spec.get("image")))
    closed = bool(re.search(r"EOF|malformed|reset by peer", said))
    return closed or asked_otherwise or any("grpc" in name for name in names) or bool(no_http)


def _starved(store: Store, pod: Object, one: Container) -> bool:
    limit = one.limit("cpu")
    return bool(limit) and 0 < amount(limit) < _SMALL_CPU


def _patience(probe: Mapping[str, Any]) -> str:
    return (
        f"waits {probe.get('initialDelaySeconds', 0)} s, then {probe.get('timeoutSeconds', 1)} s for an answer, "
        f"{probe.get('failureThreshold', 3)} times every {probe.get('periodSeconds', 10)} s"
    )


def _impatient(probe: Mapping[str, Any], kind: str, one: Container, store: Store) -> bool:
    """Gives a program less than ten seconds from its start until it is killed."""
    total = float(probe.get("initialDelaySeconds", 0)) + int(probe.get("failureThreshold", 3)) * float(
        probe.get("periodSeconds", 10)
    )
    has_startup = kind != "startup" and "startupProbe" in one.spec
    killed = one.restarts > 0 and one.ended.get("exitCode") in (137, 143, 0)
    return kind != "readiness" and killed and not has_startup and total < 15
