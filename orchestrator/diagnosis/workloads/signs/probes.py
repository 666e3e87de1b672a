"""Probes that fail now: port, path, protocol, command or time, told by the kubelet's words and by the probe itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import cause_in
from orchestrator.diagnosis.workloads.look import Container, containers, current, ref, sign, within
from orchestrator.diagnosis.workloads.signs.probe_faults import JUDGES, KINDS, PLAIN, Asked, is_elsewhere, shown
from orchestrator.diagnosis.workloads.store import Store, times, when, words
from orchestrator.release.snapshot import Object, is_ready

_TOLD = re.compile(r"(startup|liveness|readiness) probe", re.IGNORECASE)
_LATE = 900.0


def signs(store: Store) -> Iterator[Sign]:
    """At most one of each container: the probe that stands first on its way."""
    for pod in current(store):
        for one in containers(pod):
            if found := next(_of(store, pod, one), None):
                yield found


def _of(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    if is_ready(pod) and not one.restarts:
        return
    for kind in KINDS:
        probe = one.spec.get(f"{kind}Probe") or ({} if _is_untold(pod, one) else None)
        if probe is not None and (event := _event(store, pod, one, kind)):
            if kind == "readiness" and one.status.get("ready"):
                continue
            yield from _judged(Asked(store, pod, one, kind, probe, words(event), times(event)))
    if one.running is not None and not one.status.get("ready") and not one.is_init and not _ended_by_itself(one):
        for kind in ("startup", "readiness"):
            probe = one.spec.get(f"{kind}Probe")
            if probe and not _is_young(store, one, probe):
                yield from _judged(Asked(store, pod, one, kind, probe))


def _is_untold(pod: Object, one: Container) -> bool:
    """A table tells no probes: what the kubelet says of one is all that is known of it."""
    return bool(pod.get("thin")) and not any(f"{kind}Probe" in one.spec for kind in KINDS) and not is_ready(pod)


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


def _is_an_answer(said: str) -> bool:
    """Whether the program answered that it is not ready: then its log says why."""
    return "503" in said or "500" in said or "{" in said


def _is_about(event: Object, one: Container, kind: str) -> bool:
    field = str((event.get("involvedObject") or {}).get("fieldPath") or "")
    if "{" in field:
        return f"{{{one.name}}}" in field
    named = re.search(r"Container (\S+) failed", words(event))
    return not named or named.group(1).rstrip(",") == one.name


def _judged(asked: Asked) -> Iterator[Sign]:
    """The probe's fault, unless the program itself says why it does not answer."""
    pod, one, probe = asked.pod, asked.container, asked.probe
    fault = next(found for judge in JUDGES if (found := judge(asked)))
    young = one.running is not None and not one.restarts and _is_young(asked.store, one, probe)
    if fault.code in ("ProbeTiming", PLAIN[asked.kind]) and (young or (asked.count and not asked.is_over_threshold)):
        return  # a program that still starts is not ready yet
    cause = cause_in(asked.log) if one.running is not None else None
    vague = fault.code in (PLAIN[asked.kind], "ProbeTiming", "ProbePort")
    if cause and cause.fatal and vague and not is_elsewhere(one, probe):
        return  # told by the container's own words
    places = (
        (f"event of {ref(pod)}", asked.said or "not passed in its time"),
        (f"{ref(pod)} .{one.name}.{asked.kind}Probe", shown(probe)),
    )
    if cause and fault.code == PLAIN[asked.kind] and not cause.fatal and _is_an_answer(asked.said):
        yield sign(
            asked.store, cause.code, pod, f"{one.name}: {cause.message}", *places, log=asked.log, certainty="likely"
        )
        return
    yield sign(
        asked.store,
        fault.code,
        pod,
        f"the {asked.kind} probe of {one.name} {fault.told}",
        *places,
        fix=fault.fix,
        log=asked.log,
        container=one.name,
        certainty=fault.certainty,
        rival="" if fault.certainty == "certain" else "or the program itself does not answer",
    )
