"""How helm is called, and which of its revisions was good."""

from pathlib import Path

import pytest

from orchestrator.release import helm
from orchestrator.targets.base import Cluster

CLUSTER = Cluster("minikube", "todo")


def test_helm_is_called_with_exactly_these_words() -> None:
    assert helm.upgrade_argv(CLUSTER, (Path("mine.yaml"), Path("tool.yaml")), wait=120) == [
        "helm", "upgrade", "todo-app", "charts/todo-app", "--install",
        "--values", "mine.yaml", "--values", "tool.yaml", "--reset-values", "--force-conflicts",
        "--wait=watcher", "--timeout", "120s", "--history-max", "10", "--output", "json",
        "--kube-context", "minikube", "--namespace", "todo",
    ]  # fmt: skip
    assert helm.rollback_argv(CLUSTER, 3, wait=60) == [
        "helm", "rollback", "todo-app", "3", "--force-conflicts", "--wait=watcher", "--timeout", "60s",
        "--kube-context", "minikube", "--namespace", "todo",
    ]  # fmt: skip
    assert helm.uninstall_argv(CLUSTER)[:3] == ["helm", "uninstall", "todo-app"]


def test_a_kubeconfig_of_the_tools_own_is_named_in_every_call() -> None:
    own = Cluster("kind-todo", "default", "/home/one/.todo-deploy/kind.kubeconfig")
    assert own.kubectl("get", "pods")[:5] == [
        "kubectl", "--kubeconfig", "/home/one/.todo-deploy/kind.kubeconfig", "--context", "kind-todo",
    ]  # fmt: skip
    assert "--kubeconfig" in own.helm("list")


@pytest.mark.parametrize(
    ("statuses", "good"),
    [
        (["deployed"], 1),
        (["superseded", "failed"], 1),
        (["superseded", "superseded", "failed", "deployed"], 4),
        (["failed"], None),
        (["pending-install"], None),
        (["superseded", "pending-upgrade"], 1),
        ([], None),
    ],
)
def test_the_last_good_revision_is_one_that_became_ready(statuses: list[str], good: int | None) -> None:
    revisions = [helm.Revision(number, status, "") for number, status in enumerate(statuses, start=1)]
    assert helm.last_good(revisions) == good
