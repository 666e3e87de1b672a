"""Why a release does not come up, told from its objects, and what a watcher looks at."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orchestrator.release.causes import causes
from orchestrator.release.snapshot import Snapshot, parse
from orchestrator.release.watch import progress_of, relevant_to

NOW = datetime(2026, 11, 22, 20, 0, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    """An API timestamp so many seconds before NOW."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


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
