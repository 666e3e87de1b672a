"""Who made a pod, by the name that its maker gave it.

https://kubernetes.io/docs/concepts/workloads/controllers/: a Deployment's pods are NAME-HASH-XXXXX, a StatefulSet's
NAME-0, a DaemonSet's and a Job's NAME-XXXXX. The letters are those of `k8s.io/apimachinery/pkg/util/rand`.
"""

import re
from collections.abc import Mapping

from orchestrator.diagnosis.bundle.shape import Key
from orchestrator.release.snapshot import Object

_LETTERS = "bcdfghjklmnpqrstvwxz2456789"
_DEPLOYED = re.compile(rf"(?P<set>(?P<name>.+)-(?:[{_LETTERS}]{{6,10}}|[0-9a-f]{{6,10}}))-[{_LETTERS}]{{5}}")
_SET = re.compile(rf"(?P<name>.+)-(?:[{_LETTERS}]{{6,10}}|[0-9a-f]{{6,10}})")
_ORDERED = re.compile(r"(?P<name>.+)-\d{1,4}")
_TIMED = re.compile(rf"(?P<job>.+-\d{{8,10}})-[{_LETTERS}]{{5}}")
_OTHER = re.compile(rf"(?P<name>.+)-[{_LETTERS}]{{5}}")


def owners_of(kind: str, name: str) -> list[dict[str, object]]:
    """The ownerReferences that a Pod's or a ReplicaSet's name tells; none for a name of another form."""
    if kind == "ReplicaSet":
        return _by("Deployment", found["name"]) if (found := _SET.fullmatch(name)) else []
    if found := _TIMED.fullmatch(name):
        return _by("Job", found["job"])
    if found := _DEPLOYED.fullmatch(name):
        return _by("ReplicaSet", found["set"])
    if found := _ORDERED.fullmatch(name):
        return _by("StatefulSet", found["name"])
    return _by("DaemonSet", found["name"]) if (found := _OTHER.fullmatch(name)) else []


def _by(kind: str, name: str) -> list[dict[str, object]]:
    return [{"kind": kind, "name": name, "controller": True}]


def of_known_jobs(items: Mapping[Key, Object]) -> dict[Key, Object]:
    """The objects, where a pod's name alone made a DaemonSet its maker and there is a Job of that name: the Job's."""
    return {key: _of_job(item, items) for key, item in items.items()}


def _of_job(item: Object, items: Mapping[Key, Object]) -> Object:
    owner = (item["metadata"].get("ownerReferences") or [{}])[0]
    space, name = str(item["metadata"].get("namespace") or ""), str(owner.get("name"))
    guessed = item["kind"] == "Pod" and item.get("thin") and owner.get("kind") == "DaemonSet"
    if not guessed or ("DaemonSet", space, name) in items or ("Job", space, name) not in items:
        return item
    return {**item, "metadata": {**item["metadata"], "ownerReferences": [{"uid": "", **_by("Job", name)[0]}]}}
