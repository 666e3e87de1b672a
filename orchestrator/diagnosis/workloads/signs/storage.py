"""Claims and volumes: absent, unbound, and where claim and volume do not agree."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import condition, current, ref, sign, within
from orchestrator.diagnosis.workloads.quantities import amount
from orchestrator.diagnosis.workloads.store import Store, matches, namespace_of, words
from orchestrator.release.snapshot import Object, instant, name_of

_SETTLE, _RESIZE = 5.0, 120.0
_EXTERNAL = re.compile(r"provisioner ['\"]([^'\"]+)['\"]")
_DEFAULT = "storageclass.kubernetes.io/is-default-class"
_NO_CLAIM = re.compile(r'persistentvolumeclaim "([^"\s]{1,253})" not found')
_CLASS = re.compile(r'storageclass(?:\.storage\.k8s\.io)? "([^"]+)" not found', re.IGNORECASE)


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    told = set()
    for pod in current(store):
        for name in _claims_of(store, pod):
            place = namespace_of(pod), name
            claim = store.get("PersistentVolumeClaim", *place)
            if claim is None and _is_missing(store, pod, name):
                message = f"the claim {name} does not exist"
                yield sign(
                    store,
                    "ClaimMissing",
                    pod,
                    message,
                    (f"persistentvolumeclaim/{name}", "absent"),
                    subject=f"persistentvolumeclaim/{name}",
                )
            elif claim is not None and place not in told:
                told.add(place)
                yield from _unbound(store, claim, store.workload_id(pod))
    for claim in store.of("PersistentVolumeClaim"):
        if (namespace_of(claim), name_of(claim)) not in told:
            yield from _unbound(store, claim, f"{namespace_of(claim)}/PersistentVolumeClaim/{name_of(claim)}")


def _told(store: Store, pod: Object) -> list[str]:
    """What the scheduler says of the pod."""
    return [*map(words, store.events_of(pod)), str(condition(pod, "PodScheduled").get("message") or "")]


def _claims_of(store: Store, pod: Object) -> list[str]:
    """The claims that the pod's volumes name, or the scheduler, where a table tells no volumes."""
    volumes = pod.get("spec", {}).get("volumes") or []
    named = [str(one["persistentVolumeClaim"].get("claimName")) for one in volumes if one.get("persistentVolumeClaim")]
    told = [found[1] for words_ in _told(store, pod) if (found := _NO_CLAIM.search(words_))]
    return list(dict.fromkeys([*named, *told]))


def _is_missing(store: Store, pod: Object, name: str) -> bool:
    told = _told(store, pod)
    return any(f'persistentvolumeclaim "{name}" not found' in one for one in told) or store.lacks(
        "PersistentVolumeClaim", namespace_of(pod), name
    )


def _resize(store: Store, claim: Object) -> Iterator[Sign]:
    """A claim that was made larger, and whose file system waits for a pod to start or for a driver that can."""
    for kind in ("FileSystemResizePending", "Resizing"):
        one = condition(claim, kind)
        if one.get("status") == "True" and not within(store, one.get("lastTransitionTime"), _RESIZE):
            asked, has = _size(claim["spec"]), str((claim["status"].get("capacity") or {}).get("storage") or "less")
            message = f"it asks for {asked} and has {has}: {one.get('message') or kind}"
            yield sign(store, "ClaimResize", claim, message, (f"{ref(claim)} .status.conditions[{kind}]", "True"),
                       subject=ref(claim))  # fmt: skip
            return


def _provisioner(store: Store, claim: Object) -> str:
    """The provisioner that a claim waits for without an answer of it; empty if it waits for none."""
    events = store.events_of(claim)
    waits = [one for one in events if one.get("reason") == "ExternalProvisioning"]
    if not waits or any(one.get("reason") in ("Provisioning", "ProvisioningFailed") for one in events):
        return ""
    found = _EXTERNAL.search(words(waits[-1]))
    return found.group(1) if found else "an external provisioner"


def _unbound(store: Store, claim: Object, part: str) -> Iterator[Sign]:
    phase = str(claim.get("status", {}).get("phase") or "Bound")
    if phase == "Bound":
        yield from _resize(store, claim)
    made = str(claim["metadata"].get("creationTimestamp") or "")
    young = bool(made) and store.now > instant(made) and within(store, made, _SETTLE)
    if phase == "Bound" or young or "deletionTimestamp" in claim["metadata"]:
        return
    events = [
        one for one in store.events_of(claim) if one.get("type") != "Normal" or "no persistent volumes" in words(one)
    ]
    said = words(events[-1]) if events else ""
    waits = any(one.get("reason") == "WaitForFirstConsumer" for one in store.events_of(claim))
    if waits and not said and part.split("/")[1] == "PersistentVolumeClaim":
        return  # nobody uses it: it is bound with its first pod
    code, message, fix = _reason(store, claim, said)
    place = f"{ref(claim)} .status.phase", phase if not said else f"{phase}: {said}"
    yield sign(store, code, claim, message, place, fix=fix, part=part, subject=ref(claim))


