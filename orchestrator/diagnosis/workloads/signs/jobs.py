"""Jobs at their limits, cron jobs that never start, rollouts that cannot end, budgets, autoscalers."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import cause_in
from orchestrator.diagnosis.workloads.look import condition, containers, current, kubectl, ref, sign
from orchestrator.diagnosis.workloads.store import CONTROL, Store, matches, namespace_of, words
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)", re.IGNORECASE)
_PIECE = re.compile(r"(?:\*|\?|(\d+)(?:-(\d+))?)(?:/(\d+))?")
_STUCK = 600.0
_V1_CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions"


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for job in store.of("Job"):
        yield from _job(store, job)
    for cron in store.of("CronJob"):
        yield from _cron(store, cron)
    for kind in ("Deployment", "StatefulSet", "DaemonSet"):
        for item in store.of(kind):
            if namespace_of(item) not in CONTROL:
                yield from _rollout(store, item)
    for pod in current(store):
        yield from _gate(store, pod)
    for item in store.of("PodDisruptionBudget"):
        yield from _budget(store, item)
    for item in store.of("HorizontalPodAutoscaler"):
        yield from _autoscaler(store, item)


def _job(store: Store, job: Object) -> Iterator[Sign]:
    failed = condition(job, "Failed")
    part = store.workload_id(job)
    if job["spec"].get("suspend"):
        yield sign(store, "JobSuspended", job, "it is suspended", (f"{ref(job)} .spec.suspend", "true"))
    if failed.get("status") != "True":
        return
    if _is_over(store, job):
        return
    reason, message = str(failed.get("reason")), str(failed.get("message") or failed.get("reason"))
    place = f"{ref(job)} .status.conditions[Failed]", f"{reason}: {message}"
    if reason == "DeadlineExceeded":
        told = f"it was ended after its deadline of {job['spec'].get('activeDeadlineSeconds')} s"
        yield sign(store, "JobDeadline", job, told, place, subject=ref(job))
        return
    pods = [pod for pod in store.of("Pod", namespace_of(job)) if store.owner_of(pod) is job]
    log = "\n".join(store.last_words(pod) for pod in pods)
    cause = cause_in(log)
    code = next((one.ended for pod in pods for one in containers(pod) if one.ended.get("exitCode")), {}).get("exitCode")
    told = (
        f"it failed {job.get('status', {}).get('failed', '')} times (backoffLimit {job['spec'].get('backoffLimit', 6)})"
    )
    told += f", exit code {code}" if code else ""
    told += f": {cause.message}" if cause else f": {log.strip().splitlines()[-1]}" if log.strip() else ""
    yield sign(store, cause.code if cause else "JobFailed", job, told, place, log=log, subject=ref(job), part=part)


def _is_over(store: Store, job: Object) -> bool:
    """Whether a later job of the same cron job went well."""
    cron = store.owner_of(job)
    if cron is None:
        return False
    later = [
        one
        for one in store.of("Job", namespace_of(job))
        if store.owner_of(one) is cron
        and instant(one.get("status", {}).get("startTime")) > instant(job.get("status", {}).get("startTime"))
    ]
    return any(condition(one, "Complete").get("status") == "True" for one in later)


def _cron(store: Store, cron: Object) -> Iterator[Sign]:
    spec = cron["spec"]
    schedule = str(spec.get("schedule") or "")
    if spec.get("suspend"):
        fix = kubectl(namespace_of(cron), f'patch {ref(cron)} --patch \'{{"spec":{{"suspend":false}}}}\'')
        yield sign(
            store,
            "CronSuspended",
            cron,
            "it is suspended",
            (f"{ref(cron)} .spec.suspend", "true"),
            fix=fix,
            severity="error" if not cron.get("status", {}).get("lastScheduleTime") else "",
        )
    if why := never(schedule):
        yield sign(
            store, "CronSchedule", cron, f"its schedule {schedule!r} {why}", (f"{ref(cron)} .spec.schedule", schedule)
        )
    for event in store.events_of(cron):
        if event.get("reason") in (
            "JobAlreadyActive",
            "FailedNeedsStart",
            "TooManyMissedTimes",
            "UnparseableSchedule",
            "InvalidSchedule",
        ):
            code = "CronSchedule" if "Schedule" in str(event["reason"]) else "CronMissed"
            yield sign(store, code, cron, words(event), (f"event {event['reason']} of {ref(cron)}", words(event)))
            return
    deadline = spec.get("startingDeadlineSeconds")
    if deadline is not None and int(deadline) < 10:
        message = f"startingDeadlineSeconds is {deadline}: its controller looks every 10 s and misses every start"
        yield sign(store, "CronMissed", cron, message, (f"{ref(cron)} .spec.startingDeadlineSeconds", str(deadline)))


def never(schedule: str) -> str:
    """Why a cron schedule (the five fields of crontab(5)) never starts anything; empty for one that does."""
    if schedule.startswith("@"):
        return (
            ""
            if schedule in ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
            or (schedule.startswith("@every "))
            else "is no schedule"
        )
    fields = [one for one in schedule.split() if not one.startswith(("TZ=", "CRON_TZ="))]
    if len(fields) != len(_RANGES):
        return f"has {len(fields)} fields, not five"
    sets = [
        _values(_NAMES.sub("1", field) if place >= 3 else field, *_RANGES[place]) for place, field in enumerate(fields)
    ]
    if wrong := [field for field, values in zip(fields, sets, strict=True) if not values]:
        return f"has the field {wrong[0]}, which is out of its range"
    days, months = sets[2], sets[3]
    if (
        _NAMES.search(fields[3]) is None
        and fields[4] in ("*", "?")
        and not any(min(days) <= _DAYS[month - 1] for month in months)
    ):
        return "names a day that no such month has"
    return ""


def _values(field: str, least: int, most: int) -> set[int]:
    found: set[int] = set()
    for piece in field.split(","):
        read = _PIECE.fullmatch(piece)
        if not read:
            return set()
        first, last, step = (int(one) if one else None for one in read.groups())
        begin = least if first is None else first
        end = most if first is None or (step and last is None) else last if last is not None else begin
        if begin < least or end > most or begin > end or step == 0:
            return set()
        found |= set(range(begin, end + 1, step or 1))
    return found


def _rollout(store: Store, item: Object) -> Iterator[Sign]:
    spec, status = item["spec"], item.get("status", {})
    progressing = condition(item, "Progressing")
    if spec.get("paused"):
        fix = kubectl(namespace_of(item), f"rollout resume {ref(item)}")
        behind = int(status.get("updatedReplicas") or 0) < int(spec.get("replicas", 1))
        yield sign(
            store,
            "RolloutPaused",
            item,
            "the rollout is paused: changes do not reach its pods",
            (f"{ref(item)} .spec.paused", "true"),
            fix=fix,
            severity="error" if behind else "",
        )
    rolling = (spec.get("strategy") or {}).get("rollingUpdate") or {}
    if str(rolling.get("maxSurge")) in ("0", "0%") and str(rolling.get("maxUnavailable")) in ("0", "0%"):
        yield sign(
            store,
            "RolloutUnavailable",
            item,
            "maxSurge and maxUnavailable are both 0",
            (f"{ref(item)} .spec.strategy.rollingUpdate", "0, 0"),
        )
    if progressing.get("status") == "False":
        message = str(progressing.get("message") or progressing.get("reason"))
        yield sign(
            store,
            "RolloutStuck",
            item,
            message,
            (f"{ref(item)} .status.conditions[Progressing]", str(progressing.get("reason"))),
            certainty="possible",
            rival="what keeps it was not captured",
        )
    elif item["kind"] != "Deployment" or not progressing:
        yield from _short(store, item)


def _short(store: Store, item: Object) -> Iterator[Sign]:
    status = item.get("status", {})
    wanted = (
        int(status.get("desiredNumberScheduled") or 0)
        if item["kind"] == "DaemonSet"
        else int(item["spec"].get("replicas", 1))
    )
    ready = int(status.get("numberReady" if item["kind"] == "DaemonSet" else "readyReplicas") or 0)
    young = (store.now - instant(item["metadata"].get("creationTimestamp"))).total_seconds() < _STUCK / 5
    pods = store.pods_of(store.workload_id(item))
    if ready < wanted and not young and status and not any(is_ready(pod) for pod in pods):
        yield sign(
            store,
            "NotReady",
            item,
            f"{ready} of {wanted} pods are ready",
            (f"{ref(item)} .status", f"{ready} of {wanted}"),
            certainty="possible",
            rival="nothing that was captured says why",
        )


def _gate(store: Store, pod: Object) -> Iterator[Sign]:
    ready = {one.get("type"): one.get("status") for one in pod.get("status", {}).get("conditions") or []}
    for gate in pod.get("spec", {}).get("readinessGates") or []:
        kind = gate["conditionType"]
        if ready.get(kind) != "True" and ready.get("ContainersReady") == "True":
            yield sign(
                store,
                "ReadinessGate",
                pod,
                f"the readiness gate {kind} is not passed",
                (f"{ref(pod)} .status.conditions[{kind}]", str(ready.get(kind, "absent"))),
            )


def _budget(store: Store, item: Object) -> Iterator[Sign]:
    status = item.get("status", {})
    pods = [
        pod
        for pod in store.of("Pod", namespace_of(item))
        if matches(pod["metadata"].get("labels") or {}, item["spec"].get("selector") or {"none": "none"})
    ]
    if int(status.get("disruptionsAllowed") or 0) > 0 or not pods or not status:
        return
    healthy, wanted = status.get("currentHealthy"), status.get("desiredHealthy")
    part = store.workload_id(pods[0])
    full = int(status.get("expectedPods") or 0) <= int(wanted or 0)
    if full:
        message = f"it wants {wanted} of {status.get('expectedPods')} pods: none may ever go"
        drained = any(node.get("spec", {}).get("unschedulable") for node in store.of("Node"))
        yield sign(
            store,
            "DisruptionBlocked",
            item,
            message,
            (f"{ref(item)} .status.disruptionsAllowed", f"0, {healthy} healthy"),
            part=part,
            subject=ref(item),
            severity="error" if drained else "",
        )


def _scaling(item: Object) -> Mapping[str, Any]:
    """The condition ScalingActive; of autoscaling/v1 it stands, as JSON, in an annotation."""
    if found := condition(item, "ScalingActive"):
        return found
    try:
        told = json.loads((item["metadata"].get("annotations") or {}).get(_V1_CONDITIONS) or "[]")
    except ValueError:
        return {}
    return next((one for one in told if isinstance(one, dict) and one.get("type") == "ScalingActive"), {})


def _autoscaler(store: Store, item: Object) -> Iterator[Sign]:
    target = item["spec"].get("scaleTargetRef") or {}
    kind, name = str(target.get("kind")), str(target.get("name"))
    if store.lacks(kind, namespace_of(item), name):
        place = f"{ref(item)} .spec.scaleTargetRef", f"{kind}/{name}"
        yield sign(store, "AutoscalerTarget", item, f"there is no {kind} {name}", place, severity="error")
    active = _scaling(item)
    if active.get("status") == "False" and active.get("reason") not in ("ScalingDisabled",):
        message = str(active.get("message") or active.get("reason"))
        unset = re.search(r"missing request for (\w+)", message)
        fix = (
            f"Set the {unset.group(1)} request of {kind.lower()}/{name}: a percentage is of the request"
            if unset
            else ""
        )
        yield sign(
            store,
            "NoMetrics",
            item,
            message,
            (f"{ref(item)} .status.conditions[ScalingActive]", message),
            fix=fix,
            subject=name_of(item) and ref(item),
        )
