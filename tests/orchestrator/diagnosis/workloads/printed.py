"""A shop as people paste it: tables of `kubectl get`, `kubectl describe` of what is not well, events, and its logs.

Printed from the same objects as the files of JSON, so that a fault is told in both forms.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.orchestrator.diagnosis.workloads.printed_describe import age, described
from tests.orchestrator.diagnosis.workloads.shop import Object, at

_NAMES = (("-abc12-x", "-7d9c5b8f6-xk2zq"), ("-abc12", "-7d9c5b8f6"))  # as kubectl's controllers name them
_MODES = {"ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX"}


def named(text: str) -> str:
    """The text with names as controllers make them."""
    for old, new in _NAMES:
        text = text.replace(old, new)
    return text


def printed(objects: list[Object], events: list[Object], folder: Path) -> None:
    """One text file for each command that somebody would have run."""
    of: dict[str, list[Object]] = {}
    for one in objects:
        of.setdefault(one["kind"], []).append(one)
    for kind, (file, head, row) in _TABLES.items():
        rows = [row(one) for one in of.get(kind, [])]
        if rows:
            (folder / f"{file}.txt").write_text(_table(["NAMESPACE", *head], rows))
    events = [*events, *(said for one in objects for said in _implied(one))]
    told = [_event(one) for one in events]
    if told:
        head = ["NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
        (folder / "events.txt").write_text(_table(head, told))
    texts = [text for one in objects if (text := described(one, events))]
    (folder / "describe.txt").write_text(named("\n\n\n".join(texts)))


def _implied(one: Object) -> Iterator[Object]:
    """The events that a cluster has beside what an object's conditions and states say."""
    about = {"kind": one["kind"], "namespace": one["metadata"].get("namespace"), "name": one["metadata"]["name"]}
    event = {"type": "Warning", "involvedObject": about, "metadata": {}, "lastTimestamp": at(20), "count": 5}
    for each in (one.get("status") or {}).get("conditions") or []:
        reason = {"ReplicaFailure": "FailedCreate", "PodScheduled": "FailedScheduling"}.get(each["type"])
        failed = each["status"] == ("True" if each["type"] == "ReplicaFailure" else "False")
        if reason and failed and each.get("message"):
            yield {**event, "reason": reason, "message": each["message"]}
    for each in (one.get("status") or {}).get("containerStatuses") or []:
        waiting = (each.get("state") or {}).get("waiting") or {}
        if waiting.get("message") and waiting.get("reason") in ("CreateContainerConfigError", "RunContainerError"):
            yield {**event, "reason": "Failed", "message": f"Error: {waiting['message']}"}


def _table(head: list[str], rows: list[list[str]]) -> str:
    rows = [[named(str(cell)) for cell in row] for row in rows]
    wide = [max(len(str(line[place])) for line in [head, *rows]) for place in range(len(head))]
    return "".join("   ".join(str(cell).ljust(size) for cell, size in zip(line, wide, strict=True)).rstrip() + "\n"
                   for line in [head, *rows])  # fmt: skip


def _meta(one: Object) -> tuple[str, str, str]:
    about = one["metadata"]
    return str(about.get("namespace") or ""), str(about["name"]), age(about.get("creationTimestamp"))


def _status_word(pod: Object) -> str:
    status = pod.get("status") or {}
    word = str(status.get("reason") or status.get("phase") or "Pending")
    for one in status.get("initContainerStatuses") or []:
        state = one.get("state") or {}
        if "running" in state:
            return "Init:0/1"
        if "waiting" in state and state["waiting"].get("reason") not in (None, "PodInitializing"):
            return f"Init:{state['waiting']['reason']}"
        if state.get("terminated", {}).get("exitCode"):
            return "Init:Error"
    for one in status.get("containerStatuses") or []:
        state = one.get("state") or {}
        if reason := (state.get("waiting") or {}).get("reason") or (state.get("terminated") or {}).get("reason"):
            word = str(reason)
    if (pod.get("spec") or {}).get("schedulingGates"):
        return "SchedulingGated"
    return "Terminating" if pod["metadata"].get("deletionTimestamp") else word


def _is(one: Object, kind: str) -> bool:
    told = (one.get("status") or {}).get("conditions") or []
    return any(each["type"] == kind and each["status"] == "True" for each in told)


def _pod(one: Object) -> list[str]:
    space, name, old = _meta(one)
    statuses = (one.get("status") or {}).get("containerStatuses") or []
    every = (one.get("spec") or {}).get("containers") or [{}]
    restarts = sum(int(each.get("restartCount") or 0) for each in statuses)
    ended = [
        end for each in statuses if (end := ((each.get("lastState") or {}).get("terminated") or {}).get("finishedAt"))
    ]
    told = f"{restarts} ({age(max(ended))} ago)" if restarts and ended else str(restarts)
    well = any(
        each["type"] == "Ready" and each["status"] == "True"
        for each in (one.get("status") or {}).get("conditions") or []
    )
    ready = sum(bool(each.get("ready")) for each in statuses) if statuses or not well else len(every)
    spec, status = one.get("spec") or {}, one.get("status") or {}
    return [space, name, f"{ready}/{len(every)}", _status_word(one), told, old, str(status.get("podIP") or "<none>"),
            str(spec.get("nodeName") or "<none>")]  # fmt: skip


