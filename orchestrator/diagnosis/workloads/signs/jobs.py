"""Jobs at their limits, and cron jobs that never start."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.log_causes import cause_in
from orchestrator.diagnosis.workloads.look import condition, containers, kubectl, ref, sign
from orchestrator.diagnosis.workloads.schedules import never
from orchestrator.diagnosis.workloads.store import Store, namespace_of, words
from orchestrator.release.snapshot import Object, instant


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for job in store.of("Job"):
        yield from _job(store, job)
    for cron in store.of("CronJob"):
        yield from _cron(store, cron)


def _job(store: Store, job: Object) -> Iterator[Sign]:
    failed = _failure(store, job)
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


def _failure(store: Store, job: Object) -> Mapping[str, Any]:
    """The condition Failed; where tables and describe do not tell it or its reason, the controller's event does."""
    found = condition(job, "Failed")
    said = [one for one in store.events_of(job) if one.get("reason") in ("DeadlineExceeded", "BackoffLimitExceeded")]
    if not said or found.get("reason") or condition(job, "Complete"):
        return found
    return {"type": "Failed", "status": "True", "reason": said[-1]["reason"], "message": words(said[-1])}


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
