"""Reads what the diagnosis needs and nothing else: the release's objects and what they refer to. Changes nothing.

Of Secrets only names and keys leave kubectl. What may not be read is remembered, never taken for absent.
"""

import json
import re
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from orchestrator.diagnosis.cpu_activity import at_work
from orchestrator.diagnosis.facts import Answer, Facts, Keys, part_of
from orchestrator.diagnosis.signs.configuration import references
from orchestrator.errors import CommandFailedError
from orchestrator.process import Door
from orchestrator.release import helm
from orchestrator.release.snapshot import Object, belongs, is_ready, name_of, parse
from orchestrator.targets.base import Cluster

KINDS = (
    "deployments", "replicasets", "statefulsets", "pods", "services", "endpoints", "persistentvolumeclaims",
    "horizontalpodautoscalers", "events", "nodes",
)  # fmt: skip
_FORBIDDEN = re.compile(r"Error from server \(Forbidden\): (\S+?)(?: \"[^\"]+\")? is forbidden: (.*)")
_KEYS = "{{range .items}}{{.metadata.name}}{{range $key, $value := .data}} {{$key}}{{end}}\n{{end}}"
_STATUS = re.compile(r'Response" .*status="(\d{3})|\s(\d{3}) [A-Z][\w ]* in \d+ milliseconds')
_PROXY_MESSAGE = re.compile(r'"message": "(.*?)",?$', re.MULTILINE)
_RETRY = "Got a Retry-After response"
_CONFIG = "todo-frontend-config"
_ASKED = (("backend", "/ready"), ("frontend", "/"), ("frontend", "/api/auth/get-session"))
_LIMIT = 20.0
_AT_ONCE = 8  # commands


