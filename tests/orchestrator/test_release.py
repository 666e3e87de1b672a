"""The release's pure parts: argv, causes, what a watcher looks at, drift."""

import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from orchestrator.release import helm
from orchestrator.release.causes import causes
from orchestrator.release.drift import compare, same
from orchestrator.release.snapshot import Snapshot, parse
from orchestrator.release.watch import progress_of, relevant_to
from orchestrator.targets.base import Cluster

CLUSTER = Cluster("minikube", "todo")
NOW = datetime(2026, 11, 22, 20, 0, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    """An API timestamp so many seconds before NOW."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


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


LABELS = {"app.kubernetes.io/instance": "todo-app", "app": "todo-backend"}


def deployment(revision: str = "2") -> dict[str, Any]:
    return {
        "kind": "Deployment",
        "metadata": {
            "name": "todo-backend", "uid": "d1", "labels": LABELS,
            "annotations": {"deployment.kubernetes.io/revision": revision},
        },
        "spec": {"replicas": 1},
    }  # fmt: skip


def replica_set(uid: str, revision: str, conditions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "kind": "ReplicaSet",
        "metadata": {
            "name": f"todo-backend-{uid}", "uid": uid, "labels": LABELS,
            "annotations": {"deployment.kubernetes.io/revision": revision},
            "ownerReferences": [{"uid": "d1", "controller": True}],
        },
        "status": {"conditions": conditions or []},
    }  # fmt: skip


def pod(status: dict[str, Any], *, owner: str = "new", age: float = 30) -> dict[str, Any]:
    return {
        "kind": "Pod",
        "metadata": {
            "name": "todo-backend-x", "uid": f"p-{owner}", "labels": LABELS, "creationTimestamp": at(age),
            "ownerReferences": [{"uid": owner, "controller": True}],
        },
        "spec": {"containers": [{"name": "backend"}]},
        "status": status,
    }  # fmt: skip


def waiting(why: str, message: str = "", **last: Any) -> dict[str, Any]:
    one: dict[str, Any] = {
        "name": "backend",
        "restartCount": 1,
        "state": {"waiting": {"reason": why, "message": message}},
    }
    return {"containerStatuses": [{**one, "lastState": {"terminated": last}} if last else one]}


def event(reason: str, message: str, *, count: int = 1, uid: str = "p-new") -> dict[str, Any]:
    return {
        "kind": "Event", "metadata": {"name": "e", "labels": {}}, "reason": reason, "message": message, "count": count,
        "involvedObject": {"uid": uid},
    }  # fmt: skip


def seen(*items: dict[str, Any]) -> Snapshot:
    return parse([deployment(), replica_set("old", "1"), replica_set("new", "2"), *items])


@pytest.mark.parametrize(
    ("items", "reason", "final"),
    [
        ([pod(waiting("ErrImageNeverPull", 'image "x" is not present'))], "ErrImageNeverPull", True),
        ([pod(waiting("ErrImagePull", "rpc error: i/o timeout"))], "ErrImagePull", False),
        ([pod(waiting("ErrImagePull", "manifest for x not found"))], "ErrImagePull", True),
        ([pod(waiting("ImagePullBackOff"))], "ImagePullBackOff", True),
        ([pod(waiting("InvalidImageName"))], "InvalidImageName", True),
        ([pod(waiting("CreateContainerConfigError", 'secret "s" not found'))], "CreateContainerConfigError", True),
        ([pod(waiting("CrashLoopBackOff", "back-off 10s", exitCode=1, reason="Error"))], "CrashLoopBackOff", True),
        ([pod(waiting("CrashLoopBackOff", "back-off", exitCode=137, reason="OOMKilled"))], "CrashLoopBackOff", True),
        ([pod({}), event("Unhealthy", "Readiness probe failed: statuscode: 404")], "ProbeFailing", True),
        ([pod({}), event("Unhealthy", "Readiness probe failed: statuscode: 503")], "ProbeFailing", False),
        ([pod({}), event("Unhealthy", "... statuscode: 503", count=2)], "ProbeFailing", True),
        ([pod({}), event("Unhealthy", "Get http://10.0.0.9: refused", count=9)], "ProbeFailing", False),
        ([pod({}), event("Killing", "failed liveness probe, will be restarted")], "LivenessFailed", True),
        ([pod({}), event("FailedMount", 'configmap "x" not found', count=2)], "FailedMount", True),
    ],
)  # fmt: skip
def test_each_state_is_told_and_ends_the_wait_only_when_it_is_hopeless(
    items: list[dict[str, Any]], reason: str, final: bool
) -> None:
    found = causes(seen(*items), NOW)
    assert [(one.reason, one.final) for one in found] == [(reason, final)]


@pytest.mark.parametrize(("age", "final"), [(1, False), (6, True)])
def test_an_unschedulable_pod_gets_a_moment(age: float, final: bool) -> None:
    condition = {
        "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
        "message": "0/1 nodes are available: 1 Insufficient cpu.", "lastTransitionTime": at(age),
    }  # fmt: skip
    (found,) = causes(seen(pod({"conditions": [condition]})), NOW)
    assert (found.final, "Insufficient cpu" in found.message) == (final, True)


@pytest.mark.parametrize(
    ("message", "final"),
    [
        ("exceeded quota: q", True),
        ('pods "x" is forbidden: service account y not found', True),
        ("The POST operation could not be completed at this time, please try again", False),
    ],
)
def test_a_set_that_may_not_make_pods_is_told(message: str, final: bool) -> None:
    condition = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": message}
    (found,) = causes(parse([deployment(), replica_set("new", "2", [condition])]), NOW)
    assert (found.final, found.message) == (final, message)
    stateful = {"kind": "StatefulSet", "metadata": {"name": "todo-postgres", "uid": "s", "labels": LABELS}, "spec": {}}
    snapshot = parse([stateful, event("FailedCreate", message, uid="s")])
    assert [one.final for one in causes(snapshot, NOW)] == [final]
    assert causes(parse([stateful, pod({}, owner="s"), event("FailedCreate", message, uid="s")]), NOW) == ()


def test_a_first_crash_is_told_but_not_final() -> None:
    status = {
        "containerStatuses": [
            {
                "name": "backend",
                "restartCount": 1,
                "state": {"running": {}},
                "lastState": {"terminated": {"exitCode": 3}},
            }
        ]
    }
    (found,) = causes(seen(pod(status)), NOW)
    assert (found.final, found.previous, "exit code 3" in found.message) == (False, True, True)


def test_a_ready_pod_with_old_probe_events_is_no_cause() -> None:
    ready = {"conditions": [{"type": "Ready", "status": "True"}]}
    assert causes(seen(pod(ready), event("Unhealthy", "statuscode: 404", count=5)), NOW) == ()


def test_pods_of_the_revision_before_do_not_count() -> None:
    assert causes(seen(pod(waiting("CrashLoopBackOff"), owner="old")), NOW) == ()


def test_pods_of_another_release_do_not_count() -> None:
    other = pod(waiting("CrashLoopBackOff"))
    other["metadata"]["labels"] = {"app.kubernetes.io/instance": "other"}
    assert causes(seen(other), NOW) == ()


def test_early_on_a_watcher_leaves_the_pods_out_that_helm_is_about_to_replace() -> None:
    snapshot = seen(pod(waiting("CrashLoopBackOff"), age=100))
    early = relevant_to(snapshot, began=NOW - timedelta(seconds=3), now=NOW)
    later = relevant_to(snapshot, began=NOW - timedelta(seconds=10), now=NOW)
    assert (causes(early, NOW), len(causes(later, NOW))) == ((), 1)


def test_progress_counts_ready_pods() -> None:
    assert progress_of(seen(pod({"conditions": [{"type": "Ready", "status": "True"}]}))) == "1 of 1 pods ready"


CHART: dict[str, Any] = {
    "kind": "Deployment",
    "metadata": {"name": "todo-backend", "labels": {"app": "todo-backend"}},
    "spec": {
        "replicas": 2,
        "template": {"spec": {
            "automountServiceAccountToken": False,
            "containers": [{
                "name": "backend", "image": "a:1", "resources": {"limits": {"cpu": "1000m", "memory": "1Gi"}},
            }],
        }},
    },
}  # fmt: skip


def live() -> dict[str, Any]:
    """The chart's object with what a cluster adds to it."""
    found = copy.deepcopy(CHART)
    found["metadata"] |= {"uid": "u", "annotations": {"deployment.kubernetes.io/revision": "1"}}
    found["spec"]["progressDeadlineSeconds"] = 600
    container = found["spec"]["template"]["spec"]["containers"][0]
    container["resources"]["limits"] = {"cpu": "1", "memory": "1024Mi"}
    container["terminationMessagePath"] = "/dev/termination-log"
    found["status"] = {"readyReplicas": 2}
    return found


def test_what_the_cluster_adds_is_no_drift() -> None:
    assert list(compare(CHART, live())) == []


def test_each_change_by_hand_is_named() -> None:
    changed = live()
    changed["spec"]["replicas"] = 3
    changed["spec"]["template"]["spec"]["containers"][0]["image"] = "a:2"
    del changed["metadata"]["labels"]["app"]
    changed["spec"]["template"]["spec"]["containers"].append({"name": "sidecar"})
    told = "\n".join(compare(CHART, changed))
    assert "Deployment/todo-backend spec.replicas: the chart says 2, the cluster has 3" in told
    assert "containers[backend].image: the chart says a:1, the cluster has a:2" in told
    assert "metadata.labels.app: the chart says todo-backend, the cluster has null" in told
    assert "containers: the chart says 1 entries, the cluster has 2" in told
    assert len(told.splitlines()) == 4


def test_an_object_that_is_gone_is_named() -> None:
    assert list(compare(CHART, None)) == ["Deployment/todo-backend is gone"]


@pytest.mark.parametrize(
    ("wanted", "now", "equal"),
    [("1000m", "1", True), ("0.5", "500m", True), ("1Gi", "1024Mi", True), (8000, "8000", True), (False, None, True),
     ({}, None, True), ("", None, True), ("100m", "200m", False),
     ("true", True, False), (True, None, False), (2, 3, False)],
)  # fmt: skip
def test_quantities_are_compared_as_the_server_understands_them(wanted: object, now: object, equal: bool) -> None:
    assert same(wanted, now) is equal
