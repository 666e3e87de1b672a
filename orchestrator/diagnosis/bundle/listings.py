"""Tables that `kubectl get` prints of pods, nodes, workloads, Services, endpoints and claims, as thin objects.

A thin object (`thin`: true) holds what its columns tell. What a table does not tell, such as labels, is unknown.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.bundle.names import owners_of
from orchestrator.diagnosis.bundle.tables import seconds
from orchestrator.release.snapshot import Object

AGE = "age"
"""The field of a thin object that tells its age in seconds; its creation time follows from the time of the look."""
_CELL = re.compile(r"\S+(?: \S+)*")
_SHARE = re.compile(r"(?<!\d)(\d{1,6})/(\d{1,6})")
_RESTARTS = re.compile(r"(?P<count>\d{1,9})(?: {1,9}\((?P<ago>\S{1,20}) ago\))?")
_PORT = re.compile(r"(?<!\d)(?P<port>\d{1,5})(?::\d{1,5})?/(?P<protocol>\w{1,9})")
_WORD = re.compile(r"[A-Za-z][A-Za-z:/0-9]*")
_ENDED = {"Error", "OOMKilled", "ContainerStatusUnknown", "StartError", "ContainerCannotRun", "DeadlineExceeded"}
_RUNS = {"Running", "Terminating", "NotReady", "Unknown"}
Row = Mapping[str, str]


def listed(text: str) -> list[Object]:
    """The objects of one table; none for a text that is no table, or one of another kind."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or "NAME" not in lines[0] or "LAST SEEN" in lines[0]:
        return []
    columns = [(found.start(), found.group()) for found in re.finditer(r"\S+(?: \S+)*", lines[0])]
    names = {name for _, name in columns}
    maker = next((made for marks, made in _MAKERS if marks <= names), None)
    if maker is None:
        return []
    return [item for line in lines[1:] if (row := _row(line, columns)) and (item := maker(row))]


def _row(line: str, columns: list[tuple[int, str]]) -> Row | None:
    """The cells beneath their heads: by place, or by order where a cell is wider than its column."""
    if not columns[0][1].startswith("NAME") or line[:1] in (" ", "\t", "#"):
        return None
    ends = [start for start, _ in columns[1:]] + [len(line)]
    if all(end >= len(line) or line[end - 1] == " " for end in ends[:-1]):
        row = {name: line[start:end].strip() for (start, name), end in zip(columns, ends, strict=True)}
    else:
        cells = _CELL.findall(re.sub(r"  +", "\t", line).replace("\t", "  "))
        cells = cells if len(cells) == len(columns) else re.split(r"\s{2,}", line.strip())
        row = dict(zip((name for _, name in columns), cells, strict=False))
    return {**row, "NAME": row["NAME"].split("/")[-1]} if row.get("NAME") else None


def _item(kind: str, row: Row, spec: object = None, status: object = None, **more: Any) -> dict[str, Any]:
    metadata: dict[str, Any] = {"name": row["NAME"]}
    metadata |= {"namespace": row["NAMESPACE"]} if row.get("NAMESPACE") else {}
    if owners := owners_of(kind, row["NAME"]) if kind in ("Pod", "ReplicaSet") else []:
        metadata["ownerReferences"] = owners
    age = {AGE: seconds(row["AGE"])} if row.get("AGE", "<unknown>") != "<unknown>" else {}
    return {"kind": kind, "metadata": metadata, "spec": spec or {}, "status": status or {}, "thin": True, **age, **more}


def _share(text: str) -> tuple[int, int]:
    found = _SHARE.search(text)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _pod(row: Row) -> dict[str, Any] | None:
    word = row.get("STATUS", "")
    if not _WORD.fullmatch(word):
        return None
    ready, all_ = _share(row.get("READY", ""))
    restarts = _RESTARTS.match(row.get("RESTARTS", "0"))
    statuses = list(_statuses(word, ready, max(all_, 1), restarts))
    phase, reason = _phase(word)
    place = row.get("NODE", "")
    spec: dict[str, Any] = {"containers": [{"name": one["name"]} for one in statuses]}
    spec |= {"nodeName": place} if place not in ("", "<none>") else {}
    inits = [{"name": "init", "ready": False, "restartCount": 0, "state": _init(word)}] if word[:5] == "Init:" else []
    spec |= {"initContainers": [{"name": "init"}]} if inits else {}
    well = ready == all_ > 0 and word in ("Running", "Completed", "Terminating")
    status = {"phase": phase, "conditions": [{"type": "Ready", "status": "True" if well else "False"}],
              "containerStatuses": statuses, "initContainerStatuses": inits, "reason": reason}  # fmt: skip
    status |= {"podIP": row["IP"]} if re.fullmatch(r"[\d.]+", row.get("IP", "")) else {}
    item = _item("Pod", row, spec, status)
    if word == "Terminating":
        item["metadata"]["deletionTimestamp"] = ""  # since when is not told
    return item


def _phase(word: str) -> tuple[str, str]:
    """The phase and the pod's own reason."""
    if word == "Completed":
        return "Succeeded", ""
    if word == "Evicted":
        return "Failed", word
    pending = word in ("Pending", "ContainerCreating", "PodInitializing") or word.startswith(("Init:", "Err", "Image"))
    return ("Pending" if pending else "Running"), ""


