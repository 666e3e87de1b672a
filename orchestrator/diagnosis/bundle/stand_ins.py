"""Objects that only events or logs speak of, where nobody asked for the objects themselves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orchestrator.diagnosis.bundle.names import owners_of
from orchestrator.diagnosis.bundle.shape import Key, whole
from orchestrator.release.snapshot import Object, is_ready

_BACK_OFF = re.compile(r"back-off restarting failed(?: container(?:[= ](?P<name>[\w.-]+))?)?", re.IGNORECASE)
_PULL = re.compile(r"back-off pulling image|failed to pull image|ErrImagePull|ImagePullBackOff", re.IGNORECASE)
_NEVER = re.compile(r"ErrImageNeverPull|not present with pull policy of Never", re.IGNORECASE)
_IMAGE = re.compile(r'image "(?P<image>[^"]+)"', re.IGNORECASE)
_CONTAINER = re.compile(r"[Cc]ontainer (?P<name>[\w-]+)|spec\.containers\{(?P<field>[\w-]+)\}")
_PRESSURE = re.compile(r"NodeHas(?P<kind>(?:Disk|PID)Pressure)|NodeHasInsufficient(?P<short>Memory|PID)")
_MAKERS = ("ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "Deployment")
_STARTED = {"Started", "Created", "Pulled"}
_HOLDING = {"FailedMount", "FailedAttachVolume", "FailedMapVolume", "FailedCreatePodSandBox"}


def of_events(events: Sequence[Object], known: Mapping[Key, Object]) -> list[dict[str, Any]]:
    """An object for each that an event is about, of kinds of which no object was captured."""
    kinds = {kind for kind, _, _ in known}
    told: dict[Key, list[Object]] = {}
    for event in events:
        about = event.get("involvedObject") or event.get("regarding") or {}
        kind, name = str(about.get("kind")), str(about.get("name") or "")
        if name and kind not in kinds:
            space = str(about.get("namespace") or event["metadata"].get("namespace") or "")
            told.setdefault((kind, "" if kind == "Node" else space, name), []).append(event)
    return [item for key, own in told.items() if (item := _of(key, own))]


def of_the_sick(events: Sequence[Object], known: Iterable[Object]) -> list[Object]:
    """Events that name nobody, as those of the one pod that is not well; none where that is not one."""
    sick = [item for item in known if item["kind"] == "Pod" and not is_ready(item)]
    if len(sick) != 1:
        return []
    name, space = str(sick[0]["metadata"]["name"]), str(sick[0]["metadata"].get("namespace") or "")
    about = {"kind": "Pod", "namespace": space, "name": name}
    places = ({"namespace": space, "name": f"{name}{one['metadata']['name']}"} for one in events)
    return [{**one, "metadata": place, "involvedObject": about} for one, place in zip(events, places, strict=True)]


def of_logs(names: Iterable[str], known: Mapping[Key, Object]) -> list[dict[str, Any]]:
    """A pod for each log, by its file's name, where no pod was captured."""
    if any(kind == "Pod" for kind, _, _ in known):
        return []
    spaces = {space for _, space, _ in known if space}
    space = spaces.pop() if len(spaces) == 1 else ""
    return [item for name in dict.fromkeys(names) if (item := _pod(space, name, {"phase": "Unknown"}))]


def _of(key: Key, events: Sequence[Object]) -> dict[str, Any] | None:
    kind, space, name = key
    if kind == "Pod":
        return _pod(space, name, _status(events))
    if kind == "Node":
        return _node(name, events)
    if kind == "PersistentVolumeClaim":
        bad = any(one.get("type") == "Warning" for one in events)
        return _item(kind, space, name, {}, {"phase": "Pending" if bad else "Bound"})
    if kind in _MAKERS:
        refused = any(one.get("reason") == "FailedCreate" for one in events)
        return _item(kind, space, name, {}, {} if kind == "Job" else {"replicas": 0 if refused else 1})
    return _item(kind, space, name, {}, {})


def _item(kind: str, space: str, name: str, spec: object, status: object) -> dict[str, Any]:
    metadata = {"name": name} | ({"namespace": space} if space else {})
    if kind in ("Pod", "ReplicaSet") and (owners := owners_of(kind, name)):
        metadata["ownerReferences"] = owners  # type: ignore[assignment] # a list beside texts
    return whole({"kind": kind, "metadata": metadata, "spec": spec, "status": status, "thin": True})


