"""Pods that are never made, objects that do not go, and what was switched off."""

import json
import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import condition, containers, kubectl, ref, ref_of, sign, within
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import CONTROL, Store, namespace_of, words
from orchestrator.release.snapshot import Object, instant, is_ready, name_of

_CODES = (
    ("QuotaExceeded", re.compile(r"exceeded quota|failed quota|insufficient quota", re.IGNORECASE)),
    ("PriorityClassMissing", re.compile(r"no PriorityClass with name (\S+) was found", re.IGNORECASE)),
    ("RuntimeClassMissing", re.compile(r'RuntimeClass "([^"]+)" not found', re.IGNORECASE)),
    ("ServiceAccountMissing", re.compile(r"looking up service ?account|serviceaccount \S+ not found", re.IGNORECASE)),
    ("WebhookDown", re.compile(r"failed calling (admission )?webhook|failed to call webhook", re.I)),
    ("WebhookSlow", re.compile(r"request did not complete within|context deadline exceeded", re.IGNORECASE)),
    ("PodSecurityRefused", re.compile(r"violates PodSecurity|unable to validate against any (pod )?security", re.I)),
    ("LimitRefused", re.compile(r"(maximum|minimum) (cpu|memory|\S+) (usage|limit|request)", re.IGNORECASE)),
    ("AdmissionRefused", re.compile(r"forbidden|denied|admission|webhook|violates", re.IGNORECASE)),
    ("PodCreationFailed", re.compile(r".")),
)
_QUOTA = re.compile(r"exceeded quota: (\S+), requested: (.+?), used: (.+?), limited: (.+)")
_MUST = re.compile(r"failed quota: (\S+): must specify (\S+)")
_ACCOUNT = re.compile(r'serviceaccount "?([a-z0-9.-]+)"? not found', re.IGNORECASE)
_WEBHOOK = re.compile(r'calling webhook "([^"]+)"')
_PASSING = re.compile(r"the object has been modified|already exists|is being terminated", re.IGNORECASE)
_DEFAULT_GRACE, _HELD = 30, 60.0
_WEBHOOKS = ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")
_CLASSES = {
    "PriorityClassMissing": ("PriorityClass", "priorityClassName"),
    "RuntimeClassMissing": ("RuntimeClass", "runtimeClassName"),
}
_MAKERS = ("ReplicaSet", "StatefulSet", "DaemonSet", "Job", "Deployment")


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for kind in _MAKERS:
        for item in store.of(kind):
            if namespace_of(item) not in CONTROL:
                yield from _refused(store, item)
    for item in store.of("StatefulSet"):
        yield from _held_back(store, item)
    yield from _held(store)
    yield from _claims_over_quota(store)


def _held_back(store: Store, item: Object) -> Iterator[Sign]:
    """A template that was mended while a pod of the old one is sick: pods go in order, and this one never gets ready.

    https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
    """
    spec, fresh = item["spec"], str(item.get("status", {}).get("updateRevision") or "")
    rolls = (spec.get("updateStrategy") or {}).get("type", "RollingUpdate") == "RollingUpdate"
    if not fresh or not rolls or spec.get("podManagementPolicy", "OrderedReady") != "OrderedReady":
        return
    for pod in store.pods_of(store.workload_id(item)):
        own = str((pod["metadata"].get("labels") or {}).get("controller-revision-hash") or fresh)
        if own == fresh or is_ready(pod) or "deletionTimestamp" in pod["metadata"] or not _is_sick(pod):
            continue
        name = pod["metadata"]["name"]
        told = f"{name} is sick and of the template before; no pod of the new one is made until it is ready or deleted"
        place = f"{ref(item)} .status.updateRevision", f"{fresh}, pod {name}: {own}"
        fix = kubectl(namespace_of(item), f"delete pod {name}")
        yield sign(store, "UpdateHeldBack", pod, told, place, fix=fix)


def _is_sick(pod: Object) -> bool:
    """Its container ended, or waits for more than to be made."""
    states = [one.waiting.get("reason") or bool(one.ended) for one in containers(pod)]
    return any(state not in (False, "ContainerCreating", "PodInitializing") for state in states)


def _refused(store: Store, item: Object) -> Iterator[Sign]:
    failure = condition(item, "ReplicaFailure")
    path, message = f"{ref(item)} .status.conditions[ReplicaFailure].message", ""
    if failure.get("status") == "True" and failure.get("message"):
        message = str(failure["message"])
    elif not _is_complete(item):  # describe tells of the condition, and not what it says
        events = [one for one in store.events_of(item) if one.get("reason") == "FailedCreate"]
        path, message = f"event FailedCreate of {ref(item)}", words(events[-1]) if events else ""
    if not message or _PASSING.search(message):
        return
    code = next(code for code, pattern in _CODES if pattern.search(message))
    told, fix = _quota(message) if code == "QuotaExceeded" else (message, "")
    if code == "ServiceAccountMissing" and (found := _ACCOUNT.search(message)):
        fix = kubectl(namespace_of(item), f"create serviceaccount {found.group(1)}")
    if code in _CLASSES:
        told, fix = _class(store, item, code, message)
    if code == "WebhookDown" and (found := _WEBHOOK.search(message)):
        told = f"the webhook {found.group(1)} does not answer: {message}"
    if code == "WebhookSlow":
        yield _slow_webhook(store, item, (path, message))
        return
    yield sign(store, code, item, told, (path, message), fix=fix)


