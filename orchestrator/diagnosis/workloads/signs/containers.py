"""Containers that start and do not live: memory, crashes read by their logs, init containers, programs that end."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import cause_in
from orchestrator.diagnosis.workloads.look import Container, containers, current, kubectl, ref_of, sign, within
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Store, namespace_of, words
from orchestrator.release.snapshot import Object, is_ready

_BLOCKED = 120.0
_KILLED_BY_PROBE = re.compile(r"(liveness|startup) probe", re.IGNORECASE)
_LATELY = 1800.0
_OFTEN = 5  # restarts after which a container that runs again will be killed again
_OVERCOME = 6 * 3600.0  # seconds without another end, after which one is history


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in current(store):
        for one in containers(pod):
            yield from _container(store, pod, one)
    for pod in store.of("Pod"):
        yield from _evicted(store, pod)


def _evicted(store: Store, pod: Object) -> Iterator[Sign]:
    status = pod.get("status", {})
    if status.get("reason") != "Evicted":
        return
    kin = [one for one in store.pods_of(store.workload_id(pod)) if one is not pod]
    survived = any(is_ready(one) for one in kin)
    message = str(status.get("message") or "the node threw it out")
    yield sign(
        store, "Evicted", pod, message, ("pod .status.reason", "Evicted"), severity="warning" if survived else "error"
    )


def _container(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    if _is_overcome(store, pod, one):
        return
    if one.ended.get("reason") == "OOMKilled" or (one.ended.get("exitCode") == 137 and _at_limit(store, pod, one)):
        yield _memory(store, pod, one)
    elif one.ended.get("reason") in ("ContainerCannotRun", "StartError"):
        return
    elif one.is_init:
        yield from _init(store, pod, one)
    elif pod.get("thin") and pod["status"].get("phase") == "Unknown":
        yield from _unseen(store, pod, one)
    elif _crashes(store, pod, one):
        yield from _crash(store, pod, one)


def _is_overcome(store: Store, pod: Object, one: Container) -> bool:
    """Ended long ago, and well ever since."""
    end = one.ended.get("finishedAt")
    return one.running is not None and is_ready(pod) and bool(end) and not within(store, end, _OVERCOME)


def _at_limit(store: Store, pod: Object, one: Container) -> bool:
    """Killed with SIGKILL though nobody says that memory was the reason: only if its use stood at the limit."""
    used = [
        sample.value
        for sample in store.samples
        if sample.labels.get("container") == one.name
        and sample.name in ("pod_memory_bytes", "container_memory_working_set_bytes")
    ]
    return bool(one.limit("memory")) and max(used, default=0) > 0.95 * amount(one.limit("memory"))


def _memory(store: Store, pod: Object, one: Container) -> Sign:
    limit = one.limit("memory")
    again = one.restarts >= _OFTEN and within(store, one.ended.get("finishedAt"), _LATELY)
    survived = one.running is not None and is_ready(pod)
    workload = ref_of(store.workload_id(pod))
    command = f"set resources {workload} --containers {one.name} --limits memory={int(2 * amount(limit) / 2**20)}Mi"
    message = f"{one.name} was killed for using more memory than {limit or 'the node has'}"
    message += f", {one.restarts} restarts so far" if again and survived else ""
    return sign(
        store,
        "OOMKilled",
        pod,
        message + (", and runs again" if survived else ""),
        (f"{one.path}.lastState.terminated.reason", str(one.ended.get("reason"))),
        fix=kubectl(namespace_of(pod), command) if limit else "",
        severity="warning" if survived and not again else "",
        container=one.name,
    )


def _init(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    if one.ended.get("exitCode") and not one.status.get("ready"):
        log = store.last_words(pod, one.name)
        cause = cause_in(log)
        code, told = (cause.code, cause.message) if cause else ("InitFailed", _ending(one, log))
        yield sign(
            store,
            code,
            pod,
            f"init container {one.name}: {told}",
            (f"{one.path}.state", f"exit code {one.ended.get('exitCode')}"),
            log=log,
            container=one.name,
        )
    elif one.running is not None and not within(store, one.running.get("startedAt"), _BLOCKED):
        log = store.log(pod, one.name)
        cause = cause_in(log)
        told = f"init container {one.name} runs since {one.running.get('startedAt')} and does not end"
        yield sign(
            store,
            cause.code if cause else "InitBlocked",
            pod,
            told + (f": {cause.message}" if cause else ""),
            (f"{one.path}.state.running.startedAt", str(one.running.get("startedAt"))),
            log=log,
            container=one.name,
        )


def _crashes(store: Store, pod: Object, one: Container) -> bool:
    """Ended badly, also if it happens to run at this moment; not one that lives again."""
    if one.waiting.get("reason") == "CrashLoopBackOff":
        return True
    if not one.ended or store.workload_id(pod).split("/")[1] in ("Job", "CronJob"):
        return False
    lately = not one.ended.get("finishedAt") or within(store, one.ended.get("finishedAt"), _LATELY)
    if one.running is not None:
        return bool(one.restarts and lately and not is_ready(pod) and not one.status.get("ready"))
    return bool(one.ended.get("exitCode")) and not is_ready(pod)


def _unseen(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    """Only the log is there: a program whose last words are of what no program survives has ended."""
    log = "\n".join(store.last_words(pod).splitlines()[-20:])
    cause = cause_in(log)
    if cause and cause.fatal:
        place = _of_log(one), cause.line
        yield sign(store, cause.code, pod, cause.message, place, log=log, certainty="likely", container=one.name)


def _killed_by_probe(store: Store, pod: Object, one: Container) -> bool:
    kills = [
        event
        for event in store.events_of(pod)
        if event.get("reason") in ("Killing", "Unhealthy")
        and _KILLED_BY_PROBE.search(words(event))
        and _is_about(event, one.name)
    ]
    return bool(kills) and one.ended.get("exitCode") in (137, 143, 0, 2, 130, None)


def _is_about(event: Object, name: str) -> bool:
    field = str((event.get("involvedObject") or {}).get("fieldPath") or "")
    return not field or f"{{{name}}}" in field


def _crash(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    log = store.last_words(pod, one.name)
    places = (
        (f"{one.path}.lastState.terminated", f"{_exit(one)}, {one.ended.get('reason') or 'no reason told'}"),
        (f"{one.path}.restartCount", str(one.restarts)),
    )
    cause = cause_in(log)
    if _killed_by_probe(store, pod, one) and not (cause and cause.fatal):
        return  # the probe is a sign of its own
    if cause:
        yield sign(
            store,
            cause.code,
            pod,
            f"{one.name}: {cause.message}",
            *places,
            (_of_log(one), cause.line),
            log=log,
            certainty="certain" if cause.fatal else "likely",
            container=one.name,
            fix=cause.fix,
        )
    elif one.ended.get("exitCode") == 0:
        yield sign(
            store,
            "CommandEnds",
            pod,
            f"{one.name} ends with exit code 0, again and again",
            *places,
            log=log,
            container=one.name,
        )
    else:
        yield sign(
            store,
            "CrashLoop",
            pod,
            _ending(one, log),
            *places,
            log=log,
            container=one.name,
            certainty=("likely" if log else "possible"),
            rival="" if log else "its log was not captured: it says why",
        )


def _of_log(one: Container) -> str:
    return f"log of {one.name}"


def _exit(one: Container) -> str:
    code = one.ended.get("exitCode")
    return "ended badly" if code is None else f"ended with exit code {code}"  # a table tells no code


def _ending(one: Container, log: str) -> str:
    last = next((line for line in reversed(log.splitlines()) if line.strip()), "")
    told = f"{one.name} {_exit(one)}, {one.restarts} restarts"
    return f"{told}: {last}" if last else told
