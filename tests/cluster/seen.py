"""A namespace and the page's port there, and what helm, kubectl and a browser's first request say of the release."""

import json
import os
import subprocess
import urllib.request
from dataclasses import dataclass
from typing import Any

Pod = dict[str, Any]
CONTEXT = os.environ.get("TODO_CLUSTER_CONTEXT", "minikube")
TARGET: tuple[str, ...] = tuple(json.loads(os.environ.get("TODO_CLUSTER_TARGET", "[]")))
ADDRESS = os.environ.get("TODO_CLUSTER_ADDRESS", "127.0.0.1")
ENGINE_IS_HERE = os.environ.get("TODO_CLUSTER_ENGINE", "here") == "here"
NODE_IS_HERE = os.environ.get("TODO_CLUSTER_NODE", "here") == "here"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a release under test stands: its namespace in the test cluster, and its page's node port."""

    namespace: str
    port: int

    @property
    def url(self) -> str:
        """The page, through the node port."""
        return f"http://{ADDRESS}:{self.port}"

    def kubectl(self, *words: str) -> str:
        """Standard output of kubectl in the namespace, over the context under test."""
        return _out("kubectl", "--context", CONTEXT, "--namespace", self.namespace, *words)

    def helm(self, *words: str) -> str:
        """Standard output of helm in the namespace."""
        return _out("helm", *words, "--kube-context", CONTEXT, "--namespace", self.namespace)

    def revision(self) -> int:
        """The release's current revision, which must be deployed."""
        (release,) = json.loads(self.helm("list", "--output", "json"))
        assert release["status"] == "deployed"
        return int(release["revision"])

    def pods(self, app: str) -> dict[str, Pod]:
        """The app's pods that are not going away, by name."""
        items = json.loads(self.kubectl("get", "pods", "--selector", f"app={app}", "--output", "json"))["items"]
        return {item["metadata"]["name"]: item for item in items if "deletionTimestamp" not in item["metadata"]}

    def uids(self, app: str) -> set[str]:
        """The identities of an app's pods."""
        return {pod["metadata"]["uid"] for pod in self.pods(app).values()}

    def page(self) -> str:
        """The login page's HTML, through the node port."""
        with urllib.request.urlopen(self.url, timeout=10) as answer:  # noqa: S310 - a constant address
            text: str = answer.read().decode()
            return text


def is_ready(pod: Pod) -> bool:
    """Whether its Ready condition is true."""
    return any(one["type"] == "Ready" and one["status"] == "True" for one in pod["status"].get("conditions", []))


def _out(*argv: str) -> str:
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=180).stdout