def _class(store: Store, item: Object, code: str, message: str) -> tuple[str, str]:
    """A class that the pod's template names and that is not there: the way to go without it."""
    kind, field = _CLASSES[code]
    name = next(found for one, pattern in _CODES if one == code and (found := pattern.search(message))).group(1)
    part = store.workload_id(item)
    goal, there = ref_of(part), [name_of(one) for one in store.of(kind)]
    patch = json.dumps({"spec": {"template": {"spec": {field: None}}}})
    fix = f"{kubectl(namespace_of(item), f'patch {goal} --type merge --patch')} '{patch}'"
    if goal.startswith(("job/", "cronjob/", "pod/")):
        fix = ""  # what cannot be changed is made anew
    return f"there is no {kind} {name}" + (f"; there are {', '.join(there)}" if there else ""), fix


def _slow_webhook(store: Store, item: Object, place: tuple[str, str]) -> Sign:
    """A request that took too long without a word of why: mostly a webhook that fails open only after its timeout."""
    names = [name for kind in _WEBHOOKS for one in store.of(kind) for name in _hooks_of(one)]
    told = "making pods takes longer than a request may" + (f"; webhooks: {', '.join(names)}" if names else "")
    fix = "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations\nBring back the one that is slow"
    rival = "the API server or etcd is overloaded"
    return sign(store, "WebhookDown", item, told, place, fix=fix, certainty="possible", rival=rival)


def _hooks_of(item: Object) -> list[str]:
    return [str(one.get("name")) for one in item.get("webhooks") or []]


def _is_complete(item: Object) -> bool:
    status = item.get("status", {})
    if item["kind"] == "DaemonSet":
        return int(status.get("currentNumberScheduled") or 0) >= int(status.get("desiredNumberScheduled") or 0) > 0
    if item["kind"] == "Job":
        return bool(status.get("succeeded") or status.get("active"))
    return int(status.get("replicas") or 0) >= int(item.get("spec", {}).get("replicas", 1))


def _quota(message: str) -> tuple[str, str]:
    """Which resource of which quota, with the numbers."""
    if found := _MUST.search(message):
        return f"the quota {found.group(1)} counts {found.group(2)}, and the pod states none", (
            f"Set the pod's {found.group(2)} in its containers' resources"
        )
    found = _QUOTA.search(message)
    if not found:
        return message, ""
    name, *sides = found.groups()
    asked, used, most = (dict(pair.split("=", 1) for pair in side.split(",") if "=" in pair) for side in sides)
    over = [key for key in asked if amount(asked[key]) + amount(used.get(key, "0")) > amount(most.get(key, "inf"))]
    told = ", ".join(f"{key} {used.get(key)} used of {most.get(key)}, {asked[key]} more asked" for key in over or asked)
    return (
        f"the quota {name} is used up: {told}",
        f"Raise the quota {name} ({', '.join(over or asked)}), or ask for less",
    )


def _held(store: Store) -> Iterator[Sign]:
    for item in store.objects:
        metadata = item["metadata"]
        since = metadata.get("deletionTimestamp")
        if not since or item["kind"] == "Event" or namespace_of(item) in CONTROL:
            continue
        grace = float(metadata.get("deletionGracePeriodSeconds") or _DEFAULT_GRACE)
        finalizers = [one for one in metadata.get("finalizers") or [] if not one.startswith("kubernetes.io/pv")]
        if item["kind"] == "Namespace":
            yield from _namespace(store, item, since)
            continue
        if finalizers and (store.now - instant(since)).total_seconds() > 5:
            yield _by_finalizer(store, item, finalizers)
        elif item["kind"] == "Pod" and not within(store, since, _HELD) and not within(store, since, grace):
            message = f"it is being deleted since {since} and has not ended"
            yield sign(store, "StuckTerminating", item, message, (f"{ref(item)} .metadata.deletionTimestamp", since))


def _namespace(store: Store, item: Object, since: str) -> Iterator[Sign]:
    """A namespace that does not go: its conditions name what is left, or the API service that does not answer."""
    told = [
        condition(item, kind)
        for kind in ("NamespaceDeletionDiscoveryFailure", "NamespaceFinalizersRemaining", "NamespaceContentRemaining")
    ]
    message = next((str(one.get("message")) for one in told if one.get("status") == "True"), "")
    if told[0].get("status") == "True":
        return  # the API that does not answer is a sign of its own
    if message and not within(store, since, _HELD):
        place = f"{ref(item)} .status.conditions", message
        fix = "Take the finalizer from what the message names, once its controller has done its work or is gone"
        yield sign(store, "HeldByFinalizer", item, f"it is deleted and does not go: {message}", place, fix=fix, part="")


def _by_finalizer(store: Store, item: Object, finalizers: list[str]) -> Sign:
    space = namespace_of(item)
    command = f'patch {ref(item)} --type merge --patch \'{{"metadata":{{"finalizers":null}}}}\''
    message = f"it is deleted, and held by the finalizer {', '.join(finalizers)}"
    fix = f"{kubectl(space, command)}\nFirst see whether its controller can still do its work."
    place = f"{ref(item)} .metadata.finalizers", ", ".join(finalizers)
    return sign(store, "HeldByFinalizer", item, message, place, fix=fix, subject=ref(item))


def _claims_over_quota(store: Store) -> Iterator[Sign]:
    """Services and claims that a quota refused show nowhere but in events of who wanted them."""
    for quota in store.of("ResourceQuota"):
        status = quota.get("status", {})
        for key, most in (status.get("hard") or {}).items():
            used = (status.get("used") or {}).get(key, "0")
            if key.startswith(("services", "persistentvolumeclaims", "requests.storage")) and amount(used) > amount(
                most
            ):
                message = f"{key}: {used} used of {most}"
                place = f"{ref(quota)} .status.used[{key}]", f"{used} of {most}"
                yield sign(store, "QuotaExceeded", quota, message, place, subject=ref(quota), certainty="likely")
