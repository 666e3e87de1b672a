"""Tables that `kubectl get` prints of pods, nodes, workloads, Services, endpoints and claims, as thin objects.

A thin object (`thin`: true) holds what its columns tell. What a table does not tell, such as labels, is unknown.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.diagnosis.bundle import listed_kinds as kinds
from orchestrator.diagnosis.bundle.rows import Row, count, share, thin
from orchestrator.diagnosis.bundle.tables import seconds
from orchestrator.release.snapshot import Object

_CELL = re.compile(r"\S+(?: \S+)*")
_RESTARTS = re.compile(r"(?P<count>\d{1,9})(?: {1,9}\((?P<ago>\S{1,20}) ago\))?")
_WORD = re.compile(r"[A-Za-z][A-Za-z:/0-9]*")
_ENDED = {"Error", "OOMKilled", "ContainerStatusUnknown", "StartError", "ContainerCannotRun", "DeadlineExceeded"}
_RUNS = {"Running", "Terminating", "NotReady", "Unknown"}


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


def _pod(row: Row) -> dict[str, Any] | None:
    word = row.get("STATUS", "")
    if not _WORD.fullmatch(word):
        return None
    ready, all_ = share(row.get("READY", ""))
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
    item = thin("Pod", row, spec, status)
    if word == "SchedulingGated":
        item["status"]["conditions"].append({"type": "PodScheduled", "status": "False", "reason": word})
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
    if share(what) != (0, 0):
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
    words = row.get("STATUS", "").split(",")
    ready = {"type": "Ready", "status": "True" if words[0] == "Ready" else "Unknown", "message": row.get("STATUS", "")}
    return thin("Node", row, {"unschedulable": "SchedulingDisabled" in words}, {"conditions": [ready]})


def _deployment(row: Row) -> dict[str, Any]:
    ready, wanted = share(row.get("READY", ""))
    status = {"readyReplicas": ready, "updatedReplicas": count(row.get("UP-TO-DATE")), "replicas": wanted}
    return thin("Deployment", row, {"replicas": wanted}, status)


def _stateful(row: Row) -> dict[str, Any]:
    ready, wanted = share(row.get("READY", ""))
    return thin("StatefulSet", row, {"replicas": wanted}, {"readyReplicas": ready, "replicas": wanted})


def _replicas(row: Row) -> dict[str, Any]:
    wanted = count(row.get("DESIRED"))
    status = {"readyReplicas": count(row.get("READY")), "replicas": count(row.get("CURRENT"))}
    return thin("ReplicaSet", row, {"replicas": wanted}, status)


def _daemons(row: Row) -> dict[str, Any]:
    status = {"desiredNumberScheduled": count(row.get("DESIRED")), "currentNumberScheduled": count(row.get("CURRENT")),
              "numberReady": count(row.get("READY"))}  # fmt: skip
    return thin("DaemonSet", row, {}, status)


def _job(row: Row) -> dict[str, Any]:
    done, wanted = share(row.get("COMPLETIONS", ""))
    kind = {"Complete": "Complete", "Failed": "Failed"}.get(row.get("STATUS", ""))
    kind = kind or ("Complete" if done >= wanted > 0 else None)
    conditions = [{"type": kind, "status": "True"}] if kind else []
    return thin("Job", row, {}, {"succeeded": done, "conditions": conditions})


_MAKERS: tuple[tuple[set[str], Callable[[Row], dict[str, Any] | None]], ...] = (
    ({"READY", "STATUS", "RESTARTS"}, _pod),
    ({"DESIRED", "UP-TO-DATE"}, _daemons),
    ({"READY", "UP-TO-DATE"}, _deployment),
    ({"DESIRED", "CURRENT", "READY"}, _replicas),
    ({"TYPE", "CLUSTER-IP"}, kinds.service),
    ({"ENDPOINTS"}, kinds.endpoints),
    ({"STATUS", "ROLES"}, _node),
    ({"RECLAIM POLICY", "CLAIM"}, kinds.volume),
    ({"STATUS", "ACCESS MODES"}, kinds.claim),
    ({"PROVISIONER", "AGE"}, kinds.storage_class),
    ({"COMPLETIONS"}, _job),
    ({"SCHEDULE", "SUSPEND"}, kinds.cron),
    ({"ALLOWED DISRUPTIONS"}, kinds.budget),
    ({"REFERENCE", "TARGETS"}, kinds.autoscaler),
    ({"SERVICE", "AVAILABLE"}, kinds.api_service),
    ({"READY", "SECRET"}, kinds.certificate),
    ({"CLASS", "HOSTS"}, kinds.ingress),
    ({"NAME", "READY", "AGE"}, _stateful),
)
