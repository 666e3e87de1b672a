"""Reads a namespace, or all of them, from a cluster into a Store, masked. Changes nothing.

Of Secrets only names, types, keys and the public certificate leave kubectl. What may not be read is told, never taken
for absent.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from orchestrator.diagnosis.workloads.look import containers, is_sick
from orchestrator.diagnosis.workloads.store import CONTROL, LogKey, Store, namespace_of
from orchestrator.errors import CommandFailedError
from orchestrator.process import Door
from orchestrator.redaction import MASK, Redactor, masked
from orchestrator.release.snapshot import Object, name_of
from orchestrator.targets.base import Cluster

KINDS = {
    "pods": "Pod",
    "deployments": "Deployment",
    "replicasets": "ReplicaSet",
    "statefulsets": "StatefulSet",
    "daemonsets": "DaemonSet",
    "jobs": "Job",
    "cronjobs": "CronJob",
    "services": "Service",
    "endpoints": "Endpoints",
    "ingresses": "Ingress",
    "persistentvolumeclaims": "PersistentVolumeClaim",
    "serviceaccounts": "ServiceAccount",
    "resourcequotas": "ResourceQuota",
    "limitranges": "LimitRange",
    "networkpolicies": "NetworkPolicy",
    "poddisruptionbudgets": "PodDisruptionBudget",
    "horizontalpodautoscalers": "HorizontalPodAutoscaler",
    "configmaps": "ConfigMap",
    "events": "Event",
}
OF_THE_CLUSTER = {
    "nodes": "Node",
    "persistentvolumes": "PersistentVolume",
    "storageclasses": "StorageClass",
    "ingressclasses": "IngressClass",
    "namespaces": "Namespace",
}
_SYSTEM = ("pods", "deployments", "daemonsets")
_SECRETS = (
    "{{range .items}}{{.metadata.namespace}} {{.metadata.name}} {{.type}} "
    '{{if .data}}{{with index .data "tls.crt"}}{{.}}{{else}}-{{end}}{{range $key, $value := .data}} {{$key}}{{end}}'
    "{{else}}-{{end}}\n{{end}}"
)
_FORBIDDEN = re.compile(r"Error from server \(Forbidden\): (\S+?)(?: \"[^\"]+\")? is forbidden: (.*)")
_UNKNOWN = re.compile(r"the server doesn't have a resource type \"([^\"]+)\"")
_HIDDEN = re.compile(r"PASS|SECRET|TOKEN|API_?KEY|CREDENTIAL|PRIVATE", re.IGNORECASE)
_PREFIX = re.compile(r"^\[pod/[^/]+/([^\]]+)\] ?", re.MULTILINE)
_LIMIT, _AT_ONCE = 20.0, 8
_MOST_PODS = 80  # whose logs are read, the sick ones first


@dataclass(frozen=True)
class Collected:
    """What was read; `unreadable` holds kinds that may not be, with the API server's words."""

    store: Store
    unreadable: Mapping[str, str]


