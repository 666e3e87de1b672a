"""Whose log a file is: by the pod and the container that its path, or a header in it, names."""

import re
from collections.abc import Sequence

from orchestrator.diagnosis.workloads.store import LogKey
from orchestrator.release.snapshot import Object

_SECTION = re.compile(
    r"^==== START logs for container (?P<container>\S+) of pod (?P<space>[^/\s]+)/(?P<pod>\S+) ====\n"
    r"(?P<body>.*?)(?:^==== END logs for container .*? ====\n?|\Z)",
    re.MULTILINE | re.DOTALL,
)
_PREVIOUS = re.compile(r"(?<![a-z])(previous|prev|last-run)(?![a-z])", re.IGNORECASE)
_LAST = 400  # lines that are kept


class Logs:
    """Logs as they are found; placed when all pods are known."""

    def __init__(self) -> None:
        self._known: dict[LogKey, str] = {}
        self._files: list[tuple[str, str]] = []

    def sections(self, text: str) -> str:
        """Take the sections that `cluster-info dump` marks; the rest of the text is given back."""
        if "==== START logs" not in text:
            return text
        for found in _SECTION.finditer(text):
            place = found["space"], found["pod"], found["container"]
            self._known[place] = _tail(self._known.get(place, "") + found["body"])
        return _SECTION.sub("", text)

    def keep(self, name: str, text: str) -> None:
        """A file that is nothing else."""
        self._files.append((name, _tail(text)))

    def placed(self, pods: Sequence[Object]) -> tuple[dict[LogKey, str], dict[LogKey, str]]:
        """Logs of the current runs and of the runs before. A file that names no pod belongs to nobody."""
        now = dict(self._known)
        before: dict[LogKey, str] = {}
        for name, text in self._files:
            pod = _pod_of(name, pods)
            if pod is None:
                continue
            key = str(pod["metadata"].get("namespace") or ""), str(pod["metadata"]["name"]), _container(name, pod)
            goal = before if _PREVIOUS.search(name.replace(key[1], "")) else now
            goal[key] = _tail(goal.get(key, "") + text)
        return now, before


def _pod_of(name: str, pods: Sequence[Object]) -> Object | None:
    """The pod whose name is longest in the path, its namespace deciding between equals; else one of its workload."""
    whole = [pod for pod in pods if _has(name, str(pod["metadata"]["name"]))]
    if whole:
        return max(whole, key=lambda pod: (len(pod["metadata"]["name"]), _has(name, pod["metadata"].get("namespace"))))
    kin = [(label, pod) for pod in pods for label in _family(pod) if _has(name, label)]
    return max(kin, key=lambda one: len(one[0]))[1] if kin else None


def _family(pod: Object) -> list[str]:
    labels = pod["metadata"].get("labels") or {}
    owners = [str(one.get("name")) for one in pod["metadata"].get("ownerReferences") or []]
    named = [str(labels[key]) for key in ("app", "app.kubernetes.io/name", "k8s-app", "name") if key in labels]
    return [*named, *owners, *(owner.rsplit("-", 1)[0] for owner in owners if "-" in owner)]


def _container(name: str, pod: Object) -> str:
    spec = pod.get("spec") or {}
    names = [str(one["name"]) for one in (*(spec.get("initContainers") or ()), *(spec.get("containers") or ()))]
    rest = name.replace(str(pod["metadata"]["name"]), "", 1)
    found = [one for one in names if _has(rest, one)]
    return max(found, key=len) if found else names[0] if len(names) == 1 else ""


def _has(path: str, word: object) -> bool:
    return bool(word) and bool(re.search(rf"(?<![a-z0-9-]){re.escape(str(word))}(?![a-z0-9])", path))


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-_LAST:]) + "\n"
