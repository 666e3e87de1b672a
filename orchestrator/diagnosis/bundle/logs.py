"""Whose log a file is: by the pod and the container that its path, or a header in it, names."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from orchestrator.diagnosis.workloads.store import LogKey
from orchestrator.release.snapshot import Object

_SECTION = re.compile(
    r"^==== START logs for container (?P<container>\S+) of pod (?P<space>[^/\s]+)/(?P<pod>\S+) ====\n"
    r"(?P<body>.*?)(?:^==== END logs for container .*? ====\n?|\Z)",
    re.MULTILINE | re.DOTALL,
)
_PREVIOUS = re.compile(r"(?<![a-z])(previous|prev|last-run)(?![a-z])", re.IGNORECASE)
_PREFIXED = re.compile(r"^\[pod/(?P<pod>[^/\]]+)/(?P<container>[^\]]+)\] ?", re.MULTILINE)
_STERN = re.compile(
    r"^(?P<pod>[a-z0-9][a-z0-9.-]{0,250}-(?:[a-z0-9]{5}|\d{1,4})) (?:[\u203a|] )?"
    r"(?P<container>[a-z0-9][a-z0-9-]{0,62}) ",
    re.M,
)
_ENDS = re.compile(
    r"(?:\.(?:log|txt|gz|out|json|\d)){1,4}$|[._-](previous|prev|last-run|current|logs?)(?=[._-]|$)", re.IGNORECASE
)
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")
_WORDS = frozenset(
    {"log", "logs", "output", "events", "all", "pods", "previous", "session", "notes", "readme", "journal"}
)
_BEGUN = re.compile(r"(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d)(?:\.\d{1,9})?Z")
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
        """A file that is nothing else, or the lines of one that name their pods."""
        prefix = next((one for one in (_PREFIXED, _STERN) if _is_of_all(one, text)), None)
        if prefix is None:
            self._files.append((name, _tail(text)))
            return
        told: dict[str, list[str]] = {}
        for line in text.splitlines():
            if found := prefix.match(line):
                told.setdefault(f"{found['pod']}_{found['container']}", []).append(line[found.end() :])
        self._files += [(owner, _tail("\n".join(lines))) for owner, lines in told.items()]

    def names(self) -> list[str]:
        """The pods or programs that the files' own names are."""
        places = [(space, pod) for space, pod, _ in self._known]
        return [pod for _, pod in places] + [
            stem for name, _ in self._files if re.search(r"\blogs?\b", name, re.I) and (stem := _stem(name))
        ]

    def latest(self) -> datetime | None:
        """The newest time, in UTC, with which a log's last line begins."""
        texts = [text for _, text in self._files] + list(self._known.values())
        last = [_BEGUN.match(text.rstrip().rsplit("\n", 1)[-1]) for text in texts]
        return max((datetime.fromisoformat(found[1]).replace(tzinfo=UTC) for found in last if found), default=None)

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


def _is_of_all(prefix: re.Pattern[str], text: str) -> bool:
    """Whether the first line has the prefix, and nearly every other."""
    lines = [line for line in text.splitlines()[:_LAST] if line.strip()]
    return (
        bool(lines) and bool(prefix.match(lines[0])) and 5 * sum(map(bool, map(prefix.match, lines))) >= 4 * len(lines)
    )


def _stem(name: str) -> str:
    """What a log's name says of whose it is: the file's, or its folder's where the file's is a mere word."""
    if " " in name.strip():
        words = [word for word in name.split()[1:] if not word.startswith("-") and word not in ("logs", "log")]
        name = words[0].split("/")[-1] if words else ""
    for part in reversed(name.split("/")):
        stem = _ENDS.sub("", part).split("_")[0].lower()
        if stem not in _WORDS and _NAME.fullmatch(stem):
            return stem
    return ""


def _pod_of(name: str, pods: Sequence[Object]) -> Object | None:
    """The pod whose name is longest in the path, its namespace deciding between equals; else one of its workload."""
    whole = [pod for pod in pods if pod["metadata"]["name"] in name and _has(name, str(pod["metadata"]["name"]))]
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
