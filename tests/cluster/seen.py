"""What helm, kubectl and a browser's first request say of the release under test."""

import json
import subprocess
import urllib.request

from tests.cluster.conftest import NAMESPACE, URL, pods


def helm(*words: str) -> str:
    """Standard output of helm in the test's namespace."""
    argv = ["helm", *words, "--kube-context", "minikube", "--namespace", NAMESPACE]
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=180).stdout


def revision() -> int:
    """The release's current revision, which must be deployed."""
    (release,) = json.loads(helm("list", "--output", "json"))
    assert release["status"] == "deployed"
    return int(release["revision"])


def uids(app: str) -> set[str]:
    """The identities of an app's pods."""
    return {pod["metadata"]["uid"] for pod in pods(app).values()}


def page() -> str:
    """The login page's HTML, through the NodePort."""
    with urllib.request.urlopen(URL, timeout=10) as answer:  # noqa: S310 - a constant address
        text: str = answer.read().decode()
        return text
