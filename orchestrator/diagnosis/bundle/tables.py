"""Tables that `kubectl get` prints: events, and pods where nothing better is there."""

import re
from datetime import datetime, timedelta
from typing import Any

from orchestrator.release.snapshot import Object

_EVENTS = re.compile(r"^(NAMESPACE[ \t]++)?LAST SEEN[ \t]++TYPE[ \t]++REASON[ \t]++OBJECT[ \t].*MESSAGE", re.MULTILINE)
_BARE = re.compile(
    r"^(?:(?P<space>[a-z0-9][a-z0-9-]{0,62})\s+)?(?P<age>\d[\dsmhd]{1,12}|<unknown>)(?: \(x\d+ over [^)]{1,20}\))?\s+"
    r"(?P<type>Normal|Warning)\s+(?P<reason>\S+)\s+(?P<kind>[a-z]{2,40})/(?P<name>[a-z0-9][a-z0-9.-]*)\s+(?P<message>\S.*)$"
)
_AGE = re.compile(r"(?<!\d)(\d{1,9})([dhms])")
_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_TIMES = re.compile(r"^(?P<age>\S+) \(x(?P<count>\d+) over [^)]*\)")
_SHORT = {
    "po": "Pod", "deploy": "Deployment", "rs": "ReplicaSet", "sts": "StatefulSet", "ds": "DaemonSet", "no": "Node",
    "pvc": "PersistentVolumeClaim", "pv": "PersistentVolume", "svc": "Service", "ing": "Ingress", "cj": "CronJob",
    "hpa": "HorizontalPodAutoscaler", "ep": "Endpoints", "ns": "Namespace", "cm": "ConfigMap",
}  # fmt: skip
KINDS = {
    kind.lower(): kind
    for kind in (
        "Pod",
        "Deployment",
        "ReplicaSet",
        "StatefulSet",
        "DaemonSet",
        "Job",
        "CronJob",
        "Service",
        "Node",
        "PersistentVolumeClaim",
        "PersistentVolume",
        "Ingress",
        "HorizontalPodAutoscaler",
        "Endpoints",
        "ResourceQuota",
        "PodDisruptionBudget",
        "NetworkPolicy",
        "ConfigMap",
        "Secret",
        "Namespace",
    )
} | _SHORT
LASTS = "secondsGoing"
"""The field of a pod from a text that is being deleted, which tells for how long."""
AGO = "secondsAgo"
"""The field of an event from a text, which tells its age and not its time."""


def from_table(text: str) -> list[Object]:
    """The events of a table, none for another text."""
    head = _EVENTS.search(text)
    if not head:
        return []
    lines = text[head.start() :].splitlines()
    places = {word: lines[0].index(word) for word in ("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE")}
    space = "NAMESPACE" in lines[0]
    return [event for number, line in enumerate(lines[1:]) if (event := _event(line, places, space, number))]


def bare_events(text: str) -> list[Object]:
    """Rows of events without their head, as grep leaves them; none for a text with other lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_BARE.match(line) for line in lines]
    if not lines or not all(found):
        return []
    told = [one.groupdict() for one in found if one]
    return [
        event(KINDS.get(one["kind"].lower(), one["kind"].capitalize()), one["space"] or "", one["name"], one["reason"],
              one["message"], kind_of=one["type"], age=seconds(one["age"]), count=1, number=number)
        for number, one in enumerate(told)
    ]  # fmt: skip


def _event(line: str, places: dict[str, int], space: bool, number: int) -> dict[str, Any] | None:
    about = line[places["OBJECT"] :].split()
    if len(line) <= places["MESSAGE"] or not about or "/" not in about[0]:
        return None
    kind, name = about[0].split("/", 1)
    age, count = _seen(line[places["LAST SEEN"] : places["TYPE"]].strip())
    namespace = line.split(maxsplit=1)[0] if space else ""
    return event(
        KINDS.get(kind.lower(), kind.capitalize()),
        namespace,
        name,
        line[places["REASON"] : places["OBJECT"]].strip(),
        line[places["MESSAGE"] :].strip(),
        kind_of=line[places["TYPE"] : places["REASON"]].strip(),
        age=age,
        count=count,
        number=number,
    )


def _seen(text: str) -> tuple[float, int]:
    found = _TIMES.match(text)
    return (seconds(found["age"]), int(found["count"])) if found else (seconds(text), 1)


def seconds(age: str) -> float:
    """An age such as 3m20s."""
    return float(sum(int(number) * _SECONDS[unit] for number, unit in _AGE.findall(age)))


def timed(item: Object, now: datetime) -> Object:
    """An event of a text with its time, counted back from `now`."""
    if AGO not in item:
        return item
    told = (now - timedelta(seconds=item[AGO])).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**{key: value for key, value in item.items() if key != AGO}, "lastTimestamp": told}


def event(
    kind: str,
    namespace: str,
    name: str,
    reason: str,
    message: str,
    *,
    kind_of: str,
    age: float,
    count: int,
    number: int,
) -> dict[str, Any]:
    """An Event as the API has it, but for its time."""
    about = {"kind": kind, "namespace": namespace, "name": name}
    return {
        "kind": "Event",
        "metadata": {"namespace": namespace, "name": f"{name}.{reason}.{number}"},
        "type": kind_of,
        "involvedObject": about,
        "reason": reason,
        "message": message,
        "count": count,
        AGO: age,
    }