def _init(word: str) -> dict[str, Any]:
    what = word.removeprefix("Init:")
    if _SHARE.match(what):
        return {"running": {}}
    return {"terminated": {"exitCode": 1, "reason": what}} if what == "Error" else {"waiting": {"reason": what}}


def _statuses(word: str, ready: int, all_: int, restarts: re.Match[str] | None) -> Iterator[dict[str, Any]]:
    """A status for each container; the word speaks of one that is not ready."""
    count = int(restarts["count"]) if restarts else 0
    ago = {"ago": seconds(restarts["ago"])} if restarts and restarts["ago"] else {}
    for place in range(all_):
        one: dict[str, Any] = {"name": "main" if all_ == 1 else f"container-{place + 1}", "ready": place < ready,
                               "restartCount": count if place == all_ - 1 else 0, "lastState": {}}  # fmt: skip
        if place < ready or word in _RUNS:
            one["state"] = {"running": {}}
        elif word in ("Completed", *_ENDED):
            one["state"] = {"terminated": {"reason": word, "exitCode": int(word != "Completed")}}
        elif word == "Pending" or word.startswith("Init:"):
            one["state"] = {}
        else:
            one["state"] = {"waiting": {"reason": word}}
        if one["restartCount"] and "terminated" not in one["state"]:
            one["lastState"] = {"terminated": {"reason": "Error", **ago}}
        yield one


def _node(row: Row) -> dict[str, Any]:
    words = row["STATUS"].split(",")
    ready = {"type": "Ready", "status": "True" if words[0] == "Ready" else "Unknown", "message": row["STATUS"]}
    return _item("Node", row, {"unschedulable": "SchedulingDisabled" in words}, {"conditions": [ready]})


def _deployment(row: Row) -> dict[str, Any]:
    ready, wanted = _share(row["READY"])
    status = {"readyReplicas": ready, "updatedReplicas": _count(row.get("UP-TO-DATE")), "replicas": wanted}
    return _item("Deployment", row, {"replicas": wanted}, status)


def _stateful(row: Row) -> dict[str, Any]:
    ready, wanted = _share(row["READY"])
    return _item("StatefulSet", row, {"replicas": wanted}, {"readyReplicas": ready, "replicas": wanted})


def _replicas(row: Row) -> dict[str, Any]:
    wanted = _count(row["DESIRED"])
    status = {"readyReplicas": _count(row["READY"]), "replicas": _count(row["CURRENT"])}
    return _item("ReplicaSet", row, {"replicas": wanted}, status)


def _daemons(row: Row) -> dict[str, Any]:
    status = {"desiredNumberScheduled": _count(row["DESIRED"]), "currentNumberScheduled": _count(row["CURRENT"]),
              "numberReady": _count(row["READY"])}  # fmt: skip
    return _item("DaemonSet", row, {}, status)


def _service(row: Row) -> dict[str, Any]:
    ports = [{"port": int(one["port"]), "protocol": one["protocol"]} for one in _PORT.finditer(row.get("PORT(S)", ""))]
    told = row.get("SELECTOR", "<none>")
    selector = {} if told == "<none>" else dict(one.split("=", 1) for one in told.split(",") if "=" in one)
    spec = {"type": row["TYPE"], "clusterIP": row["CLUSTER-IP"], "ports": ports, "selector": selector}
    return _item("Service", row, spec)


def _endpoints(row: Row) -> dict[str, Any]:
    told = (one.rpartition(":") for one in row["ENDPOINTS"].replace(",", " ").split())
    found = [(ip, port) for ip, _, port in told if ip and port.isdecimal()]
    subsets = [{"addresses": [{"ip": ip} for ip, _ in found], "ports": [{"port": int(found[0][1])}]}] if found else []
    return _item("Endpoints", row, subsets=subsets)


def _claim(row: Row) -> dict[str, Any]:
    spec = {"storageClassName": row["STORAGECLASS"]} if row.get("STORAGECLASS") else {}
    spec |= {"volumeName": row["VOLUME"]} if row.get("VOLUME") else {}
    return _item("PersistentVolumeClaim", row, spec, {"phase": row["STATUS"]})


def _job(row: Row) -> dict[str, Any]:
    done, wanted = _share(row["COMPLETIONS"])
    kind = {"Complete": "Complete", "Failed": "Failed"}.get(row.get("STATUS", ""))
    kind = kind or ("Complete" if done >= wanted > 0 else None)
    conditions = [{"type": kind, "status": "True"}] if kind else []
    return _item("Job", row, {}, {"succeeded": done, "conditions": conditions})


_MAKERS: tuple[tuple[set[str], Callable[[Row], dict[str, Any] | None]], ...] = (
    ({"READY", "STATUS", "RESTARTS"}, _pod),
    ({"DESIRED", "UP-TO-DATE"}, _daemons),
    ({"READY", "UP-TO-DATE"}, _deployment),
    ({"DESIRED", "CURRENT", "READY"}, _replicas),
    ({"TYPE", "CLUSTER-IP"}, _service),
    ({"ENDPOINTS"}, _endpoints),
    ({"STATUS", "ROLES"}, _node),
    ({"STATUS", "ACCESS MODES"}, _claim),
    ({"COMPLETIONS"}, _job),
    ({"NAME", "READY", "AGE"}, _stateful),
)