def _deployment(one: Object) -> list[str]:
    space, name, old = _meta(one)
    status = one.get("status") or {}
    ready, wanted = status.get("readyReplicas") or 0, one["spec"].get("replicas", 1)
    return [space, name, f"{ready}/{wanted}", str(status.get("updatedReplicas") or 0), str(ready), old]


def _stateful(one: Object) -> list[str]:
    space, name, old = _meta(one)
    return [space, name, f"{(one.get('status') or {}).get('readyReplicas') or 0}/{one['spec'].get('replicas', 1)}", old]


def _service(one: Object) -> list[str]:
    space, name, old = _meta(one)
    spec = one["spec"]
    ports = ",".join(f"{port['port']}/{port.get('protocol', 'TCP')}" for port in spec.get("ports") or []) or "<none>"
    told = ",".join(f"{key}={value}" for key, value in (spec.get("selector") or {}).items()) or "<none>"
    return [space, name, spec.get("type", "ClusterIP"), spec.get("clusterIP") or "None", "<none>", ports, old, told]


def _endpoints(one: Object) -> list[str]:
    space, name, old = _meta(one)
    found = [
        f"{address['ip']}:{(subset.get('ports') or [{'port': 80}])[0].get('port')}"
        for subset in one.get("subsets") or []
        for address in subset.get("addresses") or []
    ]
    return [space, name, ",".join(found) or "<none>", old]


def _node(one: Object) -> list[str]:
    _, name, old = _meta(one)
    ready = next((each for each in one["status"]["conditions"] if each["type"] == "Ready"), {"status": "True"})
    word = "Ready" if ready["status"] == "True" else "NotReady"
    return [
        "",
        name,
        word + (",SchedulingDisabled" if one["spec"].get("unschedulable") else ""),
        "<none>",
        old,
        "v1.31.0",
    ]


def _claim(one: Object) -> list[str]:
    space, name, old = _meta(one)
    spec = one["spec"]
    bound = (one.get("status") or {}).get("phase") == "Bound"
    modes = ",".join(_MODES.get(mode, mode) for mode in spec.get("accessModes") or []) if bound else ""
    return [space, name, (one.get("status") or {}).get("phase", "Pending"), spec.get("volumeName") or "",
            "1Gi" if bound else "", modes, spec.get("storageClassName") or "", old]  # fmt: skip


def _volume(one: Object) -> list[str]:
    _, name, old = _meta(one)
    spec, held = one["spec"], one["spec"].get("claimRef") or {}
    modes = ",".join(_MODES.get(mode, mode) for mode in spec.get("accessModes") or [])
    return ["", name, str((spec.get("capacity") or {}).get("storage")), modes, "Retain",
            (one.get("status") or {}).get("phase", "Available"), f"{held['namespace']}/{held['name']}" if held else "",
            spec.get("storageClassName") or "", old]  # fmt: skip


def _event(one: Object) -> list[str]:
    about = one.get("involvedObject") or {}
    space = str(about.get("namespace") or one["metadata"].get("namespace") or "default")
    goal, said = f"{str(about.get('kind')).lower()}/{about.get('name')}", str(one.get("message")).replace("\n", " ")
    return [
        space,
        age(one.get("lastTimestamp")),
        str(one.get("type") or "Warning"),
        str(one.get("reason")),
        goal,
        said,
    ]


_TABLES: dict[str, tuple[str, list[str], Any]] = {
    "Pod": ("pods", ["NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE"], _pod),
    "Deployment": ("deployments", ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"], _deployment),
    "StatefulSet": ("statefulsets", ["NAME", "READY", "AGE"], _stateful),
    "Service": ("services", ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE", "SELECTOR"], _service),
    "Endpoints": ("endpoints", ["NAME", "ENDPOINTS", "AGE"], _endpoints),
    "Node": ("nodes", ["NAME", "STATUS", "ROLES", "AGE", "VERSION"], _node),
    "PersistentVolumeClaim": (
        "pvc", ["NAME", "STATUS", "VOLUME", "CAPACITY", "ACCESS MODES", "STORAGECLASS", "AGE"], _claim),
    "PersistentVolume": (
        "pv", ["NAME", "CAPACITY", "ACCESS MODES", "RECLAIM POLICY", "STATUS", "CLAIM", "STORAGECLASS", "AGE"],
        _volume),
}  # fmt: skip


AS_TEXT = frozenset({*_TABLES, "Event", "ReplicaSet"})


def pasted(shop: Any, folder: Path) -> Path:
    """The whole of a shop or a market: what tables and describe tell as text, the rest as lists of JSON, its logs."""
    objects = list(shop.objects.values())
    printed(objects, shop.events, folder)
    rest: dict[str, list[Object]] = {}
    for one in objects:
        if one["kind"] not in AS_TEXT:
            rest.setdefault(one["kind"], []).append(one)
    for kind, items in rest.items():
        (folder / f"{kind.lower()}s.json").write_text(named(json.dumps({"kind": "List", "items": items})))
    for end, logs in (("", getattr(shop, "logs", {})), ("-previous", getattr(shop, "previous", {}))):
        for (pod, name), text in logs.items():
            (folder / f"{named(pod)}_{name}{end}.log").write_text(named(text))
    for name, text in shop.texts.items():
        path = folder / named(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(named(text))
    return folder