def _pod(space: str, name: str, status: Mapping[str, Any]) -> dict[str, Any]:
    statuses = status.get("containerStatuses") or [_running("main")]
    spec = {"containers": [{"name": one["name"], "image": one.get("image", "")} for one in statuses]}
    spec |= {"nodeName": status["node"]} if status.get("node") else {}
    return _item("Pod", space, name, spec, {**status, "containerStatuses": statuses})


def _running(name: str) -> dict[str, Any]:
    return {"name": name, "ready": True, "restartCount": 0, "state": {"running": {}}, "lastState": {}}


def _status(events: Sequence[Object]) -> dict[str, Any]:
    """How a pod is by what was said of it: the last telling event counts."""
    reasons = [str(one.get("reason")) for one in events]
    said = [str(one.get("message") or one.get("note") or "") for one in events]
    if "Evicted" in reasons:
        return {"phase": "Failed", "reason": "Evicted", "message": said[reasons.index("Evicted")]}
    if not _STARTED & set(reasons) and "FailedScheduling" in reasons and "Scheduled" not in reasons:
        words = said[len(reasons) - 1 - reasons[::-1].index("FailedScheduling")]
        placed = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": words}
        return {"phase": "Pending", "conditions": [placed]}
    name = next((str(found["field"] or found["name"]) for one in said if (found := _CONTAINER.search(one))), "main")
    state = _state(said, reasons)
    ready = not state and not _is_unwell(events)
    condition = {"type": "Ready", "status": "True" if ready else "False"}
    one = {**_running(name), "ready": ready, **state}
    return {"phase": "Pending" if "waiting" in one["state"] else "Running", "conditions": [condition],
            "containerStatuses": [one]}  # fmt: skip


def _is_unwell(events: Sequence[Object]) -> bool:
    """Whether what was said last of the pod, but for its start, is a warning."""
    telling = [one for one in events if one.get("reason") not in ("Scheduled", "Pulling")]
    return bool(telling) and telling[-1].get("type") == "Warning"


def _state(said: Sequence[str], reasons: Sequence[str]) -> dict[str, Any]:
    for words in reversed(said):
        if _NEVER.search(words):
            return _waits("ErrImageNeverPull", words)
        if _PULL.search(words):
            return _waits("ImagePullBackOff", words)
        if _BACK_OFF.search(words):
            return {**_waits("CrashLoopBackOff", words), "restartCount": 3}
        if words.startswith("Error: "):
            return _waits(_error(words), words.removeprefix("Error: "))
    if set(reasons) & _HOLDING and not set(reasons) & _STARTED:
        return _waits("ContainerCreating", "")
    return {}


def _error(words: str) -> str:
    configured = re.search(r"configmap|secret|couldn't find key|runAsNonRoot", words, re.IGNORECASE)
    return "CreateContainerConfigError" if configured else "CreateContainerError"


def _waits(reason: str, words: str) -> dict[str, Any]:
    image = _IMAGE.search(words)
    told = {"state": {"waiting": {"reason": reason, "message": words}}}
    return {**told, **({"image": image["image"]} if image else {})}


def _node(name: str, events: Sequence[Object]) -> dict[str, Any]:
    ready, conditions = "True", dict[str, dict[str, str]]()
    for event in events:
        reason, words = str(event.get("reason")), str(event.get("message") or "")
        if reason in ("NodeNotReady", "NodeReady"):
            ready = "Unknown" if reason == "NodeNotReady" else "True"
        if found := _PRESSURE.match(reason):
            kind = found["kind"] or f"{found['short']}Pressure"
            conditions[kind] = {"type": kind, "status": "True", "message": words}
        if reason in ("NodeHasNoDiskPressure", "NodeHasSufficientMemory", "NodeHasSufficientPID"):
            conditions.pop({"NodeHasNoDiskPressure": "DiskPressure", "NodeHasSufficientMemory": "MemoryPressure"}.get(
                reason, "PIDPressure"), None)  # fmt: skip
    told = [{"type": "Ready", "status": ready, "message": "" if ready == "True" else "the node is not ready"}]
    return _item("Node", "", name, {}, {"conditions": [*told, *conditions.values()]})