class Collector:
    """One look at a cluster; `namespace` None: at all of it."""

    def __init__(self, door: Door, cluster: Cluster, *, namespace: str | None) -> None:
        self._door, self._cluster, self._namespace = door, cluster, namespace
        self._unreadable: dict[str, str] = {}
        self._unknown: set[str] = set()

    def collect(self) -> Collected:
        """Everything now. Raises CommandFailedError if the cluster cannot be asked at all."""
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            scope = ["--all-namespaces"] if self._namespace is None else []
            asked = [pool.submit(self._items, list(KINDS), *scope), pool.submit(self._items, list(OF_THE_CLUSTER))]
            if self._namespace not in (None, "kube-system"):
                asked.append(pool.submit(self._items, list(_SYSTEM), "--namespace", "kube-system"))
            secrets = pool.submit(self._secrets, *scope)
            items = [item for one in asked for item in one.result()]
            objects = tuple(masked_object(item, self._door.redactor) for item in [*items, *secrets.result()])
            logs = dict(one for log in self._log_jobs(pool, objects) for one in log.result())
        known = {**KINDS, **OF_THE_CLUSTER, "secrets": "Secret"}
        unread = {one.split(".")[0] for one in self._unreadable} | self._unknown
        listed = frozenset(kind for plural, kind in known.items() if plural not in unread)
        now = {key[:3]: text for key, text in logs.items() if not key[3]}
        before = {key[:3]: text for key, text in logs.items() if key[3]}
        return Collected(Store(objects, now, before, (), listed, datetime.now(UTC), live=True), self._unreadable)

    def _items(self, plurals: Sequence[str], *scope: str) -> list[Object]:
        text = self._ask("get", ",".join(plurals), *scope, "--output", "json")
        return list(json.loads(text)["items"]) if text.strip() else []

    def _ask(self, *words: str) -> str:
        answer = self._door.run(self._argv(*words), limit=_LIMIT, check=False)
        if answer.ok:
            return answer.out
        if unknown := _UNKNOWN.findall(answer.err):
            self._unknown.update(unknown)
            kinds = [one for one in words[1].split(",") if one not in self._unknown]
            return self._ask(words[0], ",".join(kinds), *words[2:]) if kinds else ""
        refused = _FORBIDDEN.findall(answer.err)
        self._unreadable.update({kind: self._door.redactor.mask(why) for kind, why in refused})
        others = [line for line in answer.err.splitlines() if line.startswith("Error") and "Forbidden" not in line]
        if others or not refused:
            raise CommandFailedError(
                f"the cluster cannot be read: {self._door.redactor.mask(answer.err.strip())}",
                code=answer.code,
                tail=answer.err.strip(),
                remedy="Check the cluster and the kube context.",
            )
        return answer.out

    def _argv(self, *words: str) -> list[str]:
        if "--namespace" not in words:
            return self._cluster.kubectl(*words)
        place = words.index("--namespace")
        other = Cluster(self._cluster.context, words[place + 1], self._cluster.kubeconfig)
        return other.kubectl(*words[:place], *words[place + 2 :])

    def _secrets(self, *scope: str) -> list[Object]:
        listed = self._ask("get", "secrets", *scope, "--output", f"go-template={_SECRETS}")
        return [_secret(*line.split()) for line in listed.splitlines() if len(line.split()) >= 4]

    def _log_jobs(self, pool: ThreadPoolExecutor, objects: Sequence[Object]) -> list[Any]:
        pods = [
            pod
            for pod in objects
            if pod["kind"] == "Pod"
            and (namespace_of(pod) not in CONTROL or is_sick(pod) or self._namespace == namespace_of(pod))
        ]
        pods.sort(key=lambda pod: (not is_sick(pod), not _restarts(pod)))
        return [pool.submit(self._logs, pod) for pod in pods[:_MOST_PODS]]

    def _logs(self, pod: Object) -> list[tuple[tuple[str, str, str, str], str]]:
        """The last lines of each container of a pod, and of its run before; none of one that never ran."""
        if not any(one.status.get("containerID") or one.ended for one in containers(pod)):
            return []
        found = [((*key, ""), text) for key, text in self._log(pod)]
        if _restarts(pod):
            found += [((*key, "before"), text) for key, text in self._log(pod, "--previous")]
        return found

    def _log(self, pod: Object, *more: str) -> Iterator[tuple[LogKey, str]]:
        lines = "200" if is_sick(pod) or _restarts(pod) else "60"
        words = ("logs", name_of(pod), "--all-containers", "--prefix", "--ignore-errors", "--tail", lines, *more)
        answer = self._door.run(self._argv(*words, "--namespace", namespace_of(pod)), limit=_LIMIT, check=False)
        if "orbidden" in answer.err:
            self._unreadable["pods/log"] = "forbidden"
        by_container: dict[str, list[str]] = {}
        for line in answer.out.splitlines():
            if found := _PREFIX.match(line):
                by_container.setdefault(found.group(1), []).append(line[found.end() :])
        for container, told in by_container.items():
            text = self._door.redactor.mask("\n".join(told)) + "\n"
            yield (namespace_of(pod), name_of(pod), container), text


def masked_object(item: Object, redactor: Redactor) -> Object:
    """The object without what may be a secret: values of telling names, and whatever the redactor knows."""
    return dict(masked(_hidden(item), redactor))


def _hidden(value: Any) -> Any:
    if isinstance(value, Mapping):
        if isinstance(value.get("value"), str) and _HIDDEN.search(str(value.get("name", ""))):
            return {**value, "value": MASK}
        return {
            key: MASK
            if isinstance(one, str) and _HIDDEN.search(str(key)) and key not in ("secretName",)
            else _hidden(one)
            for key, one in value.items()
            if key != "managedFields" and not str(key).endswith("last-applied-configuration")
        }
    if isinstance(value, list):
        return [_hidden(one) for one in value]
    return value


def _restarts(pod: Object) -> int:
    return sum(one.restarts for one in containers(pod))


def _secret(space: str, name: str, kind: str, certificate: str, *keys: str) -> Object:
    data = dict.fromkeys(keys, "")
    if "tls.crt" in data and certificate != "-":
        data["tls.crt"] = certificate
    return {"kind": "Secret", "metadata": {"namespace": space, "name": name}, "type": kind, "data": data}
