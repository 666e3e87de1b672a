"""Why a release does not come up, told from its objects, and what a watcher looks at."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orchestrator.diagnosis.startup import causes
from orchestrator.release.snapshot import Snapshot, parse
from orchestrator.release.watch import progress_of, relevant_to

NOW = datetime(2026, 11, 22, 20, 0, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    """An API timestamp so many seconds before NOW."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


LABELS = {"app.kubernetes.io/instance": "todo-app", "app": "todo-backend"}


RUNS = {"containerStatuses": [{"name": "backend", "restartCount": 0, "state": {"running": {}}}]}


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
        "involvedObject": {"uid": uid}, "lastTimestamp": at(1),
    }  # fmt: skip


def seen(*items: dict[str, Any]) -> Snapshot:
    return parse([deployment(), replica_set("old", "1"), replica_set("new", "2"), *items])


@pytest.mark.parametrize(
    ("items", "code", "final"),
    [
        ([pod(waiting("ErrImageNeverPull", 'image "x" is not present'))], "ErrImageNeverPull", True),
        ([pod(waiting("ErrImagePull", "rpc error: i/o timeout"))], "ImagePullFailed", False),
        ([pod(waiting("ErrImagePull", "manifest for x not found"))], "ImagePullFailed", True),
        ([pod(waiting("ImagePullBackOff"))], "ImagePullFailed", True),
        ([pod(waiting("InvalidImageName"))], "InvalidImageName", True),
        ([pod(waiting("CreateContainerConfigError", 'secret "s" not found'))], "SecretMissing", True),
        ([pod(waiting("CrashLoopBackOff", "back-off 10s", exitCode=1, reason="Error"))], "CrashLoop", True),
        ([pod(waiting("CrashLoopBackOff", "back-off", exitCode=137, reason="OOMKilled"))], "OOMKilled", True),
        ([pod(waiting("", exitCode=1, reason="Error"))], "CrashLoop", False),
        ([pod(waiting("", exitCode=137, reason="OOMKilled"))], "OOMKilled", False),
        ([pod(RUNS), event("Unhealthy", "Readiness probe failed: statuscode: 404")], "ReadinessProbe", True),
        ([pod(RUNS), event("Unhealthy", "Readiness probe failed: statuscode: 503", count=2)], "ReadinessProbe", True),
        ([pod(RUNS), event("Unhealthy", "Readiness probe failed: refused", count=9)], "ReadinessProbe", False),
        ([pod(RUNS), event("Killing", "failed liveness probe, will be restarted")], "LivenessProbe", True),
        ([pod({}), event("FailedMount", 'configmap "x" not found', count=2)], "ConfigMapMissing", True),
        ([pod({}), event("FailedMount", "timed out waiting for the condition")], "MountFailed", False),
    ],
)  # fmt: skip
def test_each_state_is_told_and_ends_the_wait_only_when_it_is_hopeless(
    items: list[dict[str, Any]], code: str, final: bool
) -> None:
    found = causes(seen(*items), NOW)
    assert [(one.code, one.final) for one in found] == [(code, final)]


def test_a_program_that_does_not_answer_yet_is_no_cause_however_often_it_was_asked() -> None:
    runs = {**RUNS["containerStatuses"][0], "state": {"running": {"startedAt": at(20)}}}
    refused = event("Unhealthy", "Readiness probe failed: refused", count=9)
    assert causes(seen(pod({"containerStatuses": [runs]}), refused), NOW) == ()


@pytest.mark.parametrize(
    "message",
    ["Readiness probe failed: statuscode: 503", "Readiness probe failed: refused", "Liveness probe failed: refused"],
)
def test_a_start_that_is_slow_within_its_probes_thresholds_is_no_cause(message: str) -> None:
    assert causes(seen(pod(RUNS), event("Unhealthy", message, count=1)), NOW) == ()


@pytest.mark.parametrize(("age", "told"), [(1, []), (6, [True])])
def test_an_unschedulable_pod_gets_a_moment(age: float, told: list[bool]) -> None:
    condition = {
        "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
        "message": "0/1 nodes are available: 1 Insufficient cpu.", "lastTransitionTime": at(age),
    }  # fmt: skip
    found = causes(seen(pod({"conditions": [condition]})), NOW)
    assert [one.final and "Insufficient cpu" in one.message for one in found] == told


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


def test_a_container_that_crashed_once_and_runs_again_is_no_cause() -> None:
    ended = {"lastState": {"terminated": {"exitCode": 3}}, "restartCount": 1}
    assert causes(seen(pod({"containerStatuses": [{**RUNS["containerStatuses"][0], **ended}]})), NOW) == ()


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