def _reason(store: Store, claim: Object, said: str) -> tuple[str, str, str]:
    spec = claim["spec"]
    wanted = spec.get("storageClassName")
    classes = {name_of(one): one for one in store.of("StorageClass")}
    if (found := _CLASS.search(said)) or (
        wanted and store.knows("StorageClass") and wanted not in classes and not _volumes(store, wanted)
    ):
        name = found.group(1) if found else str(wanted)
        known = f"; there are {', '.join(sorted(classes))}" if classes else ""
        return "StorageClassMissing", f"the storage class {name} does not exist{known}", ""
    if told := _lost(store, claim) or _no_answer(store, claim) or _mismatch(store, claim):
        return told
    if said and "no persistent volumes" not in said and (wanted in classes or "failed to provision" in said):
        return "ProvisioningFailed", said, ""
    if wanted is None and store.knows("StorageClass") and not any(_is_default(one) for one in classes.values()):
        return "StorageClassMissing", "it names no storage class, and none is the default", ""
    return "ClaimUnbound", said or "no volume fits it", ""


def _lost(store: Store, claim: Object) -> tuple[str, str, str] | None:
    is_lost = claim.get("status", {}).get("phase") == "Lost"
    return ("ClaimLost", f"its volume {claim['spec'].get('volumeName') or ''} is gone", "") if is_lost else None


def _no_answer(store: Store, claim: Object) -> tuple[str, str, str] | None:
    if not (name := _provisioner(store, claim)):
        return None
    fix = f"See that the pods of the driver {name} run, and that the storage class names it"
    return "ProvisioningFailed", f"it waits for {name}, which says nothing", fix


def _mismatch(store: Store, claim: Object) -> tuple[str, str, str] | None:
    why = _no_fit(store, claim)
    return ("ClaimMismatch", *why) if why else None


def _is_default(item: Object) -> bool:
    return (item["metadata"].get("annotations") or {}).get(_DEFAULT) == "true"


def _volumes(store: Store, name: object) -> list[Object]:
    return [one for one in store.of("PersistentVolume") if (one["spec"].get("storageClassName") or "") == (name or "")]


def _no_fit(store: Store, claim: Object) -> tuple[str, str] | None:
    """Why the volume that comes nearest is not the one."""
    spec = claim["spec"]
    if name := spec.get("volumeName"):
        volume = store.get("PersistentVolume", "", str(name))
        if volume is None:
            return (
                (f"it names the volume {name}, which does not exist", "") if store.knows("PersistentVolume") else None
            )
        return _difference(claim, volume) or _taken(claim, volume)
    found = [
        (len(differences), differences[0])
        for volume in store.of("PersistentVolume")
        if (differences := _differences(claim, volume))
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def _differences(claim: Object, volume: Object) -> list[tuple[str, str]]:
    return list(filter(None, (_difference(claim, volume), _taken(claim, volume), _class(claim, volume))))


def _taken(claim: Object, volume: Object) -> tuple[str, str] | None:
    holder = volume["spec"].get("claimRef") or {}
    own = (holder.get("namespace"), holder.get("name")) == (namespace_of(claim), name_of(claim))
    if not holder or own:
        return None
    phase = str(volume.get("status", {}).get("phase") or "")
    message = f"the volume {name_of(volume)} is taken by the claim {holder.get('namespace')}/{holder.get('name')}"
    if phase == "Released":
        fix = f"kubectl patch persistentvolume {name_of(volume)} --type json --patch " + (
            '\'[{"op":"remove","path":"/spec/claimRef"}]\''
        )
        return f"{message}, which is gone: it is Released, not Available", fix
    return message, "Make another volume, or name a free one"


def _class(claim: Object, volume: Object) -> tuple[str, str] | None:
    wanted, has = claim["spec"].get("storageClassName") or "", volume["spec"].get("storageClassName") or ""
    if wanted == has:
        return None
    return (
        f"it asks for the storage class {wanted or 'none'}, and the volume {name_of(volume)} is of {has or 'none'}",
        "Give both the same storageClassName",
    )


def _difference(claim: Object, volume: Object) -> tuple[str, str] | None:
    spec, has = claim["spec"], volume["spec"]
    modes = set(spec.get("accessModes") or []) - set(has.get("accessModes") or [])
    asked, size = _size(spec), str((has.get("capacity") or {}).get("storage", "0"))
    selector: Mapping[str, Any] = spec.get("selector") or {}
    if spec.get("storageClassName") is not None and _class(claim, volume) and not spec.get("volumeName"):
        return None  # of another class: not meant
    name, offered = name_of(volume), has.get("accessModes") or []
    if modes:
        return (
            f"it asks for {', '.join(sorted(modes))}, and the volume {name} has {', '.join(offered)}",
            ("Give both the same access mode"),
        )
    if amount(asked) > amount(size):
        return f"it asks for {asked}, and the volume {name} has {size}", "Make the volume larger, or ask for less"
    if selector and not matches(volume["metadata"].get("labels") or {}, selector):
        shown = ",".join(f"{key}={value}" for key, value in (selector.get("matchLabels") or {}).items())
        return f"its selector {shown} does not match the labels of the volume {name}", (
            f"kubectl label persistentvolume {name} {shown.replace(',', ' ')} --overwrite"
        )
    if (spec.get("volumeMode") or "Filesystem") != (has.get("volumeMode") or "Filesystem"):
        return (
            f"it asks for the volume mode {spec.get('volumeMode')}, and the volume {name} has {has.get('volumeMode')}",
            "",
        )
    return None


def _size(spec: Mapping[str, Any]) -> str:
    return str(((spec.get("resources") or {}).get("requests") or {}).get("storage", "0"))
