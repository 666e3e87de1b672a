"""Puts a release back as it was, whatever a fault did: objects replaced or made again, what is more deleted."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from cli.bench.faults.acts import MADE
from cli.bench.faults.release import Release

Object = dict[str, Any]
_KINDS = "deployments,statefulsets,services,configmaps,secrets"
_MADE = "resourcequotas,limitranges,horizontalpodautoscalers,persistentvolumeclaims"
_CORE = ("spec", "data", "type")
_OURS = (
    ("app.kubernetes.io/instance", "todo-app"), ("app.kubernetes.io/managed-by", "todo-deploy"), ("owner", "helm"),
)  # fmt: skip


class Saved:
    """The objects of a healthy release, in memory alone: they hold Secrets."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._objects = _by_name(release.items(_KINDS))
        self._database = _identity(release)
        self._accounts = _accounts(release)

    def put_back(self) -> None:
        """Make the release what it was. Pods are left to come up."""
        live = self._delete_more()
        found = [merged(live[key], item) for key, item in self._objects.items() if key in live]
        changed = [one for one in found if one is not None]
        self._send("replace", changed)
        self._send("create", [_bare(item) for key, item in self._objects.items() if key not in live])
        stale = {one["metadata"]["name"] for one in changed if one["kind"] in ("ConfigMap", "Secret")}
        pods = self._release.items("pods")
        self._delete("pods", [item for item in pods if _is_stuck(item) or stale & configured_by(item)])
        self._wake()
        self._renew_backend()

    def _wake(self) -> None:
        """Have pods made now: after refusals the cluster waits ever longer before it tries again."""
        words = ("annotate", "replicasets", "--all", "--overwrite", f"{MADE}={time.monotonic_ns()}")
        self._release.kubectl(*words)

    def _delete_more(self) -> dict[tuple[str, str], Object]:
        """Delete what was not there; what is left and was."""
        self._release.kubectl(
            "delete", _MADE, "--selector", f"{MADE}=made", "--wait=false", "--grace-period=0", "--force"
        )
        made = [item for name, item in _accounts(self._release).items() if name not in self._accounts]
        self._delete("serviceaccounts", made)  # a mended one is not labelled
        live = _by_name(self._release.items(_KINDS))
        for kind in ("Secret", "Deployment", "Service", "ConfigMap"):
            self._delete(kind, [item for key, item in live.items() if key[0] == kind and key not in self._objects])
        return {key: item for key, item in live.items() if key in self._objects}

    def _delete(self, kind: str, items: Sequence[Object]) -> None:
        names = [item["metadata"]["name"] for item in items]
        if names:
            self._release.kubectl(
                "delete", kind, *names, "--grace-period=0", "--force", "--wait=false", "--ignore-not-found"
            )

    def _send(self, verb: str, items: Sequence[Object]) -> None:
        if items:
            text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
            self._release.kubectl(verb, "--filename", "-", text=text)

    def _renew_backend(self) -> None:
        """A Postgres without a claim starts empty: the backend makes its tables when it starts."""
        if _identity(self._release) == self._database:
            return
        self._release.kubectl("rollout", "status", "statefulset/todo-postgres", "--timeout", "90s")
        pods = self._release.items("pods", "--selector", "app=todo-backend")
        self._delete("pods", pods)
        self._database = _identity(self._release)


def _identity(release: Release) -> str:
    pods = release.items("pods", "--selector", "app=todo-postgres")
    return "".join(pod["metadata"]["uid"] for pod in pods)


def _accounts(release: Release) -> dict[str, Object]:
    return {item["metadata"]["name"]: item for item in release.items("serviceaccounts")}


def _by_name(items: Sequence[Object]) -> dict[tuple[str, str], Object]:
    return {(item["kind"], item["metadata"]["name"]): item for item in items if _is_ours(item)}


def _is_ours(item: Object) -> bool:
    labels = item["metadata"].get("labels") or {}
    return any(labels.get(name) == value for name, value in _OURS)


def merged(live: Object, saved: Object) -> Object | None:
    """The live object with what was saved, or None if it is that already."""
    if all(live.get(field) == saved.get(field) for field in _CORE) and _labels(live) == _labels(saved):
        return None
    core = {field: saved[field] for field in _CORE if field in saved}
    meta = {**_meta(live), "labels": _labels(saved)}
    return {"apiVersion": saved["apiVersion"], "kind": saved["kind"], "metadata": meta, **core}


def _bare(item: Object) -> Object:
    core = {field: item[field] for field in _CORE if field in item}
    meta = _meta(item)
    meta["annotations"].pop("deployment.kubernetes.io/revision", None)
    return {"apiVersion": item["apiVersion"], "kind": item["kind"], "metadata": meta, **core}


def _meta(item: Object) -> Object:
    meta = item["metadata"]
    return {"name": meta["name"], "labels": _labels(item), "annotations": dict(meta.get("annotations") or {})}


def _labels(item: Object) -> Mapping[str, str]:
    return item["metadata"].get("labels") or {}


def configured_by(pod: Object) -> set[str]:
    """The ConfigMaps and Secrets whose keys were the pod's variables when it started, and stay so as it runs."""
    sources = [one for container in pod["spec"]["containers"] for one in container.get("envFrom") or []]
    return {one[kind]["name"] for one in sources for kind in ("configMapRef", "secretRef") if kind in one}


def _is_stuck(pod: Object) -> bool:
    """Not ready, or going away: neither is worth waiting for."""
    ready = any(one["type"] == "Ready" and one["status"] == "True" for one in pod["status"].get("conditions") or [])
    return not ready or "deletionTimestamp" in pod["metadata"]