class Gatherer:
    """One look at a release."""

    def __init__(self, door: Door, cluster: Cluster) -> None:
        self._door, self._cluster = door, cluster
        self._unreadable: dict[str, str] = {}

    def gather(self, *, settled: bool) -> Facts:
        """Everything now. Raises CommandFailedError if the cluster cannot be asked at all."""
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            address, dns = pool.submit(self._api_address), pool.submit(self._dns)
            history = pool.submit(self._history)
            items = self._items()
            snapshot = parse(items)
            pods = [pod for pod in snapshot.current_pods if pod.get("status", {}).get("phase") != "Failed"]
            services = _of(items, "Service")
            secrets = pool.submit(self._names, "secrets", "secret", pods)
            config_maps = pool.submit(self._names, "configmaps", "configmap", pods)
            busy = pool.submit(at_work, self._door, self._cluster, pods) if settled else None
            answers = self._answers(pool, services, pods)
            return Facts(
                now=datetime.now(UTC),
                snapshot=snapshot,
                services=services,
                endpoints=_of(items, "Endpoints"),
                claims=tuple(item for item in items if item["kind"] == "PersistentVolumeClaim"),
                autoscalers=_of(items, "HorizontalPodAutoscaler"),
                nodes=tuple(item for item in items if item["kind"] == "Node"),
                secrets=secrets.result(),
                config_maps=config_maps.result(),
                api_address=address.result(),
                dns=dns.result(),
                history=history.result(),
                answers=answers,
                logs=self._logs(pool, pods, answers),
                unreadable=self._unreadable,
                settled=settled,
                at_work=busy.result() if busy else frozenset(),
            )

    def _items(self) -> list[Object]:
        text = self._ask("get", ",".join(KINDS), "--output", "json")
        return list(json.loads(text)["items"]) if text.strip() else []

    def _ask(self, *words: str) -> str:
        """kubectl's output; what is forbidden is noted, another failure raised."""
        answer = self._door.run(self._cluster.kubectl(*words), limit=_LIMIT, check=False)
        if answer.ok:
            return answer.out
        refused = _FORBIDDEN.findall(answer.err)
        self._unreadable.update({kind: self._door.redactor.mask(why) for kind, why in refused})
        others = [line for line in answer.err.splitlines() if line.startswith("Error") and "Forbidden" not in line]
        if others or not refused:
            raise CommandFailedError(
                f"the cluster cannot be read: {self._door.redactor.mask(answer.err.strip())}",
                code=answer.code, tail=answer.err.strip(), remedy="Check the cluster and the kube context.",
            )  # fmt: skip
        return answer.out

    def _names(self, plural: str, kind: str, pods: Sequence[Object]) -> Keys:
        """The Secrets or ConfigMaps that pods refer to, with their keys."""
        wanted = {name for pod in pods for found, name, _ in references(pod) if found == kind}
        if not wanted:
            return {}
        listed = self._ask("get", plural, "--output", f"go-template={_KEYS}")
        if plural in self._unreadable:
            return {}
        known = {line.split()[0]: frozenset(line.split()[1:]) for line in listed.splitlines() if line.strip()}
        return {name: known.get(name) for name in wanted}

    def _api_address(self) -> str | None:
        words = ("get", "configmap", _CONFIG, "--ignore-not-found", "--output", "jsonpath={.data.NEXT_PUBLIC_API_URL}")
        return self._ask(*words).strip() or None

    def _dns(self) -> int | None:
        argv = Cluster(self._cluster.context, "kube-system", self._cluster.kubeconfig).kubectl(
            "get", "endpoints", "kube-dns", "--output", "json"
        )
        answer = self._door.run(argv, limit=_LIMIT, check=False)
        if not answer.ok:
            return None  # another DNS than the usual one, or not to be seen from here: no claim is made
        subsets = json.loads(answer.out).get("subsets") or []
        return sum(len(subset.get("addresses") or []) for subset in subsets)

    def _history(self) -> tuple[helm.Revision, ...]:
        try:
            return helm.history(self._door, self._cluster)
        except CommandFailedError as error:
            if "forbidden" not in error.tail.lower():
                raise
            self._unreadable["secrets"] = error.tail
            return ()

    def _answers(self, pool: Executor, services: Sequence[Object], pods: Sequence[Object]) -> tuple[Answer, ...]:
        """GETs through the API server's proxy, of parts that have a ready pod."""
        asked = []
        for part, path in _ASKED:
            service = next((item for item in services if part_of(item) == part), None)
            if service is not None and any(is_ready(pod) for pod in pods if part_of(pod) == part):
                asked += [pool.submit(self._answer, service, part, path)]
        return tuple(found for one in asked if (found := one.result()) is not None)

    def _answer(self, service: Object, part: str, path: str) -> Answer | None:
        port = service["spec"]["ports"][0]["port"]
        url = f"/api/v1/namespaces/{self._cluster.namespace}/services/{name_of(service)}:{port}/proxy{path}"
        argv = self._cluster.kubectl("get", "--raw", url, "--v=8", "--request-timeout=10s")
        again = threading.Event()  # kubectl would obey the app's Retry-After ten times over: the first answer counts
        answer = self._door.run(
            argv, limit=_LIMIT, check=False, stop=again, on_line=lambda line: again.set() if _RETRY in line else None
        )
        if not answer.ok and "services/proxy" in answer.err and "orbidden" in answer.err:
            self._unreadable["services/proxy"] = "forbidden"
            return None
        status = 200 if answer.ok else _status(answer.err)
        return Answer(part, path, status, self._door.redactor.mask(_words(answer.err)))

    def _logs(self, pool: Executor, pods: Sequence[Object], answers: Sequence[Answer]) -> Mapping[tuple[str, str], str]:
        """Previous logs of containers that ended badly; the backends' own if their database is in question."""
        asked = any(one.part == "backend" and one.status >= 500 for one in answers)
        found = {}
        for pod in pods:
            status = pod.get("status", {})
            for one in (*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())):
                if _ended_badly(one):
                    found[name_of(pod), str(one["name"])] = pool.submit(self._log, pod, one, lines=15)
                elif asked and part_of(pod) == "backend":
                    found[name_of(pod), str(one["name"])] = pool.submit(self._log, pod, one, lines=200)
        return {place: log.result() for place, log in found.items()}

    def _log(self, pod: Object, one: Mapping[str, Any], *, lines: int) -> str:
        previous = ("--previous",) if one.get("restartCount") and "terminated" not in (one.get("state") or {}) else ()
        for extra in (previous if lines < 100 else (), ()):
            argv = self._cluster.kubectl(
                "logs", name_of(pod), "--container", str(one["name"]), "--tail", str(lines), *extra
            )
            answer = self._door.run(argv, limit=_LIMIT, check=False)
            if answer.ok and answer.out.strip():
                return self._door.redactor.mask(answer.out.strip())
            if "forbidden" in answer.err.lower():
                self._unreadable["pods/log"] = "forbidden"
        return ""


def _of(items: Sequence[Object], kind: str) -> tuple[Object, ...]:
    return tuple(item for item in items if item["kind"] == kind and belongs(item))


def _ended_badly(one: Mapping[str, Any]) -> bool:
    ended = (one.get("state") or {}).get("terminated") or (one.get("lastState") or {}).get("terminated") or {}
    return bool(ended.get("exitCode", 0) != 0)


def _status(words: str) -> int:
    """The HTTP status that kubectl's -v=6 names; 0 if there was none, or the proxy's own and no refusal.

    A proxy that may not pass (a network policy keeps the API server out) says nothing of the app.
    """
    if "error trying to reach service" in words and "refused" not in words:
        return 0
    found = _STATUS.findall(words)
    return int("".join(found[-1])) if found else 0


def _words(text: str) -> str:
    told = _PROXY_MESSAGE.findall(text)
    return str(told[-1]) if told else ""
