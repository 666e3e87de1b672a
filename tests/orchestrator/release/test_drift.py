"""What was changed by hand, and what only looks so."""

import copy
from typing import Any

import pytest

from orchestrator.release.drift import compare, same

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
